"""The definition of the next event of a season, from the organiser's file of the last one: promises and honours carried over."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.season.following import following
from judge_tui.domain.season.honours import Honour
from judge_tui.domain.season.rounds import Round
from judge_tui.services.preparing.definitions import save_definition, save_workbook
from judge_tui.services.records.contest import open_contest
from judge_tui.services.seasons.season import Found


def next_event(found: Found, after: str = "") -> Event:
    """What follows the last event of the season, or the event `after` (its id).

    Raises JudgeTuiError: NO_EVENT where there is no such event, WHICH where several venues were held last, NO_DEFINITION where only a
    published result of it is there.
    """
    season, last = found.season, _last(found, after)
    if not last.source.endswith(".db"):
        raise JudgeTuiError(
            "NO_DEFINITION",
            msg("Of {event} there is only a published result, which holds no definition", event=last.title),
            msg("Put the organiser's file of it into the folder."),
        )
    event = open_contest(Path(last.source)).event
    identity = {showing.organisation: _identity(found, last, showing.organisation) for showing in last.showings}
    kept = {item.organisation: item.commitments for item in season.promises}
    won: dict[str, list[Honour]] = {}
    for item in season.honours:
        won.setdefault(item.organisation, []).append(item)
    promised = {OrganisationId(own): kept[key] for own, key in identity.items() if key in kept}
    honoured = {OrganisationId(own): won[key] for own, key in identity.items() if key in won}
    return following(event, last.label, promised, honoured)


def _identity(found: Found, item: Round, organisation: str) -> str:
    """Under which key the season holds an organisation of an event."""
    for table in found.season.tables:
        for at, other in enumerate(table.field.rounds):
            if other.id == item.id:
                for line in table.lines:
                    showing = line.showings[at]
                    if showing is not None and showing.organisation == organisation:
                        return line.organisation
    return organisation


def _last(found: Found, after: str) -> Round:
    rounds = found.season.rounds
    known = tuple(item.id for item in rounds)
    if after:
        chosen = [item for item in rounds if item.id == after]
        if not chosen:
            raise JudgeTuiError(
                "NO_EVENT", msg("There is no event “{event}”", event=after), msg("It may be {choices}", choices=known)
            )
        return chosen[0]
    ends = [table.field.rounds[-1].id for table in found.season.tables]
    if len(ends) > 1:
        raise JudgeTuiError(
            "WHICH",
            msg("Several series or venues are in this folder, and each has a next event of its own"),
            msg("Say after which one with --after: {choices}", choices=tuple(ends)),
        )
    return rounds[-1]


def write_next(found: Found, path: Path, language: str, after: str = "") -> Event:
    """Write the next event's definition, as TOML or (by its name) as a workbook; nothing that is there is overwritten."""
    event = next_event(found, after)
    if path.suffix.lower() == ".xlsx":
        save_workbook(event, path, language)
    else:
        save_definition(event, path)
    return event
