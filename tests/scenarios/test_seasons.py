"""Series and venues from real organisers' files, opened together as `judge-tui season FOLDER` opens them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from judge_tui.domain.commitments import CommitmentState
from judge_tui.domain.season.promises import all_counts
from judge_tui.services.documents.season import honour_words, season_pieces
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.seasons.next_event import write_next
from judge_tui.services.seasons.season import Found, open_season
from tests.scenarios.playthrough import DATA, ZH, Played, played


def taken_together(folder: Path, *names: str, declared: str = "", seed: int = 7) -> tuple[Found, list[Played]]:
    """Play these events and put their organisers' files into one folder, with the `season.toml` of a sample beside them."""
    season = folder / "season"
    season.mkdir()
    found = []
    for name in names:
        place = folder / name.replace("/", "-")
        place.mkdir()
        found.append(played(name, place, seed=seed))
        shutil.copy(found[-1].organiser, season)
    if declared:
        shutil.copy(DATA / declared / "season.toml", season)
    return open_season(season), found


def test_five_venues_of_one_quarter_held_in_november_are_never_mixed(ground: Path) -> None:
    names = ("caitou", "wanjia", "beibaixiang/xizhang", "beibaixiang/mingyu", "beibaixiang/sanshan")
    found, venues = taken_together(ground, *names)

    assert {item.season for item in found.season.rounds} == {"2019年第三季度"}
    assert {item.series for item in found.season.rounds} == {"村村擂台赛"}
    assert all(item.event.date.startswith("2019-11") or not item.event.date for item in venues)
    assert [len(table.field.rounds) for table in found.season.tables] == [1] * 5
    assert all(table.field.parallel for table in found.season.tables)
    placed = [table.field.name for table in found.season.tables if any(line.place for line in table.lines)]
    assert placed == ["北白象镇才头社区"]


def test_the_twelve_communities_of_liushi_are_one_season_of_twelve_venues(ground: Path) -> None:
    names = sorted(path.name for path in DATA.glob("liushi-*") if (path / "event.toml").is_file())
    found, _ = taken_together(ground, *names)

    assert len(names) == len(found.season.tables) == 12
    assert {item.season for item in found.season.rounds} == {"2023年第一季度"}
    printed = dict(found.season.printed)
    assert printed["曹田前村"] == ("2022年以来先后7次获柳市镇“最美村”",)
    assert {item.award for item in found.season.honours} == {"先进村社"}


def test_three_months_of_guanyinsi_have_a_trend_flags_in_a_row_and_a_red_village_of_the_quarter(ground: Path) -> None:
    months = [f"guanyinsi-monthly/guanyinsi-{month}" for month in (10, 11, 12)]
    found, played_months = taken_together(ground, *months, "guanyinsi", declared="guanyinsi-monthly", seed=2)
    (table,) = found.season.tables

    assert [item.label for item in table.field.rounds] == ["2021年10月", "2021年11月", "2021年12月"]
    assert len(table.lines) == 12
    assert all(line.change is not None for line in table.lines)
    yellow = [item.winners("黄旗") for item in played_months]
    twice = (yellow[0] & yellow[1]) | (yellow[1] & yellow[2])
    assert {item.name for item in found.season.outcomes} == twice == {"岳坡村"}
    assert all(item.rule.then == "约谈" and item.lasts for item in found.season.outcomes)
    assert max(item.longest for item in found.season.honours if item.award == "红旗") == 3
    (given,) = found.season.annual
    assert len(given.winners) <= 3
    assert not {line.name for line in given.winners} & set.union(*yellow)


def test_an_honour_won_seven_times_before_and_one_won_two_months_in_a_row(ground: Path) -> None:
    best = {"02": ("柳南村", "荷堡村", "木山后村"), "03": ("荷堡村", "柳南村", "店后村")}
    season = ground / "season"
    season.mkdir()
    for month, names in best.items():
        place = ground / month
        place.mkdir()
        shutil.copy(played(f"liushi-zuimei/zuimei-{month}", place, best=names).organiser, season)
    shutil.copy(DATA / "liushi-zuimei" / "season.toml", season)
    honours = {item.name: item for item in open_season(season).season.honours}

    assert (honours["曹田前村"].count, honours["曹田前村"].earlier) == (7, 7)
    for name in ("柳南村", "荷堡村"):
        assert (honours[name].count, honours[name].longest, honours[name].current) == (2, 2, 2)
        assert honours[name].labels == ("2023年2月", "2023年3月")
        assert "连续2次" in ZH.render(honour_words(honours[name]))
    assert "先后7次“最美村”" in ZH.render(honour_words(honours["曹田前村"]))
    assert honours["店后村"].longest == honours["木山后村"].longest == 1


def test_promises_are_carried_into_the_next_event_and_counted_over_both(ground: Path) -> None:
    found, (before,) = taken_together(ground, "xinjianlu")
    path = ground / "next.xlsx"
    after = write_next(found, path, "zh")

    assert load_definition(path) == after
    assert after.season == "2022年第一季度"
    assert {item.id for item in after.organisations} == {item.id for item in before.event.organisations}
    assert all(made.since == "2021年第四季度" for item in after.organisations for made in item.commitments)

    # 北街社区's service centre has meanwhile been finished: the season says so, and counts it once.
    organisations = tuple(
        replace(item, commitments=tuple(replace(made, state=CommitmentState.DONE) for made in item.commitments))
        if item.name == "北街社区"
        else item
        for item in after.organisations
    )
    issue(replace(after, organisations=organisations), ground / "season" / "next", keys=ground / "keys-next")
    both = open_season(ground / "season").season
    assert str(all_counts(found.season.promises).words) == "7 done, 4 in progress, 1 not begun yet"
    assert str(all_counts(both.promises).words) == "8 done, 3 in progress, 1 not begun yet"


def test_a_season_goes_on_paper_with_its_chart(ground: Path) -> None:
    months = [f"guanyinsi-monthly/guanyinsi-{month}" for month in (10, 11)]
    found, _ = taken_together(ground, *months, declared="guanyinsi-monthly")
    pieces = {
        item.name: item.make() for item in season_pieces(found, ZH.render, "zh") if not item.name.endswith(".pdf")
    }

    assert set(pieces) == {
        *(f"{name}.{form}" for name in ("standings", "honours") for form in ("docx", "md")),
        "season.html",
        "season.csv",
        "season.json",
    }
    assert "各次得分" in pieces["standings.md"].decode()
    assert "<svg" in pieces["season.html"].decode()
    assert "落后榜" in pieces["honours.md"].decode()
