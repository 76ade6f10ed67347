"""Judges' laptops and what they submitted: confirmed or left out, one of two branches chosen, a sheet opened again."""

from __future__ import annotations

from functools import partial

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Judge, Organisation, OrganisationId
from judge_tui.domain.ledger import Author
from judge_tui.domain.messages import msg, nmsg, verbatim
from judge_tui.services.seat.reopening import spoken_codes
from judge_tui.services.table import organising
from judge_tui.services.table.audit import LogLine
from judge_tui.services.table.office import Office
from judge_tui.services.table.organising import Branch
from judge_tui.services.table.overview import Doubt
from judge_tui.ui.desk.signed_deeds import SignedDeeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.desk.times import local_time
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.conflict import Choice, ConflictDialog, Resolved
from judge_tui.ui.dialogs.read import ReadDialog


class LaptopDeeds:
    """Deeds about what a laptop wrote."""

    def __init__(self, table: Table, office: Office, deeds: SignedDeeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    # A laptop that waits

    def confirm_or_leave_out(self, doubt: Doubt) -> None:
        """A second laptop, or an old kit: it counts from now on, or never."""
        author = doubt.author
        if author is None:
            return

        def answered(place: int | None) -> None:
            if place == 0:
                self._deeds.ask(
                    msg("Confirm this laptop"),
                    msg("{what}. Only when the judge reads the same digits from the screen.", what=doubt.message),
                    partial(organising.confirm, self._office, author),
                    msg("Confirmed."),
                    announces=True,
                )
            elif place == 1:
                self._deeds.ask(
                    msg("Leave this laptop out"),
                    msg("{what}. What it wrote stays in the record and is not counted.", what=doubt.message),
                    partial(organising.revoke, self._office, author, 0),
                    msg("Left out; it stays in the record."),
                )

        choices = [msg("It is the judge's: what it wrote counts"), msg("It is not, or is not needed: leave it out")]
        self._table.screen.app.push_screen(ChooseDialog(msg("A laptop waits"), doubt.message, choices), answered)

    # Split records

    def choose_branch(self, doubt: Doubt) -> None:
        """Show both branches of split records side by side, and let one be chosen."""
        author = doubt.author
        if author is not None:
            self._table.screen.run_worker(partial(self._read_branches, author), thread=True, group="deed")

    def _read_branches(self, author: Author) -> None:
        app = self._table.screen.app
        try:
            branches = organising.fork_branches(self._office, author)
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._ask_branch, author, branches)

    def _ask_branch(self, author: Author, branches: tuple[Branch, ...]) -> None:
        view = self._table.view
        if view is None:
            return
        state = view.projection.authors.get(author)
        judge = view.event.judge_by_id.get(state.judge) if state else None
        choices = [
            Choice(
                item.hash,
                nmsg("{count} mark", "{count} marks", item.marks),
                (
                    nmsg("{count} record in all", "{count} records in all", item.entries),
                    msg("from {time}", time=local_time(item.begun)),
                    msg("to {time}", time=local_time(item.last)),
                ),
            )
            for item in branches
        ]

        def answered(resolved: Resolved | None) -> None:
            if resolved is not None:
                self._deeds.remember(resolved.signed)
                signed = resolved.signed
                self._deeds.do(
                    partial(organising.resolve_fork, self._office, author, resolved.key, signed.reason, signed.by),
                    msg("Settled; the other branch stays in the record."),
                )

        title = msg("The records of {judge} split in two: which went on?", judge=judge.name if judge else "?")
        self._table.screen.app.push_screen(ConflictDialog(title, choices, by=self._deeds.by), answered)

    # From an entry on

    def leave_out_from(self, line: LogLine) -> None:
        """No longer count a judge's entry and whatever the same laptop wrote after it."""
        if line.author is None:
            return
        self._deeds.ask(
            msg("No longer count what this laptop wrote from here on"),
            msg(
                "{who}, {time}: {what}. This and everything after it stays in the record; chosen again at a later line, "
                "what lies between counts once more.",
                who=line.who,
                time=local_time(line.at),
                what=line.what,
            ),
            partial(organising.revoke, self._office, line.author, line.seq - 1),
            msg("Left out; it stays in the record."),
        )

    # A submitted sheet

    def open_again(self, judge: Judge, organisation: Organisation) -> None:
        """Let a judge change what was submitted: this organisation alone, or the whole sheet; or tell the code once more."""
        choices = [
            msg("{number} {name} alone", number=organisation.number, name=organisation.name),
            msg("the whole sheet"),
            msg("it is open already: show the code to read aloud"),
        ]
        title = msg("Open the sheet of {judge} again", judge=judge.name)

        def answered(place: int | None) -> None:
            if place == len(choices) - 1:
                self._table.screen.run_worker(partial(self._tell_code, judge), thread=True, group="deed")
            elif place is not None:
                text = msg(
                    "For {what}. You then read a code to the judge; or he learns of it with the notices.",
                    what=choices[place],
                )
                where = organisation.id if place == 0 else None
                self._deeds.ask(title, text, partial(self._open_and_tell, judge, where), msg("Opened again."))

        self._table.screen.app.push_screen(ChooseDialog(title, None, choices), answered)

    def _open_and_tell(
        self, judge: Judge, organisation: OrganisationId | None, reason: str, by: tuple[str, ...]
    ) -> None:
        organising.reopen(self._office, judge.id, reason, by, organisation)
        self._tell_code(judge)

    def _tell_code(self, judge: Judge) -> None:
        """Show the newest code that opens a sheet of this judge; it may be shown as often as it is asked for."""
        app = self._table.screen.app
        try:
            codes = spoken_codes(self._office, judge.id)
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
            return
        if not codes:
            text = msg("No sheet of {judge} was opened again", judge=judge.name)
            app.call_from_thread(self._table.failed, JudgeTuiError("NO_CODE", text))
            return
        view = self._table.view
        known = view.event.organisation_by_id if view is not None else {}
        where = codes[0].organisation
        lines = [
            msg("Read this to {judge}:", judge=judge.name),
            verbatim(""),
            verbatim(f"    {codes[0].code}"),
            verbatim(""),
            msg("It opens {what}.", what=known[where].name if where in known else msg("the whole sheet")),
            msg("On the judge's laptop: Ctrl+U, or F3 and “Open again”; then the digits."),
        ]
        app.call_from_thread(app.push_screen, ReadDialog(msg("The code to read aloud"), lines))
