"""What is said where the hub's libraries are not installed; itself free of them."""

from __future__ import annotations

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg


def missing_extra() -> JudgeTuiError:
    """The libraries of the hub are not installed."""
    return JudgeTuiError(
        "NO_HUB",
        msg("The local network needs libraries that are not installed here"),
        msg('Install them with: pip install "judge-tui[hub]"'),
    )
