"""Real contests come out as they were published, through the same path a user takes: a definition and files of marks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge_tui.domain.numbers import decimal_text, parse_decimal
from judge_tui.services.results.ranking import Ranking, rank_table

CASES = Path(__file__).parent
Row = dict[str, str]


def rows(kind: str, name: str, case: str = "") -> list[Row]:
    with (CASES / kind / name).open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if not case or row["case"] == case]


def cases(kind: str) -> list[str]:
    return list(dict.fromkeys(row["case"] for row in rows(kind, "expected.csv")))


def write(path: Path, heading: str, lines: Iterator[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(heading.split(","))
        out.writerows(lines)
    return path


def marks_file(folder: Path, kind: str, case: str) -> Path:
    """The contest's marks alone, with the columns of a marks file."""
    lines = (
        (
            row["judge"],
            row.get("judge_group", ""),
            row["contestant"],
            row.get("order", ""),
            row["criterion"],
            row["score"],
        )
        for row in rows(kind, "scores.csv", case)
    )
    return write(folder / "marks.csv", "judge,group,organisation,order,criterion,score", lines)


def definition(folder: Path, text: str) -> Path:
    path = folder / "contest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def rank_skating(folder: Path, case: str) -> Ranking:
    factor = rows("skating", "criteria.csv", case)[0]["factor"]
    tie = 'by = "adjustment"\nname = "element_score"' if case.endswith("_SP") else 'by = "subtotal"'
    text = (CASES / "skating" / "definition.toml").read_text(encoding="utf-8")
    adjustments = (
        (row["contestant"], name, points)
        for row in rows("skating", "expected.csv", case)
        for name, points in (("element_score", row["element_score"]), ("deductions", f"-{row['deductions']}"))
    )
    return rank_table(
        definition(folder, text.replace("FACTOR", factor).replace("TIE", tie)),
        marks_file(folder, "skating", case),
        write(folder / "adjustments.csv", "organisation,name,points", adjustments),
    )


def rank_songs(folder: Path, case: str) -> Ranking:
    return rank_table(CASES / "songs" / f"{case}.toml", marks_file(folder, "songs", case))


def rank_drumcorps(folder: Path, case: str) -> Ranking:
    criteria = rows("drumcorps", "criteria.csv", case)
    groups = "\n".join(
        f'[[groups]]\nid = "{name}"\nname = "{name}"' for name in dict.fromkeys(row["judge_group"] for row in criteria)
    )
    scored = "\n".join(
        f'[[criteria]]\nname = "{row["criterion"]}"\nmax = {row["max_score"]}\nweight = {row["weight"]}\ngroups = ["{row["judge_group"]}"]'
        for row in criteria
    )
    rules = '[tabulation]\ncombine = "criterion"\nmissing = "leave_out"\ndecimals = 2\n'
    return rank_table(
        definition(folder, f'[event]\ntitle = "{case}"\n{groups}\n{scored}\n{rules}'),
        marks_file(folder, "drumcorps", case),
    )


RANKERS = {"skating": rank_skating, "songs": rank_songs, "drumcorps": rank_drumcorps}


@pytest.mark.parametrize(("kind", "case"), [(kind, case) for kind in RANKERS for case in cases(kind)])
def test_totals_and_ranks_are_the_published_ones(kind: str, case: str, tmp_path: Path) -> None:
    ranking = RANKERS[kind](tmp_path, case)

    got = {item.name: (parse_decimal(item.total_text), item.rank) for item in ranking.result.standings}
    assert got == {
        row["contestant"]: (parse_decimal(row["published_total"]), int(row["published_rank"]))
        for row in rows(kind, "expected.csv", case)
    }
    assert not ranking.result.provisional


@pytest.mark.parametrize("case", cases("skating"))
def test_panel_scores_of_each_criterion_are_the_published_ones(case: str, tmp_path: Path) -> None:
    ranking = rank_skating(tmp_path, case)

    names = {item.id: item.name for item in ranking.event.criteria}
    got = {
        (item.name, names[figure.criterion]): decimal_text(figure.figure, 2)
        for item in ranking.result.standings
        for phase in item.figures.phases
        for figure in phase.criteria
    }
    assert got == {
        (row["contestant"], row["criterion"]): row["published_panel_score"]
        for row in rows("skating", "expected_criteria.csv", case)
    }


def test_groups_of_the_drum_corps_add_up_to_their_published_subtotals(tmp_path: Path) -> None:
    for case in cases("drumcorps"):
        ranking = rank_drumcorps(tmp_path, case)
        group_of = {row["criterion"]: row["judge_group"] for row in rows("drumcorps", "criteria.csv", case)}
        names = {item.id: item.name for item in ranking.event.criteria}
        expected = {row["contestant"]: row for row in rows("drumcorps", "expected.csv", case)}
        for item in ranking.result.standings:
            sums = {"GE": parse_decimal("0"), "Music": parse_decimal("0"), "Visual": parse_decimal("0")}
            for figure in item.figures.phases[0].criteria:
                sums[group_of[names[figure.criterion]]] += figure.weighted
            published = expected[item.name]
            assert {key: decimal_text(value, 2) for key, value in sums.items()} == {
                "GE": published["ge_total"],
                "Music": published["music_total"],
                "Visual": published["visual_total"],
            }


def test_a_file_of_several_contests_needs_to_be_told_which(tmp_path: Path) -> None:
    whole = rank_table(CASES / "songs" / "ESC2016_F.toml", CASES / "songs" / "scores.csv", None, "ESC2016_F")

    assert whole.result.standings[0].name == "UA"
