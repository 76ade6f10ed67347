"""The organiser's table and its documents, on real files."""
