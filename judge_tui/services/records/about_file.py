"""What a file of records says of itself: whose it is, its format, and the programs that wrote in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.bodies import load_body
from judge_tui.domain.messages import Message, msg
from judge_tui.store import schema
from judge_tui.store.files import EntryFile

KINDS = {
    schema.ORGANISER: msg("The organiser's file"),
    schema.JUDGE: msg("A judge's file"),
    schema.HAND_OVER: msg("A handed-over copy of a judge's file"),
}


@dataclass(frozen=True, slots=True)
class AboutFile:
    """One file. `programs` are the versions that wrote in it, sorted."""

    kind: str
    format: int
    event: str
    programs: tuple[str, ...]
    entries: int

    @property
    def message(self) -> Message:
        """For people, in one line."""
        return msg(
            "{kind} of {event}, format {format}, written by judge-tui {programs}, {entries} entries",
            kind=KINDS[self.kind],
            event=self.event,
            format=self.format,
            programs=self.programs,
            entries=self.entries,
        )


def about_file(path: Path) -> AboutFile:
    """Look into a file without changing it. Raises RefusedError for one that is not ours or of a format we do not read."""
    with path.open("rb") as file:
        version = int.from_bytes(file.read(64)[60:64], "big")
    with EntryFile.open(path, read_only=True) as held:
        kind, bodies = held.kind, [load_body(entry.body) for entry in held.entries()]
    programs = sorted({name for body in bodies if (name := body.text("program"))})
    events = [title for body in bodies if body.kind == "event" and (title := body.text("title"))]
    return AboutFile(kind, version, events[0] if events else path.stem, tuple(programs), len(bodies))
