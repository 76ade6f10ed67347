"""What a mark may be: reading what a person typed, refusing in words, and writing a mark back.

A mark is stored as `MarkValue`: points, a place or a vote as a whole number (points in thousandths), a grade as its id, a
checklist as the ids of the items found wanting. Nothing here guesses: what is not plainly a mark is refused with a
`MarkError` whose message stands beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import Band, Checklist, Criterion, Grades, Method, Places, Points, Votes
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.numbers import THOUSAND, mark_text, normalise_typed, parse_decimal

_COMMA = re.compile(r"([+-]?\d+)[,、;]+(\d+)")
_LISTED = re.compile(r"[\s,、;.+]+")
_YES, _NO = frozenset({"1", "y", "yes", "✓", "v", "是"}), frozenset({"0", "n", "no", "否"})


def read(method: Method, typed: str, organisations: int = 0) -> MarkValue:
    """What was typed, as a mark of this method. `organisations` bounds places (0: not known).

    Full-width digits, `。` for a point, letters of an input method and a trailing 分 are understood. With `deduct` what is
    typed is what is taken off. Raises MarkError in words for anything else.
    """
    text = normalise_typed(typed).removesuffix("分").rstrip()
    if not text:
        raise MarkError(msg("Nothing was typed"))
    match method:
        case Points():
            number = _number(text)
            return check(
                method, _thousandths(method, method.most - number * THOUSAND if method.deduct else number * THOUSAND)
            )
        case Grades():
            return _grade(method, text)
        case Checklist():
            return _failed(method, text)
        case Places():
            return check(method, _whole(text), organisations)
        case Votes():
            return _vote(text)


def check(method: Method, value: MarkValue, organisations: int = 0) -> MarkValue:
    """The value itself if a mark of this method may be it. Raises MarkError in words if not."""
    match method, value:
        case Points(), int():
            _check_points(method, value)
        case Grades(), str() if value in {grade.id for grade in method.grades}:
            pass
        case Checklist(), tuple() if set(value) <= {item.id for item in method.items}:
            return tuple(item.id for item in method.items if item.id in value)
        case Places(), int():
            if value < 1 or (organisations and value > organisations):
                raise MarkError(
                    msg("Places run from 1 to {last}", last=organisations)
                    if organisations
                    else msg("Places begin with 1")
                )
        case Votes(), 0 | 1:
            pass
        case _:
            raise MarkError(msg("This is no mark for this criterion"), allowed(method))
    return value


def allowed(method: Method, organisations: int = 0) -> Message:
    """What may be entered, in a few words: `0~50分，步长0.5`."""
    match method:
        case Points():
            least, most, step = mark_text(method.least), mark_text(method.most), mark_text(method.step)
            if method.deduct:
                return msg(
                    "take off 0~{span} from {most}, step {step}",
                    span=mark_text(method.most - method.least),
                    most=most,
                    step=step,
                )
            return msg("{least}~{most} points, step {step}", least=least, most=most, step=step)
        case Grades():
            return msg("one of {grades}", grades=tuple(grade.name for grade in method.grades))
        case Checklist():
            return msg("{full} points less what is found wanting", full=mark_text(method.full))
        case Places():
            return msg("place 1~{last}", last=organisations) if organisations else msg("a place from 1")
        case Votes():
            return nmsg("for the best {count}: 1 yes, 0 no", "for the best {count}: 1 yes, 0 no", method.most)


def typed_text(method: Method, value: MarkValue) -> str:
    """A mark as it would have been typed, to stand in the field again: `read(method, typed_text(method, value)) == value`."""
    match method, value:
        case Points(), int():
            return mark_text(method.most - value if method.deduct else value)
        case Grades(), str():
            return next((str(place) for place, grade in enumerate(method.grades, 1) if grade.id == value), "")
        case Checklist(), tuple():
            places = [str(place) for place, item in enumerate(method.items, 1) if item.id in value]
            return " ".join(places) or "0"
        case _:
            return str(value)


def shown(method: Method, value: MarkValue) -> Message:
    """A mark as people read it: `45.5`, `优秀`, `18` (a checklist's points), `第3名`, `✓`."""
    match method, value:
        case Points(), int():
            return verbatim(mark_text(value))
        case Grades(), str():
            return verbatim(next((grade.name for grade in method.grades if grade.id == value), value))
        case Checklist(), tuple():
            return verbatim(mark_text(checklist_points(method, value)))
        case Places(), int():
            return msg("place {place}", place=value)
        case Votes(), int():
            return verbatim("✓") if value else verbatim("-")
        case _:
            return verbatim(value)


def bare_points(method: Method, value: MarkValue) -> int | None:
    """The mark in thousandths of a point before any weight; None for a place that is worth no points."""
    match method, value:
        case Points(), int():
            return value
        case Grades(), str():
            return next((grade.points for grade in method.grades if grade.id == value), None)
        case Checklist(), tuple():
            return checklist_points(method, value)
        case Votes(), int():
            return value * THOUSAND
        case Places(points=worth), int() if worth:
            return worth[value - 1] if 0 < value <= len(worth) else 0
        case _:
            return None


def checklist_points(method: Checklist, failed: Sequence[str]) -> int:
    """Full marks less what was found wanting, never under the least (thousandths)."""
    return max(method.least, method.full - sum(item.off for item in method.items if item.id in failed))


def most_points(criterion: Criterion) -> Fraction | None:
    """Full marks of a criterion, weighted; None where it has none (places), or where it is a bonus beyond full marks."""
    full = full_marks(criterion)
    return None if criterion.bonus or full is None else full * criterion.weight


def full_marks(criterion: Criterion) -> Fraction | None:
    """Full marks as they are given, before any weight; None where there are none (places, votes)."""
    match criterion.method:
        case Points(most=most) | Checklist(full=most):
            return Fraction(most, THOUSAND)
        case Grades(grades=grades):
            return Fraction(max(grade.points for grade in grades), THOUSAND)
        case _:
            return None


def band_of(criterion: Criterion, value: MarkValue) -> Band | None:
    """The band a mark falls into, None where there is none."""
    worth = bare_points(criterion.method, value)
    if worth is None:
        return None
    return next((band for band in criterion.bands if band.least <= worth <= band.most), None)


def needs_comment(criterion: Criterion, value: MarkValue) -> bool:
    """Whether the definition asks for a comment beside this mark (below one mark, or from another on)."""
    worth = bare_points(criterion.method, value)
    if worth is None:
        return False
    low, high = criterion.comment_below, criterion.comment_from
    return (low is not None and worth < low) or (high is not None and worth >= high)


def _number(text: str) -> Fraction:
    try:
        return parse_decimal(text)
    except ValueError:
        pass
    comma = _COMMA.fullmatch(text)
    if comma:
        raise MarkError(
            msg("“{typed}” has a comma; write a point: {suggestion}", typed=text, suggestion=f"{comma[1]}.{comma[2]}")
        )
    raise MarkError(msg("“{typed}” is not a number", typed=text[:20]))


def _whole(text: str) -> int:
    number = _number(text.removeprefix("第").removesuffix("名"))
    if number.denominator != 1:
        raise MarkError(msg("“{typed}” is not a whole number", typed=text[:20]))
    return number.numerator


def _thousandths(method: Points, scaled: Fraction) -> int:
    """Whole thousandths; anything finer is off the step too, so the nearest steps are named."""
    if scaled.denominator != 1:
        _check_points(method, scaled)
    return scaled.numerator


def _check_points(method: Points, value: int | Fraction) -> None:
    if method.deduct and value > method.most:
        raise MarkError(msg("Type what is taken off, without a minus"))
    if method.deduct and value < method.least:
        raise MarkError(msg("At most {most} may be taken off here", most=mark_text(method.most - method.least)))
    if value > method.most:
        raise MarkError(msg("At most {most} points here", most=mark_text(method.most)))
    if value < method.least:
        raise MarkError(msg("At least {least} points here", least=mark_text(method.least)))
    over = (value - method.least) % method.step
    if over:
        under = int(value - over)
        near = (under, min(under + method.step, method.most))
        raise MarkError(
            msg(
                "In steps of {step} here: {lower} or {upper}",
                step=mark_text(method.step),
                lower=mark_text(method.most - near[1] if method.deduct else near[0]),
                upper=mark_text(method.most - near[0] if method.deduct else near[1]),
            )
        )


def _grade(method: Grades, text: str) -> str:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= len(method.grades):
        return method.grades[int(text) - 1].id
    found = [grade.id for grade in method.grades if text.casefold() in (grade.id.casefold(), grade.name.casefold())]
    if not found:
        raise MarkError(
            msg(
                "“{typed}” is no grade here: {grades}",
                typed=text[:20],
                grades=tuple(f"{place} {grade.name}" for place, grade in enumerate(method.grades, 1)),
            )
        )
    return found[0]


def _failed(method: Checklist, text: str) -> tuple[str, ...]:
    """Numbers of the items found wanting (`1 3`); `0` where nothing was found."""
    places = [part for part in _LISTED.split(text) if part]
    if places == ["0"]:
        return ()
    failed: set[str] = set()
    for part in places:
        if not (part.isascii() and part.isdecimal() and 1 <= int(part) <= len(method.items)):
            raise MarkError(
                msg(
                    "“{typed}” is no item: 1~{last}, or 0 if nothing was found", typed=part[:20], last=len(method.items)
                )
            )
        failed.add(method.items[int(part) - 1].id)
    return tuple(item.id for item in method.items if item.id in failed)


def _vote(text: str) -> int:
    if text.casefold() in _YES:
        return 1
    if text.casefold() in _NO:
        return 0
    raise MarkError(msg("1 for a vote, 0 for none"))
