"""The organiser's table: one calm screen on an organiser's file; its rooms are opened by digits."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Label, ProgressBar

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table.office import Office
from judge_tui.services.table.overview import Overview
from judge_tui.ui.desk.acting import ActingScreen
from judge_tui.ui.desk.adjustments_panel import AdjustmentsPanel
from judge_tui.ui.desk.analysis_panel import AnalysisPanel
from judge_tui.ui.desk.closing_panel import ClosingPanel
from judge_tui.ui.desk.collect_panel import CollectPanel
from judge_tui.ui.desk.commands import COMMANDS, ONLY_IN, SECTIONS
from judge_tui.ui.desk.day_panel import DayPanel
from judge_tui.ui.desk.doubts_panel import DoubtsPanel
from judge_tui.ui.desk.log_panel import LogPanel
from judge_tui.ui.desk.looking import PATIENCE
from judge_tui.ui.desk.matrix_panel import MatrixPanel
from judge_tui.ui.desk.ranking_panel import RankingPanel
from judge_tui.ui.dialogs.error import ErrorDialog
from judge_tui.ui.doors import Doors
from judge_tui.ui.widgets.key_bar import KeyBar
from judge_tui.ui.widgets.line_list import LineList
from judge_tui.ui.widgets.matrix import MatrixGrid
from judge_tui.ui.widgets.section_bar import SectionBar
from judge_tui.ui.widgets.whole_line import WholeLine


class OrganiserScreen(ActingScreen):
    """The table. Everything shown is worked out from the records; every act is a signed entry, after which it is worked out
    again."""

    ABOUT: ClassVar[Message] = msg(
        "The organiser's table: digits open its rooms, arrows move in them, Enter opens a line."
    )
    KEYS = COMMANDS

    DEFAULT_CSS = """
    OrganiserScreen #top { height: 1; background: $surface; padding: 0 1; }
    OrganiserScreen #title { width: 1fr; text-style: bold; color: $accent; height: 1; }
    OrganiserScreen #received { width: auto; color: $foreground 80%; height: 1; }
    OrganiserScreen #banner { width: 1fr; height: 1; padding: 0 1; background: $success; color: $background; text-style: bold; }
    OrganiserScreen #banner.-provisional { background: $warning; }
    OrganiserScreen #banner.-reading { background: $panel; color: $foreground; }
    OrganiserScreen #busy { display: none; width: 1fr; padding: 0 1; }
    OrganiserScreen #busy.-on { display: block; }
    OrganiserScreen #busy Bar { width: 1fr; }
    OrganiserScreen ContentSwitcher { height: 1fr; }
    """

    def __init__(self, office: Office, doors: Doors) -> None:
        super().__init__()
        self.office, self._doors = office, doors
        self.view: Overview | None = None
        self._acts = 0
        self.begin(self, office)

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Label(id="title", markup=False)
            yield Label(id="received", markup=False)
        yield Label(_t(msg("Reading the records …")), id="banner", classes="-reading", markup=False)
        yield SectionBar([title for _, title in SECTIONS])
        with ContentSwitcher(initial=self.section):
            for name, panel in self._panels():
                panel.id = name
                yield panel
        yield WholeLine()
        yield ProgressBar(total=1, show_eta=False, id="busy", classes="" if self.view else "-on")
        yield KeyBar(self.KEYS)

    def _panels(self) -> tuple[tuple[str, Widget], ...]:
        return (
            ("matrix", MatrixPanel()),
            ("collect", CollectPanel()),
            ("doubts", DoubtsPanel()),
            ("ranking", RankingPanel()),
            ("adjustments", AdjustmentsPanel()),
            ("day", DayPanel()),
            ("log", LogPanel()),
            ("closing", ClosingPanel()),
            ("analysis", AnalysisPanel()),
        )

    def on_mount(self) -> None:
        self.reload()
        self.set_interval(1.5, self.collecting.look)
        self.set_interval(20, self.copying.look)
        self.set_interval(1, self.network.look)
        self.set_interval(1, self.day.look)

    def on_unmount(self) -> None:
        self.network.close()

    def retranslate(self) -> None:
        self.refresh(recompose=True)
        self.call_after_refresh(self._recomposed)

    def _recomposed(self) -> None:
        self.query_one(CollectPanel).show_watched(self.collecting.folder)
        if self.view is not None:
            self.take(self.view)

    # What is shown

    def reload(self) -> None:
        """Work everything out again from the records."""
        self.looking.look(self.take)

    def take(self, view: Overview) -> None:
        """Show this look at the records."""
        self.view = view
        title = view.event.title
        if view.projection.rehearsal:
            title = _t(msg("REHEARSAL {title}", title=title))
        self.query_one("#title", Label).update(title)
        received = msg(
            "{judges}/{all} judges complete, {given}/{asked} marks",
            judges=view.matrix.complete_judges,
            all=len(view.matrix.judges),
            given=view.matrix.given,
            asked=view.matrix.asked,
        )
        self.query_one("#received", Label).update(_t(received))
        banner = self.query_one("#banner", Label)
        banner.update(_t(view.banner))
        banner.set_class(view.provisional, "-provisional")
        banner.remove_class("-reading")
        self.copying.look()
        self._fill()

    def _fill(self) -> None:
        """Fill the open room; the others are filled when they are opened."""
        view = self.view
        counts = {2: sum(item.blocks for item in view.doubts)} if view else {}
        index = next(place for place, (name, _) in enumerate(SECTIONS) if name == self.section)
        self.query_one(SectionBar).mark(index, counts)
        self.query_one(KeyBar).refresh()
        if view is None:
            return
        if self.section == "matrix":
            self.query_one(MatrixPanel).show(view)
        elif self.section == "ranking":
            self.query_one(RankingPanel).show(view.result)
        elif self.section == "log":
            self.looking.read_log(view)
        elif self.section == "analysis":
            self.looking.analyse(view)
        elif self.section in ("collect", "doubts", "adjustments", "day", "closing"):
            panel = self.query_one(f"#{self.section}")
            assert isinstance(panel, (CollectPanel, DoubtsPanel, AdjustmentsPanel, DayPanel, ClosingPanel))
            panel.show(view)

    # Going about

    def action_section(self, number: int) -> None:
        self.open_section(SECTIONS[number - 1][0])

    @on(SectionBar.Chosen)
    def _clicked(self, event: SectionBar.Chosen) -> None:
        self.open_section(SECTIONS[event.index][0])

    def open_section(self, name: str) -> None:
        """Open one of the rooms."""
        self.section = name
        self.query_one(ContentSwitcher).current = name
        self.day.look()
        self._fill()
        self._cut()
        panel = self.query_one(f"#{name}")
        for target in panel.query("MatrixGrid, LineList, BarChart").results():
            target.focus()
            break

    @on(LineList.Cut)
    def _cut(self) -> None:
        """What the open room's list had to cut of its chosen line is told whole beneath it."""
        found = self.query(f"#{self.section} LineList").results(LineList)
        self.query_one(WholeLine).tell(next((item.cut for item in found), ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return ONLY_IN.get(action, self.section) == self.section

    def action_sums(self) -> None:
        self.query_one(MatrixGrid).toggle_marks()

    def action_waiting(self) -> None:
        self.query_one(MatrixGrid).toggle_waiting()
        if self.view is not None:
            self.query_one(MatrixPanel).show(self.view)

    def action_criterion(self) -> None:
        if self.view is not None:
            self.query_one(MatrixPanel).next_criterion(self.view)

    def action_filter(self) -> None:
        self.query_one(LogPanel).query_one("Input").focus()

    def action_host(self) -> None:
        self._doors.host(self.office.path)

    def action_projector(self) -> None:
        self._doors.projector(self.office.path, lambda: None)

    def action_back(self) -> None:
        if self.section != "matrix":
            self.open_section("matrix")
        else:
            self.leave_table()

    # Acts

    @on(LineList.Chosen)
    def _there(self, event: LineList.Chosen) -> None:
        if self.section == "day":
            self.day.toggle(self.query_one(DayPanel).chosen)
        elif self.section == "collect" and event.source.parent is self.query_one(CollectPanel):
            self.refused.tell_line(self.query_one(CollectPanel).verdict)

    @on(MatrixGrid.Chosen)
    def _cell(self, event: MatrixGrid.Chosen) -> None:
        self.deeds.open_cell(event.judge, event.organisation)

    @on(DoubtsPanel.Chosen)
    def _doubt(self, event: DoubtsPanel.Chosen) -> None:
        self.deeds.settle(event.doubt)

    @on(ClosingPanel.Chosen)
    def _step(self, event: ClosingPanel.Chosen) -> None:
        if event.step == "doubts":
            self.open_section("doubts")
        elif event.step == "projector":
            self._doors.reveal(self.office.path, lambda: None)
        elif event.step == "audit":
            self.audit.check()
        else:
            self.closing.step(event.step)

    def show_cell(self, judge: str, organisation: str) -> None:
        """Open the matrix at one cell."""
        self.open_section("matrix")
        self.query_one(MatrixGrid).go_to(judge, organisation)

    def failed(self, error: JudgeTuiError) -> None:
        """Show what went wrong."""
        self.app.push_screen(ErrorDialog(error))

    def say(self, text: Message) -> None:
        """Say shortly what was done."""
        self.app.notify(_t(text), markup=False)

    def busy(self, done: int, of: int) -> None:
        """Show how far something is that takes a while; done, it is gone."""
        for bar in self.query("#busy").results(ProgressBar):
            bar.update(total=of, progress=done)
            bar.set_class(done < of, "-on")

    def working(self, more: int) -> None:
        """One act more is under way, or (-1) one less; what is not done within a moment shows that it goes on."""
        self._acts += more
        if self._acts > 0:
            self.set_timer(PATIENCE, self._still_working)
        else:
            self.query("#busy").remove_class("-on")

    def _still_working(self) -> None:
        for bar in self.query("#busy").results(ProgressBar):
            if self._acts > 0 and not bar.has_class("-on"):
                bar.update(total=None)
                bar.add_class("-on")
