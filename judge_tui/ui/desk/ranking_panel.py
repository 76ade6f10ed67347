"""The ranking as it stands, and why the chosen place is what it is, step by step."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from judge_tui.domain.messages import msg
from judge_tui.domain.tabulation.result import Result, Standing
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.line_list import Column, Line, LineList


class RankingPanel(Container):
    """Standings beside the derivation of one of them; on a narrow screen the derivation stands beneath."""

    DEFAULT_CSS = """
    RankingPanel { layout: horizontal; }
    RankingPanel LineList { width: 3fr; }
    RankingPanel VerticalScroll { width: 2fr; background: $surface; padding: 0 1; }
    RankingPanel .why { height: auto; width: 1fr; }
    RankingPanel.-narrow { layout: vertical; }
    RankingPanel.-narrow LineList { width: 1fr; height: 3fr; }
    RankingPanel.-narrow VerticalScroll { width: 1fr; height: 2fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._result: Result | None = None

    def compose(self) -> ComposeResult:
        yield LineList(
            (
                Column(msg("Place"), align="right"),
                Column(msg("No."), align="right"),
                Column(msg("Organisation"), most=34),
                Column(msg("Score"), align="right"),
                Column(msg("Awards")),
            ),
        )
        with VerticalScroll():
            yield Static(classes="why", markup=False)

    def on_resize(self) -> None:
        self.set_class(self.size.width < 100, "-narrow")

    def show(self, result: Result) -> None:
        """Show this result."""
        self._result = result
        self.query_one(LineList).show([_line(item) for item in result.standings])
        self._explain()

    @property
    def standing(self) -> Standing | None:
        """The standing under the cursor."""
        if self._result is None or not self._result.standings:
            return None
        return self._result.standings[self.query_one(LineList).index]

    @on(LineList.Moved)
    def _explain(self) -> None:
        standing = self.standing
        if standing is None or self._result is None:
            self.query_one(".why", Static).update("")
            return
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.query_one(".why", Static).update(explained(standing, self._result))


def _line(standing: Standing) -> Line:
    awards = "、".join(standing.award_names) if _t.language == "zh" else ", ".join(standing.award_names)
    return Line(
        (place_text(standing), str(standing.number), standing.name, standing.total_text, awards),
        "" if standing.rank else "dim",
    )


def place_text(standing: Standing) -> str:
    """`3`, `=3` where the place is shared, or the reason why there is no place."""
    if standing.rank is None:
        return _t(
            {
                "withdrawn": msg("withdrawn"),
                "vetoed": msg("vetoed"),
                "guest": msg("out of competition"),
            }.get(standing.status, msg("no place"))
        )
    return f"={standing.rank}" if standing.tied else str(standing.rank)


def explained(standing: Standing, result: Result) -> Content:
    """The derivation of one place as lines that a person can follow with a calculator, then the declared rules."""
    lines = [Content.styled(f"{standing.number} {standing.name}", "bold")]
    if standing.separated is not None:
        lines.append(Content(_t(standing.separated)))
    lines.append(Content(""))
    for number, step in enumerate(standing.steps, 1):
        lines.append(Content(f"{number}. {_t(step.text)}"))
    if result.notes:
        lines += [Content(""), Content.styled(_t(msg("Noted with the result")), "bold")]
        lines += [Content(f"- {_t(note)}") for note in result.notes]
    lines += [Content(""), Content.styled(_t(msg("The declared rules")), "bold")]
    lines += [Content(f"- {_t(rule)}") for rule in result.rules]
    return Content("\n").join(lines)
