"""Opening a judge's seat: the file, the key that writes in it, and whether this is the copy that was last written.

The first opening enrols this laptop. A copy that is behind what the key's note says was written is never continued: a new
author begins there and names the old one, so that nothing ever forks.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from judge_tui import __version__
from judge_tui.domain.bodies import dump_body, load_body
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, Judge, JudgeId
from judge_tui.domain.ledger import Author, Head, Signer, endorsement_message, enrolment_message, verify_chain
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.projection import Projection, project
from judge_tui.services.clock import Now, stamp, utc_now
from judge_tui.store import crypto, schema
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring, RingKey


@dataclass(slots=True)
class Seat:
    """A judge at his file. `projection` is the state when the seat was opened; `notice` is what the judge should be told
    about the opening (another window, a restored copy, a second laptop), None for nothing."""

    event: Event
    judge: Judge
    file: EntryFile
    signer: Signer
    projection: Projection
    rehearsal: bool
    notice: Message | None = None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written from here."""
        return self.file.read_only

    @property
    def author(self) -> Author:
        """The author that writes from here."""
        return self.signer.author


def open_seat(path: Path, *, keys: Path, now: Now = utc_now, device: str = "") -> Seat:
    """Open a judge's file and be ready to write. `keys` is the folder of this laptop's keys, `device` its name for people.

    Raises RefusedError for a file that is not ours, JudgeTuiError with NOT_A_KIT, KIT, CORRUPT, or PASSPHRASE where the judge
    locked his key and it was not opened yet, StorageError.
    """
    file = EntryFile.open(path)
    try:
        return _seated(file, Keyring(keys), now, device or platform.node())
    except BaseException:
        file.close()
        raise


def _seated(file: EntryFile, ring: Keyring, now: Now, device: str) -> Seat:
    judge_id = file.local("judge")
    if file.kind != schema.JUDGE or judge_id is None:
        raise JudgeTuiError(
            "NOT_A_KIT",
            msg("{file} is not a judge's own file", file=file.path.name),
            msg("Open the file that the organiser issued to you; a handed-over copy is for the organiser."),
        )
    _check_chains(file)
    heads = file.heads()
    own = _own_authors(file, JudgeId(judge_id))
    held = ring.keys(file.event, "judge", judge_id, among=heads)
    signer: RingKey | None = _continued(file, held, heads)
    notice: Message | None = None
    if file.read_only:
        notice = (
            msg("Another window is writing this file; here it can only be read.")
            if file.other_window
            else msg("This file cannot be written; here it can only be read.")
        )
        signer = signer or (held[-1] if held else RingKey(file.path, file.event, "judge", judge_id, crypto.new_key()))
    elif signer is None:
        signer, notice = _enrol(file, ring, JudgeId(judge_id), held, own, heads, stamp(now), device)
    try:
        projection = project(file.entries(), file.event, file.evidence(), own=True)
    except ValueError as error:
        raise JudgeTuiError(
            "KIT",
            msg("No event begins in {file}", file=file.path.name),
            msg("Ask the organiser to issue your file again."),
        ) from error
    judge = projection.event.judge_by_id.get(JudgeId(judge_id))
    if judge is None:
        raise JudgeTuiError(
            "KIT",
            msg("The definition in {file} does not name its judge", file=file.path.name),
            msg("Ask the organiser to issue your file again."),
        )
    return Seat(projection.event, judge, file, signer, projection, projection.rehearsal, notice)


def _check_chains(file: EntryFile) -> None:
    """Every chain in the file, from its first entry: a disk that changed a byte is noticed before anything is added."""
    for author in file.heads():
        broken = verify_chain(file.event, author, file.entries(author), crypto.verify)
        if broken is not None:
            raise JudgeTuiError(
                "CORRUPT",
                msg("{file} is damaged from entry {seq} on", file=file.path.name, seq=broken.seq),
                msg(
                    "Continue with a fresh copy of your kit, and give this file to the organiser: what is good in it can be saved."
                ),
            )


def _own_authors(file: EntryFile, judge: JudgeId) -> list[Author]:
    found = []
    for author in file.heads():
        first = file.entry(author, 1)
        if first is not None and b'"kind":"open"' in first.body and f'"judge":"{judge}"'.encode() in first.body:
            found.append(author)
    return found


def _continued(file: EntryFile, held: list[RingKey], heads: dict[Author, Head]) -> RingKey | None:
    """The key to go on with: the newest of this laptop in the file that no other one there continues, unless this copy is
    behind what is known to be written with it."""
    inside = [key for key in held if key.author in heads]
    continued = {parent for key in inside if (parent := _parent(file, key.author)) is not None}
    for key in reversed(inside):
        if key.author in continued:
            continue
        head = heads[key.author]
        noted = file.entry(key.author, key.seq) if key.seq else None
        if head.seq >= key.seq and (not key.seq or (noted is not None and noted.hash == key.head)):
            if not file.read_only:
                key.remember(head.seq, head.hash)
            return key
    return None


def _parent(file: EntryFile, author: Author) -> Author | None:
    first = file.entry(author, 1)
    continues = load_body(first.body).data.get("continues") if first is not None else None
    return Author(bytes.fromhex(str(continues["author"]))) if isinstance(continues, dict) else None


def _enrol(
    file: EntryFile,
    ring: Keyring,
    judge: JudgeId,
    held: list[RingKey],
    own: list[Author],
    heads: dict[Author, Head],
    at: str,
    device: str,
) -> tuple[RingKey, Message | None]:
    """Begin a new author: entry 1, signed for by the kit, naming the author it continues and, where we have that one's
    key, endorsed by it."""
    secret = file.local("enrolment")
    if secret is None:
        raise JudgeTuiError(
            "KIT",
            msg("{file} has no enrolment key", file=file.path.name),
            msg("Ask the organiser to issue your file again."),
        )
    kit = crypto.key_pair(bytes.fromhex(secret))
    pair = crypto.new_key()
    continues: dict[str, object] | None = None
    notice: Message | None = None
    if held:
        old = held[-1]
        continues = {
            "author": old.author.hex(),
            "seq": old.seq,
            "hash": old.head.hex(),
            "endorsement": old.sign(endorsement_message(file.event, pair.author)).hex(),
        }
        notice = msg(
            "This is an older copy of your file. You can go on here; what was written in the other one still counts."
        )
    elif own:
        head = heads[own[-1]]
        continues = {"author": head.author.hex(), "seq": head.seq, "hash": head.hash.hex()}
        notice = msg(
            "This file was begun on another laptop. You can go on; the organiser will have to confirm this one."
        )
    body = dump_body(
        "open",
        at,
        judge=judge,
        device=device,
        program=__version__,
        kit=kit.author.hex(),
        enrolment=kit.sign(enrolment_message(file.event, pair.author)).hex(),
        **({"continues": continues} if continues else {}),
    )
    passphrase = ring.passphrase_of(held[-1]) if held else ""
    key = ring.add(file.event, "judge", judge, pair, passphrase)
    try:
        file.append(key, [body])
    except BaseException:
        ring.drop(key)
        raise
    return key, notice
