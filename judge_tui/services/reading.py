"""Reading a file that a person named: what stands in the way is said in words, whichever file it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Around whatever reads `path`. Raises JudgeTuiError (`NO_FILE`, `UNREADABLE`) that names it."""
    try:
        yield
    except FileNotFoundError as error:
        raise JudgeTuiError(
            "NO_FILE", msg("There is no file {path}", path=str(path)), msg("Check the name and the folder.")
        ) from error
    except OSError as error:
        raise JudgeTuiError(
            "UNREADABLE", msg("{path} cannot be read: {reason}", path=str(path), reason=verbatim(error.strerror))
        ) from error
