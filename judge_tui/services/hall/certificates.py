"""What stands on certificates: one row for each award given, in the order in which they are handed over."""

from __future__ import annotations

from judge_tui.domain.ceremony.show import Show
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.services.results.reporting import Row

COLUMNS = (
    "award",
    "name",
    "presenter",
    "number",
    "place",
    "score",
    "citation",
    "by",
    "title",
    "theme",
    "season",
    "host",
    "date",
)
"""The columns, named as in the definition and the ceremony's script; `place` and `score` are empty where not published."""


def certificate_rows(show: Show) -> list[Row]:
    """One row for each award of each organisation. Raises JudgeTuiError (`PROVISIONAL`) where the result is not final."""
    if show.lacks:
        raise JudgeTuiError(
            "PROVISIONAL",
            msg("The result is not final and is not written: {lacks}", lacks=show.lacks[:5]),
            msg("Settle what is named first."),
        )
    presenters = {turn.organisation: turn.presenter for turn in show.turns}
    event = {"title": show.title, "theme": show.theme, "season": show.season, "host": show.host, "date": show.date}
    return [
        {
            "award": award.name,
            "name": entry.name,
            "presenter": presenters.get(entry.organisation, ""),
            "number": str(entry.number),
            "place": "" if entry.place is None else str(entry.place),
            "score": entry.score,
            "citation": award.citation,
            "by": award.by,
            **event,
        }
        for award in show.awards
        for entry in award.entries
    ]
