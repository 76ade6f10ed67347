"""Floor 4: one widget a file; data in, messages out, nothing fetched."""
