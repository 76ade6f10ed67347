"""The season's screen: what its rooms show."""
