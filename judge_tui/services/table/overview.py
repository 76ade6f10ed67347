"""Everything the organiser's table shows, worked out anew from the records: nothing in it is kept anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from judge_tui.domain.authority import AuthorState, Standing
from judge_tui.domain.cells import CellKey
from judge_tui.domain.event import CriterionId, Event, Grades, JudgeId, OrganisationId
from judge_tui.domain.ledger import Author, fingerprint
from judge_tui.domain.matrix import Matrix, matrix
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.projection import Projection
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Adjustment, Ballots
from judge_tui.domain.tabulation.result import Lack, Result
from judge_tui.services.records.contest import Contest, OnRead, open_contest, unhurried
from judge_tui.services.results.ranking import GATHERED, pending_text
from judge_tui.services.table.office import Office


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that is lacking or in doubt. `code` is that of a `Lack`, or `ballots` (none counted), `laptop` (waits for
    confirmation), `fork` (records split in two), `late` (kept, not counted), `unsealed` (said after the seal). `blocks` is
    whether the result stays provisional because of it."""

    code: str
    message: Message
    blocks: bool = True
    judge: str = ""
    organisation: str = ""
    criterion: str = ""
    author: Author | None = None
    organisations: tuple[str, ...] = ()
    award: str = ""

    @property
    def cell(self) -> CellKey:
        """The cell a conflict is about."""
        return JudgeId(self.judge), OrganisationId(self.organisation), CriterionId(self.criterion)


@dataclass(frozen=True)
class Overview:
    """One look at an organiser's file."""

    contest: Contest
    result: Result
    matrix: Matrix

    @property
    def path(self) -> Path:
        """The organiser's file."""
        return self.contest.path

    @property
    def projection(self) -> Projection:
        """The state as a function of all entries."""
        return self.contest.projection

    @property
    def ballots(self) -> Ballots:
        """What went into the tabulation."""
        return self.contest.ballots

    @property
    def event(self) -> Event:
        """The event in its newest definition and running order."""
        return self.projection.event

    @property
    def sealed(self) -> bool:
        """Whether a seal holds."""
        return self.projection.seal is not None

    @property
    def published(self) -> bool:
        """Whether the sealed result was published with the seal that holds."""
        seal = self.projection.seal
        return seal is not None and any(
            item.body.kind == "publish" and item.body.text("seal") == seal.hash.hex()
            for item in self.projection.desk.noted
        )

    @property
    def adjustments(self) -> tuple[tuple[str, Adjustment], ...]:
        """Adjustments that count, each with the hash by which it can be taken back."""
        return tuple(zip(self.projection.desk.adjustment_hashes, self.projection.desk.adjustments))

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """Everything that is lacking or in doubt, what holds the result up first."""
        return doubts_of(self.contest, self.result)

    @property
    def provisional(self) -> bool:
        """Whether anything holds the result up."""
        return any(item.blocks for item in self.doubts)

    @property
    def banner(self) -> Message:
        """One line on where the event stands."""
        if self.published:
            return msg("Published: the result is final.")
        blocking = sum(item.blocks for item in self.doubts)
        if self.sealed and not blocking:
            return msg("Sealed: what is counted no longer changes.")
        if not blocking:
            if not (self.event.criteria or self.event.adjustments):
                return msg(
                    "Nothing is scored here: comments are written down in room 6, the record is printed in room 8."
                )
            return msg("Everything is here: the result can be sealed.")
        missing = nmsg(
            "Provisional: {count} thing is lacking or in doubt",
            "Provisional: {count} things are lacking or in doubt",
            blocking,
        )
        return msg("Sealed all the same. {lacks}", lacks=missing) if self.sealed else missing


READ, FOLDED, GATHERED_BALLOTS, TABULATED, DONE = 20, 65, 75, 90, 100
"""How far a look at the records is, in hundredths, as measured with forty thousand entries."""


def overview(office: Office, *, ahead: bool = False, on_progress: OnRead | None = None) -> Overview:
    """Look at the organiser's file; `ahead` looks past the last seal, at what a new one would pin. `on_progress` is told how
    far it is, of 100. Raises RefusedError and StorageError where it cannot be read."""
    tell = on_progress or (lambda done, of: None)
    on_read = (lambda done, of: tell(READ * done // max(1, of), DONE)) if on_progress is not None else None
    with unhurried():
        contest = open_contest(office.path, ahead=ahead, on_read=on_read)
        tell(FOLDED, DONE)
        ballots = contest.ballots
        tell(GATHERED_BALLOTS, DONE)
        result = tabulate(contest.event, ballots)
        tell(TABULATED, DONE)
        return Overview(contest, result, matrix(contest.event, ballots))


def doubts_of(contest: Contest, result: Result) -> tuple[Doubt, ...]:
    """Everything that is lacking or in doubt, what holds the result up first."""
    return (
        *_laptops(contest.projection),
        *_announced(contest),
        *(uncounted := _uncounted(contest)),
        # What the tabulation says of the same ballots is said already.
        *(item for item in lacking(contest.event, result) if not _same(item, uncounted)),
        *_set_aside(contest.projection),
    )


def _uncounted(contest: Contest) -> list[Doubt]:
    """Anonymous ballots of which not one box has been counted yet, even where the rules would leave them out."""
    counted = {item.criterion for item in contest.ballots.tallies}
    return [
        Doubt("ballots", msg("{criterion}: no ballots have been counted yet", criterion=item.name), criterion=item.id)
        for item in contest.event.criteria
        if isinstance(item.method, Grades) and item.method.anonymous and item.id not in counted
    ]


def _same(doubt: Doubt, uncounted: Sequence[Doubt]) -> bool:
    about = doubt.judge or doubt.organisation
    return doubt.code == "missing" and not about and doubt.criterion in {item.criterion for item in uncounted}


def lacking(event: Event, result: Result) -> list[Doubt]:
    """What the tabulation lacks: marks that are merely not there yet are gathered by judge, everything else stands alone."""
    alone = [_about(event, result, item) for item in result.lacks if item.code not in GATHERED or not item.judge]
    gathered: dict[tuple[str, str], list[Lack]] = {}
    for item in result.lacks:
        if item.code in GATHERED and item.judge:
            gathered.setdefault((item.judge, item.code), []).append(item)
    later = ("minimum_judges", "empty_group", "tie", "award")
    order = {judge.id: place for place, judge in enumerate(event.judges)}
    pending = sorted(gathered, key=lambda key: (order.get(JudgeId(key[0]), len(order)), key[1]))
    return [
        *(item for item in alone if item.code not in later),
        *(_pending(event, gathered[key]) for key in pending),
        *(item for item in alone if item.code in later),
    ]


def _pending(event: Event, lacks: Sequence[Lack]) -> Doubt:
    first = lacks[0]
    wanted = {item.organisation for item in lacks}
    text = pending_text(event, lacks)
    organisation = next((item.id for item in event.organisations if item.id in wanted), first.organisation)
    return Doubt(first.code, text, True, first.judge, organisation, first.criterion)


def _about(event: Event, result: Result, lack: Lack) -> Doubt:
    """A lack that stands alone, with whom it is about in words, and who is tied where a decision is asked for."""
    judge = event.judge_by_id.get(JudgeId(lack.judge))
    organisation = event.organisation_by_id.get(OrganisationId(lack.organisation))
    criterion = event.criterion_by_id.get(CriterionId(lack.criterion))
    about = [
        judge.name if judge else lack.judge,
        organisation.name if organisation else "",
        criterion.name if criterion else "",
    ]
    text = lack.message
    tied: tuple[str, ...] = ()
    if lack.code in ("tie", "award"):
        tied = _sharing(result, lack.organisation)
    elif any(about):
        text = msg("{about}: {what}", about=tuple(item for item in about if item), what=lack.message)
    return Doubt(
        lack.code, text, True, lack.judge, lack.organisation, lack.criterion, organisations=tied, award=lack.award
    )


def _sharing(result: Result, organisation: str) -> tuple[str, ...]:
    """Those who share this organisation's place."""
    ranks = {item.organisation: (item.division, item.rank) for item in result.standings}
    mine = ranks.get(OrganisationId(organisation))
    return tuple(item for item, place in ranks.items() if place == mine)


def _announced(contest: Contest) -> list[Doubt]:
    """Judges of whom other files have heard more than has arrived."""
    return [
        Doubt(
            "announced",
            msg(
                "{judge}: {held} records are here, but other files have heard of {announced}; collect the newest copy",
                judge=item.judge.name,
                held=item.entries,
                announced=item.announced,
            ),
            contest.projection.seal is None,
            item.judge.id,
        )
        for item in contest.received
        if item.announced > item.entries
    ]


def _laptops(projection: Projection) -> list[Doubt]:
    found = []
    for state in projection.unconfirmed:
        name = _judge_name(projection, state.judge)
        if state.standing is Standing.REPLACED:
            text = msg(
                "{judge} wrote on an old kit ({device}); confirm it, or leave it out", judge=name, device=state.device
            )
        else:
            text = msg(
                "{judge} also wrote on another laptop ({device}); compare its digits: {digits}",
                judge=name,
                device=state.device or "?",
                digits=fingerprint(state.author),
            )
        found.append(Doubt("laptop", text, _open(projection, state), state.judge, author=state.author))
    for state in projection.forks:
        text = msg(
            "The records of {judge} split in two after a copy was restored", judge=_judge_name(projection, state.judge)
        )
        found.append(Doubt("fork", text, _open(projection, state), state.judge, author=state.author))
    return found


def _open(projection: Projection, state: AuthorState) -> bool:
    """Whether a doubt about an author holds the result up: not where it came after the seal, which changes nothing."""
    seal = projection.seal
    if seal is None:
        return True
    return state.author in seal.heads and not 0 < state.fork <= seal.holds(state.author)


WHY_LATE: dict[str, Message] = {
    "submitted": msg("given after submitting"),
    "sealed": msg("arrived after the seal"),
    "undone": msg("taken back by the organiser"),
    "unconfirmed": msg("from a laptop that is not confirmed"),
    "replaced": msg("from an old kit"),
    "revoked": msg("from a laptop that no longer counts"),
    "forked": msg("from records that split in two"),
    "unknown": msg("from a kit that was never issued"),
    "invalid": msg("not a mark of this definition"),
}
"""Why an entry is kept and shown but not counted."""


def _set_aside(projection: Projection) -> list[Doubt]:
    """Entries that are kept and not counted, gathered by judge and reason; and what was said after the seal."""
    counts: dict[tuple[JudgeId, str], int] = {}
    noted = projection.desk.late_noted
    for late in projection.late:
        if late.why not in ("undone", "forked", "unconfirmed", "replaced") and late.hash not in noted:
            counts[late.judge, late.why] = counts.get((late.judge, late.why), 0) + 1
    found = [
        Doubt(
            "late",
            nmsg(
                "{judge}: {count} entry not counted, {why}",
                "{judge}: {count} entries not counted, {why}",
                count,
                judge=_judge_name(projection, judge),
                why=WHY_LATE.get(why, verbatim(why)),
            ),
            False,
            judge,
        )
        for (judge, why), count in sorted(counts.items())
    ]
    unsealed = len(projection.authority.unsealed)
    if unsealed:
        found.append(
            Doubt(
                "unsealed",
                nmsg(
                    "{count} decision was made after the seal; it counts once sealed again",
                    "{count} decisions were made after the seal; they count once sealed again",
                    unsealed,
                ),
                False,
            )
        )
    return found


def _judge_name(projection: Projection, judge: JudgeId) -> str:
    found = projection.event.judge_by_id.get(judge)
    return found.name if found else str(judge)
