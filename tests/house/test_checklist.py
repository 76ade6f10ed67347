"""The page for a Windows laptop shows what the program shows: each of its pictures is taken again, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from judge_tui import settings
from judge_tui.i18n import translator
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.preparing.kits import kits_with_copies, settled
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import Seat, open_seat
from judge_tui.services.seat.second_copy import SecondCopy
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.judging import JudgingScreen
from judge_tui.ui.screens.kits import KitsScreen
from tests.house import checklist
from tests.house.guide import text_of

KEYS = {"\r": "enter", "\x1b[17~": "f6", "\x1b": "escape", "\x05": "ctrl+e"}
"""What the terminal sends, by Textual's names."""


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    yield
    translator.switch("en")


@pytest.mark.parametrize("code", ["en", "zh"])
async def test_every_picture_for_a_windows_laptop_is_what_the_program_shows(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator.switch(code)
    monkeypatch.setattr(SecondCopy, "places", lambda self: [])
    page = checklist.page(code).read_text(encoding="utf-8")
    shown = {found[1]: found[2].rstrip("\n") for found in checklist.FENCE.finditer(page)}
    keys, own, stick = tmp_path / "keys", tmp_path / "files", tmp_path / checklist.STICK
    stick.mkdir()
    issue(load_definition(settings.data_folder() / "nancao" / "event.toml"), tmp_path / "kits", keys=keys)
    seats: list[Seat] = []

    def sit(path: Path) -> None:
        seats.append(open_seat(settled(path, own), keys=tmp_path / "home"))
        app.push_screen(JudgingScreen(JudgingSession(seats[0])))

    app = JudgeApp(lambda: KitsScreen(lambda: kits_with_copies(tmp_path / "kits", own), sit))
    async with app.run_test(size=(checklist.SIZE[1], checklist.SIZE[0])) as pilot:
        await pilot.pause()
        for name, sent in checklist.STEPS:
            for key in sent:
                if key in KEYS or len(key) == 1:
                    await pilot.press(KEYS.get(key, key))
                else:
                    app.post_message(events.Paste(str(stick) if key == checklist.STICK else key))
                await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            taken = checklist.cropped(text_of(pilot).splitlines())

            assert taken == shown[name], f"run: python -m tests.house.checklist {code} ({name})"
    seats[0].file.close()
