"""What came late or does not count: listed by judge and reason, told entry by entry, and noted as seen."""

from __future__ import annotations

from functools import partial

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.services.table import late
from judge_tui.services.table.audit import LogLine
from judge_tui.services.table.late import LateGroup
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.signed_deeds import SignedDeeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.desk.times import local_time
from judge_tui.ui.dialogs.listing import Item, ListDialog
from judge_tui.ui.dialogs.report import Answer, ReportDialog, Told
from judge_tui.ui.widgets.line_list import Column

COLUMNS = (
    Column(msg("Judge"), most=16),
    Column(msg("Entries"), align="right"),
    Column(msg("Why not counted"), most=30),
    Column(msg("State")),
)


class LateDeeds:
    """Deeds with what is kept and not counted."""

    def __init__(self, table: Table, office: Office, deeds: SignedDeeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    def show(self, judge: str = "") -> None:
        """List everything that came and does not count, noted or not; the cursor stands on this judge's."""
        view = self._table.view
        if view is None:
            return
        groups = late.late_groups(view.projection)
        if not groups:
            self._table.say(msg("Everything that came is counted."))
            return

        def answered(place: int | None) -> None:
            if place is not None:
                self._table.screen.run_worker(partial(self._read, groups[place]), thread=True, group="deed")

        index = next((place for place, item in enumerate(groups) if item.judge == judge and not item.noted), 0)
        text = msg(
            "It is kept and shown, and changes no result. Enter tells what it is, and lets you note that it was seen."
        )
        dialog = ListDialog(
            msg("What came and is not counted"), text, COLUMNS, [_item(group) for group in groups], index=index
        )
        self._table.screen.app.push_screen(dialog, answered)

    def _read(self, group: LateGroup) -> None:
        app, view = self._table.screen.app, self._table.view
        if view is None:
            return
        app.call_from_thread(self._table.working, 1)
        try:
            lines = late.late_lines(self._office, view.projection, group)
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._tell, group, lines)
        finally:
            app.call_from_thread(self._table.working, -1)

    def _tell(self, group: LateGroup, lines: list[LogLine]) -> None:
        def answered(answer: str | None) -> None:
            if answer:
                self._deeds.ask(
                    msg("Note what came late"),
                    msg("{what}. It stays in the record, uncounted, and is no doubt any more.", what=_words(group)),
                    lambda reason, by: late.note_late(self._office, group.judge, reason, by, why=group.code),
                    msg("Recorded."),
                )

        told = [Told(_note(group), "good" if group.noted else "doubt")]
        if group.code in late.ADVICE:
            told.append(Told(late.ADVICE[group.code]))
        told.append(Told(verbatim("")))
        told += [Told(msg("{time}  {what}", time=local_time(line.at), what=line.what)) for line in lines]
        answers = [] if group.noted else [Answer("note", msg("Note as seen"))]
        self._table.screen.app.push_screen(ReportDialog(_words(group), told, answers), answered)


def _words(group: LateGroup) -> Message:
    return nmsg(
        "{judge}: {count} entry not counted, {why}",
        "{judge}: {count} entries not counted, {why}",
        len(group.entries),
        judge=group.name,
        why=group.why,
    )


def _note(group: LateGroup) -> Message:
    if group.note is None:
        return msg("Nobody has noted yet that it was seen.")
    return msg(
        "Noted {time}: {reason}; signed: {by}",
        time=local_time(group.note.at),
        reason=group.note.reason,
        by=group.note.by,
    )


def _item(group: LateGroup) -> Item:
    first, last = min(item.at for item in group.entries), max(item.at for item in group.entries)
    about = [msg("Written {first} to {last}.", first=local_time(first), last=local_time(last)), _note(group)]
    if group.code in late.ADVICE:
        about.append(late.ADVICE[group.code])
    state = msg("noted") if group.noted else msg("to be noted")
    cells = (group.name, str(len(group.entries)), group.why, state)
    return Item(cells, tuple(about), "dim" if group.noted else "strong")
