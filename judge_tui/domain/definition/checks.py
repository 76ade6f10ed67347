"""What must hold between the tables of a definition: references from the rules, and numbers that must fit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.ids import Register
from judge_tui.domain.event import Event, Places, Votes
from judge_tui.domain.file_names import LONGEST_IDS, fits
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.rules import GroupRule, PhaseRule, Special, TieRung


def check_file_names(event: Event, head: Section) -> None:
    """The judges' files are named after the event and the judge: that must be a name every laptop and stick takes."""
    if not fits(event.id):
        head.problem(
            "id", msg("“{word}” is a name that Windows keeps for itself", word=event.id), msg("write another id")
        )
    judge = max((item.id for item in event.judges), key=lambda word: len(word.encode()), default="")
    size = len(event.id.encode()) + len(judge.encode())
    if size > LONGEST_IDS:
        head.problem(
            "id",
            msg("the ids of the event and of “{judge}” are too long for the names of files", judge=judge),
            msg("write a short id for either, such as id = {example}", example='"2021q4"'),
        )


def resolve_rules(event: Event, root: Section, phases: Register, criteria: Register, groups: Register) -> Event:
    """The event with every word in its rules that means a phase, criterion, group, adjustment or award turned into an id."""
    adjustments, awards, divisions = Register(), Register(), Register()
    for rule in event.adjustments:
        adjustments.add(rule.id, rule.name)
    for award in event.awards:
        awards.add(award.id, award.name)
    for organisation in event.organisations:
        if organisation.division and organisation.division not in divisions:
            divisions.add(organisation.division)
    tabulation = Section({}, "tabulation", root.problems)

    def rung(number: int, tie: TieRung) -> TieRung:
        section = Section({}, tabulation.at(f"ties[{number}]"), root.problems)
        if tie.name and event.adjustments:
            adjustments.find(section, "name", tie.name)
        return replace(
            tie,
            criterion=criteria.find(section, "criterion", tie.criterion) if tie.criterion else "",
            phase=phases.find(section, "phase", tie.phase) if tie.phase else "",
            group=groups.find(section, "group", tie.group) if tie.group else "",
        )

    def special(number: int, rules: Special) -> Special:
        section = Section({}, tabulation.at(f"for[{number}]"), root.problems)
        return replace(
            rules,
            criterion=criteria.find(section, "criterion", rules.criterion) if rules.criterion else "",
            phase=phases.find(section, "phase", rules.phase) if rules.phase else "",
            group=groups.find(section, "group", rules.group) if rules.group else "",
        )

    def within(kind: str, number: int) -> Section:
        return Section({}, f"{kind}[{number}]", root.problems)

    return replace(
        event,
        tabulation=replace(
            event.tabulation,
            ties=tuple(rung(number, tie) for number, tie in enumerate(event.tabulation.ties, 1)),
            specials=tuple(special(number, rules) for number, rules in enumerate(event.tabulation.specials, 1)),
        ),
        adjustments=tuple(
            replace(rule, phase=phases.find(within("adjustments", number), "phase", rule.phase) if rule.phase else "")
            for number, rule in enumerate(event.adjustments, 1)
        ),
        awards=tuple(
            replace(
                award,
                division=divisions.find(within("awards", number), "division", award.division)
                if award.division and event.organisations
                else award.division,
                excludes=awards.find_all(within("awards", number), "excludes", award.excludes),
            )
            for number, award in enumerate(event.awards, 1)
        ),
    )


def check_event(event: Event, root: Section) -> None:
    """Note what does not fit together. Nothing is asked of lists that are empty: they may come with the marks."""
    _weights(root, "groups", [group.weight for group in event.groups], event.tabulation.groups is GroupRule.WEIGHTED)
    _weights(root, "phases", [phase.weight for phase in event.phases], event.tabulation.phases is PhaseRule.WEIGHTED)
    count = len(event.organisations)
    if count and event.calibration > count:
        root.problem(
            "event.calibration",
            msg("must be at most {most}", most=count),
            msg("it is how many organisations are presented before the first marks are given"),
        )
    if count and event.projector.top > count:
        root.problem("projector.top", msg("must be at most {most}", most=count))
    for number, criterion in enumerate(event.criteria, 1):
        if isinstance(criterion.method, Votes) and count and criterion.method.most > count:
            root.problem(f"criteria[{number}].most", msg("must be at most {most}", most=count))
        if isinstance(criterion.method, (Places, Votes)) and criterion.bonus:
            root.problem(f"criteria[{number}].bonus", msg("places and votes cannot be a bonus"))


def _weights(root: Section, key: str, weights: Sequence[Fraction], used: bool) -> None:
    """Shares of a whole must make a whole; plain factors (20, 40, 40) need not."""
    total = sum(weights, Fraction(0))
    if not total:
        root.problem(key, msg("the weights are all 0"))
    elif used and len(weights) > 1 and all(weight < 1 for weight in weights) and total != 1:
        root.problem(
            key,
            msg("the weights add up to {total} %, not to 100 %", total=short_text(total * 100)),
            msg("write shares of 100 %, or whole numbers such as 20, 40, 40"),
        )
