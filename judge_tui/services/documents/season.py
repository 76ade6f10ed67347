"""A season on paper: standings with the trend, honours, what follows, awards of the year, promises, matches in doubt."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.season.annual import Given
from judge_tui.domain.season.honours import Honour, Outcome
from judge_tui.domain.season.promises import all_counts
from judge_tui.domain.season.published import as_published
from judge_tui.domain.season.season import Season
from judge_tui.domain.season.standings import Line, Table
from judge_tui.services.documents.bundle import Piece
from judge_tui.services.documents.paper import (
    Bar,
    Bars,
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
from judge_tui.services.documents.pdf import pdf
from judge_tui.services.documents.plain import markdown
from judge_tui.services.documents.promises import promises_grid
from judge_tui.services.documents.render import Render
from judge_tui.services.documents.results import TABULATORS
from judge_tui.services.documents.web import web_page
from judge_tui.services.documents.word import word
from judge_tui.services.seasons.season import Found
from judge_tui.services.seasons.tables import season_csv, season_json


def season_papers(season: Season) -> list[Paper]:
    """The standings of the season; beside them the honours and the promises where there are any."""
    made = [_standings(season), _honours(season), _promises(season)]
    return [item for item in made if item is not None]


def season_pieces(found: Found, render: Render, language: str) -> list[Piece]:
    """Every file of a season's documents; they are for everybody, so that what an event keeps back is in none of them."""
    found = replace(found, season=as_published(found.season))
    papers = season_papers(found.season)

    def text(item: Paper) -> bytes:
        return markdown(item, render).encode()

    return [
        *(Piece(f"{item.name}.docx", partial(word, item, render)) for item in papers),
        *(Piece(f"{item.name}.md", partial(text, item)) for item in papers),
        Piece("season.html", lambda: web_page(_name(found.season, render), papers, render, language).encode()),
        Piece("season.csv", lambda: season_csv(found).encode("utf-8-sig")),
        Piece("season.json", lambda: season_json(found, render).encode()),
        Piece("season.pdf", lambda: pdf(papers, render)),
    ]


def _name(season: Season, render: Render) -> str:
    return season.name or render(msg("The season taken together"))


def _title(season: Season, what: Message) -> Text:
    return msg("{title}: {what}", title=season.name, what=what) if season.name else what


def _standings(season: Season) -> Paper:
    parts: list[Part] = [Paragraph(note, strong=True) for note in season.notes]
    for item in season.tables:
        if len(season.tables) > 1 or item.field.name != season.name:
            parts.append(Heading(item.field.name, 2))
        parts += _table(item)
    parts.append(Signatures(TABULATORS))
    return paper("standings", _title(season, msg("standings")), parts, wide=True)


def _table(item: Table) -> list[Part]:
    events = Listing(tuple(_event(entry.label, entry.title) for entry in item.field.rounds), numbered=True)
    if not any(line.figure is not None or line.award_counts for line in item.lines):
        names = tuple(line.name for line in item.lines)
        return [events, Paragraph(msg("Took part: {names}", names=names))]
    count = len(item.field.rounds)
    heads: list[Text] = [msg("Place"), msg("Name"), msg("Over all"), *map(str, range(1, count + 1))]
    heads += [msg("Trend"), msg("Awards so far"), msg("Remark")]
    shares = (2, 5, 3, *([2] * count), 2, 4, 4)
    rows = tuple(map(_row, item.lines))
    # A column in which nothing stands is not printed: nobody has an award yet, or the event keeps its places back.
    there = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    figures = {0, *range(2, 4 + count)}
    grid = Grid(
        tuple(heads[at] for at in there),
        tuple(tuple(row[at] for at in there) for row in rows),
        tuple(shares[at] for at in there),
        frozenset(place for place, at in enumerate(there) if at in figures),
    )
    parts: list[Part] = [grid, events, *([Listing(item.rules)] if item.rules else [])]
    chart = _trend(item)
    return [*parts, chart] if chart is not None else parts


def _event(label: str, title: str) -> Text:
    return title if label in title else f"{label}　{title}"


def _row(line: Line) -> tuple[Text, ...]:
    cells: list[Text] = ["" if line.place is None else str(line.place), line.name, line.figure_text]
    cells += ["" if place is None else str(place) for place in line.places]
    cells.append("" if line.change is None else f"{line.change:+d}" if line.change else "=")
    cells.append("、".join(name if n == 1 else f"{name} ({n})" for name, n in line.award_counts.items()))
    cells.append(msg("shared") if line.tied else "" if line.short is None else line.short)
    return tuple(cells)


def _trend(item: Table) -> Bars | None:
    """Each organisation's totals from the lowest to the highest, with a mark at the latest; nothing before a second event."""
    bars = []
    for line in item.lines:
        totals = [entry.total for entry in line.showings if entry is not None and entry.total is not None]
        if len(totals) > 1:
            texts = [entry.total_text for entry in line.showings if entry is not None and entry.total is not None]
            bars.append(Bar(line.name, float(min(totals)), float(totals[-1]), float(max(totals)), " → ".join(texts)))
    if not bars:
        return None
    least = min(bar.low for bar in bars)
    return Bars(
        msg("Totals over the season; the mark is the latest"), tuple(bars), least, max(bar.high for bar in bars)
    )


def honour_words(item: Honour) -> Message:
    """先后7次“最美村”、连续2次."""
    words = [nmsg("“{award}” {count} time", "“{award}” {count} times", item.count, award=item.award)]
    if item.longest > 1:
        words.append(
            nmsg("{count} time in a row", "{count} times in a row", item.longest)
            if item.current != item.longest
            else nmsg("{count} time in a row up to now", "{count} times in a row up to now", item.longest)
        )
    if item.labels:
        return msg("{where}: {what} ({when})", where=item.name, what=tuple(words), when=item.labels)
    return msg("{where}: {what}", where=item.name, what=tuple(words))


def outcome_words(item: Outcome) -> Message:
    """Whom a rule concerns, what follows, and why."""
    row = (
        nmsg("{award} {count} time in a row", "{award} {count} times in a row", item.times, award=item.rule.award)
        if item.rule.row
        else nmsg("{award} {count} time", "{award} {count} times", item.times, award=item.rule.award)
    )
    return msg("{where}: {then} ({why}: {when})", where=item.name, then=item.rule.then, why=row, when=item.labels)


def undecided_words(item: Given) -> Message:
    """Among whom the organiser still has to choose."""
    return msg(
        "{names} share the place at the cut, and there is room for {count}: the organiser decides",
        names=tuple(line.name for line in item.undecided),
        count=item.room,
    )


def _honours(season: Season) -> Paper | None:
    parts: list[Part] = []
    counted = tuple(honour_words(item) for item in season.honours if not item.last)
    behind = tuple(honour_words(item) for item in season.honours if item.last)
    printed = tuple(msg("{where}: {what}", where=name, what=words) for name, words in season.printed)
    if counted or printed:
        parts += [Heading(msg("Honours"), 2), Listing((*counted, *printed))]
    if behind:
        parts += [Heading(msg("Flags and lists of the last"), 2), Listing(behind)]
    if season.outcomes:
        parts += [Heading(msg("What follows"), 2), Listing(tuple(outcome_words(item) for item in season.outcomes))]
    if season.annual:
        given = tuple(
            msg(
                "{where}: {what}",
                where=f"{item.field} {item.award.name}" if len(season.tables) > 1 else item.award.name,
                what=tuple(line.name for line in item.winners) or "-",
            )
            for item in season.annual
        )
        given += tuple(undecided_words(item) for item in season.annual if item.undecided)
        parts += [Heading(msg("Awards of the year"), 2), Listing(given)]
    return paper("honours", _title(season, msg("honours and what follows")), parts) if parts else None


def _promises(season: Season) -> Paper | None:
    if not season.promises:
        return None
    rows = [(item.name, made) for item in season.promises for made in item.commitments]
    counts = Grid(
        (msg("Organisation"), msg("State of it")),
        tuple((item.name, item.counts.words) for item in season.promises),
        (3, 6),
    )
    whole = Paragraph(msg("Commitments: {counts}", counts=all_counts(season.promises).words), strong=True)
    return paper("promises", _title(season, msg("commitments kept")), [whole, counts, promises_grid(rows)], wide=True)
