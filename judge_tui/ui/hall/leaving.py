"""Leaving the hall's window or the presenter's: never by one key, because clickers send Esc, too."""

from __future__ import annotations

from typing import ClassVar

from judge_tui.domain.messages import msg
from judge_tui.ui.dialogs.confirm import ConfirmDialog
from judge_tui.ui.keys import Command


class LeaveDialog(ConfirmDialog):
    """Asks before a window of the ceremony is closed. A clicker's keys mean no: whoever goes on did not mean to leave."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        *ConfirmDialog.KEYS,
        Command(
            "leave.on",
            "pagedown,pageup,space,down,up,b,full_stop,f5",
            "answer(False)",
            msg("Back"),
            msg("Leave everything as it is"),
            bar=False,
        ),
    )
