"""Definition files: what is loaded, refused and written; templates and samples."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from judge_tui import settings as own
from judge_tui.domain.definition import read_definition
from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.domain.event import Event
from judge_tui.services.preparing import definitions
from judge_tui.services.preparing.definitions import (
    definition_text,
    load_definition,
    media_problems,
    save_definition,
    template_event,
    template_names,
    template_text,
    write_free,
    write_whole,
)
from tests.domain.definition.events import events

TEXT = 'organisations = ["十里铺村"]\n[event]\ntitle = "擂台赛"\n[[criteria]]\nname = "汇报"\nmax = 100\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "擂台赛 2025.toml"
    path.write_bytes(TEXT.replace("\n", newline).encode(encoding))

    assert load_definition(path).title == "擂台赛"


def test_a_folder_stands_for_the_definition_inside_it(tmp_path: Path) -> None:
    (tmp_path / "event.toml").write_text(TEXT, encoding="utf-8")

    assert load_definition(tmp_path) == load_definition(tmp_path / "event.toml")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (TEXT.encode("gb18030"), "the file is in GB18030 (GBK), not in UTF-8"),
        (TEXT.encode("utf-16"), "the file is in UTF-16, not in UTF-8"),
        (b"a = 1\n\xff\xff\xff\xff", "the file is not text in UTF-8"),
    ],
)
def test_another_encoding_is_named_with_what_to_do(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(raw)

    with pytest.raises(DefinitionError) as caught:
        load_definition(path)
    problem = caught.value.problems[0]
    assert (str(problem.message), problem.line > 0) == (words, True)
    assert "UTF-8" in str(problem.hint)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(JudgeTuiError) as caught:
        load_definition(tmp_path / "none.toml")

    assert caught.value.code == "NO_FILE"


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "MOST_BYTES", 10)
    path = tmp_path / "x.toml"
    path.write_text(TEXT, encoding="utf-8")

    with pytest.raises(DefinitionError, match="problem"):
        load_definition(path)


def test_what_is_saved_loads_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(TEXT, encoding="utf-8")
    event = load_definition(tmp_path / "a.toml")

    save_definition(event, tmp_path / "b.toml")

    assert load_definition(tmp_path / "b.toml") == event
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.toml", "b.toml"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(events())
def test_the_text_of_any_event_reads_back_to_it(event: Event) -> None:
    text = definition_text(event)
    mapping, lines = parse_toml(text, "x.toml")

    assert text.startswith("[event]")
    assert read_definition(mapping, "x.toml", lines) == event


def test_nothing_is_overwritten_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(TEXT, encoding="utf-8")
    event = load_definition(path)

    with pytest.raises(JudgeTuiError) as caught:
        save_definition(event, path)

    assert caught.value.code == "EXISTS"
    assert path.read_text(encoding="utf-8") == TEXT
    save_definition(event, path, replace=True)
    assert path.read_text(encoding="utf-8") != TEXT


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(definitions.os, "fsync", full)

    with pytest.raises(JudgeTuiError) as caught:
        write_whole(tmp_path / "new.toml", TEXT)
    assert caught.value.code == "UNWRITABLE"
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(JudgeTuiError) as caught:
        write_whole(tmp_path / "none" / "new.toml", TEXT)

    assert caught.value.code == "UNWRITABLE"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("template", template_names())
def test_every_template_is_right_as_it_is(tmp_path: Path, template: str, language: str) -> None:
    event = load_definition(write_free(tmp_path, template_text(template, language)))

    assert event.organisations
    assert bool(event.criteria) is (template != "comment")
    assert bool(event.judges) is (template not in ("comment", "appraisal"))


def test_both_languages_of_a_template_describe_the_same_contest() -> None:
    for template in template_names():
        chinese, english = template_event(template, "zh"), template_event(template, "en")

        assert [phase.kind for phase in chinese.phases] == [phase.kind for phase in english.phases]
        assert [type(item.method) for item in chinese.criteria] == [type(item.method) for item in english.criteria]
        assert len(chinese.judges) == len(english.judges)
        assert [award.id for award in chinese.awards] == [award.id for award in english.awards]


def test_a_sample_serves_as_a_template() -> None:
    assert template_event("nancao").title == load_definition(own.data_folder() / "nancao").title


def test_an_unknown_template_names_the_known_ones() -> None:
    with pytest.raises(JudgeTuiError) as caught:
        template_text("pointz")

    assert "speech" in str(caught.value.hint)


def test_a_new_definition_takes_the_first_free_name(tmp_path: Path) -> None:
    names = [write_free(tmp_path, template_text("points")).name for _ in range(3)]

    assert names == ["contest.toml", "contest-2.toml", "contest-3.toml"]


def test_a_missing_and_an_exchanged_picture_are_told(tmp_path: Path) -> None:
    path = tmp_path / "event.toml"
    path.write_text(
        "[[organisations]]\nname='a'\nmaterials=[{file='no.png'},{file='x.png',sha256='" + "0" * 64 + "'}]",
        encoding="utf-8",
    )
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "x.png").write_bytes(b"other")

    told = [str(problem.message) for problem in media_problems(load_definition(path), path)]

    assert [text.split(" ")[:3] for text in told] == [["no.png", "is", "not"], ["x.png", "is", "not"]]
