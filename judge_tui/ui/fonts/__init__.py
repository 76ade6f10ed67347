"""The bitmap font of the hall's big type: GNU Unifont, packed, and how its glyphs become rows of a terminal."""
