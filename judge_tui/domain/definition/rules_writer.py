"""The rules of an event as tables that `rules_reader` reads back to the same; what stands at its default is not written."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain.event import Event
from judge_tui.domain.numbers import mark_text, short_text
from judge_tui.domain.rules import AdjustmentRule, Award, Rounding, Special, Tabulation, TieBy, TieRung, TimeBand, Trim

Table = dict[str, object]


def write_rules(event: Event) -> Table:
    """`tabulation`, `adjustments` and `awards` as far as there are any."""
    whole: Table = {
        "tabulation": _tabulation(event.tabulation),
        "adjustments": [_adjustment(item) for item in event.adjustments],
        "awards": [_award(item) for item in event.awards],
    }
    return {key: value for key, value in whole.items() if value}


def _points(value: int | None) -> object:
    """Points as a whole number where they are one, else as a decimal text: never a binary float."""
    if value is None:
        return None
    return value // 1000 if value % 1000 == 0 else mark_text(value)


def _number(value: Fraction) -> object:
    return int(value) if value.denominator == 1 else short_text(value)


def _changed(table: Table, default: Table) -> Table:
    return {key: value for key, value in table.items() if value is not None and value != default.get(key)}


def _trim(trim: Trim, pooled: bool | None) -> object:
    table = _changed(
        {"highest": trim.highest, "lowest": trim.lowest, "least": trim.least}, {"highest": 0, "lowest": 0, "least": 0}
    )
    if pooled:
        table["pooled"] = True
    return table or None


def _rounding(rounding: Rounding) -> object:
    table: Table = {stage: getattr(rounding, stage) for stage in ("sheet", "criterion", "weighted", "group", "phase")}
    return _changed(table, {}) or None


def _tabulation(rules: Tabulation) -> Table:
    return _changed(_flat_tabulation(rules), _flat_tabulation(Tabulation()))


def _flat_tabulation(rules: Tabulation) -> Table:
    return {
        "counted": rules.counted.value,
        "missing": rules.missing.value,
        "combine": rules.combine.value,
        "sheet": rules.sheet.value,
        "average": rules.average.value,
        "trim": _trim(rules.trim, rules.trim_pooled),
        "groups": rules.groups.value,
        "group_level": rules.group_level.value,
        "empty_group": rules.empty_group.value,
        "phases": rules.phases.value,
        "best_of": rules.best_of,
        "best": rules.best.value,
        "ballots": rules.ballots.value,
        "minimum_judges": rules.minimum_judges,
        "round": _rounding(rules.rounding),
        "decimals": rules.decimals,
        "numbering": rules.numbering.value,
        "by_division": rules.by_division,
        "ties_first_place_only": rules.ties_first_place_only,
        "ties": [_rung(rung) for rung in rules.ties] or None,
        "for": [_special(special) for special in rules.specials] or None,
    }


def _rung(rung: TieRung) -> Table:
    high, low = ("early", "late") if rung.by == TieBy.ORDER else ("high", "low")
    table: Table = {
        "by": str(rung.by),
        "prefer": None if rung.highest is None else high if rung.highest else low,
        "criterion": rung.criterion,
        "phase": rung.phase,
        "group": rung.group,
        "name": rung.name,
        "decimals": rung.decimals,
        "value": _points(rung.value),
        "first_place_only": rung.first_place_only,
        "from_lowest": rung.from_lowest,
    }
    texts: Table = {"criterion": "", "phase": "", "group": "", "name": ""}
    return _changed(table, {**texts, "decimals": 0, "first_place_only": False, "from_lowest": False})


def _special(special: Special) -> Table:
    table: Table = {
        "phase": special.phase or None,
        "group": special.group or None,
        "criterion": special.criterion or None,
        "minimum_judges": special.minimum_judges,
        "round": None if special.rounding is None else _rounding(special.rounding) or {},
        "trim": None,
    }
    if special.trim is not None:
        trim: Table = {
            "highest": special.trim.highest,
            "lowest": special.trim.lowest,
            "least": special.trim.least,
            "pooled": special.trim_pooled,
        }
        table["trim"] = {key: value for key, value in trim.items() if value is not None}
    for key in ("combine", "average", "groups", "group_level", "empty_group", "missing"):
        value = getattr(special, key)
        table[key] = None if value is None else value.value
    return _changed(table, {})


def _adjustment(rule: AdjustmentRule) -> Table:
    table: Table = {
        "id": rule.id,
        "name": rule.name,
        "kind": str(rule.kind),
        "phase": rule.phase,
        "bands": [_band(band) for band in rule.bands] or None,
        "cap": _points(rule.cap),
        "signers": rule.signers,
        "limit": rule.limit,
    }
    return _changed(table, {"name": rule.id, "phase": "", "signers": 1, "limit": 0})


def _band(band: TimeBand) -> Table:
    return _changed({"from": band.over, "points": _points(band.points), "every": band.every}, {"every": 0})


def _award(award: Award) -> Table:
    table: Table = {
        "id": award.id,
        "name": award.name,
        "kind": str(award.kind),
        "quota": award.quota,
        "percent": None if award.percent is None else _number(award.percent),
        "percent_rounding": award.percent_rounding.value,
        "at_least": _points(award.at_least),
        "below": _points(award.below),
        "top": award.top,
        "bottom": award.bottom,
        "division": award.division,
        "cut": award.cut.value,
        "excludes": list(award.excludes) or None,
        "series": award.series,
        "from_last": award.from_last,
    }
    default: Table = {"percent_rounding": "down", "division": "", "cut": "decide", "series": "", "from_last": False}
    return _changed(table, {"name": award.id, **default})
