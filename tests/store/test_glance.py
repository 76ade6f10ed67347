"""What is shown of a judge's file before it is verified."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.event import OrganisationId
from judge_tui.services.preparing.issuing import issue
from judge_tui.store.glance import glance
from tests.seats import LOOK, NAMES, TALK, contest, issued, sitting


def test_a_glance_shows_names_the_place_and_the_marks_there(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        two = OrganisationId("o2")
        session.record(OrganisationId("o1"), LOOK.id, "40")
        session.record(two, LOOK.id, "44")
        session.record(two, LOOK.id, "45.5")
        session.record(two, TALK.id, "30")
        session.clear(two, TALK.id)
        session.drawer.stand(organisation="o2")
        session.drawer.keep()

    seen = glance(file)
    assert seen is not None
    assert seen.title == "第四季度亮赛比"
    assert seen.judge == "评委甲"
    assert tuple(name for _, _, name in seen.organisations) == NAMES
    assert seen.criteria == (("look", "沙盘观摩"), ("talk", "述职情况"))
    assert seen.place == 1
    assert seen.marks == {"look": 45_500}


def test_a_glance_changes_nothing(tmp_path: Path) -> None:
    file = issued(tmp_path)
    before = file.read_bytes()
    glance(file)

    assert file.read_bytes() == before
    assert [path.name for path in file.parent.glob("*-journal")] == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4080)])
def test_there_is_no_glance_at_what_is_no_judges_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.judge"
    file.write_bytes(content)

    assert glance(file) is None


def test_there_is_no_glance_at_an_organisers_file_or_a_missing_one(tmp_path: Path) -> None:
    organiser = issue(contest(), tmp_path / "event", keys=tmp_path / "keys").organiser

    assert glance(organiser) is None
    assert glance(tmp_path / "gone.judge") is None
