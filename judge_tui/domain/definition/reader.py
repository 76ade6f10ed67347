"""A whole definition: from a mapping (TOML read with `parse_float=str`, or the JSON of an amendment) to an `Event`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from judge_tui.domain.definition.checks import check_event, check_file_names, resolve_rules
from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.ids import Register, event_slug
from judge_tui.domain.definition.people import read_groups, read_judges, read_organisations, seat_judges
from judge_tui.domain.definition.rules_reader import read_adjustments, read_awards, read_tabulation
from judge_tui.domain.definition.scoring import read_criteria, read_phases
from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.event import Event, EventId, Projector, Publication, Reveal, Scoring
from judge_tui.domain.messages import msg

if TYPE_CHECKING:
    # A judge's screen reads definitions from records, which have no lines: it should not pay for the TOML parser.
    from judge_tui.domain.definition.lines import LineIndex


@dataclass(frozen=True, slots=True)
class Registers:
    """The ids of every kind of table in one definition."""

    organisations: Register = field(default_factory=Register)
    groups: Register = field(default_factory=Register)
    judges: Register = field(default_factory=Register)
    phases: Register = field(default_factory=Register)
    criteria: Register = field(default_factory=Register)


def read_definition(mapping: Mapping[str, object], source: str = "", lines: LineIndex | None = None) -> Event:
    """The event that a definition describes. `source` names the document in messages; where there is neither a title nor
    an id, its file name serves. `lines` gives problems their line.

    Raises DefinitionError with every problem found.
    """
    problems: list[Problem] = []
    root = Section(mapping, "", problems)
    event = _read(root, source)
    if problems:
        placed = [replace(problem, line=lines.line(problem.where) if lines else 0) for problem in problems]
        raise DefinitionError(source, sorted(placed, key=lambda problem: problem.line))
    return event


def _read(root: Section, source: str) -> Event:
    ids = Registers()
    head = root.section("event")
    title, event_id = _names(head, source)
    organisations = read_organisations(_holder(root, head, "organisations"), ids.organisations)
    groups, pending = read_groups(root, title, ids.groups, ids.judges)
    pending = read_judges(_holder(root, head, "judges"), pending, ids.judges)
    phases = read_phases(root, title, ids.phases)
    criteria = read_criteria(root, ids.criteria, ids.phases, ids.groups)
    event = Event(
        id=event_id,
        title=title,
        organisations=organisations,
        groups=groups,
        judges=seat_judges(pending, ids.groups, ids.organisations, ids.criteria),
        phases=phases,
        criteria=criteria,
        tabulation=read_tabulation(root.section("tabulation")),
        adjustments=read_adjustments(root),
        awards=read_awards(root),
        publication=_publication(root.section("publication")),
        projector=_projector(root.section("projector")),
        scoring=head.choice("scoring", Scoring, Scoring.BOTH),
        theme=head.text("theme"),
        series=head.text("series"),
        season=head.text("season"),
        host=head.text("host"),
        venue=head.text("venue"),
        date=head.text("date"),
        notes=head.text("notes"),
        calibration=head.integer("calibration", least=0),
        questions=head.texts("questions"),
    )
    check_file_names(event, head)
    head.finish()
    root.finish(also=("organisations", "judges"))
    event = resolve_rules(event, root, ids.phases, ids.criteria, ids.groups)
    check_event(event, root)
    return event


def _names(head: Section, source: str) -> tuple[str, EventId]:
    """Title and id; each stands in for the other, the name of the file (or of the event's folder) for both."""
    path = PurePath(source)
    stem = path.parent.name if path.stem == "event" and path.parent.name else path.stem
    given = head.identifier("id")
    title = head.text("title") or given or stem or "event"
    return title, EventId(given or event_slug(title))


def _holder(root: Section, head: Section, key: str) -> Section:
    """Where a list stands: at the top, or inside `[event]`, where it is easily put and means the same."""
    if not head.has(key):
        return root
    if root.has(key):
        head.problem(key, msg("stands here and outside [event]"), msg("keep one of the two"))
    return head


def _publication(section: Section) -> Publication:
    read = Publication(
        scores=section.flag("scores", True), places=section.flag("places", True), bottom=section.flag("bottom", True)
    )
    section.finish()
    return read


def _projector(section: Section) -> Projector:
    read = Projector(
        reveal=section.choice("reveal", Reveal, Reveal.ONE_BY_ONE),
        top=section.integer("top", least=0),
        turn_scores=section.flag("turn_scores"),
    )
    if read.reveal is Reveal.TOP and not read.top:
        section.problem("top", msg("is missing"), msg("how many places are revealed"))
    section.finish()
    return read
