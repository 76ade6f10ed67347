"""The history of a judge's own changes, from his signed entries: what, when, and what it replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from judge_tui.domain import marks
from judge_tui.domain.bodies import Body, load_body
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.services.seat.seats import Seat


@dataclass(frozen=True, slots=True)
class Step:
    """One entry in words. `at` is local wall time, None where the entry carries none that can be read."""

    at: datetime | None
    text: Message


def own_history(seat: Seat) -> tuple[Step, ...]:
    """All changes made from this laptop, newest first."""
    steps = []
    for entry in reversed(seat.file.entries(seat.author)):
        body = load_body(entry.body)
        text = _words(seat.event, body)
        if text is not None:
            steps.append(Step(_time(body.at), text))
    return tuple(steps)


def _time(at: str) -> datetime | None:
    try:
        return datetime.fromisoformat(at).astimezone()
    except ValueError:
        return None


def _words(event: Event, body: Body) -> Message | None:
    organisation = event.organisation_by_id.get(body.organisation)
    name = organisation.name if organisation is not None else ""
    criterion = event.criterion_by_id.get(body.criterion)
    value = body.value
    match body.kind:
        case "mark" if criterion is not None and value is not None:
            shown = marks.shown(criterion.method, value)
            if body.text("via"):
                return msg("{name}, {criterion}: {mark} again", name=name, criterion=criterion.name, mark=shown)
            if body.replaces:
                return msg("{name}, {criterion}: changed to {mark}", name=name, criterion=criterion.name, mark=shown)
            return msg("{name}, {criterion}: {mark}", name=name, criterion=criterion.name, mark=shown)
        case "clear" if criterion is not None:
            return msg("{name}, {criterion}: taken back", name=name, criterion=criterion.name)
        case "clear":
            return msg("{name}: scored after all", name=name)
        case "recuse":
            return msg("{name}: recused ({reason})", name=name, reason=body.text("reason"))
        case "comment":
            return msg("{name}: comment written", name=name)
        case "submit":
            return msg("{name}: submitted", name=name) if name else msg("Whole sheet submitted")
        case "unlock" if name:
            return msg("{name}: opened again by the organiser's code ({reason})", name=name, reason=body.text("reason"))
        case "unlock":
            return msg("Sheet opened again by the organiser's code ({reason})", reason=body.text("reason"))
        case _:
            return None
