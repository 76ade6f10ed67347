"""The handbook's pages: `TOPIC.LANGUAGE.md` in the docs folder, the same for the command line and for F1."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg


def topics(folder: Path) -> tuple[str, ...]:
    """The topics there are pages of, sorted."""
    return tuple(sorted({path.name.split(".")[0] for path in folder.glob("*.md")}))


def find_page(folder: Path, topic: str, language: str) -> str:
    """The page's Markdown in the language, or in English where it is not there. Raises JudgeTuiError for an unknown topic."""
    for code in (language, "en"):
        path = folder / f"{topic}.{code}.md"
        if topic in topics(folder) and path.is_file():
            return path.read_text(encoding="utf-8")
    raise JudgeTuiError(
        "TOPIC",
        msg("There is no page “{topic}”", topic=topic),
        msg("The topics are: {topics}", topics=topics(folder)),
    )
