"""Rules that contradict one another or the rest of the definition: named before anybody is issued anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.lines import LineIndex
from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.event import CriterionId, Event, GroupId, Organisation, Places
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.rules import (
    AdjustmentKind,
    AdjustmentRule,
    Average,
    AwardKind,
    Best,
    Combine,
    GroupRule,
    PhaseRule,
    SheetScope,
    Special,
    TieBy,
    TieRung,
)
from judge_tui.domain.tabulation.awarding import grade_quotas, is_conditional, share_of
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.material import POOL, WHOLE
from judge_tui.domain.tabulation.scale import is_per_ballot

_NEEDS = {TieBy.CRITERION: "criterion", TieBy.PHASE: "phase", TieBy.GROUP: "group", TieBy.ADJUSTMENT: "name"}
_BY_PHASE_ONLY = ("combine", "groups", "group_level", "trim_pooled")


def require_sound_rules(event: Event, source: str, lines: LineIndex | None = None) -> None:
    """Refuse a definition whose rules contradict one another: what a person wrote and can still mend. An event that reached
    the program in a signed record is taken as it is.

    Raises DefinitionError with every contradiction. Nothing is asked of lists that are empty: they may come with the marks.
    """
    root = Section({}, "", [])
    check_rules(event, root)
    if root.problems:
        index = lines or LineIndex()
        placed = [replace(problem, line=index.line(problem.where)) for problem in root.problems]
        raise DefinitionError(source, sorted(placed, key=lambda problem: problem.line))


def check_rules(event: Event, root: Section) -> None:
    """Note every contradiction in the section."""
    _check_tabulation(event, root)
    _check_sheets(event, root)
    for number, special in enumerate(event.tabulation.specials, 1):
        _check_special(special, f"tabulation.for[{number}]", root)
    for number, rung in enumerate(event.tabulation.ties, 1):
        _check_rung(event, rung, f"tabulation.ties[{number}]", root)
    for number, rule in enumerate(event.adjustments, 1):
        _check_adjustment(event, rule, f"adjustments[{number}]", root)
    _check_twice(root, "adjustments", ((rule.id, rule.name) for rule in event.adjustments))
    _check_twice(root, "awards", ((award.id,) for award in event.awards))
    _check_awards(event, root)


def _check_tabulation(event: Event, root: Section) -> None:
    rules = event.tabulation
    if rules.groups is GroupRule.POOLED and len({group.weight for group in event.groups}) > 1 and not rules.specials:
        root.problem(
            "tabulation.groups",
            msg("the groups have different weights, and all judges are in one pool"),
            msg('write groups = "weighted", or leave the weights out'),
        )
    if rules.phases is PhaseRule.BEST:
        if rules.sheet is SheetScope.EVENT and rules.combine is Combine.SHEET:
            root.problem(
                "tabulation.phases",
                msg("the best phases cannot be told apart on one sheet for the whole event"),
                msg('write sheet = "phase"'),
            )
        if rules.best_of > len(event.phases):
            root.problem("tabulation.best_of", msg("must be at most {most}", most=len(event.phases)))
    if rules.by_division and event.organisations and not any(item.division for item in event.organisations):
        root.problem(
            "tabulation.by_division",
            msg("no organisation has a class"),
            msg('write division = "…" in each of [[organisations]]'),
        )
    if rules.best is Best.HIGHEST:
        for number, criterion in enumerate(event.criteria, 1):
            if isinstance(criterion.method, Places) and not criterion.method.points:
                root.problem(
                    f"criteria[{number}].method",
                    msg("places are better the lower they are, and the highest total wins"),
                    msg('write best = "lowest" in [tabulation], or what each place is worth: points = [10, 8, 6]'),
                )


def _check_sheets(event: Event, root: Section) -> None:
    """Sheets of different criteria cannot be averaged together: 40 of 50 points would pull down 80 of 100."""
    declared = Declared(event)
    scopes = [(phase.id, {item.id for item in event.criteria if item.phase == phase.id}) for phase in event.phases]
    if declared.whole_sheet:
        scopes = [(WHOLE, {item.id for item in event.criteria})]
    together = {item.id for item in event.criteria if not is_per_ballot(item)}
    for phase, criteria in scopes:
        if declared.combine(phase) is not Combine.SHEET:
            continue
        pooled = declared.groups(phase) is GroupRule.POOLED
        sheets: dict[GroupId, set[frozenset[CriterionId]]] = {}
        for group, asked in _askers(event):
            panel = POOL if pooled else group
            if (own := asked & criteria & together) and declared.average(phase, panel) is not Average.SUM:
                sheets.setdefault(panel, set()).add(own)
        if any(len(kinds) > 1 for kinds in sheets.values()):
            root.problem("tabulation.combine", *_different_sheets(event, pooled))
            return


def _askers(event: Event) -> list[tuple[GroupId, frozenset[CriterionId]]]:
    """Who scores what: each judge who counts, or, while no judges are listed, each group."""
    if event.judges:
        return [
            (judge.group, frozenset(item.id for item in event.criteria_of(judge)))
            for judge in event.judges
            if not judge.practice
        ]
    return [
        (group.id, frozenset(item.id for item in event.criteria if not item.groups or group.id in item.groups))
        for group in event.groups
    ]


def _different_sheets(event: Event, pooled: bool) -> tuple[Message, Message]:
    if pooled and any(item.groups for item in event.criteria):
        return (
            msg("the groups score different criteria, so that their sheets cannot be averaged together"),
            msg('write combine = "criterion", or groups = "weighted" or "sum"'),
        )
    return (
        msg("the judges score different criteria, so that their sheets cannot be averaged together"),
        msg('write combine = "criterion"'),
    )


def _check_special(special: Special, path: str, root: Section) -> None:
    if special.group or special.criterion:
        for key in _BY_PHASE_ONLY:
            if getattr(special, key) is not None:
                name = "trim" if key == "trim_pooled" else key
                root.problem(
                    f"{path}.{name}", msg("can differ between phases only"), msg("leave group and criterion out here")
                )


def _check_rung(event: Event, rung: TieRung, path: str, root: Section) -> None:
    needed = _NEEDS.get(TieBy(rung.by))
    if needed and not getattr(rung, needed):
        root.problem(f"{path}.{needed}", msg("is missing"), msg("it says what is compared"))
    if rung.criterion and rung.phase and event.criterion_by_id[rung.criterion].phase != rung.phase:  # type: ignore[index]
        root.problem(f"{path}.phase", msg("the criterion belongs to another phase"), msg("leave the phase out"))
    if rung.by == TieBy.ATTEMPTS and len(event.phases) < 2:
        root.problem(f"{path}.by", msg("there is only one phase"))


def _check_adjustment(event: Event, rule: AdjustmentRule, path: str, root: Section) -> None:
    timed = rule.kind in (AdjustmentKind.OVERTIME, AdjustmentKind.UNDERTIME)
    if timed and not rule.bands:
        root.problem(
            f"{path}.bands", msg("is missing"), msg("for example {example}", example="[{ from = 11, points = -0.2 }]")
        )
    if rule.bands and not timed:
        root.problem(f"{path}.bands", msg("are for kinds overtime and undertime only"))
    phase = next((item for item in event.phases if item.id == rule.phase), None)
    own = (phase.min_time if rule.kind == AdjustmentKind.UNDERTIME else phase.max_time) if phase else 0
    if timed and not rule.limit and not own:
        key = "min_time" if rule.kind == AdjustmentKind.UNDERTIME else "max_time"
        root.problem(
            f"{path}.limit",
            msg("is missing"),
            msg("write the time here, or a phase that has {key}", key=key),
        )
    if rule.cap is not None and rule.cap < 0:
        root.problem(
            f"{path}.cap", msg("must not be negative"), msg("it bounds points added and points taken off alike")
        )


def _check_twice(root: Section, key: str, words: Iterable[tuple[str, ...]]) -> None:
    seen: Counter[str] = Counter()
    for number, names in enumerate(words, 1):
        for word in dict.fromkeys(names):
            seen[word] += 1
            if word and seen[word] == 2:
                root.problem(f"{key}[{number}]", msg("“{word}” stands twice here", word=word), msg("name each once"))


def _check_awards(event: Event, root: Section) -> None:
    for number, award in enumerate(event.awards, 1):
        if award.at_least is not None and award.below is not None and award.below <= award.at_least:
            root.problem(f"awards[{number}].below", msg("leaves nothing above at_least"))
        if award.id in award.excludes:
            root.problem(f"awards[{number}].excludes", msg("an award cannot exclude itself"))
    running = [item for item in event.organisations if not item.status]
    if not running:
        return
    for division in _fields(event, running):
        _check_numbers(event, root, division, [item for item in running if division in ("", item.division)])


def _fields(event: Event, running: list[Organisation]) -> list[str]:
    """The classes in which awards are handed out, each by itself; one empty word for all together."""
    return list(dict.fromkeys(item.division for item in running)) if event.tabulation.by_division else [""]


def _check_numbers(event: Event, root: Section, division: str, running: list[Organisation]) -> None:
    """Grades for everyone must add up to everyone, and nothing to more than there are."""
    count = len(running)
    awards = [item for item in event.awards if item.division in ("", division)]
    quotas = grade_quotas(awards)
    if quotas is not None and quotas != count:
        names = tuple(f"{item.name} {item.quota}" for item in awards if item.kind == AwardKind.GRADE)
        root.problem(
            "awards",
            msg(
                "the grades {names} are for {quotas} organisations, and there are {count}",
                names=names,
                quotas=quotas,
                count=count,
            ),
            msg("make the numbers add up, or leave the quota of the last grade out: it then takes the rest"),
        )
    # A prize with a condition may well not be handed out as often as it could be.
    prizes = [
        share_of(item, count) or 0 for item in awards if item.kind == AwardKind.PRIZE and not is_conditional(item)
    ]
    if sum(prizes) > count:
        root.problem(
            "awards", msg("there are {prizes} prizes for {count} organisations", prizes=sum(prizes), count=count)
        )
    percents: list[Fraction] = [
        item.percent for item in awards if item.kind == AwardKind.GRADE and item.percent is not None
    ]
    whole = sum(percents, Fraction(0))
    if whole > 100:
        root.problem("awards", msg("the percentages add up to {total} %", total=short_text(whole)))
