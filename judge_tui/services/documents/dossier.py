"""Everything the documents draw from: one look at a contest, nothing worked out twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId
from judge_tui.domain.messages import Message
from judge_tui.domain.projection import Projection
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.figures import Panel
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow
from judge_tui.domain.tabulation.result import Result, Standing
from judge_tui.services.records.contest import Contest, open_contest
from judge_tui.services.results.ranking import Ranking
from judge_tui.services.table.closing import ResultCode, result_code
from judge_tui.services.table.overview import doubts_of, lacking
from judge_tui.services.table.remarks import remarks

MarkKey = tuple[JudgeId, OrganisationId, CriterionId]


LONGEST = 5_000
"""Characters of one comment, or of one finding, in print."""


@dataclass(frozen=True)
class Dossier:
    """An event, what was given, what came out, and what was said. `comments` are without the judges' names, those dictated by
    an officer with his; `findings` are what judges wrote to the items of a checklist; `overrides` are reasons for sealing
    although something was lacking, `revealed` those for showing the hall a result that was not final; `doubts` is what holds
    the result up, marks that are missing gathered by judge."""

    event: Event
    ballots: Ballots
    result: Result
    comments: Mapping[OrganisationId, tuple[str, ...]] = field(default_factory=dict)
    findings: Mapping[MarkKey, Mapping[str, str]] = field(default_factory=dict)
    code: ResultCode | None = None
    rehearsal: bool = False
    overrides: tuple[str, ...] = ()
    revealed: tuple[str, ...] = ()
    doubts: tuple[Message, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether every document has to say that the result is not final."""
        return self.result.provisional or bool(self.doubts)

    @property
    def scored(self) -> bool:
        """Whether there is anything to be added up: not where people only look, report and comment."""
        return bool(self.event.criteria or self.ballots.adjustments)

    @property
    def ranked(self) -> bool:
        """Whether anything of it is announced: not where a checklist only leads to what must be put right."""
        shown = self.event.publication
        return self.scored and bool(shown.scores or shown.places or self.event.awards)

    @cached_property
    def standings(self) -> Mapping[OrganisationId, Standing]:
        """Each organisation's standing."""
        return {item.organisation: item for item in self.result.standings}

    @cached_property
    def rows(self) -> Mapping[MarkKey, MarkRow]:
        """Each mark with its state."""
        return {(row.judge, row.organisation, row.criterion): row for row in self.ballots.rows}

    @cached_property
    def counted(self) -> Mapping[MarkKey, int]:
        """The marks that the tabulation counted, in thousandths of a point."""
        found: dict[MarkKey, int] = {}
        for standing in self.result.standings:
            if standing.figures is None:
                continue
            for phase in standing.figures.phases:
                for sheet in phase.sheets:
                    for criterion, value in sheet.marks:
                        found[sheet.judge, standing.organisation, criterion] = value
                parts = [*phase.criteria, *(item for group in phase.groups for item in group.criteria)]
                for figure in parts:
                    for part in figure.parts:
                        for judge, value in _by_judge(part.panel):
                            found[judge, standing.organisation, figure.criterion] = value
        return found


def _by_judge(panel: Panel) -> list[tuple[JudgeId, int]]:
    judges = panel.judges
    return [(judge, value * 1000 // panel.unit) for judge, value in zip(judges, panel.values)] if judges else []


def _in_print(text: str) -> str:
    """What somebody wrote, as far as a page can bear; the whole stands in the records."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……（{len(text)}）"


def dossier_of_file(path: Path) -> Dossier:
    """The dossier of an organiser's file as it stands. Raises JudgeTuiError where it cannot be read."""
    return dossier_of(open_contest(path))


def dossier_of(contest: Contest) -> Dossier:
    """The dossier of a contest."""
    projection, event, ballots = contest.projection, contest.event, contest.ballots
    result = tabulate(event, ballots)
    dictated = remarks(projection)
    comments = {
        organisation.id: (
            *(f"{item.text}（{item.by}）" for item in dictated.get(organisation.id, ())),
            *(
                _in_print(text.text)
                for judge in event.judges
                for text in projection.comments(judge.id, organisation.id)
                if text.text.strip()
            ),
        )
        for organisation in event.organisations
    }
    findings = {
        key: {item: _in_print(text) for item, text in values[0].findings.items()}
        for key, values in projection.cells.values.items()
        if values and values[0].findings
    }
    return Dossier(
        event,
        ballots,
        result,
        comments,
        findings,
        result_code(projection, result),
        projection.rehearsal,
        _sealed_because(projection),
        tuple(
            item.body.text("reason")
            for item in projection.desk.noted
            if item.body.kind == "override" and item.body.text("what") == "reveal"
        ),
        tuple(item.message for item in doubts_of(contest, result) if item.blocks),
    )


def _sealed_because(projection: Projection) -> tuple[str, ...]:
    """Why the seal that holds was set although something was lacking; the reasons of earlier seals went with them."""
    reasons: list[str] = []
    for item in projection.desk.noted:
        if item.body.kind == "override" and item.body.text("what") != "reveal":
            reasons.append(item.body.text("reason"))
        elif item.body.kind == "seal":
            if projection.seal is not None and item.hash == projection.seal.hash.hex():
                return tuple(reasons)
            reasons.clear()
    return ()


def dossier_of_ranking(ranking: Ranking) -> Dossier:
    """The dossier of a ranking computed from a definition and spreadsheets."""
    doubts = tuple(item.message for item in lacking(ranking.event, ranking.result))
    return Dossier(ranking.event, ranking.ballots, ranking.result, doubts=doubts)
