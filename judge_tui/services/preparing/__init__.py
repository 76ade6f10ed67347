"""Before the contest: definitions, two pasted lists, the files for the judges."""
