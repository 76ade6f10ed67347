"""Who is there: organisations' presenters, judges, and anyone else. Attending is not judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.domain.projection import Projection
from judge_tui.services.table.office import Office


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether somebody is there, since when (wall time, for display), and a remark."""

    present: bool
    at: str
    note: str = ""


def attend(office: Office, who: Sequence[str], *, present: bool = True, note: str = "") -> None:
    """Record that these are there, or have left. `who` are ids of judges or organisations, or names of others."""
    names = [name.strip() for name in who if name.strip()]
    if not names:
        raise JudgeTuiError("NOBODY", msg("Say who is there."))
    office.say(*(("attend", {"who": name, "present": present, "note": note}) for name in names))


def attendance(now: Projection) -> Mapping[str, Attendance]:
    """The latest record about each."""
    found: dict[str, Attendance] = {}
    for _, body in now.authority.desk:
        if body["kind"] == "attend" and isinstance(body.get("who"), str):
            found[body["who"]] = Attendance(
                body.get("present") is True, str(body.get("at", "")), str(body.get("note", ""))
            )
    return found


def others(now: Projection) -> list[str]:
    """Names of attendees who are neither judges nor organisations of the definition."""
    known = {*map(str, now.event.judge_by_id), *map(str, now.event.organisation_by_id)}
    return sorted(name for name, state in attendance(now).items() if state.present and name not in known)
