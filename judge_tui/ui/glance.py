"""What stands on a judge's screen while his file is verified: names and marks as they stand in it.

It looks as the real screen will, says that it is not yet that, and takes no marks; keys pressed meanwhile are kept for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.glance import Glance
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.settings import Settings
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.looks import Keep
from judge_tui.ui.widgets.canvas import Canvas, Part, fit


class GlancePage(Canvas):
    """Event, judge, organisations, and the marks of the one where the judge was."""

    DEFAULT_CSS = """
    GlancePage { width: 1fr; height: 1fr; background: $background; }
    GlancePage > .glance--header { background: $panel; color: $foreground; text-style: bold; }
    GlancePage > .glance--list { background: $surface; color: $foreground; }
    GlancePage > .glance--here { background: $primary; color: $background; text-style: bold; }
    GlancePage > .glance--dim { color: $foreground 65%; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"glance--header", "glance--list", "glance--here", "glance--dim"}

    def __init__(self, glance: Glance) -> None:
        super().__init__()
        self._glance = glance

    def parts(self, y: int) -> Sequence[Part]:
        width, height = self.size
        if y == 0:
            where = _t(msg("Judge {name}", name=self._glance.judge)) + "   "
            return ((fit(" " + self._glance.title, max(0, width - 40)) + fit(where, 40, "right"), "glance--header"),)
        if y >= height - 2:
            return ((" " + _t(msg("Verifying the file …")), "glance--dim"),) if y == height - 2 else ()
        left = 42 if width >= 120 else 30
        return (*self._listed(y - 1, left, height - 3), *self._shown(y - 1, width - left))

    def _listed(self, line: int, width: int, room: int) -> Sequence[Part]:
        organisations, place = self._glance.organisations, self._glance.place
        row = max(0, min(place - 1, len(organisations) - room)) + line if len(organisations) > room else line
        if row >= len(organisations):
            return ((" " * width, "glance--list"),)
        number, _, name = organisations[row]
        widest = len(str(len(organisations)))
        text = f"{'>' if row == place else ' '}  {fit(str(number), widest, 'right')} {name}"
        return ((fit(text, width), "glance--here" if row == place else "glance--list"),)

    def _shown(self, line: int, width: int) -> Sequence[Part]:
        if not self._glance.organisations:
            return ()
        number, _, name = self._glance.organisations[self._glance.place]
        if line < 3:
            return ((" ", ""), (fit(f"  {number}  {name}" if line == 1 else "", width - 2), "glance--here"))
        if 4 <= line < 4 + len(self._glance.criteria):
            criterion, title = self._glance.criteria[line - 4]
            value = self._glance.marks.get(criterion)
            mark = "" if value is None else f"{value / 1000:g}"
            return ((fit(f"   {line - 3} {title}", 24), ""), (f"[ {fit(mark, 8)}]", "glance--dim"))
        return ()


class GlanceApp(JudgeApp):
    """Puts the glance up, then has the real screen made and puts it in front."""

    def __init__(
        self,
        glance: Glance,
        first: Callable[[], Screen[Any]],
        settings: Settings | None = None,
        keep: Keep | None = None,
    ) -> None:
        super().__init__(first, settings, keep=keep)
        self._glance = glance
        self.failure: JudgeTuiError | None = None
        """Why the file could not be opened; the program has ended then."""

    def compose(self) -> ComposeResult:
        yield GlancePage(self._glance)

    async def open_first(self) -> None:
        """After the glance has gone to the terminal."""
        self.call_after_refresh(self._open)

    async def _open(self) -> None:
        try:
            screen = self._first()
        except JudgeTuiError as error:
            self.failure = error
            self.exit(1)
            return
        await self.show_first(screen)
        await self.hear_early_keys()
