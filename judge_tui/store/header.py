"""The first hundred bytes: what a file says it is, read by hand before any SQLite code touches it."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.errors import RefusedError
from judge_tui.domain.messages import Message, msg
from judge_tui.store.schema import APPLICATION_ID, FORMAT, OLDEST

MAGIC = b"SQLite format 3\x00"
SEALED = b"judge-tui sealed v1\x00"
"""With what an export begins that the organiser alone can read."""

HEADER = 100
UTF_8 = b"\x00\x00\x00\x01"
ROLLBACK, WAL = b"\x01\x01", b"\x02\x02"


def refuse(code: str, message: Message, hint: Message) -> RefusedError:
    """A refusal; written so that every code stands as a literal where it is raised."""
    return RefusedError(code, message, hint)


def not_ours() -> RefusedError:
    """A sealed export, and no key here that opens it."""
    return refuse(
        "ENCRYPTED",
        msg("The file is encrypted for the organiser, and this laptop does not hold the key"),
        msg("It waits and is tried again after every merge: merge on the organiser's own laptop."),
    )


def named(error: RefusedError, path: Path) -> RefusedError:
    """The refusal of a file that somebody opened, with its name."""
    return RefusedError(error.code, msg("{file}: {what}", file=path.name, what=error.message), error.hint)


def check_identity(head: bytes) -> None:
    """Whether this is a file of ours in a format this program reads: magic, journal, application id, version.

    Raises RefusedError with EMPTY, NOT_SQLITE, TRUNCATED, WAL_MODE, CORRUPT, FOREIGN, NEWER or OLDER.
    """
    _check_magic(head)
    _check_kind(head)


def check_header(head: bytes, size: int) -> None:
    """`check_identity` for a file that was handed in whole: its length must be what its header says, too."""
    _check_magic(head)
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    if page < 512 or page & (page - 1):
        raise refuse(
            "CORRUPT",
            msg("The file is damaged: its page size is impossible"),
            msg("Ask for it to be handed over again; what can be verified in it can be saved with --salvage."),
        )
    pages = int.from_bytes(head[28:32], "big")
    if size % page or size < page * pages:
        raise refuse(
            "TRUNCATED",
            msg("Part of the file is missing: {held} of {whole} bytes are there", held=size, whole=page * pages),
            msg("It was probably copied while the stick was pulled out. Copy it again."),
        )
    if size != page * pages or head[24:28] != head[92:96]:
        raise refuse(
            "CORRUPT",
            msg("The file is damaged: its length does not fit what it says of itself"),
            msg("Ask for it to be handed over again; what can be verified in it can be saved with --salvage."),
        )
    if head[56:60] != UTF_8:
        raise refuse(
            "CORRUPT",
            msg("The file is damaged: it says that its texts are in an encoding that this program never writes"),
            msg("Ask for it to be handed over again; what can be verified in it can be saved with --salvage."),
        )
    _check_kind(head)


def _check_magic(head: bytes) -> None:
    if not head:
        raise refuse(
            "EMPTY",
            msg("The file is empty"),
            msg(
                "It was probably copied while it was being written. Hand it over again with the program's own command."
            ),
        )
    if head.startswith(SEALED):
        raise not_ours()
    if len(head) < HEADER and MAGIC.startswith(head[:16]):
        raise refuse(
            "TRUNCATED",
            msg("Only the first {held} bytes of the file are there", held=len(head)),
            msg("It was probably copied while the stick was pulled out. Copy it again."),
        )
    if head[:16] != MAGIC:
        raise refuse(
            "NOT_SQLITE",
            msg("This is not a file of records"),
            msg("Choose the file that the judge handed over; its name ends in .judge."),
        )


def _check_kind(head: bytes) -> None:
    if head[18:20] == WAL:
        raise refuse(
            "WAL_MODE",
            msg("Another program changed how the file keeps its journal; part of it may lie in a second file"),
            msg("Hand it over again with the program's own command instead of copying it."),
        )
    if head[18:20] != ROLLBACK:
        raise refuse(
            "CORRUPT",
            msg("The file is damaged: its header names an unknown journal"),
            msg("Ask for it to be handed over again; what can be verified in it can be saved with --salvage."),
        )
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise refuse(
            "FOREIGN",
            msg("This database was made by another program"),
            msg("Choose the file that the judge handed over; its name ends in .judge."),
        )
    version = int.from_bytes(head[60:64], "big")
    if version > FORMAT:
        raise refuse(
            "NEWER",
            msg(
                "The file was written by a newer program (format {theirs}, this one reads up to {ours})",
                theirs=version,
                ours=FORMAT,
            ),
            msg("Update the program on this laptop and try again."),
        )
    if version < OLDEST:
        raise refuse(
            "OLDER",
            msg(
                "The file was written by a program too old for this one (format {theirs}, this one reads from {ours})",
                theirs=version,
                ours=OLDEST,
            ),
            msg("Open it once with the newest program on the judge's laptop and hand it over again."),
        )
