"""The program's door: `judge-tui` and `python -m judge_tui`."""

from __future__ import annotations

import sys
from pathlib import Path

SCREENS = ("score", "sit", "project", "demo")
"""The commands that open a screen, besides none at all."""


def main() -> None:
    """Answer `--version` at once, go the short way to a judge's seat; hand everything else to the command line."""
    if sys.argv[1:] == ["--version"]:
        from judge_tui import __version__

        print(f"judge-tui, version {__version__}")
        return
    _greet(sys.argv[1:])
    if not _seat_at_once(sys.argv[1:]):
        from judge_tui.cli import run

        run()


def _greet(words: list[str]) -> None:
    """Say that a screen is coming before anything is loaded: an old laptop takes seconds for that, and silence looks broken.

    In both languages, because even finding out which one is wanted would be waited for.
    """
    commands = [word for word in words if not word.startswith("-") and word not in ("zh", "en")]
    asked = any(word in ("-h", "--help", "--play") for word in words)
    if asked or (commands[:1] or ["score"])[0] not in SCREENS or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    chinese = "正在启动……  " if sys.stdout.encoding.lower().replace("-", "") == "utf8" else ""
    print(f"judge-tui  {chinese}Starting ...", flush=True)


def _seat_at_once(words: list[str]) -> bool:
    """`[--lang LANGUAGE] score FILE`, with a file that is there: the seat, without loading the whole command line first."""
    language = ""
    if len(words) == 4 and words[0] == "--lang":
        language, words = words[1], words[2:]
    if len(words) != 2 or words[0] != "score" or not Path(words[1]).is_file() or language not in ("", "zh", "en"):
        return False
    from judge_tui import quick

    return quick.sit_down(words[1], language)


if __name__ == "__main__":
    main()
