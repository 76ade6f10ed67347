"""The day itself: lots and questions drawn with a seed, attendance, paper typed twice, ballots counted twice, the bundle."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError, MarkError
from judge_tui.domain.event import CriterionId, GroupId, JudgeId, OrganisationId
from judge_tui.domain.matrix import CellState
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.services.records.archiving import archive
from judge_tui.services.results.ranking import rank_file, rank_table
from judge_tui.services.table import closing
from judge_tui.services.table.attendance import attend, attendance, others
from judge_tui.services.table.drawing import draw_question, draw_running_order, drawn_order, new_seed, questions_drawn
from judge_tui.services.table.paper_entry import BLANK, PaperDesk
from judge_tui.services.table.tallies import Box, Count, enter_count, waiting_teller
from tests.organiser.world import BY, World, make_world

J1, V1, V2 = JudgeId("j1"), OrganisationId("v1"), OrganisationId("v2")
VIEW, TALK = CriterionId("view"), CriterionId("talk")


def test_the_draw_is_the_digests_in_order() -> None:
    ids = ["v1", "v2", "v3", "v4"]
    expected = sorted(ids, key=lambda item: hashlib.sha256(f"20211220:{item}".encode()).digest())

    assert drawn_order("20211220", ids) == expected
    assert drawn_order("20211220", reversed(ids)) == expected
    assert drawn_order("20211221", ids) != expected
    assert len(new_seed()) == 8


def test_a_drawn_running_order_is_announced_with_its_seed(world: World) -> None:
    order = draw_running_order(world.office, " ２０２１ 12 20 ", "当场抽签", BY)
    draws = [body for body in world.office.project().notices if body.kind == "draw"]

    assert [item.id for item in world.office.project().event.organisations] == order
    assert order == drawn_order("20211220", ["v1", "v2", "v3", "v4"])
    assert draws[0].text("seed") == "20211220"


def test_a_draw_without_a_seed_is_refused(world: World) -> None:
    with pytest.raises(JudgeTuiError, match="SEED"):
        draw_running_order(world.office, "  ", "x", BY)


def test_questions_are_drawn_once_each_until_none_is_left(world: World) -> None:
    for number, village in enumerate(("v1", "v2", "v3")):
        draw_question(world.office, OrganisationId(village), f"seed{number}", BY)
    drawn = questions_drawn(world.office.project())

    assert sorted(number for number, _ in drawn.values()) == [1, 2, 3]
    assert all(text == f"问题{'一二三'[number - 1]}" for number, text in drawn.values())
    with pytest.raises(JudgeTuiError, match="NO_QUESTION"):
        draw_question(world.office, OrganisationId("v4"), "seed", BY)


def test_attendance_keeps_the_latest_word_and_knows_who_is_no_judge(world: World) -> None:
    attend(world.office, ["v1", "j1", "王五"])
    attend(world.office, ["v1"], present=False, note="提前离场")
    found = attendance(world.office.project())

    assert (found["v1"].present, found["v1"].note) == (False, "提前离场")
    assert found["j1"].present
    assert others(world.office.project()) == ["王五"]


def test_paper_marks_enter_only_when_two_people_typed_the_same(world: World) -> None:
    desk = PaperDesk(world.office)
    first = desk.enter(J1, V1, {VIEW: "４５。５", TALK: "40"}, "赵一")
    nothing_yet = world.office.project().cell(J1, V1, VIEW).state
    second = desk.enter(J1, V1, {VIEW: "45.5", TALK: "40.0"}, "钱二")
    cell = world.office.project().cell(J1, V1, VIEW)

    assert (first.first, nothing_yet) == (True, MarkState.BLANK)
    assert (second.first, second.differences) == (False, ())
    assert (cell.value, cell.values[0].paper) == (45500, True)
    assert world.look().matrix.cells[0][0].paper
    assert world.look().matrix.cells[0][0].state is CellState.SUBMITTED
    assert desk.waiting(J1, V1) == ""


def test_what_the_two_typed_differently_is_settled_and_both_are_kept(world: World) -> None:
    desk = PaperDesk(world.office)
    desk.enter(J1, V1, {VIEW: "45", TALK: "40"}, "赵一")
    typed = {VIEW: "46", TALK: "40"}
    differing = desk.enter(J1, V1, typed, "钱二").differences
    with pytest.raises(JudgeTuiError, match="UNSETTLED"):
        desk.settle(J1, V1, typed, {}, "看原表", ["钱二"])
    desk.settle(J1, V1, typed, {VIEW: "46"}, "原表为46", ["钱二", "孙三"])
    entry = next(json.loads(item.body) for item in world.office.entries() if b'"kind":"paper"' in item.body)

    assert [(item.criterion, item.first, item.second) for item in differing] == [(VIEW, ("赵一", "45"), ("钱二", "46"))]
    assert world.office.project().cell(J1, V1, VIEW).value == 46000
    assert (entry["typed"], entry["reason"], entry["by"]) == (["45", "46"], "原表为46", ["赵一", "钱二", "孙三"])


def test_that_the_sheet_says_nothing_is_settled_and_recorded_too(world: World) -> None:
    desk = PaperDesk(world.office)
    desk.enter(J1, V1, {VIEW: "45", TALK: "40"}, "赵一")
    typed = {TALK: "40"}
    desk.enter(J1, V1, typed, "钱二")
    desk.settle(J1, V1, typed, {VIEW: BLANK}, "原表没有打分", ["钱二"])
    said = [json.loads(item.body) for item in world.office.entries() if b'"kind":"paper"' in item.body]
    entry = next(item for item in said if item["criterion"] == "view")

    assert world.office.project().cell(J1, V1, VIEW).state is MarkState.BLANK
    assert world.office.project().cell(J1, V1, TALK).value == 40000
    assert (entry["state"], entry["typed"]) == ("blank", ["45", ""])


@pytest.mark.parametrize(
    ("typed", "by", "code"),
    [({VIEW: "51"}, "赵一", "MARK"), ({}, "赵一", "EMPTY_SHEET"), ({VIEW: "40"}, " ", "NOBODY")],
)
def test_a_paper_sheet_that_makes_no_sense_is_refused(
    world: World, typed: dict[CriterionId, str], by: str, code: str
) -> None:
    with pytest.raises((MarkError, JudgeTuiError), match=code):
        PaperDesk(world.office).enter(J1, V1, typed, by)


def test_the_same_person_cannot_type_twice(world: World) -> None:
    desk = PaperDesk(world.office)
    desk.enter(J1, V1, {VIEW: "40"}, "赵一")
    with pytest.raises(JudgeTuiError, match="SAME_PERSON"):
        desk.enter(J1, V1, {VIEW: "40"}, "赵一")


def test_words_on_a_sheet_are_states_and_a_correction_replaces(world: World) -> None:
    desk = PaperDesk(world.office)
    for by in ("赵一", "钱二"):
        desk.enter(J1, V1, {VIEW: "回避", TALK: "40"}, by)
    for by in ("赵一", "钱二"):
        desk.enter(J1, V1, {TALK: "41"}, by)
    now = world.office.project()

    assert now.cell(J1, V1, VIEW).state is MarkState.RECUSED
    assert now.cell(J1, V1, TALK).value == 41000


def test_a_paper_mark_against_a_judges_own_stands_in_conflict(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "40"))
    world.collect()
    desk = PaperDesk(world.office)
    for by in ("赵一", "钱二"):
        desk.enter(J1, V1, {VIEW: "44", TALK: "40"}, by)

    assert world.office.project().cell(J1, V1, VIEW).state is MarkState.CONFLICT
    assert world.office.project().cell(J1, V1, TALK).state is MarkState.GIVEN


@pytest.fixture
def poll(tmp_path: Path) -> World:
    """An anonymous appraisal."""
    criteria = [
        {
            "id": "poll",
            "name": "民主测评",
            "method": "grades",
            "anonymous": True,
            "grades": [
                {"id": "good", "name": "优秀", "points": 100},
                {"id": "fair", "name": "称职", "points": 80},
            ],
        }
    ]
    return make_world(tmp_path, criteria=criteria, adjustments=[], tabulation={"combine": "criterion"})


BOX = Box(GroupId("leaders"), V1, CriterionId("poll"))


def test_ballots_count_when_two_tellers_counted_the_same(poll: World) -> None:
    count = Count(12, 11, 10, 1, {"good": 8, "fair": 2})
    recorded = [enter_count(poll.office, BOX, count, by) for by in ("赵一", "钱二")]
    tally = poll.look().ballots.tallies[0]

    assert recorded == [False, True]
    assert (tally.valid, dict(tally.counts)) == (10, {"good": 8, "fair": 2})
    assert poll.look().result.standings[0].total_text == "96.00"


def test_an_appraisal_of_which_nothing_is_counted_lacks_everything(poll: World) -> None:
    before = poll.look()
    for by in ("赵一", "钱二"):
        enter_count(poll.office, BOX, Count(12, 11, 10, 1, {"good": 8, "fair": 2}), by)

    assert [item.code for item in before.doubts if item.blocks] == ["ballots"]
    assert "ballots" not in {item.code for item in poll.look().doubts}


def test_tellers_who_differ_begin_again(poll: World) -> None:
    enter_count(poll.office, BOX, Count(12, 11, 10, 1, {"good": 8, "fair": 2}), "赵一")
    with pytest.raises(JudgeTuiError, match="RECOUNT"):
        enter_count(poll.office, BOX, Count(12, 11, 10, 1, {"good": 7, "fair": 3}), "钱二")

    assert waiting_teller(poll.office, BOX) == ""
    assert poll.look().ballots.tallies == ()


@pytest.mark.parametrize(
    "count",
    [
        Count(10, 11, 10, 0, {"good": 8, "fair": 2}),
        Count(12, 11, 10, 2, {"good": 8, "fair": 2}),
        Count(12, 11, 10, 1, {"good": 8, "fair": 3}),
        Count(12, 11, 10, 1, {"good": 8, "best": 2}),
        Count(12, 11, -1, 1, {"good": -1}),
    ],
)
def test_numbers_that_do_not_fit_together_are_refused(poll: World, count: Count) -> None:
    with pytest.raises(JudgeTuiError, match="COUNT"):
        enter_count(poll.office, BOX, count, "赵一")


def test_no_voter_is_in_any_record(poll: World) -> None:
    for by in ("赵一", "钱二"):
        enter_count(poll.office, BOX, Count(12, 11, 10, 1, {"good": 8, "fair": 2}), by)
    tally = next(json.loads(item.body) for item in poll.office.entries() if b'"kind":"tally"' in item.body)

    assert not {"judge", "voter", "name"} & set(tally)


def test_the_bundle_can_be_checked_by_itself(full: World, tmp_path: Path) -> None:
    full.office.keep_note("paper.j1.v1", '{"by": "赵一"}')
    code = closing.seal(full.office, BY)
    path = archive(full.office, tmp_path / "away", str, "en")
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(tmp_path / "out")
    out = tmp_path / "out"
    again = rank_file(out / "records.db").result
    plain = rank_table(out / "event.toml", out / "marks.csv", out / "adjustments.csv").result

    assert code.short.replace(" ", "") in path.name
    assert code.full in (out / "README.txt").read_text("utf-8")
    assert [(item.organisation, item.total, item.rank) for item in again.standings] == [
        (item.organisation, item.total, item.rank) for item in full.look().result.standings
    ]
    assert [(item.organisation, item.total) for item in plain.standings] == [
        (item.organisation, item.total) for item in again.standings
    ]
    assert "赵一".encode() not in (out / "records.db").read_bytes()
    with pytest.raises(JudgeTuiError, match="EXISTS"):
        archive(full.office, tmp_path / "away", str, "en")
