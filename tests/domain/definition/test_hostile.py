"""Whatever a document holds, reading it gives an event or a list of problems, never another error."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judge_tui.domain.definition import read_definition, write_definition
from judge_tui.domain.definition.summary import summarise
from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.event import Event
from tests.domain.definition.events import events

scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=6) | st.floats()
anything = st.recursive(
    scalars | st.sampled_from(["1/0", "9" * 50, "1e9", "0:99", "%", "../x", "\x00", "", "²", "１２"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += places(inner, (*path, key))
    return found


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), events(), anything)
def test_a_document_with_something_else_in_one_place_is_read_or_refused(data: Any, event: Event, odd: Any) -> None:
    document = copy.deepcopy(write_definition(event))
    *above, last = data.draw(st.sampled_from(places(document)))
    inside: Any = document
    for key in above:
        inside = inside[key]
    inside[last] = odd

    try:
        read = read_definition(document)
    except DefinitionError as error:
        assert error.problems
    else:
        assert [str(line) for _, found in summarise(read) for line in found]
        assert read_definition(write_definition(read)) == read


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "event",
                "organisations",
                "groups",
                "judges",
                "phases",
                "criteria",
                "tabulation",
                "adjustments",
                "awards",
                "publication",
                "projector",
                "x",
            ]
        ),
        anything,
        max_size=5,
    )
)
def test_any_document_at_all_is_read_or_refused(document: dict[str, Any]) -> None:
    try:
        read_definition(document)
    except DefinitionError as error:
        assert error.problems
