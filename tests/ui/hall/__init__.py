"""The hall's screen: letters, layout, keys."""
