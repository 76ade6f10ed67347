"""What is written is read back to the same event, exactly, through TOML and through JSON."""

import json
from fractions import Fraction

import tomli_w
from hypothesis import HealthCheck, given, settings

from judge_tui.domain.definition import read_definition, write_definition
from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.event import Event, JudgeGroup
from tests.domain.definition.events import events

SLOW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def holds_float(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(holds_float, value.values()))
    if isinstance(value, list):
        return any(map(holds_float, value))
    return isinstance(value, float)


@SLOW
@given(events())
def test_reading_what_was_written_gives_the_same_event(event: Event) -> None:
    mapping = write_definition(event)

    assert not holds_float(mapping)
    assert read_definition(mapping) == event
    assert read_definition(json.loads(json.dumps(mapping))) == event


@SLOW
@given(events())
def test_toml_carries_it_too(event: Event) -> None:
    text = tomli_w.dumps(write_definition(event), multiline_strings=True)
    mapping, lines = parse_toml(text, "x.toml")

    assert read_definition(mapping, "x.toml", lines) == event
    assert lines.line("event.title") > 0


def smallest() -> Event:
    return read_definition(
        {"event": {"id": "e", "title": "甲"}, "organisations": ["一村", "二村"], "judges": ["评委01"]}
    )


def test_nothing_that_goes_without_saying_is_written() -> None:
    assert write_definition(smallest()) == {
        "event": {"id": "e", "title": "甲"},
        "organisations": ["一村", "二村"],
        "judges": ["评委01"],
    }


def test_a_third_stays_a_third() -> None:
    event = read_definition(
        {
            "groups": [{"name": "a", "weight": "1/3"}, {"name": "b", "weight": "2/3"}],
            "tabulation": {"groups": "weighted"},
        }
    )

    assert event.groups[0] == JudgeGroup("a", "a", Fraction(1, 3))  # type: ignore[arg-type]
    assert write_definition(event)["groups"] == [{"name": "a", "weight": "1/3"}, {"name": "b", "weight": "2/3"}]
