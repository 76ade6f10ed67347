"""A submitted sheet is opened again by eight digits that the organiser reads aloud: no stick, no network."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError, LockedError
from judge_tui.domain.event import JudgeId, OrganisationId
from judge_tui.domain.seat import SeatState
from judge_tui.services.preparing.issuing import Issued, issue
from judge_tui.services.records.collecting import merge
from judge_tui.services.records.contest import open_contest
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.reopening import spoken_codes
from judge_tui.services.table.office import Office
from judge_tui.services.table.organising import reopen
from tests.seats import LOOK, contest, sitting

ONE, TWO = OrganisationId("o1"), OrganisationId("o2")
J1 = JudgeId("j1")


class Table:
    """The organiser's laptop, and the sticks that come to it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keys = folder, folder / "keys"
        self.made: Issued = issue(contest(), folder / "event", keys=self.keys)
        self.office = Office(self.made.organiser, self.keys)

    def sitting(self, kit: int = 0) -> AbstractContextManager[JudgingSession]:
        return sitting(self.folder, self.made.kits[kit].path)

    def collect(self, session: JudgingSession) -> None:
        stick = self.folder / "stick"
        stick.mkdir(exist_ok=True)
        merge(self.made.organiser, [hand_over(session._seat, stick).path], keys=self.keys)

    def mark(self, organisation: OrganisationId) -> object:
        return open_contest(self.made.organiser).projection.cell(J1, organisation, LOOK.id).value

    def code(self) -> str:
        return spoken_codes(self.office, J1)[0].code


def test_the_code_opens_the_sheet_and_what_is_corrected_then_counts(tmp_path: Path) -> None:
    table = Table(tmp_path)
    with table.sitting() as session:
        session.record(ONE, LOOK.id, "45")
        session.submit()
        table.collect(session)
        reopen(table.office, J1, "漏评", ("李四",))

        assert session.open_again(f" {table.code()} ", "漏打一项") is None
        assert session.progress.card(ONE).state is SeatState.REOPENED
        session.record(ONE, LOOK.id, "46")

    with table.sitting() as session:  # and it stays open, with what was corrected, when the file is opened again
        assert session.progress.card(ONE).given[LOOK.id].value == 46_000
        assert "漏打一项" in str(session.history()[1].text.values)
        session.submit()
        assert session.progress.locked
        table.collect(session)

    assert table.mark(ONE) == 46_000
    assert not open_contest(table.made.organiser).projection.late


def test_a_code_for_one_organisation_opens_that_one_alone_and_full_width_digits_do(tmp_path: Path) -> None:
    table = Table(tmp_path)
    with table.sitting() as session:
        session.submit()
        table.collect(session)
        reopen(table.office, J1, "漏评", ("李四",), TWO)
        said = table.code().translate({ord(str(digit)): "０１２３４５６７８９"[digit] for digit in range(10)})

        assert session.open_again(said, "漏评") == TWO
        assert session.progress.card(TWO).state is SeatState.REOPENED
        assert session.progress.card(ONE).state is SeatState.SUBMITTED
        with pytest.raises(LockedError):
            session.record(ONE, LOOK.id, "40")


def test_what_is_no_code_for_this_submission_opens_nothing(tmp_path: Path) -> None:
    table = Table(tmp_path)
    with table.sitting() as session, table.sitting(1) as other:
        assert session.wrong_code("12345678") is not None  # nothing is submitted
        session.submit()
        other.submit()
        table.collect(session)
        table.collect(other)
        reopen(table.office, J1, "漏评", ("李四",))
        code = table.code()

        for typed in ("1234567", "一二三四五六七八", "00000000", ""):
            with pytest.raises(JudgeTuiError):
                session.open_again(typed, "漏评")
        with pytest.raises(JudgeTuiError):
            other.open_again(code, "漏评")
        with pytest.raises(JudgeTuiError):
            session.open_again(code, "  ")
        assert session.progress.locked

        session.open_again(code, "漏评")
        session.submit()
        with pytest.raises(JudgeTuiError):  # the next submission needs the next code
            session.open_again(code, "漏评")


def test_a_judge_who_opens_without_the_organiser_gains_nothing(tmp_path: Path) -> None:
    table = Table(tmp_path)
    with table.sitting() as session:
        session.record(ONE, LOOK.id, "45")
        session.submit()
        session.renew()
        submits = [item.hash for item in session._seat.projection.submissions(J1)]
        session._pen.write("unlock", organisation="", submits=submits, reason="伪造")
        session.renew()
        session.record(ONE, LOOK.id, "50")
        table.collect(session)

    assert table.mark(ONE) == 45_000
    assert [item.why for item in open_contest(table.made.organiser).projection.late if item.kind == "mark"] == [
        "submitted"
    ]
