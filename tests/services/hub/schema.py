"""The hub's HTTP interface as a schema, and what Hypothesis makes of it: requests that fit it, and requests that nearly do."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st


def hexes(size: int) -> dict[str, Any]:
    return {"type": "hex", "bytes": size}


ENTRY = {
    "type": "tuple",
    "items": [hexes(32), {"type": "integer", "least": 1}, {"type": "string"}, hexes(32), hexes(64)],
}
HEAD = {"type": "tuple", "items": [{"type": "integer", "least": 1}, hexes(32)]}
INTERFACE: dict[str, dict[str, Any]] = {
    "/v1/session": {"type": "object", "fields": {"event": hexes(32), "opening": ENTRY}},
    "/v1/sync": {
        "type": "object",
        "fields": {
            "heads": {"type": "map", "keys": hexes(32), "values": HEAD},
            "entries": {"type": "array", "items": ENTRY},
            "evidence": {"type": "array", "items": ENTRY},
        },
    },
}
"""Path → what a POST to it carries."""

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["", "00", "../../etc/passwd", "\x00", "\ud800", "0" * 64, "F" * 64, "{}", "1e999"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def fitting(schema: dict[str, Any], known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values that fit the schema; `known` entries of the real event are mixed in where an entry may stand."""
    kind = schema["type"]
    if kind == "hex":
        return st.binary(min_size=schema["bytes"], max_size=schema["bytes"]).map(bytes.hex)
    if kind == "integer":
        return st.integers(schema["least"], 2**53 - 1) | st.integers(1, 9)
    if kind == "string":
        return st.text(max_size=60) | st.sampled_from(["{}", '{"kind":"open"}', '{"kind":"mark","at":""}', "[" * 5000])
    if kind == "tuple":
        made = st.tuples(*(fitting(item, known) for item in schema["items"])).map(list)
        return made | known if schema is ENTRY else made
    if kind == "array":
        return st.lists(fitting(schema["items"], known), max_size=5)
    if kind == "map":
        return st.dictionaries(fitting(schema["keys"], known), fitting(schema["values"], known), max_size=4)
    return st.fixed_dictionaries({name: fitting(item, known) for name, item in schema["fields"].items()})


@st.composite
def broken(draw: st.DrawFn, schema: dict[str, Any], known: st.SearchStrategy[Any]) -> Any:
    """A fitting value in which one thing, somewhere, is something else, is missing, or is too much."""
    value = copy.deepcopy(draw(fitting(schema, known)))
    place: Any = value
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return value
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if isinstance(inner, (dict, list)) and inner and draw(st.booleans()):
            place = inner
            continue
        act = draw(st.sampled_from(["replace", "remove", "double"]))
        if act == "remove":
            del place[key]
        elif act == "double" and isinstance(place, list):
            place.append(inner)
        else:
            place[key] = draw(ANYTHING)
        return value
