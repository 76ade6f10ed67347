"""A judge's progress read from the state of his own file."""

from __future__ import annotations

from datetime import datetime

from judge_tui.domain.event import Criterion, CriterionId, Grades, Judge, OrganisationId
from judge_tui.domain.projection import Projection
from judge_tui.domain.seat import Card, OwnMark, OwnText, Progress, Sheet, progress_of


def own_progress(state: Projection, judge: Judge) -> Progress:
    """What this judge has given, put aside and handed in, as far as this file knows."""
    event = state.event
    sheet = Sheet(tuple(item for item in event.criteria_of(judge) if not _by_tellers(item)))
    submissions = state.submissions(judge.id)
    cards = []
    for organisation in event.organisations:
        locked = any(item.locks(organisation.id) for item in submissions)
        fixed = not event.scores(judge, organisation.id)
        cards.append(
            Card(
                organisation,
                sheet,
                _given(state, judge, organisation.id, sheet),
                _comment(state, judge, organisation.id),
                OwnText("") if fixed else _recusal(state, judge, organisation.id),
                fixed=fixed,
                locked=locked,
                reopened=not locked and any(item.covers(organisation.id) for item in submissions),
            )
        )
    return progress_of(event, judge, sheet, cards)


def _by_tellers(criterion: Criterion) -> bool:
    """Anonymous ballots are counted by tellers and never carry a judge."""
    return isinstance(criterion.method, Grades) and criterion.method.anonymous


def _given(state: Projection, judge: Judge, organisation: OrganisationId, sheet: Sheet) -> dict[CriterionId, OwnMark]:
    """The marks that stand; where two copies of the file were written apart, the later one of the chain shows, and the
    next correction replaces all of them."""
    given: dict[CriterionId, OwnMark] = {}
    for criterion in sheet.criteria:
        values = state.cells.values.get((judge.id, organisation, criterion.id))
        if values:
            last = max(values, key=lambda item: item.seq)
            given[criterion.id] = OwnMark(last.value, tuple(item.hash for item in values), last.findings)
    return given


def _comment(state: Projection, judge: Judge, organisation: OrganisationId) -> OwnText:
    texts = state.comments(judge.id, organisation)
    return OwnText("\n".join(item.text for item in texts), tuple(item.hash for item in texts))


def _recusal(state: Projection, judge: Judge, organisation: OrganisationId) -> OwnText | None:
    texts = state.recusals(judge.id, organisation)
    return OwnText(texts[-1].text, tuple(item.hash for item in texts)) if texts else None


def last_change(state: Projection, judge: Judge) -> datetime | None:
    """When this judge's newest standing mark was written, by the clock of the laptop it was written on."""
    times = [value.at for key, values in state.cells.values.items() if key[0] == judge.id for value in values]
    try:
        return datetime.fromisoformat(max(times)) if times else None
    except ValueError:
        return None
