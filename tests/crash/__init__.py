"""Fault injection: power cuts, kills, failing disks, hostile files, and the laws of merging.

`python -m tests.crash NAME [--long]` runs one of them and prints its figures as one JSON object, as its last line.
"""
