"""Carriers that a hand holds: sticks, cards and folders. What they carry is the same, whichever way it goes."""
