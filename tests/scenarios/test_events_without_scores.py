"""The events in which nothing is scored: who is visited, who speaks and who comments, in which order; nobody gets a place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from judge_tui.domain.event import PhaseKind
from judge_tui.services.table.office import Office
from judge_tui.services.table.overview import overview
from judge_tui.services.table.remarks import remark
from tests.scenarios.playthrough import Played, order, played, present


def nobody_is_ranked(found: Played) -> bool:
    standings = found.dossier.result.standings
    return (
        not any(item.rank or item.total is not None for item in standings)
        and not found.show.scored
        and not {"summary", "awards", "notice", "protocol"} & set(found.papers)
        and "不打分，不排名" in found.papers["record"]
    )


def test_wanjia_hears_six_villages_on_small_matters_then_each_is_commented_on(ground: Path) -> None:
    found = played("wanjia", ground)

    assert nobody_is_ranked(found)
    assert order(found.event) == ["上台汇报", "逐一点评"]
    assert found.event.theme == "民生小事"
    kinds = [step.phase.kind for step in found.steps]
    assert kinds == [PhaseKind.TALK] * 6 + [PhaseKind.COMMENT] * 6
    assert found.comments("水塘村") == ("逐一点评：肯定成绩，指出不足（镇党委委员）",)
    assert "民生小事：办结、10件" in found.papers["feedback"]


def test_lecheng_visits_two_sites_then_each_of_sixteen_is_commented_on_by_the_officer_of_its_area(ground: Path) -> None:
    found = played("lecheng", ground)

    assert nobody_is_ranked(found)
    sites, *turns, address = found.steps
    assert sites.stops == ("南门社区党群服务中心", "银溪社区民生小事治理成效")
    assert not present(found.event, *sites.stops)
    assert [step.phase.kind for step in turns] == [PhaseKind.TALK, PhaseKind.COMMENT] * 16
    assert address.by == "街道党工委负责人"
    by_area: dict[str, set[str]] = {}
    for organisation in found.event.organisations:
        by_area.setdefault(organisation.area, set()).update(found.comments(organisation.name))
        assert organisation.materials
    assert all(len(said) == 1 for said in by_area.values())
    assert "办结186件、在办204件" in found.papers["commitments"]


def test_dongdajie_visits_four_sites_and_everybody_says_something_about_each(ground: Path) -> None:
    found = played("dongdajie", ground)
    office = Office(found.organiser, found.keys)
    for speaker in ("班子成员01", "班子成员02", "中层干部01"):
        for organisation in found.event.organisations:
            remark(office, organisation.id, f"{speaker}谈体会", speaker)

    assert nobody_is_ranked(found)
    assert order(found.event) == ["实地观摩", "现场汇报", "座谈点评", "总结点评"]
    assert len(found.event.organisations) == 4
    assert all(len(found.comments(item.name)) == 4 for item in found.event.organisations)
    assert found.steps[-1].by == "街道党工委书记"


def test_nanguan_hears_everyone_and_six_offices_at_more_length(ground: Path) -> None:
    found = played("nanguan", ground)

    assert nobody_is_ranked(found)
    focus = next(step for step in found.steps if step.phase.name == "重点科室谋划")
    assert focus.stops == ("党建办", "综治办", "城管办", "社治办", "经济发展办公室", "应急管理办公室")
    assert present(found.event, *focus.stops)
    assert not any(found.comments(item.name) for item in found.event.organisations)


@dataclass(frozen=True)
class Community:
    """What the article says of one community of 柳市镇: its phases in order, the sites, who comments on each village."""

    phases: tuple[str, ...]
    sites: tuple[str, ...]
    comments: str = ""


COMMUNITIES = {
    "xicheng": Community(
        ("晾晒成绩", "一一点评并分析项目可行性", "实地观摩"), ("店后村", "西城中心农贸市场"), "社区主要负责人"
    ),
    "beicheng": Community(("逐个晾晒两项亮点", "总结点评", "实地观摩"), ("北白象镇后西岑村",)),
    "xincheng": Community(("实地观摩", "逐一述职", "传达工作要求"), ("柳江村吕庄片环境卫生整治现场",)),
    "huheng": Community(("实地观摩", "讲话"), ("乐成街道潘家垟村", "乐成街道南门社区拾遗馆", "乐成街道南门社区")),
    "huanghua": Community(("实地观摩", "擂台赛汇报", "讲话"), ("黄华堡村美丽乡村建设点", "孝文化墙")),
    "changqi": Community(
        ("实地观摩", "讲话"), ("岐头四村儿童乐园、休闲健身公园", "岐头三村凤山公园、民俗馆", "南宅村护岸")
    ),
    "qiligang": Community(("实地观摩", "晾晒成绩", "讲话"), ("曹田前村", "马道村")),
    "xiangyang": Community(
        ("实地观摩", "晾晒成果、述职", "一一点评"), ("荷堡村党群服务中心", "荷堡村滨河公园"), "社区负责人"
    ),
    "xiangdong": Community(
        ("实地观摩", "现场分享和讨论", "述职", "传达工作要求"), ("霓阳村美丽乡村建设点", "朝光路修整现场")
    ),
    "xiangnan": Community(("实地参观", "会议比拼（述职）", "讲话"), ("井虹寺前村党群服务中心", "细纹刻纸展示馆")),
}


@pytest.mark.parametrize("name", sorted(COMMUNITIES))
def test_a_community_of_liushi_goes_through_its_own_order_and_scores_nothing(ground: Path, name: str) -> None:
    found, told = played(f"liushi-{name}", ground), COMMUNITIES[name]

    assert nobody_is_ranked(found)
    assert tuple(order(found.event)) == told.phases
    assert next(step.stops for step in found.steps if step.phase.kind is PhaseKind.VISIT) == told.sites
    for organisation in found.event.organisations:
        said = found.comments(organisation.name)
        assert len(said) == bool(told.comments)
        assert all(told.comments in item for item in said)


def test_the_honours_of_liushi_are_the_villages_own(ground: Path) -> None:
    found = played("liushi-qiligang", ground)

    assert found.event.organisations[0].honours == ("2022年以来先后7次获柳市镇“最美村”",)


def test_the_table_says_that_nothing_is_scored_and_where_comments_go(ground: Path) -> None:
    found = played("wanjia", ground)

    assert "Nothing is scored here" in str(overview(Office(found.organiser, found.keys)).banner)
