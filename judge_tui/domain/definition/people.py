"""Reading who presents and who judges: organisations, judge groups, judges."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from judge_tui.domain.commitments import Commitment, CommitmentState
from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.ids import Register, has_han, slug
from judge_tui.domain.event import (
    CriterionId,
    GroupId,
    Judge,
    JudgeGroup,
    JudgeId,
    Material,
    Organisation,
    OrganisationId,
    OrganisationKind,
)
from judge_tui.domain.messages import msg

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Moment(StrEnum):
    """When an evidence picture was taken."""

    NONE = ""
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Standing(StrEnum):
    """Whether an organisation takes part."""

    FULL = ""
    WITHDRAWN = "withdrawn"
    VETOED = "vetoed"
    GUEST = "guest"


def default_group(title: str) -> JudgeGroup:
    """The one group of an event that names none, in the language of its title."""
    return JudgeGroup(GroupId("judges"), "评委" if has_han(title) else "Judges")


def read_organisations(root: Section, register: Register) -> tuple[Organisation, ...]:
    """`[[organisations]]`, or a plain list of names, in the order of their numbers."""
    found: list[Organisation] = []
    numbers: dict[int, str] = {}
    for section in root.sections("organisations", short="name"):
        name = section.text("name", required=True)
        number = section.integer("number", found[-1].number + 1 if found else 1, least=1)
        if number in numbers:
            section.problem(
                "number",
                msg("number {number} stands twice, also at {place}", number=number, place=numbers[number]),
                msg("number them from 1 in the order in which they present, or leave the numbers out"),
            )
        numbers.setdefault(number, section.path)
        found.append(
            Organisation(
                id=OrganisationId(register.enter(section, name, f"organisation-{number}")),
                number=number,
                name=name,
                kind=section.choice("kind", OrganisationKind, OrganisationKind.ORGANISATION),
                area=section.text("area"),
                presenter=section.text("presenter"),
                officer=section.text("officer"),
                unit=section.text("unit"),
                division=section.text("division"),
                status=section.choice("status", Standing, Standing.FULL).value,
                status_reason=section.text("status_reason"),
                materials=_materials(section),
                honours=section.texts("honours"),
                commitments=_commitments(section),
            )
        )
        section.finish()
    return tuple(sorted(found, key=lambda item: item.number))


def _materials(section: Section) -> tuple[Material, ...]:
    found = []
    for item in section.sections("materials", short="file"):
        file = item.text("file", required=True)
        path = PurePosixPath(file)
        if "\\" in file or ":" in file or path.is_absolute() or ".." in path.parts:
            item.problem(
                "file",
                msg("“{file}” is not inside the media folder", file=file),
                msg("write its name there, with / between folders"),
            )
        pinned = item.text("sha256").lower()
        if pinned and not _SHA256.fullmatch(pinned):
            item.problem("sha256", msg("must be 64 digits 0-9 and letters a-f"), msg("leave it out if you have none"))
        found.append(
            Material(file, item.text("caption"), item.choice("when", Moment, Moment.NONE).value, sha256=pinned)
        )
        item.finish()
    return tuple(found)


def _commitments(section: Section) -> tuple[Commitment, ...]:
    """What an organisation has promised; a plain text stands for a promise that is only made."""
    found: list[Commitment] = []
    taken: set[str] = set()
    for item in section.sections("commitments", short="text"):
        text = item.text("text", required=True)
        identity = item.identifier("id") or slug(text, f"commitment-{len(found) + 1}")
        if identity in taken:
            item.problem("text", msg("“{word}” stands twice here", word=identity), msg("give each its own id"))
        taken.add(identity)
        found.append(
            Commitment(
                identity,
                text,
                item.choice("state", CommitmentState, CommitmentState.PROMISED),
                item.integer("count", 1, least=1),
                item.text("evidence"),
                item.text("due"),
                item.text("since"),
            )
        )
        item.finish()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PendingJudge:
    """A judge whose words for a group, organisations and criteria are not yet looked up."""

    section: Section
    judge: Judge
    group: str
    organisation: str
    recused: tuple[str, ...]
    criteria: tuple[str, ...]


def read_groups(
    root: Section, title: str, register: Register, judge_ids: Register
) -> tuple[tuple[JudgeGroup, ...], list[PendingJudge]]:
    """`[[groups]]` with the judges listed inside them; the one default group where there is none."""
    groups: list[JudgeGroup] = []
    judges: list[PendingJudge] = []
    for section in root.sections("groups", short="name"):
        name = section.text("name", required=True)
        identity = GroupId(register.enter(section, name, f"group-{len(groups) + 1}"))
        groups.append(JudgeGroup(identity, name, section.share("weight")))
        for item in section.sections("judges", short="name"):
            judges.append(_judge(item, judge_ids, len(judges) + 1, identity))
        section.finish()
    if not groups:
        groups.append(default_group(title))
        register.add(groups[0].id, groups[0].name)
    return tuple(groups), judges


def read_judges(root: Section, already: list[PendingJudge], register: Register) -> list[PendingJudge]:
    """`[[judges]]`, or a plain list of names, after those that stand inside their groups."""
    judges = list(already)
    for section in root.sections("judges", short="name"):
        judges.append(_judge(section, register, len(judges) + 1))
    return judges


def _judge(section: Section, register: Register, number: int, group: str = "") -> PendingJudge:
    name = section.text("name", required=True)
    judge = Judge(
        id=JudgeId(register.enter(section, name, f"judge-{number}")),
        name=name,
        group=GroupId(group),
        practice=section.flag("practice"),
    )
    pending = PendingJudge(
        section,
        judge,
        group or section.text("group"),
        section.text("organisation"),
        section.texts("recused"),
        section.texts("criteria"),
    )
    section.finish()
    return pending


def seat_judges(
    pending: list[PendingJudge], groups: Register, organisations: Register, criteria: Register
) -> tuple[Judge, ...]:
    """The judges with their group, own organisation, recusals and criteria looked up."""
    seated = []
    for item in pending:
        if item.group:
            group = item.group if item.judge.group else groups.find(item.section, "group", item.group)
        else:
            group = groups.ids[0]
            if len(groups) > 1:
                item.section.problem("group", msg("is missing"), msg("it may be {choices}", choices=groups.words))
        own = organisations.find(item.section, "organisation", item.organisation) if item.organisation else None
        recused = organisations.find_all(item.section, "recused", item.recused)
        scored = criteria.find_all(item.section, "criteria", item.criteria)
        seated.append(
            replace(
                item.judge,
                group=GroupId(group),
                organisation=OrganisationId(own) if own else None,
                recused=tuple(OrganisationId(word) for word in recused),
                criteria=tuple(CriterionId(word) for word in scored),
            )
        )
    return tuple(seated)
