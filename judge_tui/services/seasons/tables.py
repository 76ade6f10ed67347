"""A season for programs: JSON with everything, CSV with one row for each organisation at each event."""

from __future__ import annotations

import csv
import io
import json

from judge_tui.domain.commitments import Tally
from judge_tui.domain.numbers import short_text
from judge_tui.domain.season.promises import all_counts
from judge_tui.domain.season.season import Season
from judge_tui.domain.season.standings import Line, Table
from judge_tui.services.results.ranking import Render
from judge_tui.services.seasons.season import Found

CSV_COLUMNS = (
    "ranking",
    "place",
    "tied",
    "id",
    "name",
    "figure",
    "event",
    "season",
    "event_place",
    "event_total",
    "event_awards",
)


def season_json(found: Found, render: Render) -> str:
    """The season as JSON: `events`, `rankings`, `honours`, `outcomes`, `annual`, `commitments`, `doubtful`, `notes`, `left_out`."""
    season = found.season
    document = {
        "season": season.name,
        "events": [
            {
                "id": item.id,
                "title": item.title,
                "series": item.series,
                "season": item.season,
                "date": item.date,
                "host": item.host,
                "provisional": item.provisional,
                "organisations": len(item.showings),
            }
            for item in season.rounds
        ],
        "rankings": [_ranking(item, render) for item in season.tables],
        **_consequences(season),
        "commitments": _promises(season),
        "doubtful": [
            {
                "kind": item.kind,
                "first": ":".join(item.first),
                "first_name": item.first_name,
                "second": ":".join(item.second),
                "second_name": item.second_name,
            }
            for item in season.doubts
        ],
        "notes": [render(item) for item in season.notes],
        "left_out": [{"file": str(path), "reason": render(words)} for path, words in found.left_out],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _promises(season: Season) -> dict[str, object]:
    counts = all_counts(season.promises)
    return {
        **_counts(counts),
        "organisations": [
            {
                "id": item.organisation,
                "name": item.name,
                **_counts(item.counts),
                "items": [
                    {
                        "id": made.id,
                        "text": made.text,
                        "state": made.state.value,
                        "count": made.count,
                        "evidence": made.evidence,
                        "due": made.due,
                        "since": made.since,
                    }
                    for made in item.commitments
                ],
            }
            for item in season.promises
        ],
    }


def _counts(counts: Tally) -> dict[str, int]:
    return {"done": counts.done, "doing": counts.doing, "promised": counts.promised}


def _ranking(item: Table, render: Render) -> dict[str, object]:
    return {
        "name": item.field.name,
        "parallel": item.field.parallel,
        "events": [entry.id for entry in item.field.rounds],
        "rules": [render(rule) for rule in item.rules],
        "organisations": [_line(line, item, render) for line in item.lines],
    }


def _line(line: Line, item: Table, render: Render) -> dict[str, object]:
    return {
        "place": line.place,
        "tied": line.tied,
        "id": line.organisation,
        "name": line.name,
        "figure": None if line.figure is None else line.figure_text,
        "attended": line.attended,
        "change": line.change,
        "remark": None if line.short is None else render(line.short),
        "awards": line.award_counts,
        "events": [
            {
                "event": entry.id,
                "place": showing.place,
                "total": None if showing.total is None else short_text(showing.total),
                "awards": list(showing.award_names),
                "status": showing.status,
            }
            for entry, showing in zip(item.field.rounds, line.showings, strict=True)
            if showing is not None
        ],
    }


def _consequences(season: Season) -> dict[str, object]:
    return {
        "honours": [
            {
                "id": item.organisation,
                "name": item.name,
                "award": item.award,
                "count": item.count,
                "earlier": item.earlier,
                "events": list(item.labels),
                "longest_run": item.longest,
                "current_run": item.current,
                "of_the_last": item.last,
            }
            for item in season.honours
        ],
        "printed_honours": [{"name": name, "honours": list(words)} for name, words in season.printed],
        "outcomes": [
            {
                "id": item.organisation,
                "name": item.name,
                "award": item.rule.award,
                "then": item.rule.then,
                "times": item.times,
                "in_a_row": item.rule.row,
                "events": list(item.labels),
                "lasts": item.lasts,
            }
            for item in season.outcomes
        ],
        "annual": [
            {
                "award": item.award.name,
                "ranking": item.field,
                "winners": [line.organisation for line in item.winners],
                "undecided": [line.organisation for line in item.undecided],
                "room": item.room,
            }
            for item in season.annual
        ],
    }


def season_csv(found: Found) -> str:
    """One row for each organisation at each event it took part in, with `\\r\\n` line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for item in found.season.tables:
        for line in item.lines:
            for entry, showing in zip(item.field.rounds, line.showings, strict=True):
                if showing is None:
                    continue
                writer.writerow(
                    (
                        item.field.name,
                        "" if line.place is None else line.place,
                        "yes" if line.tied else "no",
                        line.organisation,
                        line.name,
                        line.figure_text,
                        entry.id,
                        entry.season,
                        "" if showing.place is None else showing.place,
                        showing.total_text,
                        "、".join(showing.award_names),
                    )
                )
    return out.getvalue()
