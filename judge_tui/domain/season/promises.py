"""What became of every promise over a season: the latest state of each, counted by organisation and altogether."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from judge_tui.domain.commitments import Commitment, Tally, tally
from judge_tui.domain.season.matching import Matches
from judge_tui.domain.season.rounds import Round


@dataclass(frozen=True, slots=True)
class Kept:
    """The promises of one organisation as they stand after the latest event that names them, in the order in which they were
    made; each says in `since` when that was."""

    organisation: str
    name: str
    commitments: tuple[Commitment, ...]

    @property
    def counts(self) -> Tally:
        """How many are done, in progress, not begun."""
        return tally(self.commitments)


def promises(rounds: Sequence[Round], matches: Matches) -> tuple[Kept, ...]:
    """The promises of everybody who made any, in the order of the first. A promise is the same one where its id is."""
    found: dict[str, dict[str, Commitment]] = {}
    for item in rounds:
        for showing in item.showings:
            if not showing.commitments:
                continue
            mine = found.setdefault(matches.identity[item.id, showing.organisation], {})
            for made in showing.commitments:
                before = mine.get(made.id)
                since = made.since or (before.since if before else item.label)
                mine[made.id] = replace(made, since=since)
    return tuple(Kept(key, matches.names[key], tuple(made.values())) for key, made in found.items())


def all_counts(kept: Sequence[Kept]) -> Tally:
    """Everybody's promises together."""
    return sum((item.counts for item in kept), Tally())
