"""Rounds of seasons made for the tests."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain.season.rounds import Round, Showing


def showing(
    organisation: str,
    total: int | None = None,
    place: int | None = None,
    *awards: str,
    name: str = "",
    honours: tuple[str, ...] = (),
) -> Showing:
    """One organisation's outcome; its name is its id unless given."""
    return Showing(
        organisation,
        name or organisation,
        None if total is None else Fraction(total),
        "" if total is None else str(total),
        place,
        awards,
        awards,
        honours=honours,
    )


def made_round(
    event: str,
    season: str,
    *showings: Showing,
    series: str = "流动红黄旗",
    host: str = "汤塘镇",
    offered: tuple[str, ...] = ("红旗", "黄旗"),
    provisional: bool = False,
) -> Round:
    """A round in which red and yellow flags can be won."""
    return Round(event, f"{season}评比", showings, series, season, "", host, frozenset(offered), provisional)


def ranked(event: str, season: str, totals: dict[str, int], flags: dict[str, str] | None = None) -> Round:
    """A round from totals; places follow from them."""
    return made_round(
        event,
        season,
        *(
            showing(
                name,
                total,
                1 + sum(other > total for other in totals.values()),
                *([flags[name]] if flags and name in flags else []),
            )
            for name, total in totals.items()
        ),
    )
