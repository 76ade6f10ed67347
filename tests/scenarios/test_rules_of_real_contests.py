"""The rules of contests reported elsewhere, each from a definition as a person writes it to what the hall is told."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from judge_tui.domain.ceremony.show import Show
from judge_tui.domain.event import Event
from judge_tui.domain.tabulation.result import Result
from judge_tui.i18n import Translator
from judge_tui.services.hall.ceremony import show_of_result
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.results.ranking import rank_table
from judge_tui.services.seat.playing import typed_marks

ZH = Translator("zh")


def names(word: str, count: int) -> str:
    return ", ".join(f'"{word}{number:02d}"' for number in range(1, count + 1))


def run(folder: Path, text: str, *, adjustments: str = "", seed: int = 3) -> tuple[Event, Result, Show]:
    """The definition, what made-up judges bring about under it, and what the hall is shown."""
    path = folder / "contest.toml"
    path.write_text(text, encoding="utf-8")
    event = load_definition(path)
    marks = folder / "marks.csv"
    with marks.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["评委", "单位", "评分项", "得分"])
        for judge in event.judges:
            for mark in typed_marks(event, judge, seed):
                criterion = event.criterion_by_id[mark.criterion].name
                writer.writerow([judge.name, event.organisation_by_id[mark.organisation].name, criterion, mark.text])
    extra = folder / "adjustments.csv"
    extra.write_text("单位,名称,分值,理由,签字\n" + adjustments, encoding="utf-8")
    result = rank_table(path, marks, extra if adjustments else None).result
    return event, result, show_of_result(event, result)


def awards(result: Result) -> Counter[str]:
    return Counter(name for item in result.standings for name in item.award_names)


def test_82_villages_drop_one_high_and_one_low_then_bonus_and_penalty_signed_on_the_spot(tmp_path: Path) -> None:
    event, result, _ = run(
        tmp_path,
        f"""
        organisations = [{names("村", 82)}]
        judges = [{names("检查员", 11)}]
        [[criteria]]
        name = "村容村貌"
        max = 60
        [[criteria]]
        name = "台账"
        max = 40
        [tabulation]
        trim = 1
        [[adjustments]]
        id = "plus"
        name = "加分"
        kind = "bonus"
        signers = 3
        """,
        adjustments="村05,加分,2,现场加分,镇领导、监票人、计票人\n",
    )

    assert len(event.organisations) == len(result.standings) == 82
    assert not result.lacks
    steps = " ".join(ZH.render(step.text) for item in result.standings if item.name == "村05" for step in item.steps)
    assert "去掉一个最高分" in steps
    assert "加分" in steps


def test_31_judges_of_four_kinds_show_their_marks_on_the_spot_and_hand_out_one_two_and_four_prizes(
    tmp_path: Path,
) -> None:
    groups = {"镇领导班子成员": 12, "办公室负责人": 9, "两代表一委员": 5, "群众代表": 5}
    text = f"organisations = [{names('支部书记', 15)}]\n"
    for group, count in groups.items():
        text += f'[[groups]]\nname = "{group}"\njudges = [{names(group, count)}]\n'
    text += '[[criteria]]\nname = "述职演讲"\nmax = 60\n[[criteria]]\nname = "随机抽题"\nmax = 40\n'
    text += "[projector]\nturn_scores = true\n"
    for prize, quota in (("一等奖", 1), ("二等奖", 2), ("三等奖", 4)):
        text += f'[[awards]]\nid = "{prize}"\nname = "{prize}"\nkind = "prize"\nquota = {quota}\n'
    event, result, show = run(tmp_path, text)

    assert len(event.judges) == 31
    assert awards(result) == {"一等奖": 1, "二等奖": 2, "三等奖": 4}
    assert all(turn.score is not None for turn in show.turns)


def test_half_from_the_visit_and_half_from_the_stage_places_all_fifteen_finalists(tmp_path: Path) -> None:
    text = f"organisations = [{names('擂主', 15)}]\njudges = [{names('评委', 9)}]\n"
    for phase, kind in (("前期实地观摩", "visit"), ("现场擂台比武", "talk")):
        text += f'[[phases]]\nid = "{kind}"\nname = "{phase}"\nkind = "{kind}"\nweight = "50%"\n'
        text += f'[[criteria]]\nname = "{phase}得分"\nphase = "{kind}"\nmax = 100\n'
    text += '[tabulation]\nphases = "weighted"\n'
    for prize, quota in (("一等奖", 3), ("二等奖", 5), ("三等奖", 7)):
        text += f'[[awards]]\nid = "{prize}"\nname = "{prize}"\nkind = "prize"\nquota = {quota}\n'
    _, result, _ = run(tmp_path, text)

    assert awards(result) == {"一等奖": 3, "二等奖": 5, "三等奖": 7}
    assert all(50 < (item.total or 0) <= 100 for item in result.standings)


def test_27_secretaries_eight_advanced_and_six_laggards_with_flags(tmp_path: Path) -> None:
    text = f"organisations = [{names('村', 27)}]\njudges = [{names('评委', 7)}]\n"
    text += '[[criteria]]\nname = "工作实绩、现场演说、PPT"\nmax = 100\nstep = 0.1\n'
    text += '[[awards]]\nid = "red"\nname = "红旗"\nkind = "flag"\nquota = 8\n'
    text += '[[awards]]\nid = "yellow"\nname = "黄旗"\nkind = "flag"\nquota = 6\nfrom_last = true\n'
    _, result, show = run(tmp_path, text)

    assert awards(result) == {"红旗": 8, "黄旗": 6}
    assert {award for entry in show.board for award in entry.awards} == {"红旗", "黄旗"}


def test_peers_of_the_area_judge_all_but_their_own_village(tmp_path: Path) -> None:
    peers = ", ".join(f'{{ name = "片区书记{n:02d}", organisation = "村{n:02d}" }}' for n in range(1, 11))
    text = f"organisations = [{names('村', 10)}]\n"
    text += f'[[groups]]\nname = "班子成员"\njudges = [{names("评委", 8)}]\n'
    text += f'[[groups]]\nname = "片区村书记"\njudges = [{peers}]\n'
    text += '[[criteria]]\nname = "看现场、听汇报、辩发展"\nmax = 100\n'
    _, result, _ = run(tmp_path, text)

    assert not result.lacks
    assert all(item.rank for item in result.standings)


def test_villages_are_ranked_inside_their_class(tmp_path: Path) -> None:
    kinds = ", ".join(f'{{ name = "村{n:02d}", division = "{"ABC"[n % 3]}类" }}' for n in range(1, 19))
    text = f"organisations = [{kinds}]\njudges = [{names('评委', 5)}]\n"
    text += '[[criteria]]\nname = "发展变化"\nmax = 100\n[tabulation]\nby_division = true\n'
    _, result, _ = run(tmp_path, text)

    assert Counter(item.division for item in result.standings if item.rank == 1).keys() == {"A类", "B类", "C类"}


def test_the_first_four_go_on_to_the_semi_final_of_the_area(tmp_path: Path) -> None:
    text = f"organisations = [{names('村', 12)}]\njudges = [{names('评委', 7)}]\n"
    for criterion, most in (("工作成效情况", 50), ("工作方法提炼", 25), ("汇报表现情况", 25)):
        text += f'[[criteria]]\nname = "{criterion}"\nmax = {most}\nstep = 0.1\n'
    text += '[[awards]]\nid = "next"\nname = "晋级片区半决赛"\nkind = "advance"\nquota = 4\n'
    _, result, _ = run(tmp_path, text)

    assert {item.rank for item in result.standings if item.award_names} == {1, 2, 3, 4}
