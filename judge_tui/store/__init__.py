"""Floor 2: the only room that knows SQLite and the signature library."""
