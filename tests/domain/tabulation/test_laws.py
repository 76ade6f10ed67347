"""What must hold for every contest, whatever its rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from judge_tui.domain.rules import Average, Best, Combine, GroupRule, Rounding, Tabulation, Trim
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots, MarkColumns, MarkRow, MarkState
from judge_tui.domain.tabulation.panel import panel
from judge_tui.domain.tabulation.result import Result, Step
from tests.domain.tabulation.random_contests import random_contest

seeds = st.integers(0, 1_000_000)
figures = st.lists(st.integers(0, 100_000), min_size=1, max_size=12)
trims = st.builds(Trim, st.integers(0, 3), st.integers(0, 3), st.integers(0, 6))
PROPERTY = settings(max_examples=150, deadline=None)


def plain(numbers: Ballots) -> list[MarkRow]:
    return [row for row in numbers.rows if row.state is MarkState.GIVEN and row.submitted]


@PROPERTY
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_of_input_never_matters(seed: int, dice: Random) -> None:
    event, ballots = random_contest(seed)
    shuffled = list(ballots.rows)
    dice.shuffle(shuffled)

    assert tabulate(event, replace(ballots, rows=shuffled)).standings == tabulate(event, ballots).standings


@PROPERTY
@given(seeds)
def test_rows_and_columns_are_the_same_ballots(seed: int) -> None:
    event, ballots = random_contest(seed)
    columns = MarkColumns.of(ballots.rows)

    assert list(columns) == list(ballots.rows)
    assert tabulate(event, replace(ballots, rows=columns)) == tabulate(event, ballots)


@PROPERTY
@given(seeds, st.integers(2, 9))
def test_scaling_all_weights_changes_no_place(seed: int, factor: int) -> None:
    event, ballots = random_contest(seed)
    exact = replace(event.tabulation, rounding=Rounding(), decimals=9, specials=(), ties=())
    event = replace(event, tabulation=exact)
    ballots = replace(ballots, adjustments=())
    scaled = replace(event, criteria=tuple(replace(item, weight=item.weight * factor) for item in event.criteria))

    def ranked(places: object) -> object:
        return [(item.organisation, item.rank) for item in places.standings]  # type: ignore[attr-defined]

    def exact_order(which: object) -> list[Fraction | None]:
        return [item.figures.exact for item in which.standings]  # type: ignore[attr-defined]

    before, after = tabulate(event, ballots), tabulate(scaled, ballots)
    assert exact_order(after) == [None if value is None else value * factor for value in exact_order(before)]
    assert [item[0] for item in ranked(after)] == [item[0] for item in ranked(before)]  # type: ignore[index, attr-defined]


@PROPERTY
@given(seeds, st.randoms(use_true_random=False))
def test_raising_a_mark_never_lowers_its_organisation_and_moves_no_other_total(seed: int, dice: Random) -> None:
    """Under any rule but one: dropped over groups of different weights together, a mark of the lighter group may save one of the
    heavier."""
    event, ballots = random_contest(seed)
    rules = event.tabulation
    specials = tuple(replace(item, trim_pooled=None) for item in rules.specials)
    event = replace(event, tabulation=replace(rules, trim_pooled=False, specials=specials, ties=()))
    rows = list(ballots.rows)
    given_ = [at for at, row in enumerate(rows) if row.state is MarkState.GIVEN and isinstance(row.value, int)]
    if not given_:
        return
    at = dice.choice(given_)
    value = rows[at].value
    assert isinstance(value, int)
    rows[at] = rows[at]._replace(value=min(10_000, value + 500 * dice.randint(1, 8)))

    before, after = tabulate(event, ballots), tabulate(event, replace(ballots, rows=rows))

    mine = rows[at].organisation
    was = {item.organisation: item for item in before.standings}
    for item in after.standings:
        earlier = was[item.organisation]
        if item.organisation != mine:
            assert item.total == earlier.total
        elif item.total is not None:
            assert earlier.total is not None
            assert item.total >= earlier.total
            if rules.best is Best.HIGHEST and item.rank is not None and earlier.rank is not None:
                assert item.rank <= earlier.rank


@PROPERTY
@given(seeds, st.randoms(use_true_random=False))
def test_the_order_in_which_judges_stand_in_the_definition_never_matters(seed: int, dice: Random) -> None:
    event, ballots = random_contest(seed)
    judges = list(event.judges)
    dice.shuffle(judges)
    before, after = tabulate(event, ballots), tabulate(replace(event, judges=tuple(judges)), ballots)

    def told(result: Result) -> list[object]:
        return [(item.organisation, item.total, item.rank, item.tied, item.awards) for item in result.standings]

    assert told(after) == told(before)
    assert Counter(after.lacks) == Counter(before.lacks)


@PROPERTY
@given(figures)
def test_a_mark_equal_to_the_mean_never_moves_it(values: list[int]) -> None:
    before = panel(values, 1000, tuple, Average.MEAN, Trim()).figure
    assert before is not None
    doubled = [value * len(values) for value in values]

    after = panel([*doubled, sum(values)], 1000 * len(values), tuple, Average.MEAN, Trim()).figure

    assert after == before


@PROPERTY
@given(figures, trims, st.sampled_from(list(Average)))
def test_a_panel_is_what_a_sorted_list_says(values: list[int], trim: Trim, average: Average) -> None:
    found = panel(values, 1000, tuple, average, trim)
    dropped = trim.highest + trim.lowest
    trims_ = bool(dropped) and len(values) > dropped and len(values) >= trim.least
    kept = sorted(values)[trim.lowest : len(values) - trim.highest] if trims_ else sorted(values)

    assert found.short == (bool(dropped) and not trims_)
    assert sorted([*kept, *found.high, *found.low]) == sorted(values)
    assert list(found.high) == sorted(found.high, reverse=True)
    assert list(found.low) == sorted(found.low)
    if average is Average.SUM:
        assert found.figure == Fraction(sum(kept), 1000)
    elif average is Average.MEAN:
        assert found.figure == Fraction(sum(kept), 1000 * len(kept))
    else:
        middle = (kept[(len(kept) - 1) // 2], kept[len(kept) // 2])
        assert found.figure == Fraction(sum(middle), 2000)


@PROPERTY
@given(st.integers(1, 3), st.integers(1, 6))
def test_dropping_k_of_at_most_2k_judges_is_refused_and_said(k: int, judges: int) -> None:
    found = panel([1000 * n for n in range(judges)], 1000, tuple, Average.MEAN, Trim(k, k))

    assert found.short == (judges <= 2 * k)
    assert len(found.high) == (0 if judges <= 2 * k else k)


@PROPERTY
@given(seeds, seeds)
def test_one_changed_mark_ranks_as_if_all_were_counted_again(seed: int, turn: int) -> None:
    event, ballots = random_contest(seed)
    dice = Random(turn)
    engine = Tabulator(event, ballots)
    engine.result()
    rows = {(row.judge, row.organisation, row.criterion): row for row in ballots.rows}
    for _ in range(dice.randint(1, 3)):
        judge, criterion = dice.choice(event.judges), dice.choice(event.criteria)
        organisation = dice.choice(event.organisations)
        state = dice.choice([*[MarkState.GIVEN] * 6, *MarkState])
        value = dice.choice([5_500, 9_000, 99_000]) if state is MarkState.GIVEN else None
        row = MarkRow(judge.id, organisation.id, criterion.id, value, state, submitted=dice.random() > 0.1)
        rows[row.judge, row.organisation, row.criterion] = row
        engine.change(row)

        again = tabulate(event, replace(ballots, rows=tuple(rows.values())))
        assert engine.result().standings == again.standings
        assert set(engine.result().lacks) == set(again.lacks)


SUM = re.compile(r"^.*?: (?P<left>[^=]+) = (?P<right>[^=,]+)(?:, rounded to (?P<rounded>\S+))?$")


def evaluate(text: str) -> Fraction:
    """`(8×0.5 + 9) ÷ 1.5` by hand: one level of brackets, × before +."""
    text = text.replace("…", "").strip()
    if " ÷ " in text:
        over, under = text.split(" ÷ ")
        return evaluate(over.strip("()")) / Fraction(under)
    signed = re.sub(r" - ", " + -", text)
    total = Fraction(0)
    for term in signed.split(" + "):
        product = Fraction(1)
        for factor in re.split("×", term):
            product *= Fraction(factor.strip())
        total += product
    return total


def check_step(step: Step) -> None:
    text = str(step.text)
    found = SUM.match(text if ": " in text else f": {text}")
    if not found or step.key.endswith("marks"):
        return
    tolerance = Fraction(1, 5_000) if "…" in text else Fraction(0)
    left, right = evaluate(found["left"]), Fraction(found["right"].replace("…", ""))
    assert abs(left - right) <= tolerance, text
    last = Fraction((found["rounded"] or found["right"]).replace("…", ""))
    assert step.value is not None
    assert abs(step.value - last) <= Fraction(1, 1_000_000), text


@PROPERTY
@given(seeds)
def test_every_sum_in_the_steps_is_right_and_ends_in_the_total(seed: int) -> None:
    event, ballots = random_contest(seed)
    for item in tabulate(event, ballots).standings:
        for step in item.steps:
            check_step(step)
        finals = [step.value for step in item.steps if step.key == "total"]
        assert finals == ([] if item.total is None else [item.total])


@PROPERTY
@given(seeds)
def test_nothing_lacks_where_every_expected_mark_was_given(seed: int) -> None:
    event, _ = random_contest(seed)
    rules = Tabulation(combine=Combine.CRITERION, groups=GroupRule.POOLED)
    event = replace(event, tabulation=rules)
    rows = [
        MarkRow(judge.id, organisation.id, criterion.id, 7_000)
        for judge in event.judges
        for organisation in event.organisations
        for criterion in event.criteria_of(judge)
        if not judge.practice and event.scores(judge, organisation.id)
    ]
    result = tabulate(event, Ballots(rows))
    nobodys = {item.id for item in event.criteria} - {row.criterion for row in rows}
    assert {lack.code for lack in result.lacks if lack.criterion not in nobodys} <= {"minimum_judges"}
    assert {lack.criterion for lack in result.lacks if lack.code == "missing"} <= nobodys
    if rows:
        short = tabulate(event, Ballots(rows[1:]))
        guests = {item.id for item in event.organisations if item.status}
        assert rows[0].organisation in guests or "missing" in {lack.code for lack in short.lacks}
