"""Anonymous ballots on paper: how they were counted, class by class, and the ballot that is handed out."""

from __future__ import annotations

from collections.abc import Iterator

from judge_tui.domain.event import Criterion, Event, Grades, JudgeGroup
from judge_tui.domain.messages import msg
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Grid, Heading, Paper, Paragraph, Part, Signatures, Text, paper

TELLERS: tuple[Text, ...] = (msg("Ballots counted by"), msg("Ballots watched by"))


def ballot_papers(event: Event) -> list[Paper]:
    """For each anonymous criterion and class of voters the ballot to be copied, without a place for any name, and the sheet on
    which two tellers count: the columns are those that are typed at the table."""
    return [made for boxes in _boxes(event) for made in (_ballot(event, *boxes), _count(event, *boxes))]


def _boxes(event: Event) -> Iterator[tuple[Criterion, Grades, JudgeGroup]]:
    for criterion in event.criteria:
        if isinstance(criterion.method, Grades) and criterion.method.anonymous:
            for group in event.groups:
                if not criterion.groups or group.id in criterion.groups:
                    yield criterion, criterion.method, group


def _ballot(event: Event, criterion: Criterion, method: Grades, group: JudgeGroup) -> Paper:
    names = tuple(grade.name for grade in method.grades)
    rows = tuple((str(item.number), item.name, *([""] * len(names))) for item in event.organisations)
    parts: list[Part] = [
        Paragraph(msg("{criterion} ({group})", criterion=criterion.name, group=group.name), centred=True),
        Grid((msg("No."), msg("Organisation"), *names), rows, (1, 6, *([2] * len(names))), blank=True),
        Paragraph(
            msg(
                "Tick one grade for each organisation. More than one tick, or a tick that was altered, is invalid; none is an "
                "abstention. Do not sign."
            )
        ),
    ]
    return paper(f"ballot-{criterion.id}-{group.id}", msg("{title}: ballot", title=event.title), parts)


def _count(event: Event, criterion: Criterion, method: Grades, group: JudgeGroup) -> Paper:
    names = tuple(grade.name for grade in method.grades)
    heads: tuple[Text, ...] = (msg("No."), msg("Organisation"), *_TOTALS, *names)
    rows = tuple((str(item.number), item.name, *([""] * (len(heads) - 2))) for item in event.organisations)
    parts: list[Part] = [
        Paragraph(msg("{criterion} ({group})", criterion=criterion.name, group=group.name), centred=True),
        Grid(heads, rows, (1, 6, *([2] * (len(heads) - 2))), blank=True),
        Signatures((*TELLERS, msg("Date"))),
    ]
    return paper(
        f"count-{criterion.id}-{group.id}", msg("{title}: count of ballots", title=event.title), parts, wide=True
    )


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
