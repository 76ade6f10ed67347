"""What stands beside and under a field: band or trouble, what may be given, grades and items to pick, the description. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rich.cells import cell_len

from judge_tui.domain import marks
from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import Band, Checklist, Criterion, Grades, Method, Places, Points, Votes
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.seat import Card
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Part, fit, wrap
from judge_tui.ui.widgets.scrolled import Line
from judge_tui.ui.widgets.typed_text import TypedText


@dataclass(frozen=True, slots=True)
class FieldView:
    """One criterion's field: what stands in it, whether that is stored, and what is wrong with it."""

    criterion: Criterion
    text: TypedText
    stored: bool = False
    error: Message | None = None
    findings: Mapping[str, str] = field(default_factory=dict)


def field_view(card: Card, criterion: Criterion, draft: str | None) -> FieldView:
    """A criterion's field: what is half typed in it, else what is stored."""
    mark = card.given.get(criterion.id)
    stored = marks.typed_text(criterion.method, mark.value) if mark is not None else ""
    if draft is None or draft == stored:
        findings = mark.findings if mark is not None else {}
        return FieldView(criterion, TypedText.of(stored), stored=True, findings=findings)
    return FieldView(criterion, TypedText.of(draft), error=wrong_words(criterion, draft))


def wrong_words(criterion: Criterion, typed: str) -> Message | None:
    """Why a text is no mark, None where it is one."""
    try:
        marks.read(criterion.method, typed)
    except MarkError as error:
        return error.message
    return None


def read(item: FieldView) -> MarkValue | None:
    """What the text in the field means, None where it is no mark."""
    try:
        return marks.read(item.criterion.method, item.text.text)
    except MarkError:
        return None


def beside(item: FieldView, hint: bool, room: int) -> tuple[str, str]:
    """The words right of a field and their style: what is wrong, or what the mark means; `hint`: what may be given.

    What is wrong stands here only where it fits whole; else `refusal` says it below the field.
    """
    if item.error is not None:
        words = _t(item.error)
        return words if cell_len(words) <= room else _t(msg("not recorded")), "form--error"
    if not item.text.text:
        return _allowed_in(item.criterion.method, room) if hint else "", "form--hint"
    value = read(item)
    if value is None:
        return "", "form--hint"
    if isinstance(item.criterion.method, (Grades, Checklist)):
        shown = _t(marks.shown(item.criterion.method, value))
        return (
            shown if isinstance(item.criterion.method, Grades) else _t(msg("{points} points", points=shown))
        ), "form--band"
    if isinstance(item.criterion.method, Points) and item.criterion.method.deduct and isinstance(value, int):
        return _t(msg("{points} points", points=mark_text(value))), "form--band"
    if isinstance(item.criterion.method, Places):
        return _t(marks.shown(item.criterion.method, value)), "form--band"
    if isinstance(item.criterion.method, Votes):
        return _t(msg("your vote") if value else msg("no vote")), "form--band"
    band = marks.band_of(item.criterion, value)
    return (_band_words(band) if band else "", "form--band")


def _allowed_in(method: Method, room: int) -> str:
    """What may be entered, whole: without the step where there is no room for it."""
    words = _t(marks.allowed(method))
    if isinstance(method, Points) and cell_len(words) > room:
        least, most = (0, method.most - method.least) if method.deduct else (method.least, method.most)
        return f"{mark_text(least)}~{mark_text(most)}"
    return words


def refusal(item: FieldView, width: int, room: int) -> list[Line]:
    """Why the mark cannot be taken, in lines of its own below the field, where it does not fit into the `room` beside it."""
    if item.error is None or cell_len(_t(item.error)) <= room:
        return []
    return [Line((("    " + text, "form--error"),)) for text in wrap(_t(item.error), width - 5, 3)]


def describe(item: FieldView, width: int) -> list[Line]:
    """What is said of a criterion: what may be given, its bands or choices, its description."""
    lines: list[Line] = []
    criterion = item.criterion
    match criterion.method:
        case Grades(grades=grades):
            lines += _choices([f"{place} {grade.name}" for place, grade in enumerate(grades, 1)], width - 4)
        case Votes():
            lines += _choices([_t(msg("1 yes")), _t(msg("0 no"))], width - 4)
        case Checklist():
            lines += _items(item, criterion.method, width)
        case _:
            scale = [_t(marks.allowed(criterion.method)), *(band_text(band) for band in criterion.bands)]
            if any(band.text for band in criterion.bands):
                flowing = [text for band in scale for text in wrap(band, width - 5, 3)]
            else:
                flowing = flow(scale, width - 5)
            lines += [Line((("    " + text, "form--hint"),)) for text in flowing]
    if criterion.description:
        lines += [Line((("    " + text, "form--text"),)) for text in wrap(criterion.description, width - 5, 3)]
    return lines


def explained(criterion: Criterion) -> Message:
    """A criterion in full, for the help key: what it takes, its description, its bands or what can be picked by number."""
    match criterion.method:
        case Grades(grades=grades):
            lines = [f"{place} {grade.name}" for place, grade in enumerate(grades, 1)]
        case Checklist(items=items):
            lines = [f"{place} {item.text} -{mark_text(item.off)}" for place, item in enumerate(items, 1)]
        case _:
            lines = [band_text(band) for band in criterion.bands]
    said = msg(
        "{name}: {allowed}. {text}",
        name=criterion.name,
        allowed=marks.allowed(criterion.method),
        text=criterion.description,
    )
    return msg("{said}\n{lines}", said=said, lines="\n".join(lines)) if lines else said


def option_text(criterion: Criterion, text: str, option: int) -> str:
    """What is typed for a click on the `option`-th choice: a grade, a vote, or one more (or less) item found wanting."""
    match criterion.method:
        case Votes():
            return "1" if option == 0 else "0"
        case Checklist(items=items):
            chosen = set(text.replace(".", " ").split()) - {"0"}
            chosen ^= {str(option + 1)}
            return " ".join(str(place) for place in range(1, len(items) + 1) if str(place) in chosen) or "0"
        case _:
            return str(option + 1)


def nudged(criterion: Criterion, text: str, sign: str) -> str | None:
    """`+` and `-` on a mark: one step up or down; None where there is nothing to step from."""
    method = criterion.method
    if not isinstance(method, Points) or sign not in ("+", "-") or not text:
        return None
    try:
        value = marks.read(method, text)
    except MarkError:
        return None
    assert isinstance(value, int)
    step = method.step if (sign == "+") != method.deduct else -method.step
    return marks.typed_text(method, max(method.least, min(method.most, value + step)))


def _choices(texts: list[str], width: int) -> list[Line]:
    """Choices in a row, each of which can be clicked."""
    lines: list[Line] = []
    parts: list[Part] = [("    ", "")]
    spots: list[tuple[int, int, int]] = []
    column = 4
    for option, text in enumerate(texts):
        size = cell_len(text) + 2
        if column + size > width and spots:
            lines.append(Line(tuple(parts), spots=tuple(spots)))
            parts, spots, column = [("    ", "")], [], 4
        parts += [(f" {text} ", "form--button"), ("  ", "")]
        spots.append((column, column + size, option))
        column += size + 2
    return [*lines, Line(tuple(parts), spots=tuple(spots))]


def _items(item: FieldView, method: Checklist, width: int) -> list[Line]:
    """A checklist's items, crossed where found wanting, with what was found."""
    failed = read(item)
    failed = failed if isinstance(failed, tuple) else ()
    lines = [Line((("    " + fit(_t(marks.allowed(method)), width - 5), "form--hint"),))]
    for option, check in enumerate(method.items):
        off = "-" + mark_text(check.off)
        wrong = check.id in failed
        text = fit(f"{option + 1} [{'x' if wrong else ' '}] {check.text}", min(width, 72) - 7 - len(off))
        style = "form--error" if wrong else "form--text"
        lines.append(Line((("    " + text + " " + off, style),), spots=((0, width, option),)))
        finding = item.findings.get(check.id, "")
        if wrong and finding:
            lines += [Line((("        " + words, "form--hint"),)) for words in wrap(finding, width - 9, 2)]
    return lines


def flow(pieces: list[str], width: int) -> list[str]:
    """The pieces in lines, each whole."""
    lines: list[str] = []
    for piece in pieces:
        if lines and cell_len(lines[-1]) + cell_len(piece) + 3 <= width:
            lines[-1] += "   " + piece
        else:
            lines.append(fit(piece, width).rstrip())
    return lines


@lru_cache(maxsize=256)
def band_text(band: Band, *, short: bool = False) -> str:
    """A band as it is printed: `45~50 优秀：成效明显`; in short without what deserves it."""
    ends = mark_text(band.least) if band.least == band.most else f"{mark_text(band.least)}~{mark_text(band.most)}"
    return f"{ends} {band.name if short else _band_words(band)}".rstrip()


def _band_words(band: Band) -> str:
    return (
        f"{band.name}：{band.text}"
        if band.text and not band.name.isascii()
        else f"{band.name}: {band.text}".rstrip(": ")
    )
