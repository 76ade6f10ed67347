"""The declared rules in words, printed with every result."""

from __future__ import annotations

from collections.abc import Iterable

from judge_tui.domain.event import Criterion, Event, Grades, JudgeGroup, Phase
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.rules import (
    Average,
    BallotBase,
    Best,
    Combine,
    Counted,
    EmptyGroup,
    GroupLevel,
    GroupRule,
    Missing,
    Numbering,
    PhaseRule,
    Rounding,
    SheetScope,
    Special,
    Trim,
)
from judge_tui.domain.tabulation.rung_words import rung_text

_AVERAGES = {Average.MEAN: msg("the mean"), Average.MEDIAN: msg("the median"), Average.SUM: msg("the sum")}
_BALLOTS = {
    BallotBase.VALID: msg("Anonymous ballots are divided by the valid ones."),
    BallotBase.RETURNED: msg("Anonymous ballots are divided by those that came back."),
    BallotBase.ISSUED: msg("Anonymous ballots are divided by those that were issued."),
}
_MISSING = {
    Missing.REFUSE: msg("While a mark is missing, the result is provisional."),
    Missing.LEAVE_OUT: msg("A mark that was not given is left out, never a zero."),
}
_EMPTY_GROUPS = {
    EmptyGroup.REFUSE: msg("Without marks of a whole group the result is provisional."),
    EmptyGroup.REWEIGH: msg("The weight of a group without marks goes to the others."),
}


def rules_in_words(event: Event) -> tuple[Message, ...]:
    """Every rule that shaped the result, in the order in which it was applied."""
    if not (event.criteria or event.adjustments):
        return (msg("Nothing is scored and nobody is ranked."),)
    rules = event.tabulation
    said = [
        msg("Only submitted marks count.") if rules.counted is Counted.SUBMITTED else msg("All marks given count."),
        _MISSING[rules.missing],
        *_left_out(event),
        *_judges(event),
    ]
    if len(event.groups) > 1:
        said.append(_groups(event))
    if len(event.phases) > 1:
        said.append(_phases(event))
    said.extend(_rounding(rules.rounding))
    for item in rules.specials:
        where = _where(event, item)
        said.extend(msg("For {where}: {rule}", where=where, rule=rule) for rule in _exceptions(event, item))
    said.append(msg("The total is rounded half up to {decimals} decimals.", decimals=rules.decimals))
    return (*said, *_places(event))


def _left_out(event: Event) -> list[Message]:
    """Whose marks do not count, whatever they are."""
    said = []
    if practice := tuple(judge.name for judge in event.judges if judge.practice):
        said.append(msg("Scored for practice and not counted: {names}.", names=practice))
    if any(judge.organisation for judge in event.judges):
        said.append(msg("What a judge gives his own organisation does not count."))
    return said


def _judges(event: Event) -> list[Message]:
    """From marks to one figure of the judges."""
    rules = event.tabulation
    said = [_combining(rules.combine, rules.sheet, rules.average)]
    if any(item.weight != 1 for item in event.criteria):
        said.append(msg("Weights of the criteria: {weights}.", weights=_weights(event.criteria)))
    if rules.trim != Trim():
        said.append(_trimming(rules.trim))
        if rules.trim_pooled:
            said.append(msg("They are dropped over all groups together."))
    if rules.minimum_judges > 1:
        said.append(msg("With fewer than {count} marks the result is provisional.", count=rules.minimum_judges))
    if any(isinstance(item.method, Grades) and item.method.anonymous for item in event.criteria):
        said.append(_BALLOTS[rules.ballots])
    return said


def _combining(combine: Combine, sheet: SheetScope, average: Average) -> Message:
    word = _AVERAGES[average]
    if combine is Combine.CRITERION:
        return msg("In each criterion {average} of the judges, times its weight, then added up.", average=word)
    if sheet is SheetScope.EVENT:
        return msg("Each judge's marks of the whole event are added up, then {average} of the judges.", average=word)
    return msg("Each judge's marks are added up, then {average} of the judges.", average=word)


def _trimming(trim: Trim) -> Message:
    what = tuple(
        word
        for word, count in (
            (msg("{count} highest", count=trim.highest), trim.highest),
            (msg("{count} lowest", count=trim.lowest), trim.lowest),
        )
        if count
    )
    return msg("Marks dropped, from {least} judges on: {what}.", least=trim.least or trim.leaves_one, what=what)


def _weights(items: Iterable[Criterion | JudgeGroup | Phase]) -> tuple[str, ...]:
    return tuple(f"{item.name} {short_text(item.weight)}" for item in items)


def _groups(event: Event) -> Message:
    rules = event.tabulation
    weights = _weights(event.groups)
    if rules.groups is GroupRule.POOLED:
        return msg("All groups of judges count as one.")
    where = _MEET[rules.group_level if rules.combine is Combine.CRITERION else GroupLevel.TOTAL]
    if rules.groups is GroupRule.SUM:
        how = msg("The groups' figures are added up, times their weights: {weights}", weights=weights)
    else:
        how = msg("Weighted mean of the groups: {weights}", weights=weights)
    return msg("{how}; {where}. {empty}", how=how, where=where, empty=_EMPTY_GROUPS[rules.empty_group])


_MEET = {
    GroupLevel.CRITERION: msg("they meet in each criterion"),
    GroupLevel.TOTAL: msg("they meet with their totals"),
}


def _phases(event: Event) -> Message:
    rules = event.tabulation
    weights = _weights(event.phases)
    if rules.phases is PhaseRule.WEIGHTED:
        return msg("Weighted mean of the phases: {weights}.", weights=weights)
    if rules.phases is PhaseRule.BEST:
        best = msg("The best {count} of the phases count.", count=rules.best_of)
        weighed = any(item.weight != 1 for item in event.phases)
        return msg("{rule} Their weights: {weights}.", rule=best, weights=weights) if weighed else best
    if any(item.weight != 1 for item in event.phases):
        return msg("The phases are added up, times their weights: {weights}.", weights=weights)
    return msg("The phases are added up.")


def _rounding(rounding: Rounding) -> list[Message]:
    stages = {
        msg("each sheet"): rounding.sheet,
        msg("each criterion"): rounding.criterion,
        msg("each criterion times its weight"): rounding.weighted,
        msg("each group"): rounding.group,
        msg("each phase"): rounding.phase,
    }
    return [
        msg("Rounded half up to {decimals} decimals: {stage}.", decimals=decimals, stage=stage)
        for stage, decimals in stages.items()
        if decimals is not None
    ]


def _where(event: Event, special: Special) -> tuple[str, ...]:
    """The part that an exception is for."""
    return tuple(
        item.name
        for items, named in (
            (event.phases, special.phase),
            (event.groups, special.group),
            (event.criteria, special.criterion),
        )
        for item in items
        if item.id == named
    )


def _exceptions(event: Event, special: Special) -> list[Message]:
    """Rules of their own for a part, each as it is said of the whole."""
    said: list[Message] = []
    if special.combine is not None:
        said.append(_combining(special.combine, SheetScope.PHASE, special.average or event.tabulation.average))
    elif special.average is not None:
        said.append(msg("What stands for the judges is {average}.", average=_AVERAGES[special.average]))
    if special.trim is not None:
        said.append(msg("Nothing is dropped.") if special.trim == Trim() else _trimming(special.trim))
    if special.trim_pooled:
        said.append(msg("They are dropped over all groups together."))
    if special.groups is not None:
        said.append(_GROUPS[special.groups])
    if special.group_level is not None:
        said.append(msg("Of the groups: {where}.", where=_MEET[special.group_level]))
    if special.empty_group is not None:
        said.append(_EMPTY_GROUPS[special.empty_group])
    if special.missing is not None:
        said.append(_MISSING[special.missing])
    if special.minimum_judges is not None:
        said.append(msg("With fewer than {count} marks the result is provisional.", count=special.minimum_judges))
    return said + _rounding(special.rounding or Rounding())


_GROUPS = {
    GroupRule.POOLED: msg("All groups of judges count as one."),
    GroupRule.WEIGHTED: msg("The weighted mean of the groups counts."),
    GroupRule.SUM: msg("The groups' figures are added up, times their weights."),
}


def _places(event: Event) -> list[Message]:
    """From totals to places."""
    rules = event.tabulation
    said = []
    if rules.best is Best.LOWEST:
        said.append(msg("The lowest total wins."))
    if rules.by_division:
        said.append(msg("Each class is ranked by itself."))
    if rules.ties:
        rungs = tuple(
            msg("{rung} (first place only)", rung=rung_text(event, rung))
            if rung.first_place_only
            else rung_text(event, rung)
            for rung in rules.ties
        )
        said.append(
            msg("Ties for the first place are broken by: {rungs}.", rungs=rungs)
            if rules.ties_first_place_only
            else msg("Ties are broken by: {rungs}.", rungs=rungs)
        )
    said.append(
        msg("Those who stay equal share a place; the places after it are numbered 1, 1, 3.")
        if rules.numbering is Numbering.STANDARD
        else msg("Those who stay equal share a place; the places after it are numbered 1, 1, 2.")
    )
    return said
