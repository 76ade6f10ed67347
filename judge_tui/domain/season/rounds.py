"""What a season is made of: each event's outcome, reduced to who took part, at which place, with what; and their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain.commitments import Commitment

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUARTER = re.compile(r"第?([1-4一二三四])季|(?<![a-z])q([1-4])(?!\d)|([1-4])(?:st|nd|rd|th) quarter")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月|(?:19|20)\d\d[-./](1[0-2]|0?[1-9])(?!\d)")
_HALF = re.compile(r"([上下])半年")
_WHOLE = re.compile(r"年度|全年|年终|年底|annual|whole year")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d[-./年](\d{1,2})[-./月](\d{1,2})")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}

EVERYTHING = frozenset(("scores", "places", "bottom"))
"""Totals, places and lists of the last: what an event may publish or keep back."""

Key = tuple[str, str]
"""One organisation at one event: the ids of the event and of the organisation."""


@dataclass(frozen=True, slots=True)
class Showing:
    """One organisation at one event. `total` is None where it has none, `place` where it is not ranked; `awards` are ids,
    `award_names` the same as announced; `honours` are what it brought along, as printed in the definition, `commitments` what it had
    promised."""

    organisation: str
    name: str
    total: Fraction | None = None
    total_text: str = ""
    place: int | None = None
    awards: tuple[str, ...] = ()
    award_names: tuple[str, ...] = ()
    status: str = ""
    honours: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One event of a season. `offered` are the names of the awards that could be won in it; `provisional` says that its
    result still lacks something; `source` is the file it was read from; `lasts` are the names of awards that are no honour
    (黄旗, 黑榜); `published` is what it makes known, of `EVERYTHING`; `lowest`: the lowest total wins."""

    id: str
    title: str
    showings: tuple[Showing, ...]
    series: str = ""
    season: str = ""
    date: str = ""
    host: str = ""
    offered: frozenset[str] = frozenset()
    provisional: bool = False
    source: str = ""
    lasts: frozenset[str] = frozenset()
    published: frozenset[str] = EVERYTHING
    lowest: bool = False

    @property
    def label(self) -> str:
        """How the round is headed: its season, else its date, else its title."""
        return self.season or self.date or self.title

    @property
    def scored(self) -> bool:
        """Whether anybody was ranked."""
        return any(item.place is not None for item in self.showings)


def when(item: Round) -> tuple[int, int, int]:
    """Year, month and day to put rounds in order: the season's label first (a third quarter may be held in November), the date
    for what the label does not say. A quarter and a half year count as their last month; 0 is unknown."""
    label = unicodedata.normalize("NFKC", item.season).casefold()
    date = unicodedata.normalize("NFKC", item.date)
    year = _YEAR.search(label) or _YEAR.search(date)
    day = _DAY.search(date)
    month = _month(label)
    if not month and day is not None:
        month = int(day[1])
    return int(year[1]) if year else 0, month or _month(date), int(day[2]) if day else 0


def _month(text: str) -> int:
    if found := _MONTH.search(text):
        return int(found[1] or found[2])
    if found := _QUARTER.search(text):
        word = found[1] or found[2] or found[3]
        return 3 * (_NUMERALS.get(word) or int(word))
    if found := _HALF.search(text):
        return 6 if found[1] == "上" else 12
    return 12 if _WHOLE.search(text) else 0


def span(item: Round) -> int:
    """How long a stretch its label names: 0 a month or a day, 1 a quarter, 2 half a year, 3 the whole. What ends in the same month comes
    after what is shorter: the fourth quarter after December, the year after both."""
    label = unicodedata.normalize("NFKC", item.season).casefold()
    if _MONTH.search(label):
        return 0
    return next((size for size, pattern in enumerate((_QUARTER, _HALF, _WHOLE), 1) if pattern.search(label)), 0)


def in_order(rounds: Sequence[Round], declared: Sequence[str] = ()) -> tuple[Round, ...]:
    """The rounds oldest first; those that the season declares stand first, in the declared order."""
    place = {event: index for index, event in enumerate(declared)}

    def key(item: Round) -> tuple[int, int, int, int, int, str]:
        year, month, day = when(item)
        return place.get(item.id, len(place)), year, month, span(item), day, item.id

    return tuple(sorted(rounds, key=key))
