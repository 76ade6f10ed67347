"""A small contest on real files: issued, scored through the judges' own service, handed over, merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from judge_tui.domain.definition import read_definition
from judge_tui.domain.event import CriterionId, Event, OrganisationId
from judge_tui.services.preparing.issuing import Issued, issue
from judge_tui.services.records.collecting import MergeReport, merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table.office import Office
from judge_tui.services.table.overview import Overview, overview

VILLAGES = ("东岗村", "西岗村", "柳河村", "前杨村")
BY = ("张三",)


def definition(**more: object) -> dict[str, object]:
    """A definition of four villages, three judges, two criteria of 50 points and two adjustments."""
    return {
        "event": {
            "id": "ring-2021q4",
            "title": "村村擂台赛",
            "date": "2021-12-20",
            "host": "辛店镇",
            "season": "2021年第四季度",
            "questions": ["问题一", "问题二", "问题三"],
        },
        "organisations": [
            {"id": f"v{number}", "number": number, "name": name, "presenter": "李四"}
            for number, name in enumerate(VILLAGES, 1)
        ],
        "groups": [
            {
                "id": "leaders",
                "name": "班子成员",
                "judges": [{"id": f"j{number}", "name": f"评委{number}"} for number in range(1, 4)],
            }
        ],
        "criteria": [
            {"id": "view", "name": "观摩", "max": 50, "step": "0.5"},
            {"id": "talk", "name": "述职", "max": 50, "step": "0.5"},
        ],
        "adjustments": [
            {"id": "bonus", "name": "加分", "kind": "bonus", "cap": 5},
            {"id": "fine", "name": "扣分", "kind": "penalty", "signers": 2},
        ],
        "awards": [
            {"id": "best", "name": "优秀", "kind": "grade", "quota": 1},
            {"id": "good", "name": "良好", "kind": "grade"},
        ],
        **more,
    }


@dataclass(slots=True)
class World:
    """The contest's folder and keys; `now` ticks one second at every look."""

    event: Event
    folder: Path
    keys: Path
    issued: Issued
    ticks: int = 0

    def now(self) -> datetime:
        self.ticks += 1
        return datetime(2021, 12, 20, 6, tzinfo=UTC) + timedelta(seconds=self.ticks)

    @property
    def office(self) -> Office:
        return Office(self.issued.organiser, self.keys, self.now)

    @property
    def handed_in(self) -> Path:
        folder = self.folder / "handed-in"
        folder.mkdir(exist_ok=True)
        return folder

    def kit(self, judge: str) -> Path:
        return next(kit.path for kit in self.issued.kits if kit.judge_id == judge)

    def score(
        self, judge: str, marks: Mapping[tuple[str, str], str], *, submit: bool = True, keys: Path | None = None
    ) -> Path:
        """Let a judge type these marks, submit them if asked, and hand them over; the copy's path."""
        seat = open_seat(self.kit(judge), keys=keys or self.keys, now=self.now)
        try:
            session = JudgingSession(seat, now=self.now)
            for (organisation, criterion), text in marks.items():
                session.record(OrganisationId(organisation), CriterionId(criterion), text)
            if submit:
                session.submit()
            return hand_over(seat, self.handed_in).path
        finally:
            seat.file.close()

    def all_marks(self, worth: Callable[[int, int], str]) -> dict[tuple[str, str], str]:
        """A mark for every village and criterion from their positions."""
        return {
            (village.id, criterion.id): worth(place, number)
            for place, village in enumerate(self.event.organisations)
            for number, criterion in enumerate(self.event.criteria)
        }

    def everyone_scores(self) -> None:
        """All three judges score everything and hand over: 东岗村 best, then in running order."""
        for index, judge in enumerate(self.event.judges):
            self.score(judge.id, self.all_marks(lambda place, number, plus=index: str(45 - 3 * place - number + plus)))

    def collect(self, files: Sequence[Path] | None = None) -> MergeReport:
        return merge(self.issued.organiser, files or [self.handed_in], keys=self.keys, now=self.now)

    def look(self) -> Overview:
        """The records as the table sees them; what goes into the tabulation is what stands in the cells, every time."""
        view = overview(self.office)
        for row in view.projection.ballots().rows:
            cell = view.projection.cell(row.judge, row.organisation, row.criterion)
            assert (row.value, row.state) == (cell.value, cell.state)
            assert row.paper == any(item.paper for item in cell.values)
        return view


def make_world(folder: Path, **more: object) -> World:
    """Issue the contest into a folder."""
    event = read_definition(definition(**more), "test")
    keys = folder / "keys"
    issued = issue(event, folder / "contest", keys=keys)
    return World(event, folder, keys, issued)
