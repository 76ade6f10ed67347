"""What `season.toml` declares: which organisations are one, what is ranked together, how the year is added up, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from judge_tui.domain.season.rounds import Key


class Adding(StrEnum):
    """How several events make one figure: the mean of the totals, their sum, the mean of the places (lower is better), or
    points for places."""

    MEAN = "mean"
    SUM = "sum"
    PLACES = "places"
    POINTS = "points"


class Absent(StrEnum):
    """What staying away does to a run of awards: ends it, or leaves it as it was (a sample drawn by lot)."""

    BREAKS = "breaks"
    PASSES = "passes"


class Cut(StrEnum):
    """A tie across the last place of an annual award: the organiser decides, all get it, none of them gets it."""

    DECIDE = "decide"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Detail:
    """What an event's own file does not say (a published result carries neither series nor season)."""

    event: str
    series: str = ""
    season: str = ""
    date: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Events ranked as one, by declaration; without one, venues in parallel stay apart."""

    name: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows when an organisation has been given `award` (id or name) `times` times, in a row or altogether."""

    award: str
    times: int
    then: str
    row: bool = True


@dataclass(frozen=True, slots=True)
class Earlier:
    """Honours from before the events at hand: `name` was won `count` times by an organisation (id or name)."""

    organisation: str
    name: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class AnnualAward:
    """An award of the year. Conditions are joined by *and*: among the `top` or `bottom` places, a figure of `at_least` or
    `below` (thousandths), at least `times` of `needs`, none of `without`; `quota` is how many, best first."""

    name: str
    quota: int | None = None
    top: int | None = None
    bottom: int | None = None
    at_least: int | None = None
    below: int | None = None
    needs: str = ""
    times: int = 1
    without: tuple[str, ...] = ()
    cut: Cut = Cut.DECIDE


@dataclass(frozen=True, slots=True)
class Declared:
    """A whole `season.toml`; the defaults are what holds without one.

    `least` is in how many scored events one must have a total to be placed (0: more than half of them); `drop` leaves out
    so many of each one's worst; `stable_ids` says that an id alone means the same organisation, whatever its name.
    """

    name: str = ""
    series: str = ""
    order: tuple[str, ...] = ()
    by: Adding = Adding.MEAN
    points: tuple[int, ...] = ()
    decimals: int = 2
    least: int = 0
    drop: int = 0
    absent: Absent = Absent.BREAKS
    stable_ids: bool = False
    same: tuple[tuple[Key, ...], ...] = ()
    different: tuple[tuple[Key, ...], ...] = ()
    details: tuple[Detail, ...] = ()
    together: tuple[Together, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    annual: tuple[AnnualAward, ...] = ()
