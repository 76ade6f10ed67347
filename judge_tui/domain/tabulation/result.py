"""What comes out of a tabulation: standings with their derivation, and what the result still lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.messages import Message
from judge_tui.domain.tabulation.figures import Figures


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation that a person can follow with a calculator. `key` is stable (`criterion.mean`), `text` says
    it in words, `value` is the exact figure it ends in (None: a step without a number). The ids say what it is about, as far
    as it is about one of them."""

    key: str
    text: Message
    value: Fraction | None = None
    phase: str = ""
    criterion: str = ""
    group: str = ""
    judge: str = ""


def _no_steps() -> tuple[Step, ...]:
    return ()


@dataclass(frozen=True)
class Standing:
    """One organisation's outcome. `total` is after final rounding, None where no marks count and for withdrawn and vetoed
    entries; `rank` is None for these and for guests. `separated` tells which rule put it under the one before, and by how much.
    `figures` is the whole derivation as numbers, `steps` the same in words."""

    organisation: OrganisationId
    number: int
    name: str
    total: Fraction | None
    total_text: str
    rank: int | None
    tied: bool = False
    awards: tuple[str, ...] = ()
    award_names: tuple[str, ...] = ()
    status: str = ""
    division: str = ""
    separated: Message | None = None
    figures: Figures | None = field(default=None, compare=False, repr=False)
    derive: Callable[[], tuple[Step, ...]] = field(default=_no_steps, compare=False, repr=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The derivation, worked out when somebody asks."""
        return self.derive()


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a result lacks. `code` is `missing`, `unsubmitted`, `conflict`, `unknown_judge`, `tie`, `award`,
    `minimum_judges`, `empty_group` or `invalid`. `award` is the id of the award that waits for a decision."""

    code: str
    message: Message
    judge: str = ""
    organisation: str = ""
    criterion: str = ""
    award: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A whole ranking: standings best first (unranked last), the declared rules in words, what is lacking, and what was
    set aside by the rules (`notes`)."""

    event: str
    title: str
    standings: tuple[Standing, ...]
    rules: tuple[Message, ...]
    lacks: tuple[Lack, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether anything is lacking, so that the result must not be announced as final."""
        return bool(self.lacks)
