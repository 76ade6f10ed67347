"""Files that were not taken in: why, since when, and what the organiser can do about each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.services.records import approving
from judge_tui.services.records.approving import Aside
from judge_tui.services.records.merging import Verdict
from judge_tui.services.records.quarantine import WAITING
from judge_tui.services.records.salvaging import SPOILED
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.collecting import Collecting
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.desk.times import local_time
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.listing import Item, ListDialog
from judge_tui.ui.dialogs.report import ReportDialog, Told
from judge_tui.ui.widgets.line_list import Column

COLUMNS = (
    Column(msg("File"), most=32),
    Column(msg("Judge"), most=14),
    Column(msg("Since"), most=16),
    Column(msg("State")),
)


class RefusedDeeds:
    """Deeds with files that were set aside."""

    def __init__(self, table: Table, office: Office, deeds: Deeds, collecting: Collecting) -> None:
        self._table, self._office, self._deeds, self._collecting = table, office, deeds, collecting

    def show(self) -> None:
        """List every file that was set aside; Enter says what can be done about one."""
        self._table.screen.run_worker(self._look, thread=True, exclusive=True, group="aside")

    def _look(self) -> None:
        app = self._table.screen.app
        app.call_from_thread(self._table.working, 1)
        try:
            found = approving.set_aside(self._office)
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._list, found)
        finally:
            app.call_from_thread(self._table.working, -1)

    def _list(self, found: tuple[Aside, ...]) -> None:
        if not found:
            self._table.say(msg("Every file that was handed over has been taken in."))
            return

        def answered(place: int | None) -> None:
            if place is not None:
                self.tell(found[place].verdict)

        text = msg("The bytes of each are kept beside the organiser's file. Enter says what can be done about one.")
        dialog = ListDialog(msg("Files that were not taken in"), text, COLUMNS, [_item(aside) for aside in found])
        self._table.screen.app.push_screen(dialog, answered)

    def tell_line(self, verdict: Verdict | None) -> None:
        """The same from the line of a file that was refused a moment ago; a line of one that was taken in says it all."""
        if verdict is not None and verdict.refused:
            self.tell(verdict)

    def tell(self, verdict: Verdict) -> None:
        """Say why a file was not taken in, and offer what can be done: verify, approve, try again, settle, or leave it."""
        title = msg("{file}: {what}", file=verdict.name, what=verdict.message)
        offers = self._offers(verdict)
        if not offers:
            self._explain(title, verdict)
            return
        choices = [text for text, _ in offers]

        def answered(place: int | None) -> None:
            if place is not None and place < len(offers):
                offers[place][1]()

        dialog = ChooseDialog(title, _advice(verdict), [*choices, msg("Leave it out")])
        self._table.screen.app.push_screen(dialog, answered)

    def _offers(self, verdict: Verdict) -> list[tuple[Message, Callable[[], None]]]:
        offers: list[tuple[Message, Callable[[], None]]] = []
        if verdict.code in SPOILED:
            look = partial(self._collecting.rehearse, [verdict.file], salvage=True)
            offers.append((msg("See what of it can be verified"), look))
        if verdict.code == "UNKNOWN_JUDGE":
            offers.append((msg("Put its kit on the list"), partial(self._approve, verdict)))
        if verdict.code in WAITING:
            offers.append((msg("Try it again now"), self._collecting.try_again))
        if verdict.code == "FORK":
            offers.append((msg("Settle it: room 3"), partial(self._table.open_section, "doubts")))
        return offers

    def _explain(self, title: Message, verdict: Verdict) -> None:
        lines = [Told(verdict.hint)] if verdict.hint is not None else []
        if not verdict.refused:
            lines.append(Told(msg("What is in it is in the records: nothing needs to be done."), "good"))
        self._table.screen.app.push_screen(ReportDialog(title, lines))

    def _approve(self, verdict: Verdict) -> None:
        def approve(reason: str, by: tuple[str, ...]) -> None:
            waiting = [
                item
                for item in approving.kept(self._office)
                if item.path in (verdict.quarantined, verdict.file) and item.waits
            ]
            if not waiting:
                raise JudgeTuiError("NOT_WAITING", msg("{file} does not wait for an approval", file=verdict.name))
            approving.approve(self._office, waiting[-1].code, reason, by)

        self._deeds.ask(
            msg("Put its kit on the list"),
            msg("{file}: it is tried again at once, like any other.", file=verdict.name),
            approve,
            msg("Approved."),
            announces=True,
        )


def _item(aside: Aside) -> Item:
    kept, verdict = aside.kept, aside.verdict
    about = [verdict.message]
    if verdict.hint is not None:
        about.append(msg("→ {hint}", hint=verdict.hint))
    if kept.digits:
        about.append(
            msg("{judge}, laptop {device}: {digits}", judge=kept.judge, device=kept.device, digits=kept.digits)
        )
    state, tone = _state(verdict)
    judge = kept.judge or verdict.judge
    return Item((kept.name, judge, local_time(kept.since)[:16], state), tuple(about), tone)


def _state(verdict: Verdict) -> tuple[Message, str]:
    if not verdict.refused:
        return msg("taken in since"), "dim"
    if verdict.code in WAITING:
        return msg("waits"), "strong"
    damaged = verdict.code in SPOILED - {"NOT_SQLITE"}
    return (msg("damaged") if damaged else msg("refused")), "doubt"


def _advice(verdict: Verdict) -> Message | None:
    if verdict.code in SPOILED:
        return msg("What stands before the damage can be verified by itself. Better is a new copy from the judge.")
    if verdict.code == "UNKNOWN_JUDGE":
        return msg("Only where you know who issued this file: its kit becomes the judge's only one.")
    return verdict.hint
