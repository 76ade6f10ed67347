"""Taking an event over on another laptop, when the organiser's is gone: with the reserve key made at `issue`, and whatever
copies there are: his second copy, or, if even that is lost, the judges' own files.

The reserve signs that from now on other keys are the organiser's, and up to which entry the former ones count. What the former
laptop writes later, should it come to life again, is kept and never counted.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from judge_tui import __version__
from judge_tui.domain.admission import Admitter, Listed, Register
from judge_tui.domain.bodies import dump_body, scan_body
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.file_names import fits
from judge_tui.domain.ledger import Author, Entry, EventKey, event_key
from judge_tui.domain.messages import msg
from judge_tui.domain.projection import Projection, project
from judge_tui.services.clock import Now, stamp, utc_now
from judge_tui.services.folders import files_below
from judge_tui.services.records.collecting import MergeReport, Verdict, merge
from judge_tui.services.records.organiser_file import CARRY, must_lie_on_own_disk
from judge_tui.services.records.quarantine import Quarantine
from judge_tui.store import crypto, schema
from judge_tui.store.certificates import can_make, certificates, make_certificate
from judge_tui.store.disk import replace_whole, storage_error, write_new
from judge_tui.store.files import EntryFile, image
from judge_tui.store.foreign import damage, open_foreign, read_once
from judge_tui.store.keyring import Keyring, RingKey
from judge_tui.store.sealing import is_sealed, unseal


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve key file as read: the event it is for, the key, and the last entry known to be written with it (0: none)."""

    path: Path
    event: EventKey
    id: str
    pair: crypto.KeyPair
    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The new organiser's file, what became of each copy that went into it, and up to which announcement and which decision
    of the former laptop everything counts."""

    organiser: Path
    title: str
    verdicts: tuple[Verdict, ...]
    notices: int
    decisions: int
    entries: int


def read_reserve(path: Path) -> Reserve:
    """A reserve key file. Raises JudgeTuiError with RESERVE where it is none, StorageError."""
    try:
        said = json.loads(path.read_bytes())
        key, pair = EventKey(bytes.fromhex(said["event"])), crypto.key_pair(bytes.fromhex(said["reserve"]))
        used = said.get("used") or {"seq": 0, "hash": ""}
        return Reserve(path, key, _fitting(str(said["id"])), pair, int(used["seq"]), str(used["hash"]))
    except OSError as error:
        raise storage_error(error, path) from error
    except (ValueError, TypeError, KeyError) as error:
        raise JudgeTuiError(
            "RESERVE",
            msg("{file} is not a reserve key", file=path.name),
            msg("It was written beside the organiser's file when the event was issued; its name ends in .reserve."),
        ) from error


def _fitting(name: str) -> str:
    """The event's id, which names the file that is made. Raises ValueError for what can be no file's name."""
    if not fits(name):
        raise ValueError(name)
    return name


def take_over(
    reserve: Path, sources: Sequence[Path], folder: Path, *, keys: Path, now: Now = utc_now, passphrase: str = ""
) -> TakenOver:
    """Make a new organiser's file in `folder` from all sound copies among `sources` (files, and folders with files), with new
    keys of this laptop in `keys`.

    Raises JudgeTuiError: RESERVE where the key file is none, EXISTS where a file of that name is in the folder, NO_COPY where no
    copy of its event is among the sources, NOT_OWN_DISK where the folder lies on a stick or a share, OLD_COPY where this key already took over and no copy knows of it, storage codes.
    Nothing is left behind then, neither files nor keys.
    """
    held = read_reserve(reserve)
    files = [path for source in sources for path in files_below(source)]
    board = _notice_board(held, files)
    title, rehearsal = _title(board)
    target = folder / (f"{held.id}-rehearsal.db" if rehearsal else f"{held.id}.db")
    _free(target)
    must_lie_on_own_disk(folder, CARRY)
    ring = Keyring(keys)
    made: list[RingKey] = []
    certified = {item.path for item in certificates(keys, held.event)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".takeover-", dir=folder) as building:
            file = Path(building, target.name)
            write_new(file, image(schema.ORGANISER, held.event, board), 0o600)
            _keep_reserve(ring, held, made)
            report = merge(file, files, keys=keys, now=now)
            taken = _appoint(file, held, ring, made, stamp(now), passphrase)
            _move(file, target)
    except BaseException as error:
        for key in made:
            ring.drop(key)
        for item in certificates(keys, held.event):
            if item.path not in certified:
                item.path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise storage_error(error, folder) from error
        raise
    _note_use(held, taken.head)
    return TakenOver(target, title, _worth_telling(report), taken.notices, taken.decisions, taken.entries)


@dataclass(frozen=True, slots=True)
class _Appointed:
    head: Entry
    notices: int
    decisions: int
    entries: int


def _appoint(path: Path, held: Reserve, ring: Keyring, made: list[RingKey], at: str, passphrase: str) -> _Appointed:
    """Name new keys for notice board and desk, signed by the reserve, and begin their chains."""
    with EntryFile.open(path) as file:
        _must_know_what_was_signed(file, held)
        before = project(file.entries(), file.event, file.evidence())
        pairs = {role: crypto.new_key() for role in ("notice", "desk")}
        heads = [[item[0].hex(), item[1], item[2].hex()] for item in _counted(before)]
        named = {role: pair.author.hex() for role, pair in pairs.items()}
        head = file.append(held.pair, [dump_body("takeover", at, **named, heads=heads)])[-1]
        hub = {"hub": make_certificate(ring.folder, file.event).pin} if can_make() else {}
        first = {
            "notice": dump_body("notice", at, program=__version__, **hub),
            "desk": dump_body("desk", at, notice=named["notice"], program=__version__),
        }
        for role, pair in pairs.items():
            last = file.append(pair, [first[role]])[-1]
            key = ring.add(file.event, role, pair=pair, passphrase=passphrase)
            made.append(key)
            key.remember(last.seq, last.hash)
        counts = {role: sum(state.counts for state in before.authors.values() if state.role == role) for role in pairs}
        return _Appointed(head, counts["notice"], counts["desk"], len(file.entries()))


def _counted(projection: Projection) -> Iterator[tuple[Author, int, bytes]]:
    """How far every author of the former organiser counts, and the hash there."""
    for author, state in sorted(projection.authors.items()):
        if state.role in ("notice", "desk") and state.counts:
            yield author, state.counts, projection.authority.chains[author][state.counts - 1].hash


def _must_know_what_was_signed(file: EntryFile, held: Reserve) -> None:
    known = file.entry(held.pair.author, held.seq) if held.seq else None
    if held.seq and (known is None or known.hash.hex() != held.head):
        raise JudgeTuiError(
            "OLD_COPY",
            msg("With this reserve key the event was taken over before, and none of these copies knows of it"),
            msg("Add a copy that was made after that, on the laptop where it was taken over."),
        )


def _notice_board(held: Reserve, files: Sequence[Path]) -> list[Entry]:
    """The longest sound chain of the event's notice board that any of the files carries."""
    best: list[Entry] = []
    for path in files:
        try:
            data = read_once(path)
            with open_foreign(unseal(data, [held.pair]) if is_sealed(data) else data) as foreign, damage():
                for author in foreign.authors() if foreign.event == held.event else ():
                    first = foreign.entry(author, 1)
                    if first is None or not _begins(held, first):
                        continue
                    chain = [Entry(author, *row) for row in foreign.rows(author)]
                    register = Register(held.event)
                    Admitter(register, {}, lambda author, seq: None, crypto.verify).check_chains(Listed(chain))
                    best = max(best, chain, key=len)
        except JudgeTuiError:
            continue  # the merge says what is wrong with it
    if not best:
        raise JudgeTuiError(
            "NO_COPY",
            msg("Among these files there is no sound copy of {event}", event=held.id),
            msg(
                "Name the folder of the second copy; where there is none, a judge's file or handed-over copy does, too."
            ),
        )
    return best


def _begins(held: Reserve, first: Entry) -> bool:
    try:
        body = scan_body(first.body)
    except ValueError:
        return False
    named = body.get("reserve") == held.pair.author.hex() and body.get("id") == held.id
    return body["kind"] == "event" and named and event_key(first.author, str(body.get("id", ""))) == held.event


def _title(board: Sequence[Entry]) -> tuple[str, bool]:
    body = scan_body(board[0].body)
    return str(body.get("title", "")), body.get("rehearsal") is True


def _keep_reserve(ring: Keyring, held: Reserve, made: list[RingKey]) -> None:
    """Encrypted hand-overs that were meant for the former desk are opened with the reserve."""
    if not any(key.author == held.pair.author for key in ring.keys(held.event, "reserve")):
        made.append(ring.add(held.event, "reserve", pair=held.pair))


def _free(path: Path) -> None:
    if path.exists():
        raise JudgeTuiError(
            "EXISTS",
            msg("{file} is already there", file=path.name),
            msg("Choose another folder; nothing was overwritten."),
        )


def _move(file: Path, target: Path) -> None:
    _free(target)
    quarantine = Quarantine(file).folder
    if quarantine.is_dir() and not Quarantine(target).folder.exists():
        shutil.move(quarantine, Quarantine(target).folder)
    file.rename(target)


def _note_use(held: Reserve, head: Entry) -> None:
    """Note on the key file what it signed, so that an older copy is not taken over from twice; a stick that cannot be written
    keeps it as it is."""
    said: dict[str, object] = {"event": held.event.hex(), "id": held.id, "reserve": held.pair.secret.hex()}
    said["used"] = {"seq": head.seq, "hash": head.hash.hex()}
    try:
        replace_whole(held.path, json.dumps(said, ensure_ascii=False).encode(), 0o600)
    except OSError:
        return


def _worth_telling(report: MergeReport) -> tuple[Verdict, ...]:
    return tuple(verdict for verdict in report.verdicts if verdict.taken or verdict.refused)
