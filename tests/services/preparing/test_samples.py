"""The sample events: each is right, and says what its article reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from judge_tui import settings
from judge_tui.domain.event import Checklist, Event, Grades, OrganisationKind, Pace, PhaseKind, Points, Scoring
from judge_tui.services.preparing.definitions import load_definition, media_problems, sample_definitions

DATA = settings.data_folder()
SAMPLES = sample_definitions(DATA)


def name_of(path: Path) -> str:
    return path.parent.relative_to(DATA).as_posix()


EVENTS = {name_of(path): load_definition(path) for path in SAMPLES}


@dataclass(frozen=True)
class Facts:
    """What an article reports: how many present, the phases in order, who comments, whether anything is scored."""

    organisations: int | None
    phases: str
    comments: tuple[str, ...] = ()
    scored: bool = False
    named: tuple[str, ...] = ()


# Phases by their first letters: Visit, Talk, Questions, Documents, Appraisal, Comment.
FACTS = {
    "caitou": Facts(10, "VDTC", ("镇党委副书记",), scored=True),
    "wanjia": Facts(6, "TC", ("镇党委委员",), named=("水塘村", "万南村")),
    "beibaixiang/xizhang": Facts(None, "T"),
    "beibaixiang/mingyu": Facts(None, "VT"),
    "beibaixiang/sanshan": Facts(None, "T"),
    "lecheng": Facts(16, "VTCT", ("联片干部",), named=("南门社区", "银溪社区")),
    "xinjianlu": Facts(11, "VTQCA", ("包社区领导",), scored=True, named=("东街社区", "苑陵社区", "繁荣街社区")),
    "guanyinsi": Facts(None, "VTCT", ("副镇长",), scored=True, named=("十里铺村", "楼李村")),
    "guanyinsi-monthly/guanyinsi-10": Facts(None, "V", scored=True, named=("十里铺村", "楼李村")),
    "guanyinsi-monthly/guanyinsi-11": Facts(None, "V", scored=True, named=("十里铺村", "楼李村")),
    "guanyinsi-monthly/guanyinsi-12": Facts(None, "V", scored=True, named=("十里铺村", "楼李村")),
    "xindian": Facts(36, "TCT", ("分包村的班子成员",), scored=True),
    "nancao": Facts(10, "TQC", ("街道办事处负责人",), scored=True),
    "beixiajie": Facts(None, "DCTVT", ("街道党工委评议组",), scored=True),
    "dongdajie": Facts(4, "VTCC", ("全体班子成员和部分中层干部", "街道党工委书记"), named=("中建文苑",)),
    "nanguan": Facts(None, "TTTTT", named=("党建办", "应急管理办公室")),
    "liushi-dongcheng": Facts(None, "VTAC", ("社区主要负责人",), scored=True, named=("浃底村", "木山后村")),
    "liushi-nancheng": Facts(None, "VTT", scored=True, named=("周林村", "薛宅村")),
    "liushi-xicheng": Facts(None, "TCV", ("社区主要负责人",), named=("店后村",)),
    "liushi-beicheng": Facts(None, "TCV", ("与会人员",)),
    "liushi-xincheng": Facts(None, "VTT", named=("柳江村",)),
    "liushi-huheng": Facts(None, "VT"),
    "liushi-huanghua": Facts(None, "VTT", named=("黄华堡村",)),
    "liushi-changqi": Facts(None, "VT", named=("岐头四村", "岐头三村", "南宅村")),
    "liushi-qiligang": Facts(None, "VTT", named=("曹田前村", "马道村")),
    "liushi-xiangyang": Facts(None, "VTC", ("社区负责人",), named=("荷堡村",)),
    "liushi-xiangdong": Facts(None, "VTTT", named=("霓阳村",)),
    "liushi-xiangnan": Facts(None, "VTT", named=("井虹寺前村", "柳南村")),
    "liushi-zuimei/zuimei-02": Facts(None, "V", scored=True, named=("柳南村", "荷堡村")),
    "liushi-zuimei/zuimei-03": Facts(None, "V", scored=True, named=("柳南村", "荷堡村", "曹田前村")),
    "xianxiang-speech": Facts(22, "T", scored=True),
    "xianxiang-lists": Facts(17, "V", scored=True),
}


def test_every_event_of_the_articles_is_there_and_no_other() -> None:
    assert set(EVENTS) == set(FACTS)


@pytest.mark.parametrize("path", SAMPLES, ids=name_of)
def test_a_sample_has_its_pictures_and_says_what_was_made_up(path: Path) -> None:
    event = EVENTS[name_of(path)]
    readme = path.with_name("README.md").read_text(encoding="utf-8")

    assert media_problems(event, path) == ()
    assert event.notes
    assert "## 文章怎么说" in readme
    assert "## 文章没说、这里怎样设" in readme


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_sample_says_what_its_article_reports(name: str) -> None:
    event, facts = EVENTS[name], FACTS[name]

    assert facts.organisations in (None, len(event.organisations))
    assert "".join(phase.kind.value[0].upper() for phase in event.phases) == facts.phases
    assert tuple(phase.by for phase in event.phases if phase.kind is PhaseKind.COMMENT) == facts.comments
    assert bool(event.criteria) is facts.scored
    assert set(facts.named) <= {item.name for item in event.organisations}
    assert bool(event.judges or any_anonymous(event)) is facts.scored


def any_anonymous(event: Event) -> bool:
    return any(isinstance(item.method, Grades) and item.method.anonymous for item in event.criteria)


def test_the_overview_names_every_sample() -> None:
    overview = (DATA / "README.md").read_text(encoding="utf-8")

    for name in EVENTS:
        folder = name.partition("/")[0]
        assert f"`{folder}`" in overview or f"`-{folder.partition('-')[2]}`" in overview, folder


def test_ids_are_unique_so_that_their_files_never_mix() -> None:
    assert len({event.id for event in EVENTS.values()}) == len(EVENTS)


def test_nobody_is_named() -> None:
    for event in EVENTS.values():
        for judge in event.judges:
            assert judge.name.rstrip("0123456789") in {"评委", "评议员", "检查员", "督查员", "参评人员"}


def test_xindian_is_one_batch_of_two_criteria_by_two_groups_of_equal_weight() -> None:
    event = EVENTS["xindian"]

    assert event.scoring is Scoring.BATCH
    assert [criterion.name for criterion in event.criteria] == ["党建沙盘观摩", "述职情况"]
    assert [(group.name, group.weight) for group in event.groups] == [("班子成员", 1), ("中层干部", 1)]
    assert len(event.judges) == 40
    for organisation in event.organisations:
        assert [material.when for material in organisation.materials] == ["before", "during", "after"]
        assert all(material.sha256 for material in organisation.materials)


def test_nancao_has_a_clock_of_five_to_eight_minutes_and_only_leaders_judge() -> None:
    event = EVENTS["nancao"]

    assert (event.phases[0].min_time, event.phases[0].max_time) == (300, 480)
    assert [group.name for group in event.groups] == ["街道班子成员"]
    assert [item.name for item in event.criteria] == ["党的建设", "人居环境", "疫情防控", "特色亮点"]
    assert event.questions


def test_caitou_hands_out_two_six_and_two_grades_and_publishes_no_scores() -> None:
    event = EVENTS["caitou"]

    assert [(award.name, award.quota) for award in event.awards] == [("优秀", 2), ("良好", 6), ("合格", 2)]
    assert not (event.publication.scores or event.publication.places)
    assert len(event.criteria) == 3


def test_the_quarter_is_a_label_independent_of_the_date() -> None:
    for name in ("caitou", "wanjia", "beibaixiang/xizhang"):
        assert (EVENTS[name].season, EVENTS[name].date) == ("2019年第三季度", "2019-11-06")


def test_lecheng_finds_the_commenter_by_area() -> None:
    officers = {(item.area, item.officer) for item in EVENTS["lecheng"].organisations}

    assert len(officers) == len({area for area, _ in officers}) > 1
    assert all(area and officer for area, officer in officers)
    assert EVENTS["lecheng"].phases[2].pace is Pace.TURN


def test_the_secretaries_of_xinjianlu_do_not_appraise_their_own_community() -> None:
    event = EVENTS["xinjianlu"]
    own = [judge.organisation for judge in event.judges if judge.organisation]

    assert sorted(own) == sorted(item.id for item in event.organisations)
    assert all(isinstance(item.method, Grades) for item in event.criteria)


def test_beixiajie_checks_five_things_and_wants_each_finding_written_down() -> None:
    criterion = EVENTS["beixiajie"].criteria[0]

    assert isinstance(criterion.method, Checklist)
    assert len(criterion.method.items) == 5
    assert criterion.comment_below == criterion.method.full


def test_the_speakers_are_persons_with_a_unit() -> None:
    assert all(item.kind is OrganisationKind.PERSON and item.unit for item in EVENTS["xianxiang-speech"].organisations)


def test_the_lists_are_taken_from_both_ends() -> None:
    red, black = EVENTS["xianxiang-lists"].awards

    assert (red.name, red.from_last, black.name, black.from_last) == ("红榜", False, "黑榜", True)


def test_six_points_of_liushi_are_scored_in_the_south_and_balloted_in_the_east() -> None:
    assert [item.name for item in EVENTS["liushi-nancheng"].criteria] == [
        "党建强",
        "产业兴",
        "环境美",
        "群众富",
        "治理好",
        "乡风淳",
    ]
    assert all(isinstance(item.method, Points) for item in EVENTS["liushi-nancheng"].criteria)
    assert any_anonymous(EVENTS["liushi-dongcheng"])
    assert [award.name for award in EVENTS["liushi-dongcheng"].awards] == ["先进村社"]


def test_honours_belong_to_the_village() -> None:
    honoured = {item.name: item.honours for event in EVENTS.values() for item in event.organisations if item.honours}

    assert set(honoured) == {"曹田前村", "荷堡村", "柳南村", "北关街社区"}
    assert "7次" in honoured["曹田前村"][0]


def test_all_samples_together_stay_small() -> None:
    size = sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file())

    assert size < 2_500_000
