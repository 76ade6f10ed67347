"""Where a judge stands when his file is opened again."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.event import OrganisationId
from tests.seats import LOOK, TALK, issued, sitting

ONE, TWO = OrganisationId("o1"), OrganisationId("o2")


def test_he_stands_where_it_was_noted(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.stand(organisation=TWO, field="1")
        session.drawer.keep()

    with sitting(tmp_path, file) as again:
        assert again.began_at == (1, 1)


def test_a_mark_that_is_newer_than_the_note_puts_him_behind_its_field_and_is_half_typed_no_more(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.stand(organisation=ONE, field="1")
        session.drawer.draft(ONE, TALK.id, "4")
        session.drawer.keep()
        session.record(ONE, TALK.id, "46")

    with sitting(tmp_path, file) as again:
        assert again.began_at == (0, 2)
        assert not again.drawer.drafts()


def test_in_the_sheet_the_last_mark_of_a_row_puts_him_at_the_next_row(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.stand(organisation=ONE, field="1", view="sheet")
        session.drawer.keep()
        session.record(ONE, TALK.id, "46")

    with sitting(tmp_path, file) as again:
        assert again.began_at == (1, 0)


def test_the_time_of_saving_is_the_newest_entrys_even_where_that_is_no_mark(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        marked = session.saved_at
        session.submit()

    with sitting(tmp_path, file) as again:
        assert marked is not None
        assert again.saved_at is not None
        assert again.saved_at > marked
