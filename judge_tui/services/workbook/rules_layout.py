"""The sheets of the rules: how marks become places, what breaks ties, and exceptions."""

from __future__ import annotations

from judge_tui.domain.messages import msg
from judge_tui.services.workbook.layout import (
    ADJUSTMENTS,
    AWARDS,
    COMMITMENTS,
    CRITERIA,
    EVENT,
    GROUPS,
    JUDGES,
    MATERIALS,
    ORGANISATIONS,
    PHASES,
    Column,
    Kind,
    Sheet,
    Words,
)

COUNTED: Words = {"submitted": msg("submitted marks"), "all": msg("all marks")}
MISSING: Words = {"refuse": msg("provisional"), "leave_out": msg("left out")}
COMBINES: Words = {"sheet": msg("add up each judge's sheet first"), "criterion": msg("average each criterion first")}
SHEETS: Words = {"phase": msg("one phase"), "event": msg("the whole event")}
AVERAGES: Words = {"mean": msg("mean"), "median": msg("median"), "sum": msg("sum")}
GROUP_RULES: Words = {"pooled": msg("pooled"), "weighted": msg("weighted mean"), "sum": msg("sum")}
GROUP_LEVELS: Words = {"criterion": msg("in each criterion"), "total": msg("at the end")}
EMPTY_GROUPS: Words = {"refuse": msg("provisional"), "reweigh": msg("weight to the others")}
PHASE_RULES: Words = {"sum": msg("sum"), "weighted": msg("weighted mean"), "best": msg("the best")}
BESTS: Words = {"highest": msg("the highest"), "lowest": msg("the lowest")}
BALLOTS: Words = {
    "valid": msg("valid ballots"),
    "returned": msg("returned ballots"),
    "issued": msg("issued ballots"),
}
NUMBERINGS: Words = {"standard": msg("1, 1, 3"), "dense": msg("1, 1, 2")}
PREFERENCES: Words = {
    "high": msg("more first"),
    "low": msg("less first"),
    "early": msg("earlier first"),
    "late": msg("later first"),
}
TIE_BY: Words = {
    "decimals": msg("more decimals"),
    "criterion": msg("a criterion"),
    "phase": msg("a phase"),
    "group": msg("a group of judges"),
    "adjustment": msg("an adjustment"),
    "subtotal": msg("before adjustments"),
    "untrimmed": msg("nothing dropped"),
    "median": msg("median"),
    "count": msg("how often each mark"),
    "judges": msg("judges who gave points"),
    "attempts": msg("the best phase"),
    "majority": msg("majority of judges"),
    "order": msg("running order"),
    "decision": msg("decision of the organiser"),
}


def _general(prefix: str) -> tuple[Column, ...]:
    """The columns that the general rules and the exceptions share."""
    return (
        Column(prefix + "combine", msg("Combining"), Kind.CHOICE, COMBINES, width=20),
        Column(prefix + "average", msg("Across judges"), Kind.CHOICE, AVERAGES),
        Column(prefix + "trim.highest", msg("Highest dropped"), Kind.NUMBER),
        Column(prefix + "trim.lowest", msg("Lowest dropped"), Kind.NUMBER),
        Column(prefix + "trim.least", msg("Dropped from how many judges on"), Kind.NUMBER),
        Column(prefix + "trim.pooled", msg("Dropped over all groups together"), Kind.FLAG),
        Column(prefix + "groups", msg("Across groups"), Kind.CHOICE, GROUP_RULES),
        Column(prefix + "group_level", msg("Groups meet"), Kind.CHOICE, GROUP_LEVELS),
        Column(prefix + "empty_group", msg("A group without marks"), Kind.CHOICE, EMPTY_GROUPS),
        Column(prefix + "missing", msg("A missing mark"), Kind.CHOICE, MISSING),
        Column(prefix + "minimum_judges", msg("Fewest judges"), Kind.NUMBER),
        Column(prefix + "round.sheet", msg("Decimals of a sheet"), Kind.NUMBER),
        Column(prefix + "round.criterion", msg("Decimals of a criterion"), Kind.NUMBER),
        Column(prefix + "round.weighted", msg("Decimals after the weight"), Kind.NUMBER),
        Column(prefix + "round.group", msg("Decimals of a group"), Kind.NUMBER),
        Column(prefix + "round.phase", msg("Decimals of a phase"), Kind.NUMBER),
    )


RULES = Sheet(
    "tabulation",
    msg("Rules"),
    (
        Column("tabulation.counted", msg("What counts"), Kind.CHOICE, COUNTED),
        *_general("tabulation."),
        Column("tabulation.sheet", msg("A sheet covers"), Kind.CHOICE, SHEETS),
        Column("tabulation.phases", msg("Across phases"), Kind.CHOICE, PHASE_RULES),
        Column("tabulation.best_of", msg("How many of the best phases"), Kind.NUMBER),
        Column("tabulation.best", msg("Which total wins"), Kind.CHOICE, BESTS),
        Column("tabulation.ballots", msg("Anonymous ballots are divided by"), Kind.CHOICE, BALLOTS),
        Column("tabulation.decimals", msg("Decimals of the total"), Kind.NUMBER),
        Column("tabulation.numbering", msg("Places after a shared one"), Kind.CHOICE, NUMBERINGS),
        Column("tabulation.by_division", msg("Each division by itself"), Kind.FLAG),
        Column("tabulation.ties_first_place_only", msg("Break ties for the first place only"), Kind.FLAG),
    ),
    msg("Write into the second column; what is empty keeps the usual rule."),
    form=True,
)
TIES = Sheet(
    "tabulation.ties",
    msg("Ties"),
    (
        Column("by", msg("Compare"), Kind.CHOICE, TIE_BY, width=20),
        Column("prefer", msg("Preference"), Kind.CHOICE, PREFERENCES),
        Column("criterion", msg("Criterion"), Kind.NAME, source="criteria", width=16),
        Column("phase", msg("Phase"), Kind.NAME, source="phases", width=16),
        Column("group", msg("Group"), Kind.NAME, source="groups", width=16),
        Column("name", msg("Named adjustment"), Kind.NAME, width=16),
        Column("decimals", msg("Decimals"), Kind.NUMBER),
        Column("value", msg("Only this mark"), Kind.NUMBER),
        Column("first_place_only", msg("First place only"), Kind.FLAG),
        Column("from_lowest", msg("From the lowest mark up"), Kind.FLAG),
    ),
    msg(
        "What is compared between equal totals, in order; empty: they share a place. For example: a criterion, more first, Talk."
    ),
)
EXCEPTIONS = Sheet(
    "tabulation.for",
    msg("Exceptions"),
    (
        Column("phase", msg("Phase"), Kind.NAME, source="phases", width=16),
        Column("group", msg("Group"), Kind.NAME, source="groups", width=16),
        Column("criterion", msg("Criterion"), Kind.NAME, source="criteria", width=16),
        *_general(""),
    ),
    msg("Other rules for a phase, group or criterion; usually empty."),
)

WORKBOOK: tuple[Sheet, ...] = (
    EVENT,
    ORGANISATIONS,
    JUDGES,
    GROUPS,
    PHASES,
    CRITERIA,
    RULES,
    AWARDS,
    ADJUSTMENTS,
    TIES,
    EXCEPTIONS,
    MATERIALS,
    COMMITMENTS,
)
"""All sheets, in their order; a sheet that is missing is empty."""
