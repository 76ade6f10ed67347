"""The presenter's window and the hall's as two real programs in two real terminals, killed and started again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.window import Window
from tests.records import Hall as Contest
from tests.records import contest


@pytest.fixture
def event_file(tmp_path: Path) -> Iterator[Path]:
    yield Contest(tmp_path, contest(judges=2, organisations=4)).organiser


def test_either_window_may_be_killed_and_comes_back_where_it_was(event_file: Path, tmp_path: Path) -> None:
    def project() -> Window:
        return Window(tmp_path, "--lang", "en", "project", str(event_file), "--rehearse", columns=40, rows=12)

    def host() -> Window:
        return Window(tmp_path, "--lang", "en", "host", str(event_file), "--rehearse")

    def both() -> str:
        return f"{hall.read()}\n{presenter.read()}"

    hall, presenter = project(), host()
    try:
        assert hall.shows("REHEARSAL"), both()
        assert presenter.shows("Lobby"), both()
        presenter.press("pgdn", "pgdn")
        assert hall.shows("No. 2"), both()
        assert presenter.shows("On the stage: 2 of 4"), both()

        hall.kill()
        hall = project()
        assert hall.shows("No. 2"), both()
        hall.press("pgup")
        assert not hall.shows("No. 1", seconds=2)

        presenter.kill()
        assert hall.shows("No. 2"), both()
        presenter = host()
        assert presenter.shows("On the stage: 2 of 4"), both()
        presenter.press("4", "\r")
        assert hall.shows("No. 4"), both()
        presenter.press("pgdn", "pgdn", "pgdn", "pgdn")
        assert presenter.shows("Reveal: 1 of"), both()
        assert hall.shows("Place 4"), both()
    finally:
        hall.kill()
        presenter.kill()
