"""Equal totals: the tie ladder, rung by rung, and what separated whom from whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from judge_tui.domain.messages import Message, msg
from judge_tui.domain.rules import TieBy, TieRung
from judge_tui.domain.tabulation.comparing import Contender, Key, counted_values, keys
from judge_tui.domain.tabulation.inputs import Decision
from judge_tui.domain.tabulation.result import Lack


@dataclass(frozen=True, slots=True)
class Separation:
    """The rung that put one under the one before, and what was compared: the better figures and the worse ones.

    `reason` is the organiser's, `values` the marks (thousandths) that were counted one after the other.
    """

    rung: TieRung
    better: Key
    worse: Key
    reason: str = ""
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """Those who share a place after all rungs, and what separates them from those before (None: their total)."""

    contenders: tuple[Contender, ...]
    separation: Separation | None = None


@dataclass(slots=True)
class Ladder:
    """The rungs as declared, the organiser's decisions, and what is still undecided."""

    rungs: Sequence[TieRung]
    decisions: Sequence[Decision]
    lacks: list[Lack] = field(default_factory=list)

    def split(self, tied: Sequence[Contender], *, first: bool, rung: int = 0) -> list[Shared]:
        """The contenders in their final order, those who still share a place together. `first`: they tie for the first place."""
        if len(tied) == 1 or rung == len(self.rungs):
            return [Shared(tuple(tied))]
        step = self.rungs[rung]
        if step.first_place_only and not first:
            return self.split(tied, first=first, rung=rung + 1)
        found = self._decided(tied) if step.by == TieBy.DECISION else keys(step, tied)
        if found is None:
            return self.split(tied, first=first, rung=rung + 1)
        ordered = sorted(zip(found, tied), key=lambda pair: pair[0][0], reverse=True)
        result: list[Shared] = []
        above: Key | None = None
        for _, same in groupby(ordered, key=lambda pair: pair[0][0]):
            members = list(same)
            shown = members[0][0][1]
            parts = self.split([contender for _, contender in members], first=first and not result, rung=rung + 1)
            if above is not None:
                separation = Separation(step, above, shown, self._reason(step, tied), counted_values(step, tied))
                parts[0] = Shared(parts[0].contenders, separation)
            result.extend(parts)
            above = shown
        return result

    @staticmethod
    def shared(tied: Sequence[Contender]) -> list[Shared]:
        """All of them share one place."""
        return [Shared(tuple(tied))]

    def _decided(self, tied: Sequence[Contender]) -> list[tuple[Key, Key]] | None:
        decision = self._decision(tied)
        if decision is None:
            names: tuple[object, ...] = tuple(
                item.material.event.organisation_by_id[item.organisation].name for item in tied
            )
            message: Message = msg("undecided tie: {names}", names=names)
            self.lacks.append(Lack("tie", message, "", tied[0].organisation))
            return None
        places = {organisation: place for place, organisation in enumerate(decision.organisations, 1)}
        return [((Fraction(-place),), (Fraction(place),)) for place in (places[item.organisation] for item in tied)]

    def _decision(self, tied: Sequence[Contender]) -> Decision | None:
        """The latest recorded decision between (at least) these."""
        ids = {item.organisation for item in tied}
        fitting = [item for item in self.decisions if not item.award and ids <= set(item.organisations)]
        return fitting[-1] if fitting else None

    def _reason(self, rung: TieRung, tied: Sequence[Contender]) -> str:
        decision = self._decision(tied) if rung.by == TieBy.DECISION else None
        return decision.reason if decision else ""
