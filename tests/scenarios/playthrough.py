"""A sample event from its definition to what is announced, through the services: issued, judged by made-up judges, commented on in
the order of its programme, merged, sealed, shown, printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from judge_tui import settings
from judge_tui.domain.ceremony.show import Show
from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.event import Event, Grades, Judge, PhaseKind, Points
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.programme import Step, programme
from judge_tui.i18n import Translator
from judge_tui.services.documents.bundle import papers_of
from judge_tui.services.documents.dossier import Dossier, dossier_of_file
from judge_tui.services.documents.feedback import feedback
from judge_tui.services.documents.plain import markdown
from judge_tui.services.hall.ceremony import show_of_file
from judge_tui.services.preparing import issuing
from judge_tui.services.preparing.definitions import load_definition, media_folder
from judge_tui.services.records.collecting import merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.playing import typed_marks
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table import closing
from judge_tui.services.table.drawing import draw_question
from judge_tui.services.table.office import Office
from judge_tui.services.table.remarks import remark
from judge_tui.services.table.tallies import Box, Count, enter_count

DATA = settings.data_folder()
BY = ("统分员01",)
ZH = Translator("zh")


@dataclass(frozen=True)
class Played:
    """An event that was gone through, and everything that can be asked about it."""

    event: Event
    organiser: Path
    keys: Path

    @cached_property
    def dossier(self) -> Dossier:
        return dossier_of_file(self.organiser)

    @cached_property
    def show(self) -> Show:
        return show_of_file(self.organiser)

    @cached_property
    def papers(self) -> dict[str, str]:
        """Every paper by name, as Chinese Markdown; `feedback` holds all of the feedback."""
        found = {item.name: markdown(item, ZH.render) for item in papers_of(self.dossier)}
        return {**found, "feedback": "\n".join(markdown(item, ZH.render) for item in feedback(self.dossier))}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return programme(self.event)

    @property
    def awards(self) -> Counter[str]:
        return Counter(name for item in self.dossier.result.standings for name in item.award_names)

    def winners(self, award: str) -> set[str]:
        return {item.name for item in self.dossier.result.standings if award in item.award_names}

    def comments(self, name: str) -> tuple[str, ...]:
        """What was said about an organisation, in the order of saying."""
        which = next(item.id for item in self.event.organisations if item.name == name)
        return self.dossier.comments[which]

    def announced(self) -> str:
        """Everything the hall may see, as text."""
        return repr((self.show.steps, self.show.board, self.show.awards))


def played(
    name: str, folder: Path, *, seed: int = 7, definition: Path | None = None, best: tuple[str, ...] = ()
) -> Played:
    """Go through a sample event by its folder's name, or as another `definition` of it says; `best` are given full marks."""
    event = load_definition(definition or DATA / name)
    keys = folder / "keys"
    issued = issuing.issue(event, folder / "event", keys=keys, media=media_folder(DATA / name))
    office = Office(issued.organiser, keys)
    sticks = folder / "sticks"
    sticks.mkdir()
    copies = [_judge(kit.path, event.judge_by_id[kit.judge_id], sticks, folder, seed, best) for kit in issued.kits]
    if copies:
        merge(issued.organiser, copies, keys=keys)
    _count_ballots(office, event)
    _go_through(office, event)
    if event.criteria:
        closing.seal(office, BY)
        closing.publish(office, BY)
    return Played(event, issued.organiser, keys)


def _judge(kit: Path, judge: Judge, sticks: Path, folder: Path, seed: int, best: tuple[str, ...]) -> Path:
    """One judge's evening: every mark in the order of the walk, words to what a checklist found and to what needs a comment."""
    seat = open_seat(kit, keys=folder / "home" / judge.id)
    try:
        session = JudgingSession(seat)
        for mark in typed_marks(seat.event, judge, seed):
            method = seat.event.criterion_by_id[mark.criterion].method
            favourite = seat.event.organisation_by_id[mark.organisation].name in best
            text = mark_text(method.most) if favourite and isinstance(method, Points) else mark.text
            session.record(mark.organisation, mark.criterion, text)
            given = session.progress.card(mark.organisation).given[mark.criterion]
            if isinstance(given.value, tuple) and given.value:
                said = dict.fromkeys(given.value, "应开12次、实开9次")
                session.give(mark.organisation, mark.criterion, given.value, said)
        for organisation in session.progress.comments_due:
            session.comment(organisation.id, f"{organisation.name}：限期一周整改")
        session.submit()
        return hand_over(seat, sticks).path
    finally:
        seat.file.close()


def _count_ballots(office: Office, event: Event) -> None:
    """Two tellers count the ballots without names: the first organisation best."""
    for criterion in event.criteria:
        if not isinstance(criterion.method, Grades) or not criterion.method.anonymous:
            continue
        best, good = (grade.id for grade in criterion.method.grades[:2])
        for place, organisation in enumerate(event.organisations):
            box = Box(event.groups[0].id, organisation.id, criterion.id)
            count = Count(24, 22, 20, 1, {best: 20 - place, good: place})
            for teller in ("计票人01", "监票人02"):
                enter_count(office, box, count, teller)


def _go_through(office: Office, event: Event) -> None:
    """The programme step by step: a question is drawn where questions are asked, and a comment on an organisation is written
    down under the name of whoever speaks then."""
    for number, step in enumerate(programme(event)):
        if step.organisation is None:
            continue
        if step.phase.kind is PhaseKind.QUESTIONS and event.questions:
            draw_question(office, step.organisation.id, f"{number:08d}", BY)
        if step.phase.kind is PhaseKind.COMMENT:
            speaker = step.officer or step.by
            remark(office, step.organisation.id, f"{step.phase.name}：肯定成绩，指出不足", speaker)


def order(event: Event) -> list[str]:
    """The phases in the order in which they come, as the programme has them, without repetition."""
    return list(dict.fromkeys(step.phase.name for step in programme(event)))


def present(event: Event, *names: str) -> bool:
    """Whether these organisations take part."""
    return {match_key(name) for name in names} <= {match_key(item.name) for item in event.organisations}
