"""Where the judge stood when his file was last open: as it was noted, or behind a mark that is newer than the note."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from judge_tui.domain.bodies import Body, load_body
from judge_tui.domain.event import CriterionId, OrganisationId
from judge_tui.domain.own import last_change
from judge_tui.domain.seat import Progress
from judge_tui.services.seat.desk_drawer import DeskDrawer
from judge_tui.services.seat.seats import Seat


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest entry written from here: how many there are with it, and what it says. None was written yet: 0 and None."""

    written: int
    body: Body | None
    saved_at: datetime | None


def newest(seat: Seat) -> Newest:
    """What was last made durable, and when by this laptop's clock; of a file that only was opened, the newest standing mark."""
    head = seat.file.heads().get(seat.author)
    entry = seat.file.entry(seat.author, head.seq) if head is not None else None
    body = load_body(entry.body) if entry is not None else None
    saved_at = last_change(seat.projection, seat.judge)
    if body is not None and body.kind != "open":
        with suppress(ValueError):  # a time that cannot be read: the marks' own are as good
            saved_at = datetime.fromisoformat(body.at)
    return Newest(head.seq if head is not None else 0, body, saved_at)


def resumed(progress: Progress, drawer: DeskDrawer, last: Newest) -> tuple[int, int]:
    """The organisation (its place in the running order) and the field to begin at; one past the last field is the button.

    The note of the place follows a mark by a moment. A program killed in between leaves a mark that is newer than the note:
    then the judge had just left that mark's field, and what was half typed in it has become the mark.
    """
    place = drawer.place
    known, field = OrganisationId(place.get("organisation", "")), place.get("field", "0")
    noted = place.get("entries", "")
    body = last.body
    if noted.isdecimal() and last.written > int(noted) and body is not None and body.kind in ("mark", "clear"):
        given, criterion = OrganisationId(body.organisation), CriterionId(body.criterion)
        if given in progress.order and not body.text("via"):
            fields = [item.id for item in progress.card(given).sheet.criteria]
            if criterion in fields:
                drawer.draft(given, criterion, "")
                row, onward = progress.order[given], fields.index(criterion) + 1
                if place.get("view") == "sheet" and onward == len(fields):  # along the row, then the next one
                    return min(row + 1, len(progress.cards) - 1), 0
                return row, onward
    here = known if known in progress.order else progress.resume()
    return progress.order[here] if here is not None else 0, int(field) if field.isdecimal() else 0
