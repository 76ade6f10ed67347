"""The program's door: `judge-tui` and `python -m judge_tui`."""

from __future__ import annotations

import sys


def main() -> None:
    """Answer `--version` at once; hand everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        from judge_tui import __version__

        print(f"judge-tui, version {__version__}")
        return
    from judge_tui.cli import run

    run()


if __name__ == "__main__":
    main()
