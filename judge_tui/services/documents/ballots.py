"""Anonymous ballots on paper: how they were counted, class by class, and the ballot that is handed out."""

from __future__ import annotations

from judge_tui.domain.event import Criterion, Grades
from judge_tui.domain.messages import msg
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Grid, Heading, Part, Text


def ballot_parts(dossier: Dossier) -> list[Part]:
    """For each anonymous criterion what two tellers counted: 发出, 收回, 有效, 弃权 and every grade; nothing without ballots."""
    parts: list[Part] = []
    for criterion in dossier.event.criteria:
        grid = _grid(dossier, criterion)
        if grid is not None:
            parts += [Heading(msg("Ballots counted: {criterion}", criterion=criterion.name), 2), grid]
    return parts


def _grid(dossier: Dossier, criterion: Criterion) -> Grid | None:
    if not isinstance(criterion.method, Grades):
        return None
    event = dossier.event
    counted = {
        (item.organisation, item.group): item for item in dossier.ballots.tallies if item.criterion == criterion.id
    }
    rows: list[tuple[Text, ...]] = []
    for organisation in event.organisations:
        for group in event.groups:
            item = counted.get((organisation.id, group.id))
            if item is not None:
                each = dict(item.counts)
                totals = (item.issued, item.returned, item.valid, item.abstained)
                figures = (*totals, *(each.get(grade.id, 0) for grade in criterion.method.grades))
                rows.append((organisation.name, group.name, *map(str, figures)))
    if not rows:
        return None
    names = tuple(grade.name for grade in criterion.method.grades)
    heads: tuple[Text, ...] = (msg("Organisation"), msg("Group"), *_TOTALS, *names)
    return Grid(heads, tuple(rows), (6, 4, *([2] * (len(heads) - 2))), frozenset(range(2, len(heads))))


_TOTALS: tuple[Text, ...] = (msg("Issued"), msg("Returned"), msg("Valid"), msg("Abstained"))
