"""The judges' files in a folder: whose they are, and a place on this laptop's own disk for the one that is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from judge_tui.domain.bodies import load_body
from judge_tui.domain.definition import read_definition
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, JudgeId
from judge_tui.services.disks import Medium, cloud_of, medium_of
from judge_tui.services.folders import judge_files
from judge_tui.store import schema
from judge_tui.store.disk import copy_new, storage_error
from judge_tui.store.files import EntryFile

MEDIA = "media"


@dataclass(frozen=True, slots=True)
class KitCard:
    """A judge's own file and what is written on it. `judge` is the id; `begun` says that it has been opened before."""

    path: Path
    event: str
    judge: str
    name: str
    group: str
    begun: bool


def kits_in(folder: Path) -> tuple[KitCard, ...]:
    """The judges' own files in a folder, in the order of the definition within each event. Others are passed over."""
    events: dict[bytes, Event] = {}
    found: list[tuple[str, int, KitCard]] = []
    for path in judge_files(folder):
        try:
            with EntryFile.open(path, read_only=True) as file:
                judge = file.local("judge") if file.kind == schema.JUDGE else None
                bodies = [entry.body for entry in file.entries()]
            newest = [body for body in bodies if b'"kind":"definition"' in body[:40]][-1:]
            if judge is None or not newest:
                continue
            if newest[0] not in events:  # forty kits of one contest carry one definition
                events[newest[0]] = _event(newest[0], path.name)
        except (JudgeTuiError, ValueError):
            continue
        event, begun = events[newest[0]], any(b'"kind":"open"' in body[:40] for body in bodies)
        place = next((index for index, item in enumerate(event.judges) if item.id == judge), len(event.judges))
        found.append((event.title, place, _card(path, event, judge, begun)))
    return tuple(card for _, _, card in sorted(found, key=lambda item: (item[0], item[1], item[2].path.name)))


def kits_with_copies(folder: Path, own: Path) -> tuple[KitCard, ...]:
    """`kits_in`, where a kit whose copy in `own` is in use on this laptop counts as begun."""
    return tuple(replace(kit, begun=kit.begun or home_of(kit.path, own).is_file()) for kit in kits_in(folder))


def first_refusal(folder: Path) -> JudgeTuiError | None:
    """Why a file there that calls itself a judge's cannot be opened, for a folder without any that can."""
    for path in judge_files(folder):
        try:
            EntryFile.open(path, read_only=True).close()
        except JudgeTuiError as error:
            return error
    return None


def kit_files(folder: Path) -> tuple[Path, ...]:
    """The files that `kits_in` tells of."""
    return tuple(card.path for card in kits_in(folder))


def _event(body: bytes, source: str) -> Event:
    mapping = load_body(body).data.get("definition")
    return read_definition(mapping if isinstance(mapping, Mapping) else {}, source)


def _card(path: Path, event: Event, judge_id: str, begun: bool) -> KitCard:
    judge = event.judge_by_id.get(JudgeId(judge_id))
    groups = {item.id: item.name for item in event.groups}
    group = groups.get(judge.group, "") if judge is not None and len(groups) > 1 else ""
    return KitCard(path, event.title, judge_id, judge.name if judge is not None else judge_id, group, begun)


def settled(kit: Path, own: Path, medium: Callable[[Path], Medium] = medium_of) -> Path:
    """Where to open a kit: where it is, if that is this laptop's own disk, else a copy in the folder `own`, made once.

    A file on a stick or a share is never written in place: pulled at the wrong moment it is lost. Nor is one on a desktop that
    a cloud keeps in step: it is locked and copied while it is written. Raises StorageError.
    """
    home = home_of(kit, own)
    if home.is_file():
        return home
    folder = kit.parent.resolve()
    if medium(folder) in (Medium.OWN, Medium.UNKNOWN, Medium.MEMORY) and not cloud_of(str(folder)):
        return kit
    if kit.exists() and _whose(kit) is None:
        return kit  # nothing that a judge can write in: it is refused where it lies
    try:
        own.mkdir(parents=True, exist_ok=True)
        part = home.with_name(f"{home.name}.part")
        part.unlink(missing_ok=True)
        copy_new(kit, part)
        part.rename(home)
        _copy_media(kit.parent / MEDIA, own / MEDIA)
    except OSError as error:
        raise storage_error(error, home) from error
    return home


def home_of(kit: Path, own: Path) -> Path:
    """Where the copy of a kit lies or would lie: under its own name, or, where that is another kit's (issued again, or of
    another event), under a name of its own."""
    home = own / kit.name
    if kit == home or not home.is_file():
        return home
    whose = _whose(kit)
    return home if whose in (None, _whose(home)) else own / f"{kit.stem}-{whose}{kit.suffix}"


def _whose(path: Path) -> str | None:
    """Eight digits that tell one kit from another, None for what is no judge's own file or cannot be read."""
    try:
        with EntryFile.open(path, read_only=True) as file:
            secret = file.local("enrolment") if file.kind == schema.JUDGE else None
            return hashlib.sha256(file.event + secret.encode()).hexdigest()[:8] if secret is not None else None
    except JudgeTuiError:
        return None


def _copy_media(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        place = target / path.relative_to(source)
        if path.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            copy_new(path, place)
