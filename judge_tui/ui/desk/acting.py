"""What each key at the organiser's table sets going; the screen itself only shows and goes about."""

from __future__ import annotations

from judge_tui.domain.messages import Message, msg
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.adjustments_panel import AdjustmentsPanel
from judge_tui.ui.desk.announcing import AnnounceDeeds
from judge_tui.ui.desk.audit_deeds import AuditDeeds
from judge_tui.ui.desk.closing_deeds import ClosingDeeds
from judge_tui.ui.desk.collect_panel import CollectPanel
from judge_tui.ui.desk.collecting import Collecting
from judge_tui.ui.desk.commands import ABOUT_ROOM, commands_in
from judge_tui.ui.desk.copying import Copying
from judge_tui.ui.desk.day_deeds import DayDeeds
from judge_tui.ui.desk.day_panel import DayPanel
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.hub_deeds import HubDeeds
from judge_tui.ui.desk.log_panel import LogPanel
from judge_tui.ui.desk.looking import Looking
from judge_tui.ui.desk.paper_deeds import PaperDeeds
from judge_tui.ui.desk.promise_deeds import PromiseDeeds
from judge_tui.ui.desk.ranking_panel import RankingPanel
from judge_tui.ui.desk.refused import RefusedDeeds
from judge_tui.ui.desk.seat_deeds import SeatDeeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.confirm import ConfirmDialog
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.widgets.matrix import MatrixGrid


class ActingScreen(AppScreen[None]):
    """Keys to deeds. `begin` makes the deeds once the screen knows its file; `section` is the open room."""

    section = "matrix"

    @property
    def about_here(self) -> Message:
        """What the open room is for, as its help says."""
        return ABOUT_ROOM[self.section]

    @property
    def commands_here(self) -> tuple[Command, ...]:
        """What works in the open room."""
        return commands_in(self.section)

    def begin(self, table: Table, office: Office) -> None:
        """Get ready to act at this table."""
        self.looking = Looking(table, office)
        self.deeds = Deeds(table, office)
        self.collecting = Collecting(table, office)
        self.copying = Copying(table, office)
        self.day = DayDeeds(table, office, self.deeds)
        self.promises = PromiseDeeds(table, office, self.deeds)
        self.papers = PaperDeeds(table, office, self.deeds)
        self.audit = AuditDeeds(table, office, self.deeds)
        self.closing = ClosingDeeds(table, office, self.deeds)
        self.network = HubDeeds(table, office)
        self.refused = RefusedDeeds(table, office, self.deeds, self.collecting)
        self.seats = SeatDeeds(table, office, self.deeds)
        self.announcing = AnnounceDeeds(table, office, self.deeds)
        self.deeds.try_again = self.collecting.try_again
        self.deeds.type_sheet = self.papers.type_sheet
        self.deeds.absent = self.announcing.absent

    def leave_table(self) -> None:
        """Leave, after asking: Esc is pressed once too often easily. While something is taken in by itself, staying comes first."""

        def answered(leave: bool | None) -> None:
            if leave:
                self.dismiss(None)

        busy = self.network.hub.running or self.collecting.folder is not None
        text = msg("Everything is saved; the table can be opened again at any time.")
        if busy:
            text = msg(
                "Files are being taken in here by themselves. That stops when the table is left; nothing is lost."
            )
        dialog = ConfirmDialog(msg("Leave the table?"), text, msg("Leave"), msg("Stay"), safe=busy)
        self.app.push_screen(dialog, answered)

    def action_collect(self) -> None:
        self.collecting.choose(watch=False)

    def action_look_first(self) -> None:
        self.collecting.look_first()

    def action_set_aside(self) -> None:
        self.refused.show()

    def action_copy(self) -> None:
        self.copying.choose()

    def action_watch(self) -> None:
        self.collecting.toggle_watch()

    def action_leave(self) -> None:
        self.collecting.leave()

    def action_adjust(self) -> None:
        self.deeds.adjust(self.query_one(RankingPanel).standing)

    def action_undo(self) -> None:
        self.deeds.take_back(self.query_one(AdjustmentsPanel).chosen)

    def action_save_log(self) -> None:
        self.deeds.save_log(self.query_one(LogPanel).shown)

    def action_late(self) -> None:
        self.deeds.lates.show()

    def action_audit(self) -> None:
        self.audit.check()

    def action_new_file(self) -> None:
        here = self.query_one(MatrixGrid).here
        if here is not None:
            self.seats.reissue(here[0])

    def action_add_judge(self) -> None:
        self.seats.add()

    def action_take_back(self) -> None:
        self.deeds.take_line_back(self.query_one(LogPanel).chosen)

    def action_remark(self) -> None:
        self.day.remark(self.query_one(DayPanel).chosen)

    def action_sign_in(self) -> None:
        self.day.sign_in()

    def action_question(self) -> None:
        self.day.draw_question(self.query_one(DayPanel).chosen)

    def action_lots(self) -> None:
        self.day.draw_order()

    def action_promises(self) -> None:
        self.promises.show(self.query_one(DayPanel).chosen)

    def action_count(self) -> None:
        self.papers.count(self.query_one(DayPanel).chosen)

    def action_status(self) -> None:
        self.announcing.set_status(self.query_one(DayPanel).chosen)

    def action_order(self) -> None:
        self.announcing.change_order()

    def action_definition(self) -> None:
        self.announcing.definition()

    def action_arrive(self) -> None:
        self.day.arrive()

    def action_network(self) -> None:
        self.network.toggle()

    def action_file_back(self) -> None:
        chosen = self.query_one(CollectPanel).chosen
        if chosen is not None:
            self.deeds.take_file_back(*chosen)
