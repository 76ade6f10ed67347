"""Floor 5: one question a file; each returns a value."""
