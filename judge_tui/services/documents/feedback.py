"""The papers for those who were assessed: feedback for each organisation, and what a checklist found wanting."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain import marks
from judge_tui.domain.commitments import line, tally
from judge_tui.domain.event import Checklist, Criterion, Organisation
from judge_tui.domain.messages import msg, verbatim
from judge_tui.domain.numbers import THOUSAND, decimal_text, mark_text
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Grid, Heading, Listing, Paper, Paragraph, Part, Signatures, Text, paper
from judge_tui.services.documents.results import head, place, score_text


def feedback(dossier: Dossier) -> list[Paper]:
    """One paper for each organisation: its figures by criterion and the comments, without judges' names."""
    return [_one(dossier, organisation) for organisation in dossier.event.organisations]


def _one(dossier: Dossier, organisation: Organisation) -> Paper:
    event, shows = dossier.event, dossier.event.publication
    standing = dossier.standings.get(organisation.id)
    parts: list[Part] = head(dossier)
    told: list[Text] = []
    if standing is not None and shows.places and dossier.ranked:
        told.append(place(standing))
    if standing is not None and shows.scores and score_text(standing):
        told.append(msg("final score {score}", score=score_text(standing)))
    if standing is not None and standing.award_names:
        told.append("、".join(standing.award_names))
    if told:
        parts.append(Paragraph(msg("Result: {what}", what=tuple(told)), strong=True))
    rows = [_figures(dossier, organisation, criterion) for criterion in event.criteria]
    shown = tuple(row for row in rows if row is not None)
    if shown and shows.scores:
        heads = (msg("Criterion"), msg("Full marks"), msg("Judges"), msg("Mean"), msg("Highest"), msg("Lowest"))
        parts.append(Grid(heads, shown, (5, 2, 2, 2, 2, 2), frozenset({1, 2, 3, 4, 5})))
    found = findings_rows(dossier, organisation)
    if found:
        parts += [Heading(msg("Found wanting"), 2), Grid(FINDINGS_HEADS, found, FINDINGS_SHARES, frozenset({2, 3}))]
    if organisation.commitments:
        counts = msg("Commitments: {counts}", counts=tally(organisation.commitments).words)
        parts += [Heading(counts, 2), Listing(tuple(line(item) for item in organisation.commitments), numbered=True)]
    comments = dossier.comments.get(organisation.id, ())
    parts.append(Heading(msg("Comments"), 2))
    parts.append(Listing(comments, numbered=True) if comments else Paragraph(msg("none")))
    title = msg("{title}: feedback for {organisation}", title=event.title, organisation=organisation.name)
    return paper(f"feedback-{organisation.number:02d}-{organisation.id}", title, parts)


def _figures(dossier: Dossier, organisation: Organisation, criterion: Criterion) -> tuple[Text, ...] | None:
    given = [
        value
        for (_, where, what), value in dossier.counted.items()
        if where == organisation.id and what == criterion.id
    ]
    if not given:
        return None
    full = marks.most_points(criterion)
    bare = None if full is None else full / (criterion.weight or 1)
    mean = Fraction(sum(given), THOUSAND * len(given))
    return (
        criterion.name,
        "" if bare is None else mark_text(int(bare * THOUSAND)),
        str(len(given)),
        decimal_text(mean, 2),
        mark_text(max(given)),
        mark_text(min(given)),
    )


FINDINGS_HEADS: tuple[Text, ...] = (
    msg("Checked"),
    msg("Item"),
    msg("Points off"),
    msg("Judges"),
    msg("What was found"),
)
FINDINGS_SHARES = (3, 5, 2, 2, 6)


def findings_rows(dossier: Dossier, organisation: Organisation) -> tuple[tuple[Text, ...], ...]:
    """What was found wanting: criterion, item, points off, how many judges found it, and what they wrote."""
    rows: list[tuple[Text, ...]] = []
    for criterion in dossier.event.criteria:
        if not isinstance(criterion.method, Checklist):
            continue
        for item in criterion.method.items:
            who = [
                judge
                for (judge, where, what), row in dossier.rows.items()
                if where == organisation.id
                and what == criterion.id
                and isinstance(row.value, tuple)
                and item.id in row.value
            ]
            if who:
                texts = [
                    dossier.findings.get((judge, organisation.id, criterion.id), {}).get(item.id, "") for judge in who
                ]
                written = "；".join(dict.fromkeys(text for text in texts if text))
                rows.append((criterion.name, item.text, mark_text(item.off), str(len(who)), written))
    return tuple(rows)


def rectification(dossier: Dossier) -> Paper | None:
    """整改清单: everything a checklist found wanting, with places for who mends it and by when; None without checklists."""
    if not any(isinstance(item.method, Checklist) for item in dossier.event.criteria):
        return None
    heads: tuple[Text, ...] = (
        msg("No."),
        msg("Organisation"),
        *FINDINGS_HEADS,
        msg("Mended by"),
        msg("Deadline"),
        msg("Done"),
    )
    rows: list[tuple[Text, ...]] = []
    for organisation in dossier.event.organisations:
        for row in findings_rows(dossier, organisation):
            rows.append((str(len(rows) + 1), organisation.name, *row, "", "", ""))
    parts: list[Part] = head(dossier)
    if rows:
        parts.append(Grid(heads, tuple(rows), (1, 3, 3, 5, 2, 2, 5, 2, 2, 2), frozenset({0, 4, 5}), blank=True))
    else:
        parts.append(Paragraph(verbatim("")))
        parts.append(Paragraph(msg("Nothing was found wanting.")))
    parts.append(Signatures((msg("Checked by"), msg("Date"))))
    title = msg("{title}: to be put right", title=dossier.event.title)
    return paper("rectification", title, parts, wide=True)
