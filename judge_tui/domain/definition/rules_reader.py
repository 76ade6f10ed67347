"""`[tabulation]`, `[[adjustments]]` and `[[awards]]` of a definition, from tables to the dataclasses of `domain.rules`."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.ids import slug
from judge_tui.domain.definition.rules_writer import write_rules
from judge_tui.domain.messages import msg
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

__all__ = ["read_adjustments", "read_awards", "read_tabulation", "write_rules"]

MOST_DECIMALS = 9
"""Decimals that can be asked for at any stage."""

_STAGES = ("sheet", "criterion", "weighted", "group", "phase")
_PREFER = {"high": True, "early": True, "low": False, "late": False}


def read_tabulation(section: Section) -> Tabulation:
    """The `[tabulation]` table; problems are collected in the section."""
    start = Tabulation()
    trim, pooled = _trim(section)
    rules = Tabulation(
        counted=section.choice("counted", Counted, start.counted),
        missing=section.choice("missing", Missing, start.missing),
        combine=section.choice("combine", Combine, start.combine),
        sheet=section.choice("sheet", SheetScope, start.sheet),
        average=section.choice("average", Average, start.average),
        trim=trim or Trim(),
        trim_pooled=bool(pooled),
        groups=section.choice("groups", GroupRule, start.groups),
        group_level=section.choice("group_level", GroupLevel, start.group_level),
        empty_group=section.choice("empty_group", EmptyGroup, start.empty_group),
        phases=section.choice("phases", PhaseRule, start.phases),
        best_of=section.integer("best_of", 1, least=1),
        best=section.choice("best", Best, start.best),
        ballots=section.choice("ballots", BallotBase, start.ballots),
        minimum_judges=section.integer("minimum_judges", 1, least=0),
        rounding=_rounding(section) or Rounding(),
        decimals=section.integer("decimals", 2, least=0, most=MOST_DECIMALS),
        numbering=section.choice("numbering", Numbering, start.numbering),
        by_division=section.flag("by_division"),
        ties=tuple(_rung(item) for item in section.sections("ties", "by")),
        ties_first_place_only=section.flag("ties_first_place_only"),
        specials=tuple(_special(item) for item in section.sections("for")),
    )
    section.finish()
    return rules


def read_adjustments(root: Section) -> tuple[AdjustmentRule, ...]:
    """The `[[adjustments]]` of the document."""
    return tuple(_adjustment(item) for item in root.sections("adjustments"))


def read_awards(root: Section) -> tuple[Award, ...]:
    """The `[[awards]]` of the document."""
    return tuple(_award(item) for item in root.sections("awards"))


def _optional(section: Section, key: str, least: int = 0, most: int | None = None) -> int | None:
    return section.integer(key, least, least=least, most=most) if section.has(key) else None


def _trim(section: Section) -> tuple[Trim | None, bool | None]:
    """`trim = 1` (one highest and one lowest) or a table; and whether it is done over all groups together."""
    if not section.has("trim"):
        return None, None
    if not isinstance(section.values["trim"], dict):
        each = section.integer("trim", 0, least=0)
        return Trim(each, each), None
    table = section.section("trim", "{ highest = 1, lowest = 1 }")
    trim = Trim(
        table.integer("highest", 0, least=0), table.integer("lowest", 0, least=0), table.integer("least", 0, least=0)
    )
    pooled = table.flag("pooled") if table.has("pooled") else None
    table.finish(("highest", "lowest", "least", "pooled"))
    return trim, pooled


def _rounding(section: Section) -> Rounding | None:
    if not section.has("round"):
        return None
    table = section.section("round", "{ criterion = 2 }")
    stages = {stage: _optional(table, stage, most=MOST_DECIMALS) for stage in _STAGES}
    table.finish(_STAGES)
    return Rounding(**stages)


def _rung(section: Section) -> TieRung:
    prefer = section.text("prefer")
    if prefer and prefer not in _PREFER:
        section.problem(
            "prefer",
            msg("“{value}” is not known here", value=prefer),
            msg("it may be {choices}", choices=tuple(_PREFER)),
        )
    if not section.text("by", required=True):
        return TieRung(TieBy.DECISION)
    rung = TieRung(
        by=section.choice("by", TieBy, TieBy.DECISION),
        highest=_PREFER.get(prefer),
        criterion=section.text("criterion"),
        phase=section.text("phase"),
        group=section.text("group"),
        name=section.text("name"),
        decimals=section.integer("decimals", 0, least=0, most=MOST_DECIMALS),
        value=section.points("value"),
        first_place_only=section.flag("first_place_only"),
        from_lowest=section.flag("from_lowest"),
    )
    section.finish()
    return rung


def _special(section: Section) -> Special:
    trim, pooled = _trim(section)

    special = Special(
        phase=section.text("phase"),
        group=section.text("group"),
        criterion=section.text("criterion"),
        combine=section.choice("combine", Combine, Combine.SHEET) if section.has("combine") else None,
        average=section.choice("average", Average, Average.MEAN) if section.has("average") else None,
        trim=trim,
        trim_pooled=pooled,
        groups=section.choice("groups", GroupRule, GroupRule.POOLED) if section.has("groups") else None,
        group_level=section.choice("group_level", GroupLevel, GroupLevel.TOTAL) if section.has("group_level") else None,
        empty_group=section.choice("empty_group", EmptyGroup, EmptyGroup.REFUSE)
        if section.has("empty_group")
        else None,
        missing=section.choice("missing", Missing, Missing.REFUSE) if section.has("missing") else None,
        minimum_judges=_optional(section, "minimum_judges"),
        rounding=_rounding(section),
    )
    if not (special.phase or special.group or special.criterion):
        section.problem("", msg("names no phase, group or criterion"), msg('write for example phase = "talk"'))
    section.finish()
    return special


def _called(section: Section) -> tuple[str, str]:
    """The id and the name: either stands for the other."""
    name = section.text("name")
    identifier = section.identifier("id", required=not name) or slug(name, "")
    if not identifier and name:
        section.problem("id", msg("is missing"), msg("an id cannot be made from “{name}”", name=name))
    return identifier, name or identifier


def _adjustment(section: Section) -> AdjustmentRule:
    identifier, name = _called(section)
    rule = AdjustmentRule(
        id=identifier,
        name=name,
        kind=section.choice("kind", AdjustmentKind, AdjustmentKind.BONUS),
        phase=section.text("phase"),
        bands=tuple(sorted((_band(item) for item in section.sections("bands")), key=lambda band: band.over)),
        cap=section.points("cap"),
        signers=section.integer("signers", 1, least=0),
        limit=section.seconds("limit"),
    )
    section.finish()
    return rule


def _band(section: Section) -> TimeBand:
    band = TimeBand(section.seconds("from"), section.points("points", 0, required=True) or 0, section.seconds("every"))
    if band.points > 0:
        section.problem(
            "points", msg("time never adds points"), msg("write {example}", example=f"-{section.values['points']}")
        )
    section.finish()
    return band


def _award(section: Section) -> Award:
    identifier, name = _called(section)
    award = Award(
        id=identifier,
        name=name,
        kind=section.choice("kind", AwardKind, AwardKind.GRADE),
        quota=_optional(section, "quota"),
        percent=_percent(section),
        at_least=section.points("at_least"),
        below=section.points("below"),
        top=_optional(section, "top", 1),
        bottom=_optional(section, "bottom", 1),
        division=section.text("division"),
        cut=section.choice("cut", CutTie, CutTie.DECIDE),
        excludes=section.texts("excludes"),
        series=section.text("series"),
        from_last=section.flag("from_last"),
        percent_rounding=section.choice("percent_rounding", PercentRounding, PercentRounding.DOWN),
    )
    section.finish()
    return award


def _percent(section: Section) -> Fraction | None:
    """`20` and `"20%"` are both twenty of a hundred."""
    if not section.has("percent"):
        return None
    share = section.share("percent", Fraction(0))
    percent = share * 100 if "%" in str(section.values["percent"]) or "％" in str(section.values["percent"]) else share
    if not 1 <= percent <= 100:
        section.problem("percent", msg("must be from 1 to 100"), msg("for example {example}", example='20, "20%"'))
    return percent
