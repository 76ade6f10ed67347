"""What the organiser does at the table: asks in a dialog, signs in a thread, then everything is worked out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from judge_tui.domain import marks
from judge_tui.domain.bodies import DESK_KINDS
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Judge, Organisation, OrganisationId
from judge_tui.domain.messages import msg, verbatim
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.tabulation.inputs import Adjustment
from judge_tui.domain.tabulation.result import Standing
from judge_tui.i18n import translator as _t
from judge_tui.services.results.reporting import csv_text, write_text
from judge_tui.services.table import organising
from judge_tui.services.table.audit import COLUMNS, LogLine, log_rows
from judge_tui.services.table.office import Office
from judge_tui.services.table.overview import Doubt
from judge_tui.ui.desk.laptop_deeds import LaptopDeeds
from judge_tui.ui.desk.late_deeds import LateDeeds
from judge_tui.ui.desk.signed_deeds import SignedDeeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.desk.times import local_time
from judge_tui.ui.dialogs.adjustment import Adjusted, AdjustmentDialog
from judge_tui.ui.dialogs.cell import CellDialog
from judge_tui.ui.dialogs.conflict import Choice, ConflictDialog, Resolved
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.dialogs.order import OrderDialog
from judge_tui.ui.dialogs.reason import Signed


class Deeds(SignedDeeds):
    """Each method is one deed."""

    def __init__(self, table: Table, office: Office) -> None:
        super().__init__(table)
        self._office = office
        self.laptops = LaptopDeeds(table, office, self)
        self.lates = LateDeeds(table, office, self)
        self.type_sheet: Callable[[Judge, Organisation], None] = lambda judge, organisation: None
        """How a paper sheet is typed; whoever has paper sets it."""
        self.absent: Callable[[Judge, Organisation], None] = lambda judge, organisation: None
        """How a judge's absence is stated; whoever announces sets it."""

    # One cell

    def open_cell(self, judge: Judge, organisation: Organisation) -> None:
        """Show one judge's sheet for one organisation, and what can be done about it."""
        view = self._table.view
        if view is None:
            return

        def answered(answer: str | None) -> None:
            if answer == "paper":
                self.type_sheet(judge, organisation)
            elif answer == "absent":
                self.absent(judge, organisation)
            elif answer == "reopen":
                self.laptops.open_again(judge, organisation)

        self._table.screen.app.push_screen(CellDialog(view.projection, judge, organisation), answered)

    # Doubts

    def settle(self, doubt: Doubt) -> None:
        """Settle a doubt here, or go where it can be settled."""
        if doubt.code == "conflict":
            self._conflict(doubt)
        elif doubt.code in ("tie", "award"):
            self._decide(doubt)
        elif doubt.code == "laptop":
            self.laptops.confirm_or_leave_out(doubt)
        elif doubt.code == "fork":
            self.laptops.choose_branch(doubt)
        elif doubt.code == "late":
            self.lates.show(doubt.judge)
        elif doubt.code == "ballots":
            self._table.open_section("day")
        elif doubt.code == "unsealed":
            self._table.open_section("closing")
        elif doubt.judge:
            self._table.show_cell(doubt.judge, doubt.organisation)

    def _conflict(self, doubt: Doubt) -> None:
        view = self._table.view
        if view is None:
            return
        judge, organisation, criterion = doubt.cell
        event, now = view.event, view.projection
        choices = []
        for value in organising.conflict_values(now, doubt.cell):
            author = now.authors.get(value.author)
            device = author.device if author and author.device else "?"
            origin = (
                msg("from paper") if value.paper else msg("laptop {device}", device=device),
                verbatim(local_time(value.at)),
                msg("submitted") if value.submitted else msg("not submitted"),
            )
            method = event.criterion_by_id[criterion].method
            choices.append(Choice(value.hash, marks.shown(method, value.value), origin))
        title = msg(
            "{judge} for {organisation}, {criterion}",
            judge=event.judge_by_id[judge].name,
            organisation=event.organisation_by_id[organisation].name,
            criterion=event.criterion_by_id[criterion].name,
        )

        def answered(resolved: Resolved | None) -> None:
            if resolved is not None:
                self.remember(resolved.signed)
                signed = resolved.signed
                self.do(
                    lambda: organising.resolve(self._office, doubt.cell, resolved.key, signed.reason, signed.by),
                    msg("Settled; the other value stays in the record."),
                )

        self._table.screen.app.push_screen(ConflictDialog(title, choices, by=self._by), answered)

    def _decide(self, doubt: Doubt) -> None:
        view = self._table.view
        if view is None:
            return
        tied = [item for item in view.result.standings if item.organisation in doubt.organisations]
        if not tied:
            self._table.open_section("ranking")
            return

        def answered(answer: tuple[tuple[str, ...], Signed] | None) -> None:
            if answer is not None:
                keys, signed = answer
                self.remember(signed)
                order = [OrganisationId(key) for key in keys]
                self.do(
                    lambda: organising.decide(self._office, order, signed.reason, signed.by, doubt.award),
                    msg("Decided."),
                )

        items = [(str(item.organisation), f"{item.number} {item.name}") for item in tied]
        dialog = OrderDialog(msg("Decide the order"), doubt.message, items, by=self._by)
        self._table.screen.app.push_screen(dialog, answered)

    # Adjustments

    def adjust(self, standing: Standing | None) -> None:
        """Add or take off points."""
        view = self._table.view
        if view is None or not view.event.adjustments:
            return

        def answered(adjusted: Adjusted | None) -> None:
            if adjusted is not None:
                self.remember(adjusted.signed)
                signed = adjusted.signed
                self.do(
                    lambda: organising.adjust(
                        self._office, adjusted.organisation, adjusted.name, adjusted.points, signed.reason, signed.by
                    ),
                    msg("Signed."),
                )

        organisation = standing.organisation if standing else None
        dialog = AdjustmentDialog(
            view.event.organisations, view.event.adjustments, organisation=organisation, by=self._by
        )
        self._table.screen.app.push_screen(dialog, answered)

    def take_back(self, chosen: tuple[str, Adjustment] | None) -> None:
        """Take an adjustment back; it stays in the record."""
        if chosen is None:
            return
        key, item = chosen
        self.ask(
            msg("Take an adjustment back"),
            msg("{name} {points} points: {reason}", name=item.name, points=mark_text(item.points), reason=item.reason),
            lambda reason, by: organising.undo(self._office, [key], reason, by),
            msg("Taken back; it stays in the record."),
        )

    def take_line_back(self, line: LogLine | None) -> None:
        """Take a decision of the table back, whichever it was; of a judge's laptop, no longer count it from that entry on."""
        if line is None:
            return
        if line.author is not None:
            self.laptops.leave_out_from(line)
            return
        if line.kind not in DESK_KINDS or line.kind == "desk":
            text = msg("Only decisions made at this table can be taken back here.")
            self._table.failed(
                JudgeTuiError("NOT_OURS", text, msg("What was announced is changed by a new announcement: room 6."))
            )
            return
        self.ask(
            msg("Take a decision back"),
            msg("{what}. It stays in the record and no longer counts.", what=line.what),
            lambda reason, by: organising.undo(self._office, [line.hash], reason, by),
            msg("Taken back; it stays in the record."),
        )

    def take_file_back(self, sha256: str, name: str) -> None:
        """No longer count what one handed-over file brought."""
        self.ask(
            msg("Take a file back"),
            msg("{file}: what it brought stays in the record and no longer counts.", file=name),
            lambda reason, by: organising.undo_import(self._office, sha256, reason, by),
            msg("Taken back; it stays in the record."),
        )

    # Log

    def save_log(self, shown: Sequence[LogLine]) -> None:
        """Save the log as it is filtered, as a table that Excel and WPS open."""
        title, text = msg("Save the log"), msg("In which folder?")
        dialog = FolderDialog(title, text, (), make=True, value=str(self._office.path.parent))

        def answered(folder: Path | None) -> None:
            if folder is not None:
                path = folder / f"{self._office.path.stem}-log.csv"
                self.do(partial(_write_log, path, list(shown)), msg("Saved: {path}", path=str(path)))

        self._table.screen.app.push_screen(dialog, answered)


def _write_log(path: Path, lines: Sequence[LogLine]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, csv_text(COLUMNS, log_rows(lines, _t.render)), "utf-8-sig")
