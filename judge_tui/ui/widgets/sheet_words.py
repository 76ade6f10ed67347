"""The words below the score sheet: what may be given in the column of the cursor, its bands, choices and items. Kept ready."""

from __future__ import annotations

from judge_tui.domain import marks
from judge_tui.domain.event import Checklist, Criterion, CriterionId, Grades, Votes
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import mark_text
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import wrap
from judge_tui.ui.widgets.form_details import band_text, flow


class SheetWords:
    """Worked out once for each criterion, language and width: the sheet asks for them at every key."""

    def __init__(self) -> None:
        self._scales: dict[tuple[CriterionId, str], str] = {}
        self._abouts: dict[tuple[CriterionId, str, int], list[str]] = {}

    def scale(self, criterion: Criterion) -> str:
        """What may be given, and the bands."""
        key = (criterion.id, _t.language)
        if key not in self._scales:
            bands = (band_text(band, short=True) for band in criterion.bands)
            self._scales[key] = "  ".join([_t(marks.allowed(criterion.method)), *bands])
        return self._scales[key]

    def about(self, criterion: Criterion, width: int, room: int, line: int) -> str:
        """One of at most `room` lines: choices by their numbers, then the description."""
        key = (criterion.id, _t.language, width)
        if key not in self._abouts:
            about = [
                *flow(_picked(criterion), width),
                *(wrap(criterion.description, width) if criterion.description else []),
            ]
            self._abouts[key] = about[:room]
        lines = self._abouts[key]
        return lines[line] if line < len(lines) else ""


def _picked(criterion: Criterion) -> list[str]:
    match criterion.method:
        case Grades(grades=grades):
            picked = [f"{place} {grade.name}" for place, grade in enumerate(grades, 1)]
        case Checklist(items=items):
            picked = [f"{place} {item.text} -{mark_text(item.off)}" for place, item in enumerate(items, 1)]
        case Votes():
            picked = [_t(msg("1 yes")), _t(msg("0 no"))]
        case _:
            picked = []
    return picked
