"""Libraries that only the documents need: named with what to install where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg

EXTRA = "judge-tui[documents]"


def library(name: str) -> Any:
    """The module of this name. Raises JudgeTuiError with NO_LIBRARY and what to install."""
    try:
        return import_module(name)
    except ImportError as error:
        raise JudgeTuiError(
            "NO_LIBRARY",
            msg("The library {name}, which writes these documents, is not installed", name=name.partition(".")[0]),
            msg("Install it once, with: pip install {extra}", extra=EXTRA),
        ) from error
