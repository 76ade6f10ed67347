"""Issuing an event: the organiser's file, one kit for each judge, the media folder, and the keys on this laptop.

Everything is built in a temporary folder beside the target and renamed into place, so that a failure leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from judge_tui import __version__
from judge_tui.domain.bodies import dump_body
from judge_tui.domain.definition import write_definition
from judge_tui.domain.definition.readiness import require_issuable
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, Judge, JudgeId, Material
from judge_tui.domain.ledger import Entry, EventKey, event_key, next_entry
from judge_tui.domain.messages import msg, verbatim
from judge_tui.services.clock import Now, stamp, utc_now
from judge_tui.services.records.organiser_file import CARRY, must_lie_on_own_disk
from judge_tui.store import crypto, schema
from judge_tui.store.certificates import can_make, certificates, make_certificate
from judge_tui.store.disk import copy_new, storage_error, sync_folder, write_new
from judge_tui.store.files import image
from judge_tui.store.keyring import Keyring, RingKey

MEDIA = "media"
"""The folder of pictures and papers beside the kits."""


@dataclass(frozen=True, slots=True)
class Kit:
    """One judge's file, ready to be carried to his laptop."""

    judge_id: JudgeId
    path: Path


@dataclass(frozen=True, slots=True)
class Issued:
    """What was made. `reserve` is the key with which the event can be taken over when the organiser's laptop dies: put it
    away elsewhere."""

    organiser: Path
    kits: tuple[Kit, ...]
    reserve: Path
    media: Path | None
    event: Event


def issue(
    event: Event,
    folder: Path,
    *,
    keys: Path,
    rehearsal: bool = False,
    media: Path | None = None,
    now: Now = utc_now,
    passphrase: str = "",
    encrypt: bool = False,
) -> Issued:
    """Make the organiser's file and the kits in `folder` (made if missing). `media` is where the materials are now; with
    `encrypt`, what judges hand over in files can be read by the organiser alone.

    Raises DefinitionError where organisations or judges are wanting. Raises JudgeTuiError: EXISTS where a file would be overwritten, NOT_OWN_DISK where
    the folder lies on a stick or a share, MEDIA where a pinned picture differs, storage codes where
    the disk refuses. Nothing is left behind then, neither files nor keys.
    """
    require_issuable(event)
    _distinct(event.judges)
    event = pin_materials(event, media)
    stem = f"{event.id}-rehearsal" if rehearsal else str(event.id)
    names = [f"{stem}.db", f"{stem}.reserve", *(f"{stem}-{judge.id}.judge" for judge in event.judges)]
    must_lie_on_own_disk(folder, CARRY)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JudgeTuiError(
            "UNWRITABLE",
            msg("{path} cannot be written: {reason}", path=str(folder), reason=verbatim(error.strerror or error)),
            msg("Choose a folder that can be written to and has room."),
        ) from error
    for name in names:
        _free(folder / name)
    ring = Keyring(keys)
    made: list[RingKey] = []
    built: list[EventKey] = []
    try:
        with tempfile.TemporaryDirectory(prefix=f".{stem}-", dir=folder) as building:
            temporary = Path(building)
            _build(event, temporary, stem, ring, made, built, stamp(now), rehearsal, passphrase, encrypt)
            pictures = _build_media(event, temporary, folder, media)
            _move(temporary, folder, names, pictures)
    except BaseException as error:
        for key in made:
            ring.drop(key)
        for certificate in certificates(keys, built[0]) if built else ():
            certificate.path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise storage_error(error, folder) from error
        raise
    kits = tuple(Kit(judge.id, folder / f"{stem}-{judge.id}.judge") for judge in event.judges)
    held = folder / MEDIA
    return Issued(folder / names[0], kits, folder / names[1], held if held.is_dir() else None, event)


def _build(
    event: Event,
    folder: Path,
    stem: str,
    ring: Keyring,
    made: list[RingKey],
    built: list[EventKey],
    at: str,
    rehearsal: bool,
    passphrase: str,
    encrypt: bool,
) -> None:
    notice, desk, reserve = crypto.new_key(), crypto.new_key(), crypto.new_key()
    key = event_key(notice.author, event.id)
    built.append(key)
    enrolments = {judge.id: crypto.new_key() for judge in event.judges}
    hub = {"hub": make_certificate(ring.folder, key).pin} if can_make() else {}
    bodies = [
        dump_body(
            "event",
            at,
            id=event.id,
            title=event.title,
            rehearsal=rehearsal,
            desk=desk.author.hex(),
            reserve=reserve.author.hex(),
            program=__version__,
            **hub,
            **({"encrypted": True} if encrypt else {}),
        ),
        definition_body(event, at),
        dump_body(
            "roster",
            at,
            kits=[{"judge": judge, "kit": pair.author.hex()} for judge, pair in enrolments.items()],
        ),
    ]
    notices = sign_all(key, notice, bodies)
    desk_entries = sign_all(key, desk, [dump_body("desk", at, notice=notice.author.hex(), program=__version__)])
    write_new(folder / f"{stem}.db", image(schema.ORGANISER, key, [*notices, *desk_entries]), 0o600)
    write_new(
        folder / f"{stem}.reserve",
        json.dumps({"event": key.hex(), "id": event.id, "reserve": reserve.secret.hex()}, ensure_ascii=False).encode(),
        0o600,
    )
    for judge, pair in enrolments.items():
        write_new(folder / f"{stem}-{judge}.judge", kit_image(key, notices, judge, pair), 0o600)
    for role, pair, last in (("notice", notice, notices[-1]), ("desk", desk, desk_entries[-1])):
        ring_key = ring.add(key, role, pair=pair, passphrase=passphrase)
        made.append(ring_key)
        ring_key.remember(last.seq, last.hash)


def definition_body(event: Event, at: str) -> bytes:
    """The notice entry that carries a definition."""
    return dump_body("definition", at, **definition_said(event))


def definition_said(event: Event) -> dict[str, object]:
    """What such an entry says: the definition itself, and beside it plain lists for database browsers and for a first look,
    which count for nothing."""
    return {
        "definition": write_definition(event),
        "organisations": [{"number": item.number, "id": item.id, "name": item.name} for item in event.organisations],
        "criteria": [{"id": item.id, "name": item.name} for item in event.criteria],
        "judges": [{"id": item.id, "name": item.name} for item in event.judges],
    }


def kit_image(key: EventKey, notices: Sequence[Entry], judge: JudgeId, enrolment: crypto.KeyPair) -> bytes:
    """A kit: the organiser's notices, and in the local table whose it is and the key that enrols him."""
    local = {"judge": judge, "enrolment": enrolment.secret.hex()}
    return image(schema.JUDGE, key, notices, local=local)


def sign_all(key: EventKey, signer: crypto.KeyPair, bodies: Sequence[bytes]) -> list[Entry]:
    """A new chain of these bodies."""
    chain: list[Entry] = []
    for body in bodies:
        chain.append(next_entry(key, signer, chain[-1] if chain else None, body))
    return chain


def _distinct(judges: Sequence[Judge]) -> None:
    """File names that a stick's file system would take for one are refused before anything is made."""
    seen: dict[str, JudgeId] = {}
    for judge in judges:
        other = seen.setdefault(judge.id.casefold(), judge.id)
        if other != judge.id:
            raise JudgeTuiError(
                "EXISTS",
                msg("The judges' ids {one} and {other} differ in capital letters only", one=other, other=judge.id),
                msg("Give one of them another id: their files would have the same name on a stick."),
            )


def _free(path: Path) -> None:
    if path.exists():
        raise _exists(path)


def _exists(path: Path) -> JudgeTuiError:
    return JudgeTuiError(
        "EXISTS",
        msg("{file} is already there", file=path.name),
        msg("Choose another folder; nothing was overwritten."),
    )


def pin_materials(event: Event, media: Path | None) -> Event:
    """The event with the SHA-256 of every material that is there; a missing one keeps its caption.

    Raises JudgeTuiError with MEDIA where a file differs from the one the definition pins.
    """
    if media is None:
        return event
    organisations = []
    for organisation in event.organisations:
        materials = tuple(_pinned(item, media) for item in organisation.materials)
        organisations.append(replace(organisation, materials=materials))
    return replace(event, organisations=tuple(organisations))


def _pinned(material: Material, media: Path) -> Material:
    path = media / material.file
    if not path.is_file():
        return material
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if material.sha256 and material.sha256 != found:
        raise JudgeTuiError(
            "MEDIA",
            msg("{file} is not the file that the definition names", file=material.file),
            msg("Put the right file there, or take its sha256 out of the definition."),
        )
    return replace(material, sha256=found)


def _build_media(event: Event, temporary: Path, folder: Path, media: Path | None) -> list[str]:
    """Copy the materials that are there and not yet in place; their names below the media folder."""
    copied: list[str] = []
    files = {item.file for organisation in event.organisations for item in organisation.materials}
    for name in sorted(files) if media is not None else ():
        source, target = Path(media or "", name), folder / MEDIA / name
        if not source.is_file() or not (temporary / MEDIA / name).resolve().is_relative_to(temporary.resolve()):
            continue
        if target.exists():
            if not target.samefile(source) and target.read_bytes() != source.read_bytes():
                raise _exists(target)
            continue
        (temporary / MEDIA / name).parent.mkdir(parents=True, exist_ok=True)
        copy_new(source, temporary / MEDIA / name)
        copied.append(name)
    return copied


def _move(temporary: Path, folder: Path, names: Sequence[str], pictures: Sequence[str]) -> None:
    """Rename everything into place; on a failure take back what was renamed."""
    moved: list[Path] = []
    try:
        for name in (*(f"{MEDIA}/{picture}" for picture in pictures), *reversed(names)):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            _free(target)
            (temporary / name).rename(target)
            moved.append(target)
        sync_folder(folder)
    except BaseException:
        for path in moved:
            path.unlink(missing_ok=True)
        if pictures and (folder / MEDIA).is_dir() and not any((folder / MEDIA).iterdir()):
            shutil.rmtree(folder / MEDIA)
        raise
