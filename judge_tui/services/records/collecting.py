"""Collecting: the judges' files merged into the organiser's, in any order, any number of times, one bad file never in the way.

Each file gets a verdict in words. What is refused is kept in a quarantine folder beside the organiser's file; what may become
valid later waits there and is tried again after every merge.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.domain.projection import Projection, project
from judge_tui.services.clock import Now, utc_now
from judge_tui.services.records.changes import Change, changes
from judge_tui.services.records.merging import Merger, Verdict, load_register
from judge_tui.services.records.organiser_file import open_organiser_file
from judge_tui.services.records.quarantine import Quarantine
from judge_tui.services.records.receipts import no_key, write_receipts
from judge_tui.services.records.sound import prove_held, still_sound
from judge_tui.store.crypto import KeyPair
from judge_tui.store.disk import storage_error
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring

if TYPE_CHECKING:
    from judge_tui.services.records.safe_copy import SafeCopy

__all__ = ["MergeReport", "Verdict", "load_register", "merge"]

PATIENCE = 5.0
"""How many seconds a merge waits while another window writes one act into the organiser's file."""

SUFFIXES = (".judge", ".db")
"""What a folder is searched for."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: a verdict for each file in the order given, then for each waiting file that was tried again.

    `copy` is the second copy as it stands afterwards, where one is kept; after a dry run `changes` is what would be different,
    looking past a seal. `trouble` is what kept the receipts from being written; the merge itself stands.
    """

    organiser: Path
    verdicts: tuple[Verdict, ...]
    receipts: Path | None = None
    dry_run: bool = False
    copy: SafeCopy | None = None
    changes: tuple[Change, ...] = ()
    trouble: JudgeTuiError | None = None

    @property
    def taken(self) -> int:
        """New entries in all."""
        return sum(verdict.taken for verdict in self.verdicts)

    @property
    def refused(self) -> tuple[Verdict, ...]:
        """The files that were not taken in."""
        return tuple(verdict for verdict in self.verdicts if verdict.refused)


def merge(
    organiser: Path,
    files: Sequence[Path],
    *,
    keys: Path,
    dry_run: bool = False,
    salvage: bool = False,
    proven: bool = False,
    on_verdict: Callable[[Verdict], None] | None = None,
    now: Now = utc_now,
) -> MergeReport:
    """Merge files (and the files in folders) into the organiser's file. `keys` is this laptop's folder of keys; where the
    desk's key is in it, receipts are written beside the organiser's file. With `dry_run` nothing at all is written. With
    `salvage` the verified beginning of a damaged file is taken.

    What is held is proven first, unless that was done (`proven`): the hub merges many times a minute.

    Raises JudgeTuiError only for the organiser's own file; whatever is wrong with the others is in the verdicts.
    """
    if dry_run:
        try:
            return _rehearsed(organiser, files, keys, salvage, on_verdict, now)
        except OSError as error:
            raise storage_error(error, organiser) from error
    trouble: JudgeTuiError | None = None
    receipts: Path | None = None
    with _opened(organiser, proven=proven) as file:
        merger = Merger(file, Quarantine(organiser), on_verdict, now, _openers(file, keys), salvage)
        verdicts = merger.run(_searched(files, organiser), Quarantine(organiser).waiting())
        try:
            receipts = write_receipts(file, keys)
        except JudgeTuiError as error:
            trouble = error
        from judge_tui.services.records.safe_copy import renew

        kept = renew(file, now=now)
        still_sound(file)
    return MergeReport(organiser, verdicts, receipts, copy=kept, trouble=trouble)


def _rehearsed(
    organiser: Path,
    files: Sequence[Path],
    keys: Path,
    salvage: bool,
    on_verdict: Callable[[Verdict], None] | None,
    now: Now,
) -> MergeReport:
    """The same on a copy that is thrown away."""
    with _scratch(organiser) as file:
        before = _look(file)
        merger = Merger(file, None, on_verdict, now, _openers(file, keys), salvage)
        verdicts = merger.run(_searched(files, organiser), Quarantine(organiser).waiting())
        different = changes(before, _look(file))
    return MergeReport(organiser, verdicts, dry_run=True, changes=different)


def verdicts_now(organiser: Path, files: Sequence[Path], *, keys: Path, now: Now = utc_now) -> tuple[Verdict, ...]:
    """What a merge would say to each of these files as things stand; nothing is written.

    Raises JudgeTuiError only for the organiser's own file, as `merge` does.
    """
    try:
        with _scratch(organiser) as file:
            return Merger(file, None, None, now, _openers(file, keys)).run(files, ())
    except OSError as error:
        raise storage_error(error, organiser) from error


@contextmanager
def _scratch(organiser: Path) -> Iterator[EntryFile]:
    """A copy of the organiser's file that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, organiser.name)
        shutil.copyfile(organiser, copy)
        with _opened(copy) as file:
            yield file


def _look(file: EntryFile) -> Projection:
    """The state as a new seal would pin it."""
    return project(file.entries(), file.event, file.evidence(), ahead=True)


def beside(organiser: Path, *, keys: Path) -> Path:
    """Write the receipts beside the organiser's file as they are now; where they are.

    Raises LockedError with NO_KEY where the desk's key is not on this laptop, StorageError.
    """
    with _opened(organiser) as file:
        receipts = write_receipts(file, keys)
    if receipts is None:
        raise no_key(organiser)
    return receipts


def _openers(file: EntryFile, keys: Path) -> list[KeyPair]:
    """The keys that open sealed exports: those of this laptop that are not locked."""
    ring = Keyring(keys)
    roles = [role for role in ("desk", "reserve") if not ring.is_locked(file.event, role)]
    return [key.pair for role in roles for key in ring.keys(file.event, role)]


def _opened(path: Path, *, proven: bool = False) -> EntryFile:
    file = open_organiser_file(path, patience=PATIENCE)
    if not file.read_only:
        try:
            if not proven:
                prove_held(file)
        except JudgeTuiError:
            file.close()
            raise
        return file
    other = file.other_window
    file.close()
    raise JudgeTuiError(
        "READ_ONLY",
        msg("{file} can only be read here", file=path.name),
        msg("Another window is using it: close that one and merge again.")
        if other
        else msg("Copy it to this laptop's own disk and merge there."),
    )


def _searched(files: Iterable[Path], organiser: Path) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            for found in sorted(path.iterdir()):
                ours = found.suffix.lower() in SUFFIXES and not found.name.startswith(".") and found.is_file()
                if ours and not found.samefile(organiser):
                    yield found
        else:
            yield path
