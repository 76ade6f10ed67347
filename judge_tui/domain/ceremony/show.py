"""What a ceremony consists of, prepared beforehand: turns, reveal steps, the board, awards, slides. Only what may be seen.

A show holds nothing that the event does not publish: where places or scores are hidden they are not in it, and no order in
it betrays them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from judge_tui.domain.event import Reveal
from judge_tui.domain.messages import Message


class StepKind(StrEnum):
    """What one press of the host's key brings: a promise of what comes, those who have it, everything, or a slide."""

    ANNOUNCE = "announce"
    PLACE = "place"
    AWARD = "award"
    ALL = "all"
    SLIDE = "slide"


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation as the hall may see it. `place` is None and `score` empty where they are not published."""

    organisation: str
    number: int
    name: str
    place: int | None = None
    tied: bool = False
    score: str = ""
    awards: tuple[str, ...] = ()
    note: Message | None = None
    division: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """A message or a sponsor's thanks between the steps. `before` says where it stands by itself: `reveal`, `place:3`,
    `board`, `awards`, or is empty for one that only the host calls up."""

    title: str
    text: tuple[str, ...] = ()
    sponsor: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reveal. `entries` are shown together: shared places, or all who have an award (none: 空缺).

    `award` and `division` name what is awarded and in which class, `place` the place (the award's own rank is not a place).
    """

    kind: StepKind
    entries: tuple[Entry, ...] = ()
    place: int | None = None
    award: str = ""
    division: str = ""
    slide: Slide | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of an organisation's turn: a file relative to the media folder, its caption, and when it was taken."""

    file: str
    caption: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One on the stage. Times are seconds, 0 for none. `score` announces the outcome of a finished turn (with the dropped
    marks), None where there is none yet or the rules keep it back."""

    organisation: str
    number: int
    name: str
    presenter: str = ""
    area: str = ""
    phase: str = ""
    least: int = 0
    most: int = 0
    photos: tuple[Photo, ...] = ()
    score: Message | None = None
    total: str = ""


@dataclass(frozen=True, slots=True)
class AwardSlide:
    """One award handed over on the stage: who receives it, the words read out, and who hands it over; or a slide between."""

    name: str
    entries: tuple[Entry, ...] = ()
    citation: str = ""
    by: str = ""
    slide: Slide | None = None


@dataclass(frozen=True, slots=True)
class Handing:
    """How an award (its id or its name) is handed over, as prepared: the words read out, and by whom."""

    award: str
    citation: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """A whole ceremony. `lacks` is why the result is provisional (ties undecided included); `digest` changes with anything
    that would be revealed; `code` is the short code of a sealed result, empty where it is not sealed; `scored` is whether anything is
    scored at all, `by_turn` whether each turn is scored on its own before the next."""

    event: str
    title: str
    theme: str = ""
    season: str = ""
    host: str = ""
    venue: str = ""
    date: str = ""
    turns: tuple[Turn, ...] = ()
    steps: tuple[Step, ...] = ()
    board: tuple[Entry, ...] = ()
    awards: tuple[AwardSlide, ...] = ()
    slides: tuple[Slide, ...] = ()
    lacks: tuple[Message, ...] = ()
    places: bool = True
    scores: bool = True
    scored: bool = True
    by_turn: bool = False
    rehearsal: bool = False
    digest: str = ""
    code: str = ""

    @property
    def sealed(self) -> bool:
        """Whether the record holds a seal over this result, and it still stands; what is made up is never sealed."""
        return bool(self.code) and not self.rehearsal


@dataclass(frozen=True, slots=True)
class Options:
    """The ceremony's script: how the result is revealed and the awards are handed over.

    `top` shows the first places only (0: all); `announce` calls the first places before their names appear (第一名是……), 0
    for never; `mode` None does what the definition says, as far as the event publishes places. Awards are handed over in
    the order of `handings`, those not named there after them, from the lowest.
    """

    mode: Reveal | None = None
    top: int = 0
    announce: int = 3
    slides: tuple[Slide, ...] = ()
    handings: tuple[Handing, ...] = ()
