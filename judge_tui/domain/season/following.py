"""The next event of a series: what stays of the last one, what is carried over, and the next quarter or month in its names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from judge_tui.domain.commitments import Commitment
from judge_tui.domain.definition.ids import has_han
from judge_tui.domain.event import Event, EventId, OrganisationId
from judge_tui.domain.season.honours import Honour

_HAN = "一二三四"
_ORDINALS = ("First", "Second", "Third", "Fourth")
_YEAR = r"((?:19|20)\d\d)"


def _quarter(word: str) -> tuple[str, int]:
    """The quarter after this one, in the same kind of numeral, and how many years later it is."""
    if word in _HAN:
        return _HAN[(_HAN.index(word) + 1) % 4], int(word == "四")
    return str(int(word) % 4 + 1), int(word == "4")


def _month(word: str) -> tuple[str, int]:
    return str(int(word) % 12 + 1).zfill(len(word) if word.startswith("0") else 1), int(int(word) == 12)


def _iso_month(word: str) -> tuple[str, int]:
    return f"{int(word) % 12 + 1:02}", int(int(word) == 12)


def _half(word: str) -> tuple[str, int]:
    return ("下", 0) if word == "上" else ("上", 1)


def _ordinal(word: str) -> tuple[str, int]:
    at = [item.casefold() for item in _ORDINALS].index(word.casefold())
    after = _ORDINALS[(at + 1) % 4]
    return (after if word[0].isupper() else after.casefold()), int(at == 3)


Turn = Callable[[str], tuple[str, int]]
_PATTERNS: tuple[tuple[re.Pattern[str], Turn], ...] = (
    (re.compile(_YEAR + r"(年?第?)([1-4一二三四])(?=季)"), _quarter),
    (re.compile(_YEAR + r"([ -]?[qQ])([1-4])(?!\d)"), _quarter),
    (re.compile(_YEAR + r"(年)(1[0-2]|0?[1-9])(?=月)"), _month),
    (re.compile(_YEAR + r"(-)(1[0-2]|0[1-9])(?![\d-])"), _iso_month),
    (re.compile(_YEAR + r"(年?)([上下])(?=半年)"), _half),
    (re.compile(r"()()(first|second|third|fourth)(?=[ -]quarter)", re.IGNORECASE), _ordinal),
    (re.compile(r"()(第)([1-4一二三四])(?=季)"), _quarter),
    (re.compile(r"()()(?<!\d)(1[0-2]|0?[1-9])(?=月)"), _month),
    (re.compile(r"()()([上下])(?=半年)"), _half),
)


def advanced(text: str) -> str:
    """A label, a title or an id with the quarter, month or half year after the one it names; as it is where it names none."""
    for pattern, turn in _PATTERNS:
        found = pattern.search(text)
        if found:
            word, later = turn(found[3])
            year = str(int(found[1]) + later) if found[1] else ""
            return f"{text[: found.start()]}{year}{found[2]}{word}{text[found.end() :]}"
    return text


def following(
    event: Event,
    label: str,
    promised: Mapping[OrganisationId, Sequence[Commitment]],
    won: Mapping[OrganisationId, Sequence[Honour]],
) -> Event:
    """The definition of the event after this one.

    Every organisation, judge, criterion and rule stays with its id. Those that had withdrawn or were vetoed take part again. Promises are
    carried over with their state and the season in which they were made (`label` where it is this one's); what was won stands among the
    honours. The date and the running order's pins are for the organiser to fill in.
    """
    season = advanced(event.season)
    identity = advanced(event.id)
    organisations = tuple(
        replace(
            item,
            status="" if item.status != "guest" else item.status,
            status_reason="" if item.status != "guest" else item.status_reason,
            materials=tuple(replace(material, sha256="") for material in item.materials),
            commitments=tuple(
                replace(made, since=made.since or label) for made in promised.get(item.id, item.commitments)
            ),
            honours=_honours(item.honours, won.get(item.id, ()), event),
        )
        for item in event.organisations
    )
    return replace(
        event,
        id=EventId(identity if identity != event.id else f"{event.id}-next"),
        title=advanced(event.title),
        season=season if season != event.season else "",
        date="",
        organisations=organisations,
    )


def _honours(before: tuple[str, ...], won: Sequence[Honour], event: Event) -> tuple[str, ...]:
    """What is printed before an organisation: its own words, then what the season counted; lists of the last are no honours."""
    last = {item.name for item in event.awards if item.of_the_last}
    counted = {}
    for item in won:
        if item.award not in last:
            words = (
                f"先后{item.count}次获“{item.award}”" if has_han(event.title) else f"“{item.award}” {item.count} times"
            )
            counted[item.award] = words
    kept = [text for text in before if not any(_same(text, award) for award in counted)]
    return (*kept, *counted.values())


def _same(text: str, award: str) -> bool:
    """Whether a printed honour is an earlier count of the same award."""
    quoted = re.escape(f"“{award}”")
    return re.fullmatch(rf"先后\d+次获{quoted}|{quoted} \d+ times", text) is not None
