"""judge-tui: offline judging, signed records, a merge that loses nothing, a ranking that explains itself."""

__version__ = "0.1.0"
