"""What kind of file it is that was given for a workbook or a definition and is none, so that people are told what to do."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.messages import Message, msg

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
"""What files of older Office programs, and packages, begin with."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = msg("Open it in Excel or WPS and save it as .xlsx.")


def why_unreadable(path: Path) -> tuple[Message, Message]:
    """Why a file cannot be read as a workbook, and what to do."""
    try:
        raw = path.read_bytes()
    except OSError:
        return msg("it cannot be opened"), msg("Check whether it is a file that you may read.")
    if not raw.strip(b"\0"):
        return msg("it is empty"), msg("Copy it again from where it came from.")
    if raw.startswith(OLE) and _ENCRYPTED in raw:
        return msg("it is protected with a password"), msg("Take the password off in Excel or WPS, and save it again.")
    if raw.startswith((OLE, ZIP)):
        return msg("it is damaged or of another kind"), msg(
            "Copy it again from where it came from, or open it in Excel or WPS and save it as .xlsx."
        )
    return msg("it is no workbook, only called so"), _SAVE_AS
