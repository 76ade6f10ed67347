"""Writing whole files so that a power cut leaves the old state or the new one, and naming what a disk complains about."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, verbatim


class StorageError(JudgeTuiError):
    """The disk did not take it; what was to be written is not there, what was there before still is."""

    title = msg("Not saved")


def holds(path: Path, data: bytes) -> bool:
    """Whether there is a file with these very bytes. A pipe or a device is none, and is not waited for. Raises OSError."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in this folder durable (where the system can)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders; its renames are journalled
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


def write_new(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a new file durably under a name nobody has: `NAME.part` → fsync → read back and compare → rename → fsync folder.

    Raises FileExistsError where the name is taken, OSError where the disk refuses, and removes the half-written part.
    """
    part = path.with_name(f"{path.name}.part")
    _free_name(path)
    try:
        with os.fdopen(_own_part(part, os.O_RDWR, mode), "r+b") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            _forget_cache(file.fileno())
            file.seek(0)
            _same_bytes(file.read(), data, part)
        _free_name(path)
        _rename(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _own_part(part: Path, how: int, mode: int) -> int:
    """A new file under a part's name. One that lies there is taken away: it would keep its mode, and in a shared folder it may be
    a link to some other file of this laptop."""
    part.unlink(missing_ok=True)
    safely = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.open(part, how | os.O_CREAT | os.O_TRUNC | safely, mode)


def replace_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file anew, the old content or the new one and nothing between. Raises OSError."""
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(_own_part(part, os.O_WRONLY, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _rename(part: Path, path: Path) -> None:
    """Rename; on Windows a virus scanner that has just opened the new file is waited for."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8):
        try:
            part.rename(path)
        except PermissionError as error:
            if not _held_open(error):
                raise
            time.sleep(pause)
        else:
            return
    part.rename(path)


def _held_open(error: Exception) -> bool:
    """Windows's sharing and lock violations: another program has the file open."""
    return getattr(error, "winerror", None) in (32, 33)


def _free_name(path: Path) -> None:
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _same_bytes(found: bytes, written: bytes, path: Path) -> None:
    if found != written:
        raise OSError(errno.EIO, "what was read back differs from what was written", str(path))


def copy_new(source: Path, target: Path) -> None:
    """Copy a file durably to a name nobody has. Raises OSError."""
    with source.open("rb") as reading, target.open("xb") as writing:
        shutil.copyfileobj(reading, writing, 1024 * 1024)
        writing.flush()
        os.fsync(writing.fileno())


def _forget_cache(handle: int) -> None:
    """Ask the system to read back from the medium rather than from memory; some systems cannot be asked."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def storage_error(error: OSError | sqlite3.Error, path: Path) -> StorageError:
    """What went wrong while writing `path`, in words, with what to do next."""
    code, message, hint = _diagnosis(error, path)
    return StorageError(code, message, hint)


def _diagnosis(error: OSError | sqlite3.Error, path: Path) -> tuple[str, Message, Message]:
    name = path.name
    number = error.errno if isinstance(error, OSError) else None
    word = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    if number in (errno.ENOSPC, errno.EDQUOT) or word == "SQLITE_FULL":
        return (
            "DISK_FULL",
            msg("The disk is full: {file} could not be written", file=name),
            msg("Make room on the disk and try again; nothing entered before is lost."),
        )
    read_only = number in (errno.EROFS, errno.EACCES, errno.EPERM) and not _held_open(error)
    if word.startswith("SQLITE_IOERR"):
        # A disk that turned read-only under an open file (Linux does so after errors) refuses writes like a broken one.
        read_only = path.exists() and not os.access(path, os.W_OK)
    if read_only or word.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return (
            "READ_ONLY",
            msg("{file} cannot be written: the disk or the file is read-only", file=name),
            msg("Copy it to this laptop's own disk and open it there."),
        )
    if number == errno.ENOENT or word == "SQLITE_READONLY_DBMOVED":
        return (
            "GONE",
            msg("{file} is no longer there", file=name),
            msg("Put it back, or plug the stick in again, and try again."),
        )
    if _held_open(error) or word.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return (
            "BUSY",
            msg("{file} is being written by another program", file=name),
            msg("Close the other program or window and try again."),
        )
    return (
        "DISK",
        msg("{file} could not be written: {reason}", file=name, reason=_reason(error)),
        msg("Try again; if it goes on, continue on another laptop with your kit."),
    )


def reading_error(error: OSError, path: Path) -> StorageError:
    """What went wrong while reading `path`, in words, with what to do next: GONE or UNREADABLE."""
    if isinstance(error, FileNotFoundError):
        # Whether it ever was there is not known here: the name may be mistyped as well as the stick pulled out.
        return StorageError(
            "GONE",
            msg("{file} is not there", file=path.name),
            msg("Look at its name and folder, or plug the stick in again, and try again."),
        )
    return StorageError(
        "UNREADABLE",
        msg("{path} cannot be read: {reason}", path=path.name, reason=_reason(error)),
        msg("Try again; if it goes on, copy it to another disk and open it there."),
    )


_FOR_PEOPLE = {
    errno.EIO: msg("the disk reports an error"),
    errno.EACCES: msg("this user may not"),
    errno.EPERM: msg("this user may not"),
    errno.EISDIR: msg("it is a folder"),
}


def _reason(error: OSError | sqlite3.Error) -> Message:
    if isinstance(error, OSError):
        return _FOR_PEOPLE.get(error.errno or 0, verbatim(error.strerror or error))
    faulty = str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_IOERR")
    return _FOR_PEOPLE[errno.EIO] if faulty else verbatim(error)
