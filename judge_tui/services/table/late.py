"""What came and does not count: by whom, what, when, why; and the organiser's note that it was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from judge_tui.domain.cells import Late
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import JudgeId
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.domain.projection import Projection
from judge_tui.services.table.audit import LogLine, log_lines
from judge_tui.services.table.office import Office, signed
from judge_tui.services.table.overview import WHY_LATE


@dataclass(frozen=True, slots=True)
class Note:
    """That the desk saw it: when (wall time), why it was left at that, and who signed."""

    at: str
    reason: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateGroup:
    """What came from one judge and does not count, for one reason (`code` as in `Late.why`, `why` in words); `note` where the
    desk has said that it was seen."""

    judge: JudgeId
    name: str
    code: str
    why: Message
    entries: tuple[Late, ...]
    note: Note | None = None

    @property
    def noted(self) -> bool:
        """Whether the desk has said that it was seen."""
        return self.note is not None


ADVICE: Mapping[str, Message] = {
    "submitted": msg("To count it: open the sheet again (room 1, Enter, F4), and let the judge submit once more."),
    "sealed": msg("To count it: seal again (room 8). What is published then is the new result."),
    "undone": msg("To count it: take the taking back back (room 7, Del on its line)."),
    "unconfirmed": msg("To count it: confirm the laptop (room 3)."),
    "replaced": msg("To count it: confirm the laptop (room 3)."),
    "revoked": msg("To count it: confirm the laptop again, or issue the judge a new file (room 1, F8)."),
    "forked": msg("To count it: say which of the two records went on (room 3)."),
}
"""What can be done about each reason, where anything can."""


def late_groups(now: Projection) -> tuple[LateGroup, ...]:
    """Entries that are kept and not counted, by judge and reason, in the order of the judges; what is not noted yet first."""
    notes = _notes(now)
    gathered: dict[tuple[JudgeId, str, Note | None], list[Late]] = {}
    for item in now.late:
        gathered.setdefault((item.judge, item.why, notes.get(item.hash)), []).append(item)
    places = {judge.id: place for place, judge in enumerate(now.event.judges)}
    groups = [
        LateGroup(judge, _name(now, judge), why, WHY_LATE.get(why, verbatim(why)), tuple(items), note)
        for (judge, why, note), items in gathered.items()
    ]
    order = len(places)
    return tuple(sorted(groups, key=lambda item: (item.noted, places.get(item.judge, order), item.name, item.code)))


def late_lines(office: Office, now: Projection, group: LateGroup) -> list[LogLine]:
    """Each entry of a group in words, with its time, oldest first."""
    wanted = {item.hash for item in group.entries}
    return log_lines(now, [entry for entry in office.entries() if entry.hash.hex() in wanted])


def note_late(office: Office, judge: JudgeId, reason: str, by: Sequence[str], *, why: str = "") -> int:
    """Record that what came late from a judge (for the reason `why`, or for any) was seen and stays uncounted; how many entries.

    It is no doubt any more. Raises JudgeTuiError with NOTHING_LATE where there is nothing new of it, UNSIGNED.
    """
    groups = [item for item in late_groups(office.project()) if item.judge == judge and not item.noted]
    entries = [item.hash for group in groups if why in ("", group.code) for item in group.entries]
    if not entries:
        raise JudgeTuiError("NOTHING_LATE", msg("Nothing of this judge came late and was not noted yet."))
    office.say(("late", {"judge": judge, "entries": entries, **signed(reason, by)}))
    return len(entries)


def _notes(now: Projection) -> dict[str, Note]:
    """The note of each entry (by hash) that the desk has seen; the first one stands."""
    found: dict[str, Note] = {}
    for item in now.desk.noted:
        if item.body.kind == "late":
            note = Note(item.body.at, item.body.text("reason"), item.body.strings("by"))
            for entry in item.body.strings("entries"):
                found.setdefault(entry, note)
    return found


def _name(now: Projection, judge: JudgeId) -> str:
    found = now.event.judge_by_id.get(judge)
    return found.name if found else str(judge)
