"""Tests of the definition: reading, writing, lines, the page that documents it."""
