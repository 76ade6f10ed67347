"""What the table announces during the day: another running order, who does not take part, a corrected definition."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from judge_tui.domain.event import Judge, Organisation, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table import amending, organising
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.ask import AskDialog
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.dialogs.order import OrderDialog
from judge_tui.ui.dialogs.reason import Signed

STATUSES: dict[str, Message] = {
    "": msg("It takes part"),
    "withdrawn": msg("It withdraws"),
    "vetoed": msg("It is vetoed: no place, whatever its score"),
    "guest": msg("It presents out of competition"),
}
"""What an organisation may be, as a decision."""


class AnnounceDeeds:
    """Amendments: signed on the notice board, they merge even where a judge never loaded them."""

    def __init__(self, table: Table, office: Office, deeds: Deeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    def change_order(self) -> None:
        """Another running order, line by line."""
        view = self._table.view
        if view is None:
            return

        def answered(answer: tuple[tuple[str, ...], Signed] | None) -> None:
            if answer is not None:
                keys, signed = answer
                self._deeds.remember(signed)
                order = [OrganisationId(key) for key in keys]
                self._deeds.do(
                    partial(amending.reorder, self._office, order, signed.reason, signed.by), msg("Announced.")
                )

        items = [(str(item.id), item.name) for item in view.event.organisations]
        title, text = msg("Another running order"), msg("Choose a line, F2 moves it up, F3 down. Judges learn of it.")
        self._table.screen.app.push_screen(OrderDialog(title, text, items, by=self._deeds.by), answered)

    def set_status(self, organisation: Organisation | None) -> None:
        """Whether an organisation takes part."""
        if organisation is None:
            return
        statuses = [item for item in STATUSES if item != organisation.status]

        def answered(place: int | None) -> None:
            if place is not None:
                status = statuses[place]
                self._deeds.ask(
                    msg("{name}: {what}", name=organisation.name, what=STATUSES[status]),
                    msg("It stays on every list; marks given to it are kept."),
                    partial(amending.set_status, self._office, organisation.id, status),
                    msg("Announced."),
                )

        choices = [STATUSES[item] for item in statuses]
        self._table.screen.app.push_screen(ChooseDialog(msg("{name}", name=organisation.name), None, choices), answered)

    def absent(self, judge: Judge, organisation: Organisation) -> None:
        """A judge was absent, for one organisation or the whole event."""

        def answered(place: int | None) -> None:
            if place is not None:
                self._deeds.ask(
                    msg("{judge} was absent", judge=judge.name),
                    msg("For {what}. Blank marks become “absent”; given marks stay.", what=choices[place]),
                    lambda reason, by: organising.absent(
                        self._office, judge.id, reason, by, organisation.id if place == 0 else None
                    ),
                    msg("Recorded."),
                )

        choices = [
            msg("{number} {name} alone", number=organisation.number, name=organisation.name),
            msg("the whole contest"),
        ]
        title = msg("{judge} was absent", judge=judge.name)
        self._table.screen.app.push_screen(ChooseDialog(title, None, choices), answered)

    # The definition

    def definition(self) -> None:
        """Write the definition out to be changed, or announce one that was changed."""

        def answered(place: int | None) -> None:
            if place == 0:
                self._write_out()
            elif place == 1:
                self._announce()

        choices = [msg("Write it as a workbook, to change it there"), msg("Announce one that was changed")]
        text = msg("A corrected criterion, a new officer, another rule: judges' marks stay where they are.")
        self._table.screen.app.push_screen(ChooseDialog(msg("The definition"), text, choices), answered)

    def _write_out(self) -> None:
        def answered(folder: Path | None) -> None:
            if folder is not None:
                path = folder / f"{self._office.path.stem}.xlsx"
                self._deeds.do(
                    partial(amending.write_out, self._office, path, _t.language), msg("Written: {path}", path=str(path))
                )

        title, text = msg("Write the definition"), msg("In which folder? Nothing that is there is overwritten.")
        dialog = FolderDialog(title, text, (), make=True, value=str(self._office.path.parent))
        self._table.screen.app.push_screen(dialog, answered)

    def _announce(self) -> None:
        def answered(typed: str | None) -> None:
            if typed:
                path = Path(typed.strip("'\" ")).expanduser()
                self._deeds.ask(
                    msg("Announce a changed definition"),
                    msg("{file}: judges learn of it with the notices; it counts at once.", file=path.name),
                    partial(amending.amend_from, self._office, path),
                    msg("Announced."),
                    announces=True,
                )

        question = msg(
            "Which file? A workbook or definition of this contest. Type its path, or drag it into this window."
        )
        self._table.screen.app.push_screen(AskDialog(msg("Announce a changed definition"), question), answered)
