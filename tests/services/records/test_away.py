"""An organiser's file on a stick or a share: read from there, never opened, written or made there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services import disks
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.records.collecting import merge
from judge_tui.services.records.contest import open_contest
from judge_tui.services.records.organiser_file import must_be_organisers
from judge_tui.services.records.takeover import take_over
from judge_tui.services.table.office import Office
from tests.organiser.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture
def stick(world: World) -> Iterator[Path]:
    """The folder of the organiser's file, as if on a stick."""
    folder = world.issued.organiser.parent
    real = disks.lies_away
    with patch.object(
        disks,
        "lies_away",
        lambda place: disks.Medium.REMOVABLE if place.is_relative_to(folder) else real(place),
    ):
        yield folder


def beside(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_read_where_it_lies_and_nothing_appears_beside_it(world: World, stick: Path) -> None:
    before = beside(stick)

    contest = open_contest(world.issued.organiser)
    must_be_organisers(world.issued.organiser)

    assert contest.projection.event.id == world.issued.event.id
    assert beside(stick) == before


def test_nothing_is_written_into_it(world: World, stick: Path) -> None:
    before = beside(stick)
    office = Office(world.issued.organiser, world.keys)
    attempts: list[Callable[[], object]] = [
        lambda: must_be_organisers(world.issued.organiser, to_write=True),
        lambda: merge(world.issued.organiser, [world.kit("j1")], keys=world.keys),
        lambda: office.keep_note("draft", "x"),
    ]
    for attempt in attempts:
        with pytest.raises(JudgeTuiError) as caught:
            attempt()
        assert caught.value.code == "NOT_OWN_DISK"
        assert "ring-2021q4.db lies on a stick" in str(caught.value.message)
        assert "Copy its whole folder" in str(caught.value.hint)

    assert beside(stick) == before


def test_a_write_that_was_cut_off_is_not_taken_for_the_truth(world: World, stick: Path) -> None:
    Path(f"{world.issued.organiser}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))

    with pytest.raises(JudgeTuiError) as caught:
        open_contest(world.issued.organiser)

    assert caught.value.code == "TRUNCATED"


def test_no_organisers_file_is_made_on_a_stick(world: World, stick: Path) -> None:
    before = beside(stick)
    keys = beside(world.keys)

    for attempt in (
        lambda: issue(world.issued.event, stick / "again", keys=world.keys),
        lambda: take_over(world.issued.reserve, [stick], stick / "new", keys=world.keys),
    ):
        with pytest.raises(JudgeTuiError) as caught:
            attempt()
        assert caught.value.code == "NOT_OWN_DISK"

    assert beside(stick) == before
    assert beside(world.keys) == keys
