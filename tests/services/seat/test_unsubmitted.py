"""What a judge is told of marks that do not count yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.rules import Counted, Tabulation
from tests.seats import LOOK, contest, issued, sitting

ONE, TWO = OrganisationId("o1"), OrganisationId("o2")


def test_first_the_sheet_then_the_organisations_that_wait_then_nothing(tmp_path: Path) -> None:
    with sitting(tmp_path, issued(tmp_path)) as session:
        session.record(ONE, LOOK.id, "45")
        assert "The sheet is not submitted yet" in str(session.unsubmitted)
        session.submit(ONE)
        assert session.unsubmitted is None, "nothing is given that waits"
        session.record(TWO, LOOK.id, "40")
        assert "The marks of 1 organisation are not submitted yet" in str(session.unsubmitted)
        session.submit()
        assert session.unsubmitted is None


def test_where_all_marks_count_nothing_is_said(tmp_path: Path) -> None:
    with sitting(tmp_path, issued(tmp_path, replace(contest(), tabulation=Tabulation(counted=Counted.ALL)))) as session:
        session.record(ONE, LOOK.id, "45")
        assert session.unsubmitted is None
