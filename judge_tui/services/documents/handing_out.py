"""Papers for before the contest: each judge's sheet to fill in by hand, and what is handed out with each judge's file."""

from __future__ import annotations

from judge_tui.domain import marks
from judge_tui.domain.event import Checklist, Criterion, Event, Grades, Judge, Points
from judge_tui.domain.ledger import Author, fingerprint
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import mark_text, short_text
from judge_tui.domain.projection import Projection
from judge_tui.services.documents.ballots import ballot_papers
from judge_tui.services.documents.paper import (
    Code,
    Grid,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Signatures,
    Text,
    paper,
)
from judge_tui.services.documents.results import about_line, date_text


def blank_sheets(event: Event) -> list[Paper]:
    """One sheet for each judge, organisations and criteria in the order and the words of the screen; where ballots have no names,
    the ballot and the tellers' sheet."""
    return [*(_sheet(event, judge) for judge in event.judges if event.criteria_of(judge)), *ballot_papers(event)]


def _sheet(event: Event, judge: Judge) -> Paper:
    criteria = event.criteria_of(judge)
    columns = [column for item in criteria for column in _columns(item)]
    summed = len(criteria) > 1 and all(
        isinstance(item.method, (Points, Checklist)) and item.weight == 1 for item in criteria
    )
    total: tuple[Text, ...] = (msg("Sheet total"),) if summed else ()
    heads: list[Text] = [msg("No."), msg("Organisation"), *columns, *total, msg("Note")]
    rows = []
    for organisation in event.organisations:
        word: Text = "" if event.scores(judge, organisation.id) else msg("recused")
        rows.append((str(organisation.number), organisation.name, *([word] * (len(columns) + len(total))), ""))
    shares = (2, 6, *([4] * len(columns)), *([3] * len(total)), 4)
    group = event.group_by_id[judge.group].name
    about = about_line(event.season, event.host, date_text(event), group)
    parts: list[Part] = [
        Paragraph(about, centred=True),
        Paragraph(msg("Judge: {judge}", judge=judge.name), strong=True),
        Grid(tuple(heads), tuple(rows), shares, blank=True),
        Signatures((msg("Signature of the judge"), msg("Date"))),
        *_explained(criteria),
    ]
    name = f"sheet-{event.judges.index(judge) + 1:02d}-{judge.id}"
    return paper(name, msg("{title}: score sheet", title=event.title), parts, wide=True)


MOST_TICKED = 8
"""So many items of a checklist have a column of their own to tick; of a longer one the numbers are written down."""


def _columns(criterion: Criterion) -> list[Text]:
    """The headings of a criterion: what is to be written beneath, a mark, a grade or ticks."""
    method = criterion.method
    if isinstance(method, Checklist):
        if len(method.items) > MOST_TICKED:
            return [msg("{criterion}: numbers of what is found wanting", criterion=criterion.name)]
        return [
            msg("{number}. {text}: tick", number=number, text=item.text) for number, item in enumerate(method.items, 1)
        ]
    if isinstance(method, Grades):
        grades = "/".join(grade.name for grade in method.grades)
        return [msg("{criterion} ({grades})", criterion=criterion.name, grades=grades)]
    full = marks.most_points(criterion)
    if full is None or not criterion.weight:
        return [criterion.name]
    return [msg("{criterion} ({points} points)", criterion=criterion.name, points=short_text(full / criterion.weight))]


def _explained(criteria: tuple[Criterion, ...]) -> list[Part]:
    """What may be given, what it means, and where the bands lie."""
    lines: list[Text] = []
    for item in criteria:
        line = msg("{criterion}: {allowed}", criterion=item.name, allowed=marks.allowed(item.method))
        bands = "；".join(f"{mark_text(band.least)}~{mark_text(band.most)} {band.name}" for band in item.bands)
        more = tuple(text for text in (item.description, bands) if text)
        lines.append(msg("{line}. {more}", line=line, more=" ".join(more)) if more else line)
        if isinstance(item.method, Checklist):
            lines += [
                msg(
                    "{number}. {text}: {points} points off", number=number, text=check.text, points=mark_text(check.off)
                )
                for number, check in enumerate(item.method.items, 1)
            ]
    return [Heading(msg("How to score"), 2), Listing(tuple(lines))]


def handouts(projection: Projection, file_stem: str) -> list[Paper]:
    """One page for each judge: whose file it is, how to begin, how to hand over, and digits by which the file is known.

    `file_stem` is what the kits' names begin with (`EVENT` in `EVENT-JUDGE.judge`).
    """
    event = projection.event
    return [
        _handout(event, judge, f"{file_stem}-{judge.id}.judge", projection.authority.kits.get(judge.id, ""))
        for judge in event.judges
    ]


def _handout(event: Event, judge: Judge, file: str, kit: str) -> Paper:
    steps: tuple[Text, ...] = (
        msg("Copy the file {file} from the stick to the laptop, into a folder of your own.", file=file),
        msg("Open it: judge-tui score {file}", file=file),
        msg("Type each mark and press Enter; PgDn goes to the next organisation. Every mark is saved as you type it."),
        msg("At the end look everything over and submit. Nothing can be changed afterwards."),
        msg("Hand over: put the stick in and run: judge-tui handover {file} FOLDER", file=file),
    )
    parts: list[Part] = [
        Paragraph(about_line(event.season, event.host, event.venue, date_text(event)), centred=True),
        Paragraph(
            msg("For {judge}, {group}", judge=judge.name, group=event.group_by_id[judge.group].name), strong=True
        ),
        Listing(steps, numbered=True),
        Paragraph(
            msg("If the laptop fails, ask for another one and for this file again: what you handed over is not lost.")
        ),
    ]
    if kit:
        parts.append(Code(msg("This file is known by"), fingerprint(Author(bytes.fromhex(kit)))))
    parts.append(Signatures((msg("Received by"), msg("Date"))))
    name = f"handout-{event.judges.index(judge) + 1:02d}-{judge.id}"
    return paper(name, msg("{title}: for a judge", title=event.title), parts)
