"""A file that was not taken in: why, and what the organiser can do about it."""

from __future__ import annotations

from functools import partial

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.services.records import approving
from judge_tui.services.records.merging import Verdict
from judge_tui.services.records.salvaging import SPOILED
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.collecting import Collecting
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.error import ErrorDialog


class RefusedDeeds:
    """Deeds with a refused file."""

    def __init__(self, table: Table, office: Office, deeds: Deeds, collecting: Collecting) -> None:
        self._table, self._office, self._deeds, self._collecting = table, office, deeds, collecting

    def tell(self, verdict: Verdict | None) -> None:
        """Say why a file was refused; offer to take in what of it can be verified, or to approve its kit."""
        if verdict is None or not verdict.refused:
            return
        title = msg("{file}: {what}", file=verdict.file.name, what=verdict.message)
        if verdict.code in SPOILED:
            text = msg("What stands before the damage can be verified by itself. Better is a new copy from the judge.")
            choices: list[Message] = [msg("Take in what can be verified")]
            act = partial(self._collecting.salvage, verdict.file)
        elif verdict.code == "UNKNOWN_JUDGE":
            text = msg("Only where you know who issued this file: its kit becomes the judge's only one.")
            choices = [msg("Put its kit on the list")]
            act = partial(self._approve, verdict)
        else:
            self._table.screen.app.push_screen(ErrorDialog(JudgeTuiError(verdict.code, title, verdict.hint)))
            return
        choices.append(msg("Leave it out"))

        def answered(place: int | None) -> None:
            if place == 0:
                act()

        self._table.screen.app.push_screen(ChooseDialog(title, text, choices), answered)

    def _approve(self, verdict: Verdict) -> None:
        def approve(reason: str, by: tuple[str, ...]) -> None:
            waiting = [item for item in approving.kept(self._office) if item.path == verdict.quarantined]
            if not waiting:
                raise JudgeTuiError("NOT_WAITING", msg("{file} does not wait for an approval", file=verdict.file.name))
            approving.approve(self._office, waiting[-1].code, reason, by)
            self._table.screen.app.call_from_thread(self._collecting.try_again)

        self._deeds.ask(
            msg("Put its kit on the list"),
            msg("{file}: it is tried again at once, like any other.", file=verdict.file.name),
            approve,
            msg("Approved."),
        )
