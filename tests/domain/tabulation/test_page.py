"""The page about the rules: every example in its tables comes out as it says, every definition on it is right, both languages agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from judge_tui.domain.errors import DefinitionError, MarkError
from judge_tui.domain.event import Criterion, Event
from judge_tui.domain.marks import read
from judge_tui.domain.rules import TieBy
from judge_tui.domain.tabulation.adjusting import rule_of, time_points
from judge_tui.domain.tabulation.inputs import Adjustment, MarkRow
from judge_tui.services.results.marks_people import is_anonymous
from judge_tui.services.results.marks_scores import ScoreReader, UnsignedBallots
from tests.domain.tabulation.contests import WORDS, define, points, rank
from tests.house.readme import ROOT

PAGES = {
    language: (ROOT / "judge_tui" / "docs" / f"rules.{language}.md").read_text(encoding="utf-8")
    for language in ("en", "zh")
}


@dataclass(frozen=True)
class Example:
    base: str
    lines: str
    marks: str
    outcome: str


def examples(page: str) -> list[Example]:
    found = []
    base = ""
    for part in re.split(r"(```toml\n.*?```)", page, flags=re.DOTALL):
        if part.startswith("```toml"):
            base = part.removeprefix("```toml\n").removesuffix("```")
            continue
        for row in re.findall(r"^\|([^|]*)\|([^|]*)\| `([^|]*)` \| `([^|]*)` \|$", part, flags=re.MULTILINE):
            lines = "\n".join(re.findall(r"`([^`]+)`", row[1]))
            found.append(Example(base, lines, row[2], row[3]))
    return found


def worth(event: Event, name: str, said: str) -> int:
    """Points as they stand, or what a talk of this length costs under the rule of this name."""
    if ":" not in said:
        return points(said)
    minutes, seconds = map(int, said.split(":"))
    rule = rule_of(event, name)
    assert rule is not None
    return time_points(rule, event.phases[0], 60 * minutes + seconds)


def add_ballots(unsigned: UnsignedBallots, organisation: str, criterion: Criterion, group: str, *given: str) -> None:
    """`好×3 弃权×1 -×2`: three of a grade, one abstained, two that did not come back."""
    for ballots in given:
        word, _, count = ballots.partition("×")
        reading = ScoreReader(comma=False).read(criterion, "" if word == "-" else word)
        assert not isinstance(reading, MarkError)
        unsigned.add(group, organisation, criterion.id, reading, int(count))  # type: ignore[arg-type]


def outcome(example: Example) -> str:
    """The example's result in the words of the page."""
    event = define(f"{example.base}{example.lines}\n")
    rows: list[MarkRow] = []
    adjustments: list[Adjustment] = []
    unsigned = UnsignedBallots()
    for part in example.marks.split("; "):
        organisation, what, *given = part.split()
        criterion = event.criterion_by_id.get(what)  # type: ignore[call-overload]
        if criterion is None:
            adjustments.append(Adjustment(organisation, what, worth(event, what, given[0])))  # type: ignore[arg-type]
            continue
        if is_anonymous(criterion):
            add_ballots(unsigned, organisation, criterion, *given)
            continue
        for judge, word in zip(event.judges, given, strict=True):
            state = WORDS.get("" if word == "-" else word)
            if state is None:
                rows.append(MarkRow(judge.id, organisation, criterion.id, read(criterion.method, word)))  # type: ignore[arg-type]
            else:
                rows.append(MarkRow(judge.id, organisation, criterion.id, None, state))  # type: ignore[arg-type]
    result = rank(event, rows, adjustments, unsigned.tallies())
    words = [
        " ".join([item.name, item.total_text or "-", "-" if item.rank is None else str(item.rank), *item.awards])
        for item in result.standings
    ]
    return "; ".join([*words, *dict.fromkeys(lack.code for lack in result.lacks)])


ENGLISH = examples(PAGES["en"])


@pytest.mark.parametrize("example", ENGLISH, ids=lambda example: example.lines.replace("\n", " ")[:60])
def test_an_example_comes_out_as_the_page_says(example: Example) -> None:
    assert outcome(example) == example.outcome


def test_both_languages_show_the_same_examples() -> None:
    assert examples(PAGES["zh"]) == ENGLISH
    assert len(ENGLISH) > 40


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_whole_definition_on_the_page_is_right(language: str) -> None:
    for text in re.findall(r"```toml\n(.*?)```", PAGES[language], flags=re.DOTALL):
        if "[[criteria]]" in text:
            try:
                define(text)
            except DefinitionError as error:
                pytest.fail(f"{text}\n" + "\n".join(f"{item.where}: {item.message}" for item in error.problems))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_rung_of_the_tie_ladder_is_on_the_page(language: str) -> None:
    missing = [rung.value for rung in TieBy if f'by = "{rung.value}"' not in PAGES[language]]

    assert missing == []
