"""Every sample event's ceremony can be rehearsed, whatever its way of scoring, and nothing of it is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui import settings
from judge_tui.domain.ceremony.machine import Act, Ceremony, Move, Stage
from judge_tui.domain.ceremony.picture import Progress, picture_of
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.hall.ceremony import rehearsal
from judge_tui.services.hall.rehearsing import made_up
from judge_tui.services.preparing.definitions import load_definition

SAMPLES = sorted(settings.data_folder().rglob("event.toml"))


@pytest.mark.parametrize(
    "path", SAMPLES, ids=lambda path: "-".join(path.relative_to(settings.data_folder()).parts[:-1])
)
def test_a_sample_s_ceremony_runs_from_the_lobby_to_its_end(path: Path) -> None:
    event = load_definition(path)
    ceremony = Ceremony(rehearsal(event))
    seen = set()
    for _ in range(2 * len(event.organisations) + 40):
        picture = picture_of(ceremony, Progress(1, 2))
        assert picture.rehearsal
        seen.add(ceremony.state.stage)
        try:
            ceremony = ceremony.act(Act(Move.FORWARD, 1))
        except JudgeTuiError as error:
            assert error.code == "CEREMONY"
            break

    assert (Stage.BOARD in seen) is bool(event.criteria)
    assert (Stage.SEALED in seen) is bool(event.criteria)


def test_the_same_seed_makes_up_the_same_and_another_something_else() -> None:
    event = load_definition(settings.data_folder() / "xindian" / "event.toml")

    assert made_up(event, 1) == made_up(event, 1)
    assert [item.organisation for item in made_up(event, 1).standings] != [
        item.organisation for item in made_up(event, 2).standings
    ]
