"""The organisation's pictures beside the judge's form, where the window is wide enough."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image
from textual.pilot import Pilot

from judge_tui.domain.event import Material
from judge_tui.ui.dialogs.materials import MaterialsDialog
from judge_tui.ui.widgets.evidence import Evidence
from tests.seats import contest, issued
from tests.ui.seat.test_walk import seated, seen

WIDE = (160, 50)


def with_pictures(folder: Path) -> Path:
    """A judge's file; the first village has three pictures and a paper, the second has nothing."""
    event = contest()
    village = replace(
        event.organisations[0],
        materials=(
            Material("a.png", "村口", "before"),
            Material("b.png", "村口", "during"),
            Material("c.png", "村口", "after"),
            Material("report.docx", "述职报告"),
        ),
    )
    file = issued(folder, replace(event, organisations=(village, *event.organisations[1:])))
    media = file.parent / "media"
    media.mkdir(exist_ok=True)
    for name in "abc":
        Image.new("RGB", (64, 40), (200, 30, 30)).save(media / f"{name}.png")
    return file


async def settled(pilot: Pilot[int]) -> None:
    await pilot.app.workers.wait_for_complete()
    for _ in range(3):
        await pilot.pause()


async def test_a_wide_window_shows_them_without_being_asked(tmp_path: Path) -> None:
    async with seated(tmp_path, with_pictures(tmp_path), size=WIDE) as (pilot, screen):
        await settled(pilot)
        assert [word in seen(pilot) for word in ("Before: 村口", "During: 村口", "After: 村口", "述职报告")] == [
            True, True, True, False,
        ]  # fmt: skip
        assert "▀" in seen(pilot)

        await pilot.press(*"45", "enter", "pagedown")
        await settled(pilot)
        assert "村口" not in seen(pilot)
        await pilot.press("pageup", "f2")
        await settled(pilot)
        assert "村口" not in seen(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert "After: 村口" in seen(pilot)
        assert screen.form.has_focus

        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert "村口" not in seen(pilot)


async def test_a_narrow_window_says_where_they_are_and_shows_them_beside_one_another(tmp_path: Path) -> None:
    async with seated(tmp_path, with_pictures(tmp_path), size=(130, 40)) as (pilot, _):
        assert "4 pictures and papers: F10, 1" in seen(pilot)
        await pilot.press("f10", "1")
        await settled(pilot)
        assert isinstance(pilot.app.screen, MaterialsDialog)
        tops = [item.region.y for item in pilot.app.screen.query(Evidence)]
        assert tops[0] == tops[1] == tops[2] < tops[3]


async def test_a_village_without_pictures_leaves_the_form_its_room(tmp_path: Path) -> None:
    async with seated(tmp_path, size=WIDE) as (pilot, screen):
        await settled(pilot)
        assert screen.form.size.width > 100
        assert "pictures" not in seen(pilot)
