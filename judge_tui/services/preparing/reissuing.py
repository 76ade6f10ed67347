"""Judges' files after the start: a new one for a judge whose file is lost, and one for a judge who joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from judge_tui.domain.definition import write_definition
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import GroupId, Judge, JudgeId
from judge_tui.domain.messages import msg
from judge_tui.services.preparing.issuing import kit_image
from judge_tui.services.sync.notices import notice_entries
from judge_tui.services.table.office import Office, signed
from judge_tui.store import crypto
from judge_tui.store.disk import storage_error, write_new
from judge_tui.store.files import EntryFile


def reissue(office: Office, judge: JudgeId, folder: Path, reason: str, by: Sequence[str]) -> Path:
    """A new file for a judge. The old one is revoked: what was written with it waits for the organiser's confirmation.

    Raises JudgeTuiError for an unknown judge, StorageError where the folder does not take it.
    """
    if judge not in office.project().event.judge_by_id:
        raise JudgeTuiError("UNKNOWN_JUDGE", msg("There is no judge {id}", id=judge))
    pair = crypto.new_key()
    office.say(("roster", {"kits": [{"judge": judge, "kit": pair.author.hex()}], **signed(reason, by)}))
    return _write(office, judge, pair, folder)


def add_judge(
    office: Office, name: str, group: GroupId, folder: Path, reason: str, by: Sequence[str]
) -> tuple[JudgeId, Path]:
    """A judge who joins, with a file of his own: everything he owes is asked for from now on.

    Raises JudgeTuiError where the name is taken or the group unknown.
    """
    event = office.project().event
    clean = name.strip()
    if not clean or clean in {item.name for item in event.judges}:
        raise JudgeTuiError(
            "NAME", msg("“{name}” is empty or already on the list", name=name), msg("Give it a name of its own.")
        )
    if group not in event.group_by_id:
        raise JudgeTuiError(
            "UNKNOWN_GROUP",
            msg("There is no group {id}", id=group),
            msg("The groups are: {names}", names=tuple(item.name for item in event.groups)),
        )
    key = next(
        item for item in (JudgeId(f"joined{number}") for number in range(1, 10_000)) if item not in event.judge_by_id
    )
    joined = replace(event, judges=(*event.judges, Judge(key, clean, group)))
    pair = crypto.new_key()
    announced = signed(reason, by)
    office.say(
        ("definition", {"definition": write_definition(joined), **announced}),
        ("roster", {"kits": [{"judge": key, "kit": pair.author.hex()}], **announced}),
    )
    return key, _write(office, key, pair, folder)


def _write(office: Office, judge: JudgeId, pair: crypto.KeyPair, folder: Path) -> Path:
    """The kit under a name that nobody has."""
    with EntryFile.open(office.path, read_only=True) as file:
        data = kit_image(file.event, notice_entries(file), judge, pair)
    stem = re.sub(r"\.db$", "", office.path.name)
    path, number = folder / f"{stem}-{judge}.judge", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{judge}-new{number}.judge"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_new(path, data, 0o600)
    except OSError as error:
        raise storage_error(error, path) from error
    return path
