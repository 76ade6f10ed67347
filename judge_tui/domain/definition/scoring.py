"""Reading what happens and what is scored: phases and criteria with their five methods."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.ids import Register, has_han, slug
from judge_tui.domain.event import (
    Band,
    CheckItem,
    Checklist,
    Criterion,
    CriterionId,
    Grade,
    Grades,
    GroupId,
    Method,
    Pace,
    Phase,
    PhaseId,
    PhaseKind,
    Places,
    Points,
    Votes,
)
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import mark_text, parse_decimal, thousandths

_BAND = re.compile(r"\s*([\d.．]+)\s*(?:~|～|-|—|–|至|到)\s*([\d.．]+)\s*分?\s+([^：:]+)(?:[：:]\s*(.*))?", re.DOTALL)
_STEPS = (500, 100, 10, 1)


class MethodName(StrEnum):
    """The five ways to give a mark, as a definition names them."""

    POINTS = "points"
    GRADES = "grades"
    CHECKLIST = "checklist"
    PLACES = "places"
    VOTES = "votes"


class Invalid(StrEnum):
    """What a ballot of places with a fault loses."""

    BALLOT = "ballot"
    PLACE = "place"


def default_phase(title: str) -> Phase:
    """The one phase of an event that names none, in the language of its title."""
    return Phase(PhaseId("main"), "评分" if has_han(title) else "Scoring")


def default_step(least: int, most: int) -> int:
    """The step (thousandths) where none is given: half a point, or the coarsest finer one that fits the range."""
    return next((step for step in _STEPS if (most - least) % step == 0 and least % step == 0), 1)


def read_phases(root: Section, title: str, register: Register) -> tuple[Phase, ...]:
    """`[[phases]]` in their order; the one default phase where there is none."""
    phases: list[Phase] = []
    for section in root.sections("phases", short="name"):
        name = section.text("name", required=True)
        phase = Phase(
            id=PhaseId(register.enter(section, name, f"phase-{len(phases) + 1}")),
            name=name,
            kind=section.choice("kind", PhaseKind, PhaseKind.TALK),
            weight=section.share("weight"),
            min_time=section.seconds("min_time"),
            max_time=section.seconds("max_time"),
            stops=section.texts("stops"),
            pace=section.choice("pace", Pace, Pace.TURN),
            by=section.text("by"),
        )
        if phase.max_time and phase.min_time > phase.max_time:
            section.problem("min_time", msg("is longer than max_time"), msg("max_time is the longest that is allowed"))
        section.finish()
        phases.append(phase)
    if not phases:
        phases.append(default_phase(title))
        register.add(phases[0].id, phases[0].name)
    return tuple(phases)


def read_criteria(root: Section, register: Register, phases: Register, groups: Register) -> tuple[Criterion, ...]:
    """`[[criteria]]`, each with the keys of its method."""
    criteria: list[Criterion] = []
    for section in root.sections("criteria"):
        name = section.text("name", required=True)
        method = _METHODS[section.choice("method", MethodName, MethodName.POINTS)](section)
        criteria.append(
            Criterion(
                id=CriterionId(register.enter(section, name, f"criterion-{len(criteria) + 1}")),
                name=name,
                method=method,
                phase=PhaseId(_phase(section, phases)),
                groups=tuple(GroupId(word) for word in groups.find_all(section, "groups", section.texts("groups"))),
                weight=section.share("weight"),
                description=section.text("description"),
                bands=_bands(section, method) if isinstance(method, (Points, Checklist)) else (),
                bonus=section.flag("bonus"),
                comment_below=section.points("comment_below"),
                comment_from=section.points("comment_from"),
            )
        )
        section.finish()
    return tuple(criteria)


def _phase(section: Section, phases: Register) -> str:
    word = section.text("phase")
    if word:
        return phases.find(section, "phase", word)
    if len(phases) > 1:
        section.problem("phase", msg("is missing"), msg("it may be {choices}", choices=phases.words))
    return phases.ids[0]


def _points(section: Section) -> Method:
    least = section.points("min", 0) or 0
    most = section.points("max", required=True)
    if most is not None and most <= least:
        section.problem(
            "max",
            msg("must be more than min ({least})", least=mark_text(least)),
            msg("max is the full mark, min the lowest that may be given"),
        )
        most = None
    given = section.points("step")
    step = given if given is not None else default_step(least, most or 0)
    if step <= 0:
        section.problem("step", msg("must be more than 0"), msg("for example {example}", example="0.5"))
        step = 1
    elif most is not None and (most - least) % step:
        section.problem(
            "step",
            msg(
                "steps of {step} from {least} do not reach {most}",
                step=mark_text(step),
                least=mark_text(least),
                most=mark_text(most),
            ),
            msg("choose a step that divides the range, such as 1, 0.5 or 0.1"),
        )
    most = most if most is not None else least + step
    return Points(least, most, step, section.flag("deduct"), step_given=given is not None)


def _grades(section: Section) -> Method:
    found: list[Grade] = []
    taken: set[str] = set()
    if isinstance(section.values.get("grades"), dict):
        table = section.section("grades")
        for name in table.values:
            found.append(Grade(slug(name, f"grade-{len(found) + 1}"), name.strip(), table.points(name) or 0))
    else:
        for item in section.sections("grades"):
            name = item.text("name", required=True)
            identity = item.identifier("id") or slug(name, f"grade-{len(found) + 1}")
            found.append(Grade(identity, name, item.points("points", required=True) or 0))
            item.finish()
    for grade in found:
        if grade.id in taken:
            section.problem("grades", msg("“{word}” stands twice here", word=grade.id), msg("name each once"))
        taken.add(grade.id)
    if len(found) < 2:
        section.problem(
            "grades",
            msg("needs at least two grades, the best first"),
            msg("for example {example}", example='{ "优秀" = 100, "良好" = 80, "合格" = 60 }'),
        )
    return Grades(tuple(found), section.flag("anonymous"))


def _checklist(section: Section) -> Method:
    full = section.points("max", required=True) or 0
    least = section.points("min", 0) or 0
    if full < least:
        section.problem("max", msg("must be more than min ({least})", least=mark_text(least)))
    items: list[CheckItem] = []
    taken: set[str] = set()
    for item in section.sections("items"):
        text = item.text("text", required=True)
        identity = item.identifier("id") or slug(text, f"item-{len(items) + 1}")
        if identity in taken:
            item.problem("text", msg("“{word}” stands twice here", word=identity), msg("give each its own id"))
        taken.add(identity)
        off = item.points("off", required=True) or 0
        if off < 0:
            item.problem("off", msg("must not be negative"), msg("write how many points are taken off"))
        items.append(CheckItem(identity, text, off))
        item.finish()
    if not items:
        section.problem(
            "items",
            msg("needs at least one thing to check"),
            msg("for example {example}", example='[{ text = "记录不真实", off = 2 }]'),
        )
    return Checklist(full, tuple(items), least)


def _places(section: Section) -> Method:
    worth: list[int] = []
    for word in section.texts("points"):
        try:
            worth.append(thousandths(parse_decimal(word)))
        except ValueError:
            section.problem(
                "points",
                msg("“{text}” is no number with at most three decimals", text=word),
                msg("for example {example}", example="[12, 10, 8]"),
            )
    return Places(section.choice("invalid", Invalid, Invalid.BALLOT).value, tuple(worth))


def _votes(section: Section) -> Method:
    if not section.has("most"):
        section.problem("most", msg("is missing"), msg("how many each judge may vote for"))
    return Votes(section.integer("most", 1, least=1))


_METHODS: dict[MethodName, Callable[[Section], Method]] = {
    MethodName.POINTS: _points,
    MethodName.GRADES: _grades,
    MethodName.CHECKLIST: _checklist,
    MethodName.PLACES: _places,
    MethodName.VOTES: _votes,
}


def _bands(section: Section, method: Points | Checklist) -> tuple[Band, ...]:
    """Bands inside the scale; gaps are allowed, overlaps are not."""
    least, most = (method.least, method.most) if isinstance(method, Points) else (method.least, method.full)
    # Where the scale itself was not understood, nothing can be said about what leaves it.
    unknown = any(item.where in (section.at("min"), section.at("max")) for item in section.problems)
    found: list[tuple[Section, Band]] = []
    for item in section.sections("bands", short="name"):
        band = _band(item)
        item.finish()
        if band is None:
            continue
        if band.least > band.most:
            item.problem("min", msg("is more than max"), msg("write the lower end first"))
        elif not unknown and (band.least < least or band.most > most):
            item.problem(
                "",
                msg(
                    "“{name}” leaves the scale of {least} to {most}",
                    name=band.name,
                    least=mark_text(least),
                    most=mark_text(most),
                ),
                msg("bands lie between min and max of the criterion"),
            )
        for _, other in found:
            if band.least <= other.most and other.least <= band.most:
                item.problem(
                    "",
                    msg("“{name}” overlaps “{other}”", name=band.name, other=other.name),
                    msg("each mark belongs to one band at most: write 45~50 and 40~44.5, say"),
                )
        found.append((item, band))
    return tuple(band for _, band in found)


def _band(item: Section) -> Band | None:
    """A table with min, max and name, or the short form `45~50 优秀：成效明显`."""
    if set(item.values) == {"name"}:
        return _short_band(item, item.text("name"))
    least, most = item.points("min", required=True), item.points("max", required=True)
    name, text = item.text("name", required=True), item.text("text")
    return None if least is None or most is None else Band(least, most, name, text)


def _short_band(item: Section, text: str) -> Band | None:
    band = short_band(text)
    if band is None:
        example = msg("for example {example}", example='"45~50 优秀：成效明显"')
        item.problem("", msg("“{text}” is no band", text=text), example)
    return band


def short_band(text: str) -> Band | None:
    """The band that a line such as `45~50 优秀：成效明显` describes, None where it describes none."""
    found = _BAND.fullmatch(text)
    if not found:
        return None
    try:
        least, most = (thousandths(parse_decimal(found[part])) for part in (1, 2))
    except ValueError:
        return None
    return Band(least, most, found[3].strip(), (found[4] or "").strip())
