"""The check of every signature from the table: told in words, with a bar, saved on demand."""

from __future__ import annotations

from textual.widgets import Input

from judge_tui.services.records.proving import prove_file
from judge_tui.ui.dialogs.report import ReportDialog
from tests.organiser.test_proof import edited
from tests.organiser.world import World
from tests.ui.desk.stage import Table, table
from tests.ui.desk.test_refused import report


async def checked(here: Table) -> str:
    """Check from the log's room; the report's words."""
    await here.press("7", "f4")
    await here.until(lambda: isinstance(here.pilot.app.screen, ReportDialog))
    return report(here)


async def test_records_that_are_whole_are_said_to_be_and_the_report_is_saved(full: World) -> None:
    folder = full.folder / "checked"
    async with table(full, (80, 24)) as here:
        told = await checked(here)
        dialog = here.pilot.app.screen
        assert dialog.query_one("#answer-save").region.bottom <= 24
        await here.press("enter")
        here.pilot.app.screen.query_one(Input).value = str(folder)
        await here.press("enter")
        await here.settle()

    assert told.startswith("Everything is in order")
    assert "All 5 series of records are whole: 34 entries, 39 signatures, each of them right." in told
    assert "评委1 (" in told and "10 entries, all in order, 10 counted" in told
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".md", ".pdf"]
    plain = next(folder.glob("*.md")).read_text("utf-8")
    assert "| 评委1 |" in plain and "Everything is in order" in plain


async def test_what_is_wrong_and_where_is_named_by_the_judge(full: World) -> None:
    altered = "UPDATE entry SET sig = zeroblob(64) WHERE seq = 4 AND CAST(body AS TEXT) LIKE '%\"mark\"%'"
    async with table(full) as here:
        edited(full.issued.organiser, altered)
        told = await checked(here)

    assert told.startswith("These records are NOT in order")
    assert "3 of 5 series of records are broken: 评委1, 评委2, 评委3" in told
    assert "Entry 4 of 评委1 is not what was signed" in told
    assert "3 of 10 entries in order" in told


async def test_the_way_to_the_end_offers_the_check(full: World) -> None:
    async with table(full) as here:
        await here.press("8", *["down"] * 6, "enter")
        await here.until(lambda: isinstance(here.pilot.app.screen, ReportDialog))


def test_a_check_tells_how_far_it_is(full: World) -> None:
    told: list[tuple[int, int]] = []
    prove_file(full.issued.organiser, lambda done, of: told.append((done, of)))

    assert told == sorted(told) and len(told) == 5
    assert told[-1][0] < told[-1][1]
