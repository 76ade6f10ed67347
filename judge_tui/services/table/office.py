"""The organiser's hand: signs what the desk and the notice board say, and appends it to the organiser's file.

The file is opened for each act and let go again, so that merging, the projector and a second window never wait for a table
that is merely open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.bodies import DESK_KINDS, NOTICE_KINDS, dump_body
from judge_tui.domain.errors import JudgeTuiError, LockedError
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.messages import msg
from judge_tui.domain.projection import Projection, project
from judge_tui.services.clock import Now, stamp, utc_now
from judge_tui.services.records.organiser_file import not_organiser, open_organiser_file
from judge_tui.services.records.sound import proven
from judge_tui.services.records.succession import must_still_speak
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring, RingKey

Said = tuple[str, Mapping[str, object]]
"""The kind of an entry and what it says."""


PATIENCE = 5.0
"""Seconds to wait while a merge or the hub writes the organiser's file."""


@dataclass(frozen=True, slots=True)
class Office:
    """An organiser's file, the folder of the keys that may sign in it, and the clock (for display only)."""

    path: Path
    keys: Path
    now: Now = utc_now

    def say(self, *said: Said) -> list[Entry]:
        """Sign and append these in ONE durable transaction; the kind tells whether desk or notice board signs.

        Raises LockedError where another window writes the file or this laptop holds no key, StorageError from the disk.
        """
        role = "notice" if said[0][0] in NOTICE_KINDS else "desk"
        if any(kind not in (NOTICE_KINDS if role == "notice" else DESK_KINDS) for kind, _ in said):
            raise ValueError("one signature for the desk and another for the notice board")
        at = stamp(self.now)
        with self._open() as file:
            signer = self._signer(file, role)
            return file.append(signer, [dump_body(kind, at, **body) for kind, body in said])

    def project(self, *, ahead: bool = False) -> Projection:
        """Everything as it stands now; `ahead` looks past the last seal. Raises RefusedError and StorageError where the file cannot be read."""
        with self._open(read_only=True) as file:
            entries, evidence = proven(file)
            try:
                return project(entries, file.event, evidence, ahead=ahead)
            except ValueError as error:
                raise not_organiser(msg("No event begins in {file}", file=self.path.name)) from error

    def entries(self, *, evidence: bool = False) -> list[Entry]:
        """All entries that are held; with `evidence` those of second branches, too."""
        with self._open(read_only=True) as file:
            return [*file.entries(), *(file.evidence() if evidence else ())]

    def note(self, key: str) -> str | None:
        """A note for this laptop only."""
        with self._open(read_only=True) as file:
            return file.local(key)

    def keep_note(self, key: str, text: str) -> None:
        """Keep a note for this laptop only: unsigned, never counted."""
        with self._open() as file:
            file.set_local(key, text)

    def shared_with(self, author: Author, kit: Author) -> bytes | None:
        """The secret that one of this laptop's notice keys shares with a judge's kit; None where that key is not here."""
        with self._open(read_only=True) as file:
            keys = Keyring(self.keys).keys(file.event, "notice")
        return next((crypto.shared_secret(key.pair, kit) for key in keys if key.author == author), None)

    @contextmanager
    def _open(self, read_only: bool = False) -> Iterator[EntryFile]:
        file = open_organiser_file(self.path, read_only=read_only, patience=PATIENCE)
        try:
            yield file
        finally:
            file.close()

    def _signer(self, file: EntryFile, role: str) -> RingKey:
        heads = file.heads()
        keys = [key for key in Keyring(self.keys).keys(file.event, role) if key.author in heads]
        if not keys:
            raise LockedError(
                "NO_KEY",
                msg("This laptop does not hold the organiser's keys of {file}", file=self.path.name),
                msg("Work on the laptop where the event was issued, or bring its keys folder here."),
            )
        must_still_speak(file, role, keys[-1].author)
        return keys[-1]


def signed(reason: str, by: Sequence[str]) -> dict[str, object]:
    """Reason and signers as every desk entry carries them. Raises JudgeTuiError where one is missing."""
    clean = tuple(name.strip() for name in by if name.strip())
    if not reason.strip() or not clean:
        raise JudgeTuiError(
            "UNSIGNED",
            msg("A reason and a name are needed: they stand in the record for ever."),
            msg("Say why, and who answers for it."),
        )
    return {"reason": reason.strip(), "by": list(clean)}
