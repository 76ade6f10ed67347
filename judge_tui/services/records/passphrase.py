"""A passphrase for the keys on this laptop: off until somebody asks for it, asked for once each time the program runs."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.store import schema
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring

LEAST = 8
"""Letters of a passphrase at least, a hanzi counting for two; four words are better."""

OFFICES = ("notice", "desk", "reserve")


def unlock(keys: Path, passphrase: str) -> bool:
    """Open what this passphrase fits, until the program ends; False where it fits nothing that is locked."""
    return bool(passphrase) and Keyring(keys).unlock(passphrase) > 0


def must_be_open(path: Path, keys: Path) -> None:
    """Raises JudgeTuiError with PASSPHRASE where the keys that sign in this file are locked and were not opened yet."""
    if is_locked(path, keys):
        raise JudgeTuiError(
            "PASSPHRASE",
            msg("The keys of {file} are locked", file=path.name),
            msg("Type the passphrase that was chosen on this laptop."),
        )


def is_locked(path: Path, keys: Path) -> bool:
    """Whether the keys that sign in this file wait for their passphrase. Raises RefusedError, StorageError."""
    with EntryFile.open(path, read_only=True) as file:
        roles, judge = _signers(file)
        return any(Keyring(keys).is_locked(file.event, role, judge, file.heads()) for role in roles)


def must_be_long_enough(passphrase: str) -> None:
    """Raises JudgeTuiError with WEAK where a new passphrase is too short."""
    if sum(1 if letter.isascii() else 2 for letter in passphrase) < LEAST:
        raise JudgeTuiError(
            "WEAK",
            msg(
                "The passphrase is too short: {least} letters, or {half} hanzi, at least", least=LEAST, half=LEAST // 2
            ),
            msg("Take a short sentence, or four words that do not belong together."),
        )


def choose(path: Path, keys: Path, passphrase: str) -> None:
    """Keep this laptop's keys of the file under a new passphrase, or (empty) under none.

    Raises JudgeTuiError: NO_KEY where this laptop has no key of the file, PASSPHRASE where the old
    one was not given yet, StorageError.
    """
    with EntryFile.open(path, read_only=True) as file:
        roles, judge = _signers(file)
        if not Keyring(keys).lock(file.event, roles, judge, passphrase, file.heads()):
            raise JudgeTuiError(
                "NO_KEY",
                msg("This laptop holds no key of {file}", file=path.name),
                msg("A judge's laptop has one once the file was opened; the organiser's, where the event was issued."),
            )


def _signers(file: EntryFile) -> tuple[tuple[str, ...], str | None]:
    """The roles whose keys sign in this file, and the judge where it is a judge's."""
    return (OFFICES, None) if file.kind == schema.ORGANISER else (("judge",), file.local("judge") or "")
