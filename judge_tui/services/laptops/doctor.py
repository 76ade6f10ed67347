"""Whether this laptop is fit for a contest: each thing looked at, what was found, and in words what to change.

Looking is in `terminal` and `machine`; here it is only judged, so that every verdict can be tested without such a laptop.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.services.disks import Medium
from judge_tui.services.laptops.machine import FolderFacts, KeysFacts
from judge_tui.services.laptops.terminal import CJK_PAGES, TRUE_COLOUR, TerminalFacts
from judge_tui.services.records.about_file import AboutFile

COLUMNS, ROWS = 80, 24
"""The smallest window the screens are drawn for."""

MEGABYTE = 1_000_000
ROOM_NEEDED, ROOM_WISHED = 50 * MEGABYTE, 500 * MEGABYTE
SLOW_WRITE = 1.0
"""Seconds for one durable write from which a person notices."""

EARLIEST_YEAR = 2025
"""A clock before this has lost its battery: the program is younger."""

LONGEST_WINDOWS_PATH = 180
"""Windows takes 259 characters; the longest name of ours below a folder has about 75."""


class Grade(StrEnum):
    """`ok`: nothing to do. `advice`: works, better otherwise. `change`: must be changed before a contest."""

    OK = "ok"
    ADVICE = "advice"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says in words what to do, where there is something to do."""

    id: str
    title: Message
    grade: Grade
    found: Message
    advice: Message | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that is judged. `pieces` are the program's files that are missing or altered, None where none are listed;
    `file` is a file of records that was named, or why it cannot be read."""

    platform: str
    terminal: TerminalFacts
    folders: Sequence[FolderFacts]
    keys: KeysFacts
    now: datetime
    python: tuple[int, int, int]
    bits: int
    versions: dict[str, str]
    unfit: Sequence[str]
    trouble: str = ""
    pieces: Sequence[str] | None = None
    file: AboutFile | JudgeTuiError | None = None


def examine(here: Surroundings) -> tuple[Finding, ...]:
    """Judge everything, in the order in which a person would change it."""
    folders = [finding for folder in here.folders for finding in _folder(folder, here.platform)]
    return (
        *_terminal(here.terminal, here.platform),
        *folders,
        _clock(here.now),
        _keys(here.keys),
        _program(here),
        *([] if here.pieces is None else [_pieces(here.pieces)]),
        *([] if here.file is None else [_file(here.file)]),
    )


def fit(findings: Sequence[Finding]) -> bool:
    """Whether nothing must be changed."""
    return all(item.grade is not Grade.CHANGE for item in findings)


def _terminal(facts: TerminalFacts, platform: str) -> tuple[Finding, ...]:
    return (
        _size(facts),
        _colours(facts),
        _boxes(facts, platform),
        _encoding(facts, platform),
        _input_method(facts),
    )


def _size(facts: TerminalFacts) -> Finding:
    title = msg("Window")
    if not facts.interactive:
        return Finding("terminal.size", title, Grade.OK, msg("Not a terminal: nothing was asked of it"))
    size = msg("{columns} × {rows} characters", columns=facts.columns, rows=facts.rows)
    if facts.columns >= COLUMNS and facts.rows >= ROWS:
        return Finding("terminal.size", title, Grade.OK, size)
    return Finding(
        "terminal.size",
        title,
        Grade.CHANGE,
        size,
        msg(
            "Make the window larger or its characters smaller: at least {columns} × {rows} are needed.",
            columns=COLUMNS,
            rows=ROWS,
        ),
    )


def _colours(facts: TerminalFacts) -> Finding:
    title = msg("Colours")
    if facts.colours_unwanted:
        return Finding("terminal.colours", title, Grade.OK, msg("None, as NO_COLOR asks"))
    if not facts.interactive:
        return Finding("terminal.colours", title, Grade.OK, msg("Not a terminal: nothing was asked of it"))
    if facts.colours >= TRUE_COLOUR:
        return Finding("terminal.colours", title, Grade.OK, msg("All colours"))
    if facts.colours:
        found = nmsg("{count} colour", "{count} colours", facts.colours)
        if facts.colours >= 256:
            return Finding("terminal.colours", title, Grade.OK, found)
        advice = msg("Everything is readable; a terminal that says TERM=xterm-256color shows it better.")
        return Finding("terminal.colours", title, Grade.ADVICE, found, advice)
    return Finding(
        "terminal.colours",
        title,
        Grade.CHANGE,
        msg("The terminal calls itself “{kind}” and moves no cursor", kind=facts.kind or "-"),
        msg("Use the system's usual terminal window; in a remote session, set TERM=xterm-256color."),
    )


def _boxes(facts: TerminalFacts, platform: str) -> Finding:
    title = msg("Chinese and lines")
    plain = msg("Press Ctrl+B on any screen for plain boxes, or choose another font than 宋体 for this window.")
    if facts.interactive and facts.kind == "linux":
        return Finding(
            "terminal.boxes",
            title,
            Grade.CHANGE,
            msg("The system's text console has no Chinese characters"),
            msg("Log in to the desktop and open a terminal window there."),
        )
    if facts.hanzi_width is not None and facts.hanzi_width != 2:
        return Finding(
            "terminal.boxes",
            title,
            Grade.CHANGE,
            msg("A Chinese character takes {width} cell(s) instead of 2", width=facts.hanzi_width),
            msg("Choose a font with Chinese characters for this window, or another terminal."),
        )
    if facts.line_width is not None and facts.line_width > 1:
        return Finding("terminal.boxes", title, Grade.ADVICE, msg("Lines are drawn two cells wide"), plain)
    if facts.line_width == 1:
        return Finding("terminal.boxes", title, Grade.OK, msg("Chinese takes two cells, lines one"))
    if platform == "win32" and facts.kind == "conhost" and facts.code_page in CJK_PAGES:
        found = msg("This console may draw lines two cells wide")
        return Finding("terminal.boxes", title, Grade.ADVICE, found, plain)
    if not facts.interactive:
        return Finding("terminal.boxes", title, Grade.OK, msg("Not a terminal: nothing was asked of it"))
    return Finding(
        "terminal.boxes",
        title,
        Grade.OK,
        msg("The terminal did not answer where its cursor is"),
        msg("If frames look torn, press Ctrl+B for plain boxes."),
    )


def _encoding(facts: TerminalFacts, platform: str) -> Finding:
    title = msg("Encoding")
    if platform == "win32":
        found = msg("Windows console, code page {page}; Chinese is written directly", page=facts.code_page)
        return Finding("terminal.encoding", title, Grade.OK, found)
    if facts.encoding.replace("-", "") == "utf8":
        return Finding("terminal.encoding", title, Grade.OK, verbatim("UTF-8"))
    return Finding(
        "terminal.encoding",
        title,
        Grade.CHANGE,
        msg("The terminal is set to {encoding}: Chinese will not show", encoding=facts.encoding or "?"),
        msg("Set the language to one with UTF-8 and begin again, for example: LANG=C.UTF-8 judge-tui"),
    )


def _input_method(facts: TerminalFacts) -> Finding:
    found = (
        msg("{name} is there", name=facts.input_method)
        if facts.input_method
        else msg("None was noticed; comments in Chinese need one")
    )
    advice = msg(
        "Marks need no input method: digits, arrows, Enter and F-keys are enough. "
        "If keys do nothing, press Shift once to type English."
    )
    return Finding("terminal.input-method", msg("Input method"), Grade.OK, found, advice)


def _folder(folder: FolderFacts, platform: str) -> list[Finding]:
    place = msg("Folder {path}", path=folder.path)
    findings = [_medium(folder, place), _room(folder)]
    if platform == "win32" and len(folder.path) > LONGEST_WINDOWS_PATH:
        findings.append(
            Finding(
                "folder.path",
                place,
                Grade.CHANGE,
                msg("Its path has {count} characters; Windows allows 259 with the file's name", count=len(folder.path)),
                msg("Use a folder nearer to the top, such as D:\\评分."),
            )
        )
    return findings


_ADVICE = {
    Medium.REMOVABLE: (
        msg("On a stick or another removable disk"),
        msg(
            "Copy the folder to the laptop's own disk (the desktop will do) and start it there; hand over to the stick."
        ),
    ),
    Medium.NETWORK: (
        msg("On a network share"),
        msg("Copy the folder to the laptop's own disk and start it there; hand over to the share."),
    ),
    Medium.MEMORY: (
        msg("In memory only: it is gone when the laptop is switched off"),
        msg("Use a folder on the laptop's own disk, such as Documents."),
    ),
}


def _medium(folder: FolderFacts, place: Message) -> Finding:
    if folder.refusal:
        return Finding(
            "folder.disk",
            place,
            Grade.CHANGE,
            msg("Nothing can be written there: {reason}", reason=folder.refusal),
            msg("Use a folder of your own on the laptop's disk, such as Documents."),
        )
    if folder.medium in _ADVICE:
        found, advice = _ADVICE[folder.medium]
        return Finding("folder.disk", place, Grade.CHANGE, found, advice)
    if folder.cloud:
        return Finding(
            "folder.disk",
            place,
            Grade.ADVICE,
            msg("Inside a folder that {name} keeps copying", name=folder.cloud),
            msg("Use a folder outside it: copying programs lock files while they are written."),
        )
    if folder.seconds > SLOW_WRITE:
        return Finding(
            "folder.disk",
            place,
            Grade.ADVICE,
            msg("One safe write took {milliseconds} ms", milliseconds=round(folder.seconds * 1000)),
            msg("The disk is slow or busy: close other programs, wait until updates are done."),
        )
    found = msg("Takes safe writes, {milliseconds} ms each", milliseconds=max(1, round(folder.seconds * 1000)))
    return Finding("folder.disk", place, Grade.OK, found)


def _room(folder: FolderFacts) -> Finding:
    title = msg("Room on that disk")
    found = msg("{megabytes} MB free", megabytes=f"{folder.free // MEGABYTE:,}")
    if folder.free < ROOM_NEEDED:
        advice = msg(
            "Delete what is not needed: at least {megabytes} MB must be free.", megabytes=ROOM_NEEDED // MEGABYTE
        )
        return Finding("folder.room", title, Grade.CHANGE, found, advice)
    if folder.free < ROOM_WISHED:
        return Finding("folder.room", title, Grade.ADVICE, found, msg("Make room before a long event."))
    return Finding("folder.room", title, Grade.OK, found)


def _clock(now: datetime) -> Finding:
    found = verbatim(now.strftime("%Y-%m-%d %H:%M %z"))
    if now.year < EARLIEST_YEAR:
        advice = msg("Set date and time. No result depends on them, but every record shows them.")
        return Finding("clock", msg("Date and time"), Grade.CHANGE, found, advice)
    return Finding("clock", msg("Date and time"), Grade.OK, found)


def _keys(keys: KeysFacts) -> Finding:
    title = msg("Keys folder {path}", path=keys.path)
    if keys.refusal:
        return Finding(
            "keys",
            title,
            Grade.CHANGE,
            msg("Nothing can be written there: {reason}", reason=keys.refusal),
            msg("Make the folder your own again: without it nothing can be signed."),
        )
    if keys.open_to_others:
        return Finding(
            "keys",
            title,
            Grade.CHANGE,
            msg("Other users of this laptop can read {names}", names=keys.open_to_others),
            msg("Close it to others: {command}", command=f"chmod -R go-rwx '{keys.path}'"),
        )
    found = msg("Closed to others") if keys.exists else msg("Will be made when it is first needed")
    return Finding("keys", title, Grade.OK, found)


def _program(here: Surroundings) -> Finding:
    title = msg("Program")
    versions = ", ".join(f"{name} {version}" for name, version in here.versions.items() if version)
    python = "Python {}.{}.{} ({} bit)".format(*here.python, here.bits)
    found = verbatim(f"{python}, {versions}" if versions else python)
    if here.python < (3, 11, 0):
        return Finding("program", title, Grade.CHANGE, found, msg("Install Python 3.11 or newer."))
    if here.trouble:
        return Finding(
            "program",
            title,
            Grade.CHANGE,
            msg("Signatures or the database do not work here: {reason}", reason=here.trouble),
            msg("Copy the program's folder again, whole; it must fit this system and Python."),
        )
    if here.unfit:
        return Finding(
            "program", title, Grade.CHANGE, found, msg("These must be installed: {names}", names=tuple(here.unfit))
        )
    return Finding("program", title, Grade.OK, found)


def _pieces(missing: Sequence[str]) -> Finding:
    title = msg("The program's files")
    if not missing:
        return Finding("program.files", title, Grade.OK, msg("All there, as they were packed"))
    return Finding(
        "program.files",
        title,
        Grade.CHANGE,
        nmsg(
            "{count} file is missing or altered: {names}",
            "{count} files are missing or altered: {names}",
            len(missing),
            names=tuple(missing[:3]),
        ),
        msg("The folder was not copied whole: copy it again from the stick."),
    )


def _file(file: AboutFile | JudgeTuiError) -> Finding:
    if isinstance(file, JudgeTuiError):
        return Finding("file", msg("The file"), Grade.CHANGE, file.message, file.hint)
    return Finding("file", msg("The file"), Grade.OK, file.message)


def bits() -> int:
    """32 or 64: the kind of Python this is."""
    return 64 if sys.maxsize > 2**32 else 32
