"""The page that documents the definition keeps step with the reader, key by key, and its examples run."""

import re

import pytest

from judge_tui.domain.definition import read_definition
from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.messages import Message
from judge_tui.services.preparing.definitions import template_names
from tests.house.readme import ROOT

DOCS = ROOT / "judge_tui" / "docs"
PAGES = {language: (DOCS / f"definition.{language}.md").read_text(encoding="utf-8") for language in ("en", "zh")}

# A document in which every table stands once, so that the reader asks for every key it knows.
EVERYTHING = {
    "event": {},
    "organisations": [{"name": "a", "materials": [{"file": "f"}], "commitments": [{"text": "t"}]}],
    "groups": [{"name": "g", "judges": [{"name": "j"}]}],
    "judges": [{"name": "k", "group": "g"}],
    "phases": [{"name": "p"}],
    "criteria": [
        {"name": "1", "max": 1, "bands": [{"min": 0, "max": 1, "name": "b"}]},
        {"name": "2", "method": "grades", "grades": [{"name": "x", "points": 1}, {"name": "y", "points": 0}]},
        {"name": "3", "method": "checklist", "max": 1, "items": [{"text": "t", "off": 1}]},
        {"name": "4", "method": "places"},
        {"name": "5", "method": "votes", "most": 1},
    ],
    "tabulation": {
        "trim": {"highest": 0},
        "round": {"sheet": 1},
        "ties": [{"by": "order"}],
        "for": [
            {
                "phase": "p",
                "trim": {},
                "round": {},
                "combine": "sheet",
                "average": "mean",
                "groups": "pooled",
                "group_level": "total",
                "empty_group": "refuse",
                "missing": "refuse",
                "minimum_judges": 1,
            }
        ],
    },
    "adjustments": [{"id": "a", "bands": [{"from": 1, "points": -1}]}],
    "awards": [{"id": "w", "quota": 1, "percent": 10, "top": 1, "bottom": 1}],
}


def known_keys(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Table → keys that the reader asks for."""
    asked: dict[str, set[str]] = {}
    take = Section._take

    def remember(self: Section, key: str, required: bool, hint: Message | None = None) -> object:
        asked.setdefault(re.sub(r"\[\d+\]", "", self.path), set()).add(key)
        return take(self, key, required, hint)

    monkeypatch.setattr(Section, "_take", remember)
    has = Section.has

    def remember_has(self: Section, key: str) -> bool:
        asked.setdefault(re.sub(r"\[\d+\]", "", self.path), set()).add(key)
        return has(self, key)

    monkeypatch.setattr(Section, "has", remember_has)
    read_definition(EVERYTHING)
    return asked


def documented_keys(page: str) -> dict[str, set[str]]:
    """Table → keys in the first column under its heading."""
    found: dict[str, set[str]] = {}
    table = ""
    for line in page.splitlines():
        if line.startswith("#"):
            name = re.search(r"`([^`]+)`", line)
            table = name[1].strip("[]") if name else ""
        key = re.match(r"\| `(\w+)` \|", line)
        if key:
            assert key[1] not in found.get(table, set()), f"{key[1]} stands twice under {table}"
            found.setdefault(table, set()).add(key[1])
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_every_key_the_reader_knows_and_no_other(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_keys(monkeypatch)
    # A trim inside an exception has the keys of the general one, and so has its rounding: they are described once.
    for table in ("tabulation.for.trim", "tabulation.for.round"):
        assert known.pop(table) <= known[table.replace(".for", "")]

    assert documented_keys(PAGES[language]) == known


@pytest.mark.parametrize(("language", "number"), [(language, n) for language in ("en", "zh") for n in (0, 1)])
def test_the_examples_on_the_page_are_right(language: str, number: int) -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGES[language], flags=re.DOTALL)
    mapping, lines = parse_toml(examples[number], "example.toml")

    try:
        event = read_definition(mapping, "example.toml", lines)
    except DefinitionError as error:
        pytest.fail("\n".join(f"{problem.line}: {problem.where}: {problem.message}" for problem in error.problems))
    assert event.criteria


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_names_every_template(language: str) -> None:
    assert all(f"`{name}`" in PAGES[language] for name in template_names())


def test_both_languages_show_the_same_examples_in_structure() -> None:
    shapes = []
    for page in PAGES.values():
        mapping, _ = parse_toml(re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)[1], "")
        shapes.append(
            {
                key: sorted(map(sorted, value)) if isinstance(value, list) else sorted(value)
                for key, value in mapping.items()
            }
        )  # type: ignore[arg-type]

    assert shapes[0] == shapes[1]
