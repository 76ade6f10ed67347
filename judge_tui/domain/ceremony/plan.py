"""From a result to a show: what is revealed, in which order, with nothing in it that the event keeps back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from judge_tui.domain.ceremony.show import (
    AwardSlide,
    Entry,
    Handing,
    Options,
    Photo,
    Show,
    Slide,
    Step,
    StepKind,
    Turn,
)
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, Organisation, PhaseKind, Reveal, Scoring
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.rules import Award
from judge_tui.domain.tabulation.result import Result, Standing

OUT = frozenset({"withdrawn", "vetoed", "guest"})
"""Statuses that never win anything, whatever a list says."""

_NOTES = {
    "withdrawn": msg("withdrawn"),
    "vetoed": msg("not ranked"),
    "guest": msg("out of competition"),
}
_UNKNOWN_PLACE = 1 << 30


def prepare(
    event: Event,
    result: Result | None,
    options: Options | None = None,
    *,
    spoken: Mapping[str, tuple[str, Message]] | None = None,
    rehearsal: bool = False,
    code: str = "",
) -> Show:
    """The show of an event; without a result only turns and progress can be shown.

    `spoken` has, for each finished turn that the rules let the hall hear of, its total and the sentence that announces
    it; `code` is the short code of a sealed result. Raises JudgeTuiError (`CEREMONY`) where the options ask for what the event does not publish.
    """
    options = options or Options()
    scored = bool(event.criteria or event.adjustments)
    listing = _Listing(event, result) if result is not None and scored else None
    mode, top = _mode(event, options)
    steps = tuple(_with_slides(_steps(listing, mode, top, options.announce), options.slides)) if listing else ()
    board = listing.board(top) if listing else ()
    lacks = _lacks(result) if result else (msg("There is no result yet."),)
    return Show(
        event=str(event.id),
        title=event.title,
        theme=event.theme,
        season=event.season,
        host=event.host,
        venue=event.venue,
        date=event.date,
        turns=tuple(
            _turn(event, item, (spoken or {}).get(item.id))
            for item in event.organisations
            if item.status != "withdrawn"
        ),
        steps=steps,
        board=board,
        awards=tuple(_awards(listing, options)) if listing else (),
        slides=options.slides,
        lacks=lacks,
        places=event.publication.places,
        scores=event.publication.scores,
        scored=scored,
        by_turn=event.scoring is Scoring.TURN,
        rehearsal=rehearsal,
        code=code,
        digest=hashlib.sha256(repr((steps, board, [str(lack) for lack in lacks])).encode()).hexdigest()[:16],
    )


def _lacks(result: Result) -> tuple[Message, ...]:
    """Each kind of thing that is lacking, once, with how often."""
    times = Counter(lack.message for lack in result.lacks)
    return tuple(
        what if count == 1 else msg("{what} ({count} times)", what=what, count=count) for what, count in times.items()
    )


def _mode(event: Event, options: Options) -> tuple[Reveal, int]:
    """How to reveal, and how many of the first (0: all)."""
    declared = event.projector
    mode = options.mode or (Reveal.TOP if options.top else declared.reveal)
    if not event.publication.places and mode in (Reveal.ONE_BY_ONE, Reveal.TOP):
        if options.mode or options.top:
            raise JudgeTuiError(
                "CEREMONY",
                msg("This event does not publish places, so they cannot be revealed."),
                msg("Reveal by award or all at once, or change `places` under [publication]."),
            )
        mode = Reveal.AWARDS
    if mode is Reveal.AWARDS and not _seen(event):
        if options.mode is Reveal.AWARDS:
            raise JudgeTuiError(
                "CEREMONY",
                msg("This event has no awards to reveal."),
                msg("Reveal by place or all at once, or add [[awards]] to the definition."),
            )
        mode = Reveal.ALL
    return mode, (options.top or declared.top or 3) if mode is Reveal.TOP else 0


def _seen(event: Event) -> tuple[Award, ...]:
    """The awards the hall may see, highest first as the definition has them; lists of the last only where published."""
    return tuple(item for item in event.awards if not item.of_the_last or event.publication.bottom)


def _turn(event: Event, organisation: Organisation, spoken: tuple[str, Message] | None) -> Turn:
    timed = [
        phase for phase in event.phases if (phase.min_time or phase.max_time) and phase.kind is not PhaseKind.COMMENT
    ]
    phase = timed[0] if timed else None
    total, score = spoken or ("", None)
    return Turn(
        organisation.id,
        organisation.number,
        organisation.name,
        organisation.presenter,
        organisation.area or organisation.unit,
        phase.name if phase else "",
        phase.min_time if phase else 0,
        phase.max_time if phase else 0,
        tuple(Photo(item.file, item.caption, item.when) for item in organisation.materials),
        score,
        total,
    )


class _Listing:
    """The standings as the hall may see them."""

    def __init__(self, event: Event, result: Result) -> None:
        self.event = event
        self.standings = result.standings
        self.names = {award.id: award.name for award in _seen(event)}
        self.order = {award.id: place for place, award in enumerate(_seen(event))}
        self.divisions = tuple(dict.fromkeys(item.division for item in result.standings))

    def status(self, standing: Standing) -> str:
        organisation = self.event.organisation_by_id.get(standing.organisation)
        return standing.status if standing.status in OUT else organisation.status if organisation else ""

    def entry(self, standing: Standing) -> Entry:
        published = self.event.publication
        out = self.status(standing) in OUT
        return Entry(
            standing.organisation,
            standing.number,
            standing.name,
            standing.rank if published.places and not out else None,
            standing.tied and published.places and not out,
            standing.total_text if published.scores and standing.total is not None else "",
            () if out else tuple(self.names[item] for item in standing.awards if item in self.names),
            _NOTES.get(self.status(standing)) or (None if standing.rank else msg("no place yet")),
            standing.division,
        )

    def _key(self, standing: Standing) -> tuple[int, int]:
        """By place where places are published, otherwise by running number, so that the order betrays nothing."""
        place = standing.rank if self.event.publication.places else None
        return (place or _UNKNOWN_PLACE, standing.number)

    def contenders(self) -> list[Standing]:
        return [item for item in self.standings if self.status(item) not in OUT]

    def winners(self, award: Award) -> tuple[Entry, ...]:
        """Who has an award, first place first; nobody who is out of competition."""
        have = [item for item in self.contenders() if award.id in item.awards]
        return tuple(self.entry(item) for item in sorted(have, key=self._key))

    def places(self, division: str, top: int) -> list[tuple[int, tuple[Entry, ...]]]:
        """The places of one class from the last to the first, each with all who share it."""
        shared: dict[int, list[Standing]] = {}
        for item in self.contenders():
            if item.rank is not None and item.division == division and (not top or item.rank <= top):
                shared.setdefault(item.rank, []).append(item)
        return [
            (place, tuple(self.entry(item) for item in sorted(shared[place], key=self._key)))
            for place in sorted(shared, reverse=True)
        ]

    def board(self, top: int) -> tuple[Entry, ...]:
        """Everyone: by class, then by place, or by award where places are not published; those without one last."""

        def key(standing: Standing) -> tuple[int, bool, int, tuple[int, int]]:
            awards = [self.order[item] for item in standing.awards if item in self.order]
            hidden = 0 if self.event.publication.places else min(awards, default=len(self.order))
            out = self.status(standing) in OUT
            return (self.divisions.index(standing.division), out, 0 if out else hidden, self._key(standing))

        listed = sorted(self.standings, key=key)
        if top:
            listed = [item for item in listed if self.status(item) not in OUT and item.rank and item.rank <= top]
        return tuple(self.entry(item) for item in listed)


def _steps(listing: _Listing, mode: Reveal, top: int, announce: int) -> Iterator[Step]:
    if mode is Reveal.ALL:
        yield Step(StepKind.ALL, listing.board(top))
    elif mode is Reveal.AWARDS:
        for award in _seen(listing.event)[::-1]:
            yield Step(StepKind.AWARD, listing.winners(award), award=award.name, division=award.division)
    else:
        for division in listing.divisions:
            for place, entries in listing.places(division, top):
                if place <= announce:
                    yield Step(StepKind.ANNOUNCE, place=place, division=division)
                yield Step(StepKind.PLACE, entries, place, division=division)


def _with_slides(steps: Iterable[Step], slides: tuple[Slide, ...]) -> Iterator[Step]:
    """Slides that stand before the reveal, before a place or before the board, put between the steps (once)."""
    waiting = {item.before: [other for other in slides if other.before == item.before] for item in slides}
    yield from (Step(StepKind.SLIDE, slide=item) for item in waiting.pop("reveal", []))
    for step in steps:
        if step.place is not None:
            yield from (Step(StepKind.SLIDE, slide=item) for item in waiting.pop(f"place:{step.place}", []))
        yield step
    yield from (Step(StepKind.SLIDE, slide=item) for item in waiting.pop("board", []))


def _awards(listing: _Listing, options: Options) -> Iterator[AwardSlide]:
    """The awards as they are handed over: in the script's order, what it does not name after that, from the lowest."""
    order = {handing.award: place for place, handing in enumerate(options.handings)}
    words = {handing.award: handing for handing in options.handings}
    # Nobody is called to the stage for a list of the last, unless the script says so.
    seen = [
        item for item in _seen(listing.event)[::-1] if not item.of_the_last or item.id in order or item.name in order
    ]

    def place(award: Award) -> int:
        return order.get(award.id, order.get(award.name, len(order)))

    if seen:
        yield from (AwardSlide(item.title, slide=item) for item in options.slides if item.before == "awards")
    for award in sorted(seen, key=place):
        handing = words.get(award.id) or words.get(award.name) or Handing(award.id)
        yield AwardSlide(award.name, listing.winners(award), handing.citation, handing.by)
