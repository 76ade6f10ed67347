"""Random definitions with random ballots: small, full of ties and gaps, every rule turned on somewhere."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from judge_tui.domain.event import (
    Criterion,
    CriterionId,
    Event,
    EventId,
    GroupId,
    Judge,
    JudgeGroup,
    JudgeId,
    Organisation,
    OrganisationId,
    Phase,
    PhaseId,
    Points,
)
from judge_tui.domain.rules import (
    AdjustmentKind,
    AdjustmentRule,
    Average,
    Best,
    Combine,
    Counted,
    GroupLevel,
    GroupRule,
    Missing,
    Numbering,
    PhaseRule,
    Rounding,
    SheetScope,
    Special,
    Tabulation,
    TieBy,
    TieRung,
    Trim,
)
from judge_tui.domain.tabulation.inputs import Adjustment, Ballots, MarkRow, MarkState


def random_contest(seed: int) -> tuple[Event, Ballots]:
    """One event and its ballots; the same for the same seed."""
    dice = Random(seed)
    groups = tuple(
        JudgeGroup(GroupId(f"g{n}"), f"G{n}", Fraction(dice.choice(["1", "0.2", "0.4", "1/3", "2"])))
        for n in range(dice.randint(1, 3))
    )
    phases = tuple(
        Phase(PhaseId(f"p{n}"), f"P{n}", weight=Fraction(dice.choice(["1", "0.5", "0.35"])))
        for n in range(dice.randint(1, 3))
    )
    criteria = tuple(_criterion(dice, n, groups, phases) for n in range(dice.randint(1, 4)))
    organisations = tuple(
        Organisation(OrganisationId(f"o{n}"), n + 1, f"O{n}", status="guest" if dice.random() < 0.05 else "")
        for n in range(dice.randint(1, 6))
    )
    judges = tuple(_judge(dice, n, groups, organisations) for n in range(dice.randint(1, 7)))
    event = Event(
        id=EventId("e"),
        title="E",
        organisations=organisations,
        groups=groups,
        judges=judges,
        phases=phases,
        criteria=criteria,
        tabulation=_rules(dice, groups, phases, criteria),
        adjustments=(
            AdjustmentRule("bonus", "Bonus", AdjustmentKind.BONUS, cap=dice.choice([None, 1500])),
            AdjustmentRule("late", "Late", AdjustmentKind.PENALTY, phase=dice.choice(["", phases[0].id])),
        ),
    )
    return event, Ballots(_rows(dice, event), _adjustments(dice, event))


def _criterion(dice: Random, number: int, groups: tuple[JudgeGroup, ...], phases: tuple[Phase, ...]) -> Criterion:
    some = dice.sample(groups, dice.randint(1, len(groups))) if dice.random() < 0.4 else ()
    return Criterion(
        CriterionId(f"c{number}"),
        f"C{number}",
        Points(0, 10_000, 500),
        dice.choice(phases).id,
        tuple(item.id for item in some),
        Fraction(dice.choice(["1", "1", "0.5", "1.6", "1/3"])),
    )


def _judge(dice: Random, number: int, groups: tuple[JudgeGroup, ...], organisations: tuple[Organisation, ...]) -> Judge:
    return Judge(
        JudgeId(f"j{number}"),
        f"J{number}",
        dice.choice(groups).id,
        practice=dice.random() < 0.05,
        organisation=dice.choice(organisations).id if dice.random() < 0.15 else None,
        recused=(dice.choice(organisations).id,) if dice.random() < 0.1 else (),
    )


def _rules(
    dice: Random, groups: tuple[JudgeGroup, ...], phases: tuple[Phase, ...], criteria: tuple[Criterion, ...]
) -> Tabulation:
    return Tabulation(
        counted=dice.choice(list(Counted)),
        missing=dice.choice(list(Missing)),
        combine=dice.choice(list(Combine)),
        average=dice.choice([Average.MEAN, Average.MEAN, *Average]),
        trim=_trim(dice),
        trim_pooled=dice.random() < 0.3,
        groups=dice.choice(list(GroupRule)),
        group_level=dice.choice(list(GroupLevel)),
        phases=dice.choice(list(PhaseRule)),
        best_of=dice.randint(1, 2),
        best=dice.choice([Best.HIGHEST, Best.HIGHEST, Best.LOWEST]),
        rounding=_rounding(dice) if dice.random() < 0.5 else Rounding(),
        decimals=dice.choice([0, 0, 1, 2]),
        numbering=dice.choice(list(Numbering)),
        ties=tuple(_rung(dice, groups, phases, criteria) for _ in range(dice.randint(0, 3))),
        ties_first_place_only=dice.random() < 0.15,
        sheet=dice.choice([SheetScope.PHASE, SheetScope.PHASE, SheetScope.EVENT]),
        specials=tuple(_special(dice, groups, phases, criteria) for _ in range(dice.choice([0, 0, 1, 2]))),
    )


def _trim(dice: Random) -> Trim:
    return Trim(dice.choice([0, 1, 1, 2]), dice.choice([0, 1, 1, 2]), dice.choice([0, 0, 4, 5]))


def _rounding(dice: Random) -> Rounding:
    def maybe() -> int | None:
        return dice.choice([None, None, 0, 1, 2])

    return Rounding(maybe(), maybe(), maybe(), maybe(), maybe())


def _special(
    dice: Random, groups: tuple[JudgeGroup, ...], phases: tuple[Phase, ...], criteria: tuple[Criterion, ...]
) -> Special:
    kind = dice.choice(["phase", "group", "criterion", "several"])
    if kind == "phase":
        return Special(
            phase=dice.choice(phases).id,
            combine=dice.choice([None, *Combine]),
            average=dice.choice([None, *Average]),
            trim=dice.choice([None, _trim(dice)]),
            groups=dice.choice([None, *GroupRule]),
            rounding=dice.choice([None, _rounding(dice)]),
        )
    rules = Special(
        average=dice.choice([None, *Average]),
        trim=dice.choice([None, _trim(dice)]),
        rounding=dice.choice([None, _rounding(dice)]),
    )
    if kind == "group":
        return replace(rules, group=dice.choice(groups).id)
    if kind == "criterion":
        return replace(rules, criterion=dice.choice(criteria).id)
    criterion = dice.choice(criteria)
    phase = criterion.phase if dice.random() < 0.7 else dice.choice(phases).id
    return replace(rules, phase=phase, criterion=criterion.id, group=dice.choice(["", dice.choice(groups).id]))


def _rung(
    dice: Random, groups: tuple[JudgeGroup, ...], phases: tuple[Phase, ...], criteria: tuple[Criterion, ...]
) -> TieRung:
    by = dice.choice([item for item in TieBy if item is not TieBy.DECISION])
    limited = by not in (TieBy.DECIMALS, TieBy.ORDER, TieBy.ADJUSTMENT, TieBy.ATTEMPTS)
    return TieRung(
        by,
        highest=dice.choice([None, None, True, False]),
        criterion=dice.choice(criteria).id if by is TieBy.CRITERION else "",
        phase=dice.choice(phases).id if by is TieBy.PHASE or (limited and dice.random() < 0.1) else "",
        group=dice.choice(groups).id if by is TieBy.GROUP or (limited and dice.random() < 0.3) else "",
        name="Bonus" if by is TieBy.ADJUSTMENT else "",
        decimals=dice.choice([0, 1, 3]),
        value=dice.choice([None, 8_000]) if by is TieBy.COUNT else None,
        first_place_only=dice.random() < 0.15,
        from_lowest=dice.random() < 0.2,
    )


def _rows(dice: Random, event: Event) -> tuple[MarkRow, ...]:
    """Few distinct marks, so that there are ties; some missing, absent, recused, not submitted."""
    gaps = dice.choice([0.0, 0.0, 0.1, 0.4])
    rows = []
    for judge in event.judges:
        for organisation in event.organisations:
            for criterion in event.criteria_of(judge):
                chance = dice.random()
                state = MarkState.GIVEN
                if chance < gaps:
                    state = dice.choice([MarkState.BLANK, MarkState.ABSENT, MarkState.RECUSED])
                value = dice.choice([6_000, 7_000, 7_000, 8_000, 8_500, 0]) if state is MarkState.GIVEN else None
                if chance < gaps / 4:
                    continue
                rows.append(
                    MarkRow(judge.id, organisation.id, criterion.id, value, state, submitted=dice.random() > gaps / 4)
                )
    dice.shuffle(rows)
    return tuple(rows)


def _adjustments(dice: Random, event: Event) -> tuple[Adjustment, ...]:
    return tuple(
        Adjustment(
            dice.choice(event.organisations).id, dice.choice(["bonus", "Late", "extra"]), dice.choice([500, 1000])
        )
        for _ in range(dice.randint(0, 3))
    )
