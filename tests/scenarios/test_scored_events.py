"""The events in which something is scored, played to their announcement: what comes out is what their articles report."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.event import Checklist, OrganisationKind, PhaseKind
from judge_tui.services.table.drawing import questions_drawn
from judge_tui.services.table.office import Office
from tests.scenarios.playthrough import DATA, order, played


def test_caitou_looks_at_boards_hears_ten_villages_grades_them_two_six_two_and_comments_on_each(ground: Path) -> None:
    found = played("caitou", ground)

    assert order(found.event) == ["观看展板", "检查留痕和台账", "上台汇报", "逐一点评"]
    assert len(found.event.organisations) == 10
    assert found.awards == {"优秀": 2, "良好": 6, "合格": 2}
    for organisation in found.event.organisations:
        assert found.comments(organisation.name) == ("逐一点评：肯定成绩，指出不足（镇党委副书记）",)
    # Only the grades are announced: no score and no place is in anything the hall sees, nor in the public notice.
    totals = [item.total_text for item in found.dossier.result.standings]
    assert not any(total in found.announced() or total in found.papers["notice"] for total in totals)
    assert all(entry.place is None for step in found.show.steps for entry in step.entries)
    assert "优秀" in found.papers["notice"]


def test_xinjianlu_asks_everyone_another_question_hears_the_officer_and_appraises_at_the_end(ground: Path) -> None:
    found = played("xinjianlu", ground)
    event = found.event

    assert order(event) == ["实地看", "台上比", "随机问", "现场评", "测评"]
    assert len(event.organisations) == 11
    for organisation in event.organisations:
        assert f"（{organisation.officer}）" in found.comments(organisation.name)[0]
    drawn = questions_drawn(Office(found.organiser, found.keys).project())
    assert len({number for number, _ in drawn.values()}) == 11
    assert found.steps[-1].phase.name == "测评"
    assert set(found.awards) <= {"优秀", "良好", "一般"}
    assert sum(found.awards.values()) == 11
    assert not found.show.places
    assert not found.show.scores
    assert "办结7件、在办4件、未启动1件" in found.papers["commitments"]


def test_guanyinsi_scores_during_the_visits_hears_two_villages_and_reads_each_score_out_with_its_comment(
    ground: Path,
) -> None:
    found = played("guanyinsi", ground)

    assert order(found.event) == ["逐村观摩、听取汇报", "现场述职", "通报得分并逐村点评", "总结讲话"]
    assert {item.phase for item in found.event.criteria} == {"visit"}
    talks = [step.organisation.name for step in found.steps if step.phase.name == "现场述职" and step.organisation]
    assert talks == ["十里铺村", "楼李村"]
    for standing in found.dossier.result.standings:
        paper = found.papers["feedback"].split(f"反馈单：{standing.name}\n")[1].split("反馈单：")[0]
        assert standing.total_text in paper
        assert "通报得分并逐村点评：肯定成绩，指出不足（副镇长）" in paper
        read_out = next(line for line in found.papers["readout"].splitlines() if f"| {standing.name} |" in line)
        assert standing.total_text in read_out
        assert "（副镇长）" in read_out


def test_xindian_shows_before_during_after_for_each_of_36_and_announces_every_place_at_once(ground: Path) -> None:
    found = played("xindian", ground)
    talk, comment, *_, speech = found.steps

    assert len(found.event.organisations) == 36
    assert len(found.steps) == 36 * 2 + 1
    assert (talk.phase.name, comment.phase.name, speech.phase.name) == ("党建沙盘观摩与述职", "逐一点评", "会议讲话")
    assert all([photo.when for photo in turn.photos] == ["before", "during", "after"] for turn in found.show.turns)
    for organisation in found.event.organisations:
        assert found.comments(organisation.name) == (f"逐一点评：肯定成绩，指出不足（{organisation.officer}）",)
    assert {row.group for row in found.dossier.ballots.rows} == {"leaders", "cadres"}
    assert len(found.dossier.ballots.rows) == 36 * 40 * 2
    assert len(found.show.board) == 36
    assert all(entry.place and entry.score for entry in found.show.board)
    assert found.show.code


def test_nancao_times_each_talk_and_lets_only_the_leaders_score(ground: Path) -> None:
    found = played("nancao", ground)

    assert order(found.event) == ["擂台挑战", "互动提问", "总结点评"]
    assert {(turn.least, turn.most) for turn in found.show.turns} == {(300, 480)}
    assert "05:00~08:00" in found.papers["programme"]
    assert len(found.dossier.result.standings) == 10
    assert [group.name for group in found.event.groups] == ["街道班子成员"]
    asked = questions_drawn(Office(found.organiser, found.keys).project())
    assert set(asked) == {item.id for item in found.event.organisations}
    assert all(item.rank for item in found.dossier.result.standings)


def test_beixiajie_ends_in_a_list_of_what_must_be_put_right_and_ranks_nobody(ground: Path) -> None:
    found = played("beixiajie", ground)
    method = found.event.criteria[0].method

    assert order(found.event) == ["集中调阅", "反馈", "学习培训", "互相观摩会议记录", "讲话"]
    assert isinstance(method, Checklist)
    assert len(method.items) == 5
    assert "应开12次、实开9次" in found.papers["rectification"]
    assert "整改期限" in found.papers["rectification"]
    assert not {"summary", "awards", "notice"} & set(found.papers)
    assert all(entry.place is None and not entry.score for entry in found.show.board)


def test_xianxiang_hears_22_persons_each_with_a_unit(ground: Path) -> None:
    found = played("xianxiang-speech", ground)

    assert all(item.kind is OrganisationKind.PERSON for item in found.event.organisations)
    assert len(found.show.board) == 22
    assert "去掉一个最高分" in found.papers["explanations"]
    assert not any(step.phase.kind is PhaseKind.COMMENT for step in found.steps)


def test_xianxiang_puts_three_on_the_red_list_and_three_on_the_black(ground: Path) -> None:
    found = played("xianxiang-lists", ground)

    assert found.awards == {"红榜": 3, "黑榜": 3}
    assert {item.name for item in found.dossier.result.standings[:3]} == found.winners("红榜")
    assert {item.name for item in found.dossier.result.standings[-3:]} == found.winners("黑榜")
    assert "限期一周整改" in found.papers["feedback"]
    assert "黑榜" in found.announced()
    assert all(entry.place is None and not entry.score for entry in found.show.board)


def test_a_black_list_that_is_not_published_is_on_no_screen_and_in_no_notice(ground: Path) -> None:
    text = (DATA / "xianxiang-lists" / "event.toml").read_text(encoding="utf-8")
    (ground / "event.toml").write_text(text.replace("bottom = true", "bottom = false"), encoding="utf-8")
    found = played("xianxiang-lists", ground, definition=ground / "event.toml")

    assert found.awards["黑榜"] == 3
    assert "红榜" in found.announced()
    assert "黑榜" not in found.announced()
    assert "| 黑榜" not in found.papers["notice"]
    assert "### 黑榜" not in found.papers["awards"]
    assert "| 黑榜" in found.papers["summary"]


def test_the_east_of_liushi_is_appraised_by_ballots_without_names_and_the_south_by_marks(ground: Path) -> None:
    (ground / "east").mkdir()
    (ground / "south").mkdir()
    east, south = played("liushi-dongcheng", ground / "east"), played("liushi-nancheng", ground / "south")

    assert order(east.event) == ["实地观摩", "述职", "现场测评", "一一点评"]
    assert order(south.event) == ["实地观摩", "同台比拼", "讲话"]
    assert east.event.judges == ()
    assert [item.total_text for item in east.dossier.result.standings][:2] == ["100.00", "99.00"]
    assert east.awards["先进村社"] == south.awards["先进村社"] == 2
    assert all("社区主要负责人" in east.comments(item.name)[0] for item in east.event.organisations)
    assert [item.name for item in south.event.criteria] == ["党建强", "产业兴", "环境美", "群众富", "治理好", "乡风淳"]
