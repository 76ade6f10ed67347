"""Pictures of the hall's main screens, in Chinese, at the size of an ordinary terminal; no clock runs in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.ceremony.picture import Progress
from judge_tui.domain.ceremony.show import Options
from judge_tui.i18n import translator
from judge_tui.services.hall.ceremony import LocalHall
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens import presenter
from judge_tui.ui.screens.presenter import PresenterScreen
from judge_tui.ui.screens.projector import ProjectorScreen
from tests.domain.ceremony.shows import show

SEALED, ALL = Act(Move.GO, text="sealed"), Act(Move.ALL)


def hall(*acts: Act) -> LocalHall:
    made = LocalHall(show(Options(announce=0)), Progress(37, 40))
    for act in acts:
        made.act(act)
    return made


@pytest.mark.parametrize(
    "acts",
    [
        pytest.param((Act(Move.JUMP, 6),), id="turn"),
        pytest.param((Act(Move.GO, text="scoring"),), id="progress"),
        pytest.param((SEALED, Act(Move.FORWARD), Act(Move.JUMP, 3)), id="shared-place"),
        pytest.param((SEALED, ALL), id="board"),
        pytest.param((SEALED, ALL, Act(Move.GO, text="awards"), Act(Move.FORWARD), Act(Move.FORWARD)), id="award"),
    ],
)
def test_the_hall_s_screen_looks_as_it_did(acts: tuple[Act, ...], snap_compare: Callable[..., bool]) -> None:
    translator.switch("zh")

    assert snap_compare(JudgeApp(lambda: ProjectorScreen(hall(*acts), now=lambda: 0)), terminal_size=(80, 24))


def test_the_presenter_s_view_looks_as_it_did(
    snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "time_of_day", lambda now: "14:32")
    translator.switch("zh")
    made = hall(SEALED, Act(Move.FORWARD), Act(Move.FORWARD), Act(Move.FORWARD))

    assert snap_compare(JudgeApp(lambda: PresenterScreen(made, now=lambda: 0)), terminal_size=(100, 30))
