"""The engine: from an event and its ballots to the result; and again after one mark changed, without doing all of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from judge_tui.domain.definition.summary import adjustment_words, award_words
from judge_tui.domain.event import Criterion, CriterionId, Event, Grades, OrganisationId, PhaseId, Places, Votes
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import decimal_text
from judge_tui.domain.rules import Missing
from judge_tui.domain.tabulation.adjusting import applies_to, is_veto, unmeasured
from judge_tui.domain.tabulation.assess import assess
from judge_tui.domain.tabulation.awarding import hand_out
from judge_tui.domain.tabulation.ballot_papers import read_papers
from judge_tui.domain.tabulation.comparing import Contender
from judge_tui.domain.tabulation.counting import count_tallies
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.inputs import Ballots, MarkColumns, MarkRow, MarkState
from judge_tui.domain.tabulation.intake import Cell, Intake, unknown_judges
from judge_tui.domain.tabulation.ladder import Ladder
from judge_tui.domain.tabulation.material import Material
from judge_tui.domain.tabulation.panels import seats_of
from judge_tui.domain.tabulation.placing import Placed, place_all
from judge_tui.domain.tabulation.result import Lack, Result, Standing
from judge_tui.domain.tabulation.separating import separation_text
from judge_tui.domain.tabulation.steps import steps_of
from judge_tui.domain.tabulation.wording import rules_in_words

OUT_OF_RANKING = ("withdrawn", "vetoed", "guest")
"""Statuses without a place; of these only a guest has a total."""


class Tabulator:
    """One event's ballots, assessed organisation by organisation; `change` takes one more mark or another one."""

    def __init__(self, event: Event, ballots: Ballots) -> None:
        self.event = event
        self.ballots = ballots
        rows = ballots.rows
        self.columns = rows if isinstance(rows, MarkColumns) else MarkColumns.of(rows)
        self._own_columns = not isinstance(rows, MarkColumns)
        self.declared = Declared(event)
        self.seats = seats_of(event)
        self._start()

    def _start(self) -> None:
        self.intake = Intake(self.event, self.seats, self.columns, self.declared)
        self._own_columns = self._own_columns and self.intake.columns is self.columns
        self.columns = self.intake.columns
        self.status = self._statuses()
        withdrawn = frozenset(key for key, status in self.status.items() if status == "withdrawn")
        self.papers = read_papers(self.event, self.seats, self.columns, withdrawn)
        self.intake.papers = self.papers
        self.tallies, self.tally_lacks = count_tallies(self.event, self.ballots.tallies)
        tallied = {criterion for found in self.tallies.values() for criterion in found}
        self.judged: frozenset[CriterionId] = self.intake.judged | tallied
        self.scored = self._scored()
        self.contenders = {item.id: self._assess(item.id) for item in self.event.organisations}

    def _statuses(self) -> dict[OrganisationId, str]:
        """Why an organisation is out of the ranking; empty for those in it."""
        found = {item.id: item.status for item in self.event.organisations}
        for row, state in self.columns.states.items():
            if state is MarkState.WITHDRAWN and found.get(self.columns.organisations[row]) == "":
                found[self.columns.organisations[row]] = "withdrawn"
        for item in self.ballots.adjustments:
            if is_veto(self.event, item) and found.get(item.organisation) == "":
                found[item.organisation] = "vetoed"
        return found

    def _scored(self) -> frozenset[PhaseId]:
        """Phases that marks or adjustments were given for."""
        with_marks = {self.event.criterion_by_id[criterion].phase for criterion in self.judged}
        return frozenset(with_marks | {applies_to(self.event, item) for item in self.ballots.adjustments})

    def _assess(self, organisation: OrganisationId) -> Contender:
        cells = {item.id: self.intake.cell(item, organisation) for item in self.event.criteria}
        return self._contender(organisation, cells)

    def _contender(self, organisation: OrganisationId, cells: dict[CriterionId, Cell]) -> Contender:
        material = Material(
            self.event,
            self.declared,
            self.seats,
            organisation,
            cells,
            self.tallies.get(organisation, {}),
            tuple(item for item in self.ballots.adjustments if item.organisation == organisation),
            self.judged,
            self.scored,
        )
        figures = assess(material)
        return Contender(organisation, self.event.organisation_by_id[organisation].number, material, figures)

    def change(self, row: MarkRow) -> None:
        """Take a mark in place of the one that this judge gave there, or as a new one. Only its organisation is assessed again."""
        if not self._own_columns:
            self.columns = self.intake.columns = MarkColumns.of(self.columns)
            self._own_columns = True
        criterion = self.event.criterion_by_id.get(row.criterion)
        rows = self.intake.rows.get((row.organisation, row.criterion), ())
        mine = [number for number in rows if self.columns.judges[number] == row.judge]
        before = self.columns.state(mine[0]) if mine else MarkState.BLANK
        if mine:
            self.columns.replace(mine[0], row)
        else:
            self.intake.rows[row.organisation, row.criterion] = [*rows, self.columns.append(row)]
            self.intake.judges = dict.fromkeys([*self.intake.judges, row.judge])
        given = before is MarkState.GIVEN and row.state is MarkState.GIVEN
        if (
            criterion is None
            or isinstance(criterion.method, (Places, Votes))
            or row.organisation not in self.contenders
            or not (given or criterion.id in self.judged)
            or MarkState.WITHDRAWN in (before, row.state)
            or (not given and row.state is not MarkState.GIVEN)
            or (not mine and row.judge not in self.event.judge_by_id)
        ):
            self._start()
            return
        self.intake.changed()
        cells = dict(self.contenders[row.organisation].material.cells)
        cells[criterion.id] = self.intake.cell(criterion, row.organisation)
        self.contenders[row.organisation] = self._contender(row.organisation, cells)

    def result(self) -> Result:
        """The ranking as it stands."""
        event, rules = self.event, self.event.tabulation
        running = [item for key, item in self.contenders.items() if not self.status[key]]
        ladder = Ladder(rules.ties, self.ballots.decisions)
        placed = place_all(event, [item for item in running if item.figures.total is not None], ladder)
        awards, award_lacks = hand_out(event, placed, self.ballots.decisions)
        standings = [self._standing(item, awards.get(item.contender.organisation, ())) for item in placed]
        unranked = [item for item in running if item.figures.total is None]
        unranked += sorted(
            (item for key, item in self.contenders.items() if self.status[key]),
            key=lambda item: (OUT_OF_RANKING[::-1].index(self.status[item.organisation]), item.number),
        )
        standings += [self._unranked(item) for item in unranked]
        lacks = (
            *unknown_judges(event, self.intake.judges, self.ballots.unknown_judges),
            *(lack for item in running for lack in self._lacks_of(item)),
            *(lack for lack in self.tally_lacks if not self.status.get(OrganisationId(lack.organisation), "")),
            *self._unscored(),
            *unmeasured(event, self.ballots.adjustments, [item.organisation for item in running]),
            *ladder.lacks,
            *award_lacks,
        )
        said = (
            *rules_in_words(event),
            *(adjustment_words(item, event) for item in event.adjustments),
            *(award_words(item) for item in event.awards),
        )
        return Result(event.id, event.title, tuple(standings), said, tuple(lacks), self._notes(running))

    def _lacks_of(self, contender: Contender) -> list[Lack]:
        found = [lack for cell in contender.material.cells.values() for lack in cell.lacks]
        return [*found, *contender.material.lacks]

    def _unscored(self) -> list[Lack]:
        """Criteria without any mark, where the rules want marks and nobody by name can be asked for them."""
        found = []
        for item in self.event.criteria:
            nobody = not self.seats.scorers[item.id] or self._anonymous(item)
            if item.id not in self.judged and nobody and self.declared.missing(item) is Missing.REFUSE:
                found.append(Lack("missing", msg("nothing was scored here"), criterion=item.id))
        return found

    @staticmethod
    def _anonymous(criterion: Criterion) -> bool:
        return isinstance(criterion.method, Grades) and criterion.method.anonymous

    def _notes(self, running: Sequence[Contender]) -> tuple[Message, ...]:
        unjudged = tuple(item.name for item in self.event.criteria if item.id not in self.judged)
        notes = list(self.papers.notes)
        if unjudged and self.judged:
            notes.append(msg("not judged in this contest, and left out: {names}", names=unjudged))
        ranked = [item for item in running if item.figures.total is not None]
        if short := [item.organisation for item in ranked if item.figures.untrimmed]:
            names = tuple(self.event.organisation_by_id[key].name for key in short)
            everybody = msg("all organisations")
            notes.append(
                msg(
                    "too few marks to drop the highest and lowest, so that all of them count: {names}",
                    names=everybody if len(short) == len(ranked) else names,
                )
            )
        return tuple(notes)

    def _standing(self, placed: Placed, awards: tuple[str, ...]) -> Standing:
        names = {award.id: award.name for award in self.event.awards}
        standing = replace(
            self._unranked(placed.contender),
            rank=placed.rank,
            tied=placed.tied,
            awards=awards,
            award_names=tuple(names[award] for award in awards),
            separated=separation_text(self.event, placed),
        )
        return replace(standing, derive=partial(steps_of, placed.contender, standing))

    def _unranked(self, contender: Contender) -> Standing:
        organisation = self.event.organisation_by_id[contender.organisation]
        status = self.status[organisation.id]
        # Who withdrew or was vetoed has no result, and nothing that could be taken for one.
        total = None if status in ("withdrawn", "vetoed") else contender.figures.total
        standing = Standing(
            organisation=organisation.id,
            number=organisation.number,
            name=organisation.name,
            total=total,
            total_text="" if total is None else decimal_text(total, self.event.tabulation.decimals),
            rank=None,
            status=status,
            division=organisation.division,
            figures=contender.figures,
        )
        return replace(standing, derive=partial(steps_of, contender, standing))
