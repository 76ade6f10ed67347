"""Whole events of every shape, for properties."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from judge_tui.domain.commitments import Commitment, CommitmentState
from judge_tui.domain.event import (
    Band,
    CheckItem,
    Checklist,
    Criterion,
    Event,
    Grade,
    Grades,
    Judge,
    JudgeGroup,
    Material,
    Organisation,
    OrganisationKind,
    Pace,
    Phase,
    PhaseKind,
    Places,
    Points,
    Projector,
    Publication,
    Reveal,
    Scoring,
    Votes,
)
from judge_tui.domain.rules import (
    AdjustmentKind,
    AdjustmentRule,
    Average,
    Award,
    AwardKind,
    BallotBase,
    Best,
    Combine,
    Counted,
    CutTie,
    EmptyGroup,
    GroupLevel,
    GroupRule,
    Missing,
    Numbering,
    PercentRounding,
    PhaseRule,
    Rounding,
    SheetScope,
    Special,
    Tabulation,
    TieBy,
    TieRung,
    TimeBand,
    Trim,
)

ids = st.text(alphabet="abcXYZ019_村评", min_size=1, max_size=6)
names = st.text(alphabet="ab 甲乙·（）-.“”1\"'\\[]#=", min_size=1, max_size=8).map(str.strip).filter(bool)
texts = st.text(alphabet="ab 甲\n\"'\\=#", max_size=8).map(str.strip)
weights = st.fractions(min_value=Fraction(1, 9), max_value=5, max_denominator=12)
decimals = st.none() | st.integers(0, 4)
positive = st.integers(1, 60_000)


def unique_ids(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(ids, min_size=least, max_size=most, unique=True)


@st.composite
def points(draw: Any) -> Points:
    step = draw(st.sampled_from([1, 10, 100, 250, 500, 1000]))
    least = draw(st.integers(-20, 20)) * step
    return Points(least, least + draw(st.integers(1, 100)) * step, step, draw(st.booleans()))


@st.composite
def checklists(draw: Any) -> Checklist:
    least = draw(st.integers(0, 1000))
    items = tuple(CheckItem(i, draw(names), draw(positive)) for i in draw(unique_ids(1, 3)))
    return Checklist(least + draw(positive), items, least)


def methods() -> st.SearchStrategy[Any]:
    grades = st.builds(
        lambda found, anonymous: Grades(tuple(found), anonymous),
        unique_ids(2, 4).flatmap(
            lambda known: st.tuples(*(st.builds(Grade, st.just(i), names, positive) for i in known))
        ),
        st.booleans(),
    )
    places = st.builds(Places, st.sampled_from(["ballot", "place"]), st.lists(positive, max_size=3).map(tuple))
    return st.one_of(points(), grades, checklists(), places, st.just(Votes(1)))


@st.composite
def bands(draw: Any, method: Any) -> tuple[Band, ...]:
    if not isinstance(method, (Points, Checklist)):
        return ()
    least, most = (method.least, method.most) if isinstance(method, Points) else (method.least, method.full)
    cuts = sorted(draw(st.lists(st.integers(least, most), max_size=6, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2])
    return tuple(Band(low, high, draw(names), draw(texts)) for low, high in pairs)


@st.composite
def criteria(draw: Any, identity: str, phases: list[str], groups: list[str]) -> Criterion:
    method = draw(methods())
    return Criterion(
        id=identity,  # type: ignore[arg-type]
        name=draw(names),
        method=method,
        phase=draw(st.sampled_from(phases)),
        groups=tuple(draw(st.lists(st.sampled_from(groups), unique=True))),
        weight=draw(weights),
        description=draw(texts),
        bands=draw(bands(method)),
        bonus=False if isinstance(method, (Places, Votes)) else draw(st.booleans()),
        comment_below=draw(st.none() | positive),
        comment_from=draw(st.none() | positive),
    )


materials = st.builds(
    Material,
    file=st.sampled_from(["a.png", "b/c.jpg"]),
    caption=texts,
    when=st.sampled_from(["", "before", "during", "after"]),
    sha256=st.sampled_from(["", "0" * 64]),
)


commitments = st.builds(
    Commitment,
    id=st.sampled_from(["c1", "c2", "建成"]),
    text=names,
    state=st.sampled_from(CommitmentState),
    count=st.integers(1, 400),
    evidence=texts,
    due=texts,
    since=texts,
)


@st.composite
def organisations(draw: Any) -> tuple[Organisation, ...]:
    number, found = 0, []
    for identity in draw(unique_ids(0, 4)):
        number += draw(st.sampled_from([1, 1, 1, 2]))
        plain = draw(st.booleans())
        name = draw(names)
        found.append(
            Organisation(identity, number, name)
            if plain
            else Organisation(
                identity,
                number,
                name,
                draw(st.sampled_from(OrganisationKind)),
                *(draw(texts) for _ in range(5)),
                draw(st.sampled_from(["", "withdrawn", "vetoed", "guest"])),
                draw(texts),
                tuple(draw(st.lists(materials, max_size=2))),
                tuple(draw(st.lists(names, max_size=2))),
                tuple(draw(st.lists(commitments, max_size=2, unique_by=lambda item: item.id))),
            )
        )
    return tuple(found)


@st.composite
def judges(draw: Any, groups: list[str], known: list[str], criterion_ids: list[str]) -> tuple[Judge, ...]:
    def some(ids: list[str]) -> Any:
        return tuple(draw(st.lists(st.sampled_from(ids), unique=True, max_size=2))) if ids else ()

    return tuple(
        Judge(
            identity,  # type: ignore[arg-type]
            draw(names),
            draw(st.sampled_from(groups)),
            draw(st.booleans()),
            draw(st.sampled_from(known)) if known and draw(st.booleans()) else None,
            some(known),
            some(criterion_ids),
        )
        for identity in draw(unique_ids(0, 4))
    )


roundings = st.builds(Rounding, decimals, decimals, decimals, decimals, decimals)
trims = st.builds(Trim, st.integers(0, 2), st.integers(0, 2), st.integers(0, 9))


def optional(kind: Any) -> Any:
    return st.none() | st.sampled_from(kind)


@st.composite
def tabulations(
    draw: Any, phases: list[str], groups: list[str], criterion_ids: list[str], rule_ids: list[str]
) -> Tabulation:
    def word(known: list[str]) -> Any:
        return st.sampled_from(["", *known])

    rungs = st.builds(
        TieRung,
        by=st.sampled_from([str(item) for item in TieBy]),
        highest=st.none() | st.booleans(),
        criterion=word(criterion_ids),
        phase=word(phases),
        group=word(groups),
        name=word(rule_ids),
        decimals=st.integers(0, 4),
        value=st.none() | positive,
        first_place_only=st.booleans(),
        from_lowest=st.booleans(),
    )
    specials = st.builds(
        Special,
        phase=st.sampled_from(phases),
        group=word(groups),
        criterion=word(criterion_ids),
        combine=optional(Combine),
        average=optional(Average),
        trim=st.none() | trims,
        groups=optional(GroupRule),
        group_level=optional(GroupLevel),
        empty_group=optional(EmptyGroup),
        missing=optional(Missing),
        minimum_judges=st.none() | st.integers(0, 4),
        rounding=st.none() | roundings,
    )
    return draw(
        st.builds(
            Tabulation,
            counted=st.sampled_from(Counted),
            missing=st.sampled_from(Missing),
            combine=st.sampled_from(Combine),
            average=st.sampled_from(Average),
            trim=trims,
            trim_pooled=st.booleans(),
            # Weighted shares must add up to a whole; that is another test's business.
            groups=st.sampled_from([GroupRule.POOLED, GroupRule.SUM]),
            empty_group=st.sampled_from(EmptyGroup),
            phases=st.sampled_from([PhaseRule.SUM, PhaseRule.BEST]),
            best_of=st.integers(1, 3),
            minimum_judges=st.integers(0, 3),
            rounding=roundings,
            decimals=st.integers(0, 4),
            numbering=st.sampled_from(Numbering),
            ties=st.lists(rungs, max_size=3).map(tuple),
            ties_first_place_only=st.booleans(),
            sheet=st.sampled_from(SheetScope),
            group_level=st.sampled_from(GroupLevel),
            best=st.sampled_from(Best),
            ballots=st.sampled_from(BallotBase),
            by_division=st.booleans(),
            specials=st.lists(specials, max_size=2).map(tuple),
        )
    )


time_bands = st.lists(
    st.builds(TimeBand, st.integers(0, 600), st.integers(-5000, 0), st.sampled_from([0, 30])),
    max_size=3,
    unique_by=lambda band: band.over,
).map(lambda found: tuple(sorted(found, key=lambda band: band.over)))


def adjustments(phases: list[str], rule_ids: list[str]) -> st.SearchStrategy[Any]:
    return st.tuples(
        *(
            st.builds(
                AdjustmentRule,
                id=st.just(identity),
                name=names,
                kind=st.sampled_from([str(item) for item in AdjustmentKind]),
                phase=st.sampled_from(["", *phases]),
                bands=time_bands,
                cap=st.none() | positive,
                signers=st.integers(0, 3),
                limit=st.sampled_from([0, 61]),
            )
            for identity in rule_ids
        )
    )


@st.composite
def awards(draw: Any, divisions: list[str]) -> tuple[Award, ...]:
    known = draw(unique_ids(0, 3))
    return tuple(
        Award(
            id=identity,
            name=draw(names),
            kind=str(draw(st.sampled_from(AwardKind))),
            quota=draw(st.none() | st.integers(0, 9)),
            percent=draw(st.none() | st.fractions(1, 100, max_denominator=3)),
            at_least=draw(st.none() | positive),
            below=draw(st.none() | positive),
            top=draw(st.none() | st.integers(1, 9)),
            bottom=draw(st.none() | st.integers(1, 9)),
            division=draw(st.sampled_from(["", *divisions])),
            cut=draw(st.sampled_from(CutTie)),
            excludes=tuple(draw(st.lists(st.sampled_from(known), unique=True, max_size=2))),
            series=draw(texts),
            from_last=draw(st.booleans()),
            percent_rounding=draw(st.sampled_from(PercentRounding)),
        )
        for identity in known
    )


@st.composite
def events(draw: Any) -> Event:
    """An event as the reader would have built it."""
    group_ids, phase_ids = draw(unique_ids(1, 3)), draw(unique_ids(1, 3))
    criterion_ids, rule_ids = draw(unique_ids(0, 3)), draw(unique_ids(0, 2))
    entered = draw(organisations())
    divisions = sorted({item.division for item in entered if item.division})
    known = [str(item.id) for item in entered]
    return Event(
        id=draw(ids),
        title=draw(names),
        organisations=entered,
        groups=tuple(JudgeGroup(i, draw(names), draw(weights)) for i in group_ids),  # type: ignore[arg-type]
        judges=draw(judges(group_ids, known, criterion_ids)),
        phases=tuple(
            Phase(
                i,  # type: ignore[arg-type]
                draw(names),
                draw(st.sampled_from(PhaseKind)),
                draw(weights),
                draw(st.integers(0, 100)),
                draw(st.sampled_from([0, 100, 59_999])),
                tuple(draw(st.lists(names, max_size=2))),
                draw(st.sampled_from(Pace)),
                draw(texts),
            )
            for i in phase_ids
        ),
        criteria=tuple(draw(criteria(i, phase_ids, group_ids)) for i in criterion_ids),
        tabulation=draw(tabulations(phase_ids, group_ids, criterion_ids, rule_ids)),
        adjustments=draw(adjustments(phase_ids, rule_ids)),
        awards=draw(awards(divisions)),
        publication=draw(st.builds(Publication, st.booleans(), st.booleans(), st.booleans())),
        projector=Projector(draw(st.sampled_from([r for r in Reveal if r != "top"])), 0, draw(st.booleans())),
        scoring=draw(st.sampled_from(Scoring)),
        **{key: draw(texts) for key in ("theme", "series", "season", "host", "venue", "date", "notes")},
        calibration=min(draw(st.integers(0, 3)), len(entered)) if entered else draw(st.integers(0, 3)),
        questions=tuple(draw(st.lists(names, max_size=2))),
    )
