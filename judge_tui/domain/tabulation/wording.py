"""The declared rules in words, printed with every result."""

from __future__ import annotations

from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import mark_text, short_text
from judge_tui.domain.rules import (
    Average,
    Combine,
    Counted,
    EmptyGroup,
    GroupRule,
    Missing,
    Numbering,
    PhaseRule,
    SheetScope,
    TieBy,
    TieRung,
    Trim,
)

_AVERAGES = {Average.MEAN: msg("the mean"), Average.MEDIAN: msg("the median"), Average.SUM: msg("the sum")}


def rules_in_words(event: Event) -> tuple[Message, ...]:
    """Every rule that shaped the result, in the order in which it was applied."""
    rules = event.tabulation
    said = [
        msg("Only submitted marks count.") if rules.counted is Counted.SUBMITTED else msg("All marks given count."),
        msg("While a mark is missing, the result is provisional.")
        if rules.missing is Missing.REFUSE
        else msg("A mark that was not given is left out, never a zero."),
        _combining(event),
    ]
    if rules.trim != Trim():
        said.append(_trimming(rules.trim))
    if len(event.groups) > 1:
        said.append(_groups(event))
    if len(event.phases) > 1:
        said.append(_phases(event))
    said.extend(_rounding(event))
    if rules.specials:
        said.append(msg("Exceptions are declared for single phases, groups or criteria."))
    said.append(msg("The total is rounded half up to {decimals} decimals.", decimals=rules.decimals))
    if rules.ties:
        rungs = tuple(rung_text(event, rung) for rung in rules.ties)
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
    return tuple(said)


def _combining(event: Event) -> Message:
    rules = event.tabulation
    average = _AVERAGES[rules.average]
    if rules.combine is Combine.CRITERION:
        return msg("In each criterion {average} of the judges, times its weight, then added up.", average=average)
    if rules.sheet is SheetScope.EVENT:
        return msg("Each judge's marks of the whole event are added up, then {average} of the judges.", average=average)
    return msg("Each judge's marks are added up, then {average} of the judges.", average=average)


def _trimming(trim: Trim) -> Message:
    if trim.least:
        return msg(
            "The {highest} highest and {lowest} lowest are dropped, from {least} judges on.",
            highest=trim.highest,
            lowest=trim.lowest,
            least=trim.least,
        )
    return msg("The {highest} highest and {lowest} lowest are dropped.", highest=trim.highest, lowest=trim.lowest)


def _groups(event: Event) -> Message:
    rules = event.tabulation
    weights = tuple(f"{group.name} {short_text(group.weight)}" for group in event.groups)
    if rules.groups is GroupRule.POOLED:
        return msg("All groups of judges count as one.")
    if rules.groups is GroupRule.SUM:
        return msg("The groups' figures are added up, times their weights: {weights}.", weights=weights)
    if rules.empty_group is EmptyGroup.REWEIGH:
        return msg(
            "Weighted mean of the groups: {weights}; the weight of a group without marks goes to the others.",
            weights=weights,
        )
    return msg("Weighted mean of the groups: {weights}.", weights=weights)


def _phases(event: Event) -> Message:
    rules = event.tabulation
    weights = tuple(f"{phase.name} {short_text(phase.weight)}" for phase in event.phases)
    if rules.phases is PhaseRule.WEIGHTED:
        return msg("Weighted mean of the phases: {weights}.", weights=weights)
    if rules.phases is PhaseRule.BEST:
        return msg("The best {count} of the phases count.", count=rules.best_of)
    return msg("The phases are added up.")


def _rounding(event: Event) -> list[Message]:
    rounding = event.tabulation.rounding
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


def rung_text(event: Event, rung: TieRung) -> Message:
    """What a rung compares, in words."""
    names = [
        *(item.name for item in event.groups if item.id == rung.group),
        *(item.name for item in event.phases if item.id == rung.phase),
        *(item.name for item in event.criteria if item.id == rung.criterion),
    ]
    what = _rung_words(rung)
    if names:
        what = msg("{what} ({where})", what=what, where=tuple(names))
    return what


def _rung_words(rung: TieRung) -> Message:
    if rung.by == TieBy.DECIMALS:
        return (
            msg("the total with {decimals} decimals", decimals=rung.decimals)
            if rung.decimals
            else msg("the exact total")
        )
    if rung.by == TieBy.ADJUSTMENT:
        return msg("the points of “{name}”", name=rung.name)
    if rung.by == TieBy.COUNT and rung.value is not None:
        return msg("how many marks of {value}", value=mark_text(rung.value))
    if rung.by == TieBy.COUNT and rung.from_lowest:
        return msg("how many of each mark, from the lowest up")
    if rung.by == TieBy.ORDER and rung.highest is False:
        return msg("the later running order")
    return _RUNGS[TieBy(rung.by)]


_RUNGS = {
    TieBy.CRITERION: msg("the points of a criterion"),
    TieBy.PHASE: msg("the points of a phase"),
    TieBy.GROUP: msg("the points of a group of judges"),
    TieBy.SUBTOTAL: msg("the points before adjustments"),
    TieBy.UNTRIMMED: msg("the points with nothing dropped"),
    TieBy.MEDIAN: msg("the median of the judges"),
    TieBy.COUNT: msg("how many of each mark, from the highest down"),
    TieBy.JUDGES: msg("how many judges gave points"),
    TieBy.ATTEMPTS: msg("the best phase, then the next best"),
    TieBy.MAJORITY: msg("how many judges put it ahead"),
    TieBy.ORDER: msg("the earlier running order"),
    TieBy.DECISION: msg("the organiser's decision"),
}
