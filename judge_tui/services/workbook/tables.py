"""An event as rows: the definition's mapping with its short forms spelled out, one list of tables for every sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from judge_tui.domain.definition import write_definition
from judge_tui.domain.definition.ids import match_key, slug
from judge_tui.domain.event import Event

Row = dict[str, object]


USUAL: Mapping[str, object] = {
    "event.scoring": "both",
    "publication.scores": True,
    "publication.places": True,
    "publication.bottom": True,
    "projector.reveal": "one_by_one",
    "tabulation.counted": "submitted",
    "tabulation.combine": "sheet",
    "tabulation.average": "mean",
    "tabulation.trim.highest": 0,
    "tabulation.trim.lowest": 0,
    "tabulation.groups": "pooled",
    "tabulation.missing": "refuse",
    "tabulation.phases": "sum",
    "tabulation.decimals": 2,
    "tabulation.numbering": "standard",
}
"""What the forms show of the rules that nobody changed, so that a person sees what holds."""


def event_rows(event: Event) -> dict[str, list[Row]]:
    """The rows of every sheet that is a list, by the sheet's table."""
    mapping = write_definition(event)
    organisations = [_named(item) for item in _listed(mapping, "organisations")]
    rules = mapping.get("tabulation", {})
    assert isinstance(rules, Mapping)
    return {
        "organisations": organisations,
        "materials": [
            {"organisation": event_item.id, **_named(material)}
            for event_item, item in zip(event.organisations, organisations, strict=True)
            for material in _listed(item, "materials")
        ],
        "commitments": [
            {"organisation": event_item.id, **_named(made)}
            for event_item, item in zip(event.organisations, organisations, strict=True)
            for made in _listed(item, "commitments")
        ],
        "groups": [
            {key: value for key, value in _named(item).items() if key != "judges"}
            for item in _listed(mapping, "groups")
        ],
        "judges": _judges(event, mapping),
        "phases": [_named(item) for item in _listed(mapping, "phases")],
        "criteria": [_named(item) for item in _listed(mapping, "criteria")],
        "adjustments": [_named(item) for item in _listed(mapping, "adjustments")],
        "awards": [_named(item) for item in _listed(mapping, "awards")],
        "tabulation.ties": [_named(item) for item in _listed(rules, "ties")],
        "tabulation.for": [_flat(_named(item)) for item in _listed(rules, "for")],
    }


def names_of(rows: list[Row]) -> dict[str, str]:
    """Id → name for the tables of a sheet, as far as the name means this one and no other."""
    named = {_identity(row): str(row["name"]) for row in rows if "name" in row}
    keys = Counter(match_key(name) for name in named.values())
    return {
        identity: name
        for identity, name in named.items()
        if keys[match_key(name)] == 1 and (name == identity or name not in named) and "\n" not in name
    }


def _identity(row: Row) -> str:
    return str(row.get("id") or slug(str(row["name"]), ""))


def event_form(event: Event) -> Row:
    """The values of the forms by their dotted keys (`event.title`, `tabulation.trim.highest`), the usual ones spelled out."""
    mapping = write_definition(event)
    tables = {key: value for key, value in mapping.items() if isinstance(value, Mapping)}
    return {**USUAL, **_flat(tables)}


def _judges(event: Event, mapping: Mapping[str, object]) -> list[Row]:
    """All judges with the id of their group, in the event's order."""
    if "groups" not in mapping:
        return [_named(item) for item in _listed(mapping, "judges")]
    inside = [
        {**_named(item), "group": group.id}
        for group, table in zip(event.groups, _listed(mapping, "groups"), strict=True)
        for item in _listed(_named(table), "judges")
    ]
    return inside or [_named(item) for item in _listed(mapping, "judges")]


def _listed(table: Mapping[str, object], key: str) -> list[object]:
    value = table.get(key, [])
    assert isinstance(value, list)
    return value


def _named(item: object) -> Row:
    return dict(item) if isinstance(item, Mapping) else {"name": item}


def _flat(table: Mapping[str, object], prefix: str = "") -> Row:
    """Tables inside tables as dotted keys; lists of tables have sheets of their own."""
    flat: Row = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat
