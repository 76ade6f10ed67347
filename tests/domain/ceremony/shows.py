"""Made-up results for the tests of the ceremony."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.event import (
    Criterion,
    CriterionId,
    Event,
    EventId,
    GroupId,
    JudgeGroup,
    Material,
    Organisation,
    OrganisationId,
    Phase,
    PhaseId,
    Points,
    Publication,
)
from judge_tui.domain.messages import msg
from judge_tui.domain.rules import Award, Tabulation
from judge_tui.domain.tabulation.result import Lack, Result, Standing

NAMES = ("湾李村", "人和寨村", "黄岗村", "铁匠营村", "北靳楼村", "新建路街道郑韩社区居民委员会", "欧阳寺村")
PRIZES = (Award("first", "一等奖", quota=1), Award("second", "二等奖", quota=2), Award("special", "特别奖", quota=1))
GRADES = (Award("good", "优秀", quota=2), Award("fair", "良好", quota=3), Award("pass", "合格", quota=2))


def event(
    names: Sequence[str] = NAMES,
    *,
    awards: tuple[Award, ...] = PRIZES,
    publication: Publication | None = None,
    statuses: Sequence[str] = (),
    scored: bool = True,
) -> Event:
    """An event of these organisations, in this running order; `statuses` from the first on."""
    organisations = tuple(
        Organisation(
            OrganisationId(f"o{number}"),
            number,
            name,
            presenter="书记",
            status=statuses[number - 1] if number <= len(statuses) else "",
            materials=(Material("before.png", "整治前", "before"),),
        )
        for number, name in enumerate(names, 1)
    )
    return Event(
        EventId("hall"),
        "辛店镇第四季度“亮赛比”观摩评比",
        organisations,
        (JudgeGroup(GroupId("g"), "班子成员"),),
        (),
        (Phase(PhaseId("talk"), "述职", min_time=300, max_time=480),),
        (Criterion(CriterionId("talk"), "述职情况", Points(0, 100_000, 500), PhaseId("talk")),) if scored else (),
        Tabulation(),
        awards=awards,
        publication=publication or Publication(),
        theme="亮承诺、赛实绩、比干劲",
        season="2021年第四季度",
    )


def result(
    contest: Event,
    ranks: Sequence[int | None],
    won: dict[str, tuple[str, ...]] | None = None,
    lacks: Sequence[str] = (),
) -> Result:
    """A result that gives the organisations these places (None: none), equal places being shared."""
    standings = [
        Standing(
            item.id,
            item.number,
            item.name,
            None if rank is None else Fraction(10000 - 25 * rank, 100),
            "" if rank is None else f"{100 - rank // 4}.{75 - 25 * (rank % 4):02d}",
            rank,
            rank is not None and list(ranks).count(rank) > 1,
            (won or {}).get(item.id, ()),
            (),
            item.status,
        )
        for item, rank in zip(contest.organisations, ranks, strict=True)
    ]
    standings.sort(key=lambda item: (item.rank is None, item.rank or 0, item.number))
    return Result(
        contest.id,
        contest.title,
        tuple(standings),
        (),
        tuple(Lack(code, msg("something is missing")) for code in lacks),
    )


def show(
    options: Options | None = None, *, lacks: Sequence[str] = (), ranks: Sequence[int | None] = (1, 2, 3, 3, 5, 6, 7)
) -> Show:
    """Seven villages, two of them sharing the third place, two prizes given and one that nobody has."""
    contest = event()
    won = {"o1": ("first",), "o2": ("second",), "o3": ("second",)}
    return prepare(contest, result(contest, ranks, won, lacks), options)
