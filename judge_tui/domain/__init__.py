"""Floor 1: what a contest is and what its rules mean. Standard library only; no files, no clock, no framework."""
