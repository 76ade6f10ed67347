"""Tables as people keep them on paper: a row for each organisation and a column for each judge (统分表), or a row for each sheet and
a column for each criterion. Each such cell is read as if it stood on a row of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.event import Criterion, Event, Judge
from judge_tui.services.results.field_names import Names
from judge_tui.services.results.headings import MARK_HEADINGS
from judge_tui.services.results.tables import heading_key

_A_JUDGE = re.compile(r"(?:评委|裁判|评审|考官|judge)[\s_]*(?:no\.?)?\d+号?")
_KNOWN = frozenset(word for words in MARK_HEADINGS.values() for word in words)


@dataclass(frozen=True, slots=True)
class Spread:
    """What the headings of the wide columns mean (`judge` or `criterion`), and the heading of each by its position."""

    meaning: str
    headings: dict[int, str]


def spread_of(event: Event) -> Callable[[Sequence[str]], Spread | None]:
    """For a row of headings without a column of scores: which of its columns are judges or criteria of this event, if any are."""
    judges: Names[Judge] = Names(event.judges, lambda item: item.id, lambda item: item.name)
    criteria: Names[Criterion] = Names(event.criteria, lambda item: item.id, lambda item: item.name)

    def spread(row: Sequence[str]) -> Spread | None:
        own = {at: _plain(cell) for at, cell in enumerate(row) if cell.strip() and heading_key(cell) not in _KNOWN}
        scored = {at: text for at, text in own.items() if criteria.find(text)}
        # Somebody who scored and whom the definition does not name is told of like everywhere, not passed over.
        seated = {at: text for at, text in own.items() if judges.find(text) or _A_JUDGE.fullmatch(match_key(text))}
        if seated and not scored:
            return Spread("judge", seated)
        return Spread("criterion", scored) if scored and not seated else None

    return spread


def _plain(heading: str) -> str:
    """A heading without what stands in brackets (`党的建设（25分）`) and without its line breaks."""
    return " ".join(re.split(r"[(（]", heading)[0].split())
