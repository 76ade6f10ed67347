"""An `Event` as a mapping that TOML and JSON can carry: exact numbers, short forms where they say all, no needless defaults.

`read_definition(write_definition(event)) == event`, always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from judge_tui.domain.commitments import Commitment, CommitmentState
from judge_tui.domain.definition.ids import slug
from judge_tui.domain.definition.people import default_group
from judge_tui.domain.definition.rules_writer import write_rules
from judge_tui.domain.definition.scoring import default_phase, default_step
from judge_tui.domain.event import (
    Band,
    Checklist,
    Criterion,
    Event,
    Grades,
    Judge,
    JudgeGroup,
    Material,
    Method,
    Organisation,
    Phase,
    Places,
    Points,
    Projector,
    Publication,
    Scoring,
)
from judge_tui.domain.numbers import THOUSAND, short_text

Table = dict[str, object]


def write_definition(event: Event) -> Table:
    """The definition of an event as a mapping of texts, whole numbers, truths, lists and tables; never a float."""
    document: Table = {"event": _head(event)}
    if event.organisations:
        document["organisations"] = _organisations(event.organisations)
    document.update(_people(event))
    if event.phases != (default_phase(event.title),):
        document["phases"] = [_phase(phase, number) for number, phase in enumerate(event.phases, 1)]
    if event.criteria:
        document["criteria"] = [_criterion(item, number, event) for number, item in enumerate(event.criteria, 1)]
    document |= write_rules(event)
    document["publication"] = _publication(event.publication)
    document["projector"] = _projector(event.projector)
    return {key: value for key, value in document.items() if value}


def exact(value: Fraction) -> int | str:
    """A number as a whole number where it is one, else as a decimal or a fraction in text."""
    return int(value) if value.denominator == 1 else short_text(value)


def points_value(value: int) -> int | str:
    """Thousandths as points: 42500 → `"42.5"`, 40000 → `40`."""
    return exact(Fraction(value, THOUSAND))


def _some(pairs: Mapping[str, object]) -> Table:
    """Only what says something: no empty texts, lists, zeros or falsehoods."""
    return {key: value.value if isinstance(value, StrEnum) else value for key, value in pairs.items() if value}


def _head(event: Event) -> Table:
    head: Table = {"id": event.id, "title": event.title}
    for key in ("theme", "series", "season", "host", "venue", "date", "notes"):
        head[key] = getattr(event, key)
    head["scoring"] = "" if event.scoring is Scoring.BOTH else event.scoring
    head["calibration"] = event.calibration
    head["questions"] = list(event.questions)
    return _some(head)


def _names(tables: Iterable[Table]) -> list[object]:
    """Plain names where every table says nothing else."""
    whole = list(tables)
    return [table["name"] for table in whole] if all(set(table) == {"name"} for table in whole) else list(whole)


def _named(identity: str, name: str, fallback: str) -> Table:
    return {"name": name} if identity == slug(name, fallback) else {"id": identity, "name": name}


def _organisations(organisations: tuple[Organisation, ...]) -> list[object]:
    tables = []
    expected = 1
    for item in organisations:
        table = _named(item.id, item.name, f"organisation-{item.number}")
        if item.number != expected:
            table["number"] = item.number
        expected = item.number + 1
        table |= _some(
            {
                "kind": "" if item.kind == "organisation" else item.kind,
                "area": item.area,
                "presenter": item.presenter,
                "officer": item.officer,
                "unit": item.unit,
                "division": item.division,
                "status": item.status,
                "status_reason": item.status_reason,
                "materials": [_material(material) for material in item.materials],
                "honours": list(item.honours),
                "commitments": [_commitment(made, place) for place, made in enumerate(item.commitments, 1)],
            }
        )
        tables.append(table)
    return _names(tables)


def _material(material: Material) -> Table:
    return _some({"file": material.file, "caption": material.caption, "when": material.when, "sha256": material.sha256})


def _commitment(item: Commitment, place: int) -> Table:
    return _some(
        {
            "id": "" if item.id == slug(item.text, f"commitment-{place}") else item.id,
            "text": item.text,
            "state": "" if item.state is CommitmentState.PROMISED else item.state,
            "count": 0 if item.count == 1 else item.count,
            "evidence": item.evidence,
            "due": item.due,
            "since": item.since,
        }
    )


def _people(event: Event) -> Table:
    """Groups and judges; judges inside their groups where that keeps their order."""
    by_group = [[judge for judge in event.judges if judge.group == group.id] for group in event.groups]
    inside = [judge for judges in by_group for judge in judges] == list(event.judges)
    numbers = {judge.id: number for number, judge in enumerate(event.judges, 1)}
    written: Table = {}
    if event.groups == (default_group(event.title),):
        written["judges"] = _names(_judge(judge, numbers[judge.id]) for judge in event.judges)
        return written
    groups = []
    for number, (group, judges) in enumerate(zip(event.groups, by_group, strict=True), 1):
        table = _group(group, number)
        if inside and judges:
            table["judges"] = _names(_judge(judge, numbers[judge.id]) for judge in judges)
        groups.append(table)
    written["groups"] = _names(groups)
    if not inside:
        written["judges"] = [_judge(judge, numbers[judge.id]) | {"group": judge.group} for judge in event.judges]
    return written


def _group(group: JudgeGroup, number: int) -> Table:
    table = _named(group.id, group.name, f"group-{number}")
    if group.weight != 1:
        table["weight"] = exact(group.weight)
    return table


def _judge(judge: Judge, number: int) -> Table:
    return _named(judge.id, judge.name, f"judge-{number}") | _some(
        {
            "practice": judge.practice,
            "organisation": judge.organisation,
            "recused": list(judge.recused),
            "criteria": list(judge.criteria),
        }
    )


def _phase(phase: Phase, number: int) -> Table:
    table = _named(phase.id, phase.name, f"phase-{number}")
    table["kind"] = phase.kind.value
    if phase.weight != 1:
        table["weight"] = exact(phase.weight)
    return table | _some(
        {
            "min_time": _time(phase.min_time),
            "max_time": _time(phase.max_time),
            "stops": list(phase.stops),
            "pace": "" if phase.pace == "turn" else phase.pace,
            "by": phase.by,
        }
    )


def _time(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds else ""


def _criterion(criterion: Criterion, number: int, event: Event) -> Table:
    table = _named(criterion.id, criterion.name, f"criterion-{number}")
    if len(event.phases) > 1:
        table["phase"] = criterion.phase
    table |= _some({"groups": list(criterion.groups), "description": criterion.description})
    table |= _method(criterion.method)
    if criterion.weight != 1:
        table["weight"] = exact(criterion.weight)
    if criterion.bonus:
        table["bonus"] = True
    for key in ("comment_below", "comment_from"):
        value = getattr(criterion, key)
        if value is not None:
            table[key] = points_value(value)
    if criterion.bands:
        table["bands"] = [band_table(band) for band in criterion.bands]
    return table


def _method(method: Method) -> Table:
    if isinstance(method, Points):
        table: Table = {"min": points_value(method.least)} if method.least else {}
        table["max"] = points_value(method.most)
        if method.step_given or method.step != default_step(method.least, method.most):
            table["step"] = points_value(method.step)
        return table | _some({"deduct": method.deduct})
    if isinstance(method, Grades):
        grades: list[Table] = [
            _named(grade.id, grade.name, f"grade-{number}") | {"points": points_value(grade.points)}
            for number, grade in enumerate(method.grades, 1)
        ]
        return {"method": "grades", "grades": grades} | _some({"anonymous": method.anonymous})
    if isinstance(method, Checklist):
        table = {"method": "checklist", "max": points_value(method.full)}
        if method.least:
            table["min"] = points_value(method.least)
        items: list[Table] = []
        for number, item in enumerate(method.items, 1):
            own: Table = {} if item.id == slug(item.text, f"item-{number}") else {"id": item.id}
            items.append(own | {"text": item.text, "off": points_value(item.off)})
        return table | {"items": items}
    if isinstance(method, Places):
        invalid = "" if method.invalid == "ballot" else method.invalid
        return {"method": "places"} | _some({"invalid": invalid, "points": [points_value(n) for n in method.points]})
    return {"method": "votes", "most": method.most}


def band_table(band: Band) -> Table:
    """One band as a table."""
    return {"min": points_value(band.least), "max": points_value(band.most), "name": band.name} | _some(
        {"text": band.text}
    )


def _publication(publication: Publication) -> Table:
    shown = {"scores": publication.scores, "places": publication.places, "bottom": publication.bottom}
    return {key: False for key, value in shown.items() if not value}


def _projector(projector: Projector) -> Table:
    return _some(
        {
            "reveal": "" if projector.reveal == "one_by_one" else projector.reveal,
            "top": projector.top,
            "turn_scores": projector.turn_scores,
        }
    )
