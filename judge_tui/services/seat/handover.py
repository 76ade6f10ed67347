"""Handing over: a verified copy of a judge's file under a name nobody has, and the receipts that come back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.admission import Admitter, Register
from judge_tui.domain.bodies import load_body
from judge_tui.domain.errors import JudgeTuiError, LockedError, RefusedError
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.messages import Message, msg
from judge_tui.services.carriers.names import files_ending
from judge_tui.services.records import receipts as receipt_files
from judge_tui.services.seat.seats import Seat
from judge_tui.store import crypto, schema
from judge_tui.store.disk import storage_error, write_new
from judge_tui.store.files import EntryFile, image
from judge_tui.store.foreign import damage, open_foreign, read_foreign, read_once
from judge_tui.store.keyring import Keyring, RingKey
from judge_tui.store.sealing import seal


@dataclass(frozen=True, slots=True)
class Handover:
    """A copy handed over: where it is, how many of the judge's entries are in it, and a code to read aloud."""

    path: Path
    entries: int
    code: str
    already: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What the organiser is known to hold of this judge's entries. `contradicted` where his receipt names another entry."""

    held: int
    written: int
    contradicted: bool = False

    @property
    def message(self) -> Message:
        """For people: “the organiser holds 214 of 214”."""
        if self.contradicted:
            return msg("The organiser holds something else under your name: tell him")
        return msg("The organiser holds {held} of {written}", held=self.held, written=self.written)


def hand_over(seat: Seat, folder: Path) -> Handover:
    """Write a verified export `EVENT-JUDGE-SEQ-HEAD.judge` into a folder; the same state is written once. Where the event asks
    for it, the copy is encrypted: the organiser alone can read it.

    A snapshot without local notes → verified → `*.part` → fsync → read back and compare → rename → fsync folder.
    Raises JudgeTuiError: CORRUPT where the own file does not verify, storage codes where the folder does not take it.
    """
    file = seat.file
    entries = file.entries()
    head = file.heads()[seat.author]
    data = image(
        schema.HAND_OVER,
        file.event,
        entries,
        evidence=file.evidence(),
        witnesses=[(author, *seen) for author, seen in file.witnesses().items()],
    )
    _verify(file, data)
    if seat.projection.authority.genesis.get("encrypted") is True:
        data = seal(data, file.event, seat.signer, _readers(seat))
    stem = f"{seat.event.id}-rehearsal" if seat.rehearsal else str(seat.event.id)
    name = f"{stem}-{seat.judge.id}-{head.seq}-{head.hash.hex()[:8]}"
    path = folder / f"{name}.judge"
    try:
        number = 1
        while path.exists():
            if _holds_as_much(path, data, entries, seat):
                return Handover(path, head.seq, head.hash.hex()[:8], already=True)
            number += 1
            path = folder / f"{name}-{number}.judge"
        folder.mkdir(parents=True, exist_ok=True)
        write_new(path, data)
    except OSError as error:
        raise storage_error(error, path) from error
    return Handover(path, head.seq, head.hash.hex()[:8])


def _holds_as_much(path: Path, data: bytes, entries: Sequence[Entry], seat: Seat) -> bool:
    """Whether a copy that is there already has all that judges wrote in this one: the organiser has his own notices himself.

    A damaged one, or one of another branch, has not.
    """
    try:
        there = read_once(path)
        if there == data:
            return True
        known = set(read_foreign(there).entries)
    except JudgeTuiError:
        return False
    authors = seat.projection.authority.authors
    offices = {author for author, state in authors.items() if state.role in ("notice", "desk", "reserve")}
    return all(entry in known for entry in entries if entry.author not in offices)


def _readers(seat: Seat) -> list[Author]:
    """For whom a copy is sealed: the desk and the reserve that the event's first notice names."""
    genesis = seat.projection.authority.genesis
    named = [str(genesis.get(role, "")) for role in ("desk", "reserve")]
    return [Author(bytes.fromhex(name)) for name in named if len(name) == 64]


def _verify(file: EntryFile, data: bytes) -> None:
    """Read the copy as the organiser will, before it leaves."""
    try:
        with open_foreign(data) as foreign, damage():
            Admitter(Register(file.event), {}, lambda author, seq: None, crypto.verify).check_chains(foreign)
    except RefusedError as error:
        raise JudgeTuiError(
            "CORRUPT",
            msg("{file} is damaged and was not handed over: {reason}", file=file.path.name, reason=error.message),
            msg("Give the file itself to the organiser: what is good in it can be saved."),
        ) from error


def must_have_written(path: Path, keys: Path) -> None:
    """Raises LockedError with NO_KEY where this laptop wrote nothing in a judge's file: opening it to look would enrol it."""
    with EntryFile.open(path, read_only=True) as file:
        written = file.heads().keys() & {key.author for key in Keyring(keys).keys(file.event, "judge")}
    if not written:
        raise LockedError(
            "NO_KEY",
            msg("Nothing in {file} was written on this laptop", file=path.name),
            msg("Ask on the laptop where the judge scored."),
        )


def read_receipts(seat: Seat, folder: Path) -> Received:
    """Look for receipts in a folder, note the furthest sound one, and say what the organiser holds."""
    desks = {state.author for state in seat.projection.authors.values() if state.role == "desk"} | _named_desks(seat)
    noted = receipt_files.kept(seat.file.local("receipts"))
    best = noted.get(seat.author.hex(), (0, ""))
    for path in files_ending(folder, receipt_files.SUFFIX):
        for receipt in receipt_files.read_receipts_file(path, seat.file.event):
            if receipt.author == seat.author and receipt.desk in desks and receipt.seq > best[0]:
                best = (receipt.seq, receipt.head.hex())
    if best != noted.get(seat.author.hex()) and best[0]:
        if not seat.read_only:
            seat.file.set_local("receipts", json.dumps({**noted, seat.author.hex(): best}))
        if isinstance(seat.signer, RingKey):
            seat.signer.remember(best[0], bytes.fromhex(best[1]))
    return _received(seat, best)


def received(seat: Seat) -> Received:
    """What the organiser is known to hold, from the receipts read so far."""
    noted = receipt_files.kept(seat.file.local("receipts"))
    return _received(seat, noted.get(seat.author.hex(), (0, "")))


def _received(seat: Seat, best: tuple[int, str]) -> Received:
    head = seat.file.heads().get(seat.author)
    entry = seat.file.entry(seat.author, best[0]) if best[0] else None
    contradicted = bool(best[0]) and (entry is None or entry.hash.hex() != best[1])
    return Received(best[0], head.seq if head is not None else 0, contradicted)


def _named_desks(seat: Seat) -> set[Author]:
    """The desks that the event's first notice and take-overs name; judges' files hold none of their entries."""
    authority = seat.projection.authority
    said = [authority.genesis]
    for author, state in authority.authors.items():
        if state.role == "reserve":
            said += [load_body(entry.body).data for entry in authority.chains[author]]
    named = [str(body.get("desk", "")) for body in said]
    return {Author(bytes.fromhex(desk)) for desk in named if len(desk) == 64}
