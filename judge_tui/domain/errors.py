"""The one family of errors: a code for machines, a title, a message and a hint for people.

Exactly two places render them: a dialog in the interface and the last line on the command line's stderr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judge_tui.domain.messages import Message, msg


class JudgeTuiError(Exception):
    """Something a person can understand and act on.

    `code` is stable and upper-case (`DEFINITION`, `NOT_SQLITE`); `title` names the trouble in a few words; `message` says
    what happened with the file, row or field; `hint` says what would be right or what to do next.
    """

    title: Message = msg("This did not work")

    def __init__(self, code: str, message: Message, hint: Message | None = None, title: Message | None = None) -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint
        if title is not None:
            self.title = title

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class MarkError(JudgeTuiError):
    """A typed mark that cannot be taken; the words stand beside the field."""

    title = msg("This mark cannot be taken")

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__("MARK", message, hint)


class RefusedError(JudgeTuiError):
    """A file that is not taken in, with one of the refusal codes of the file format; nothing was changed."""

    title = msg("This file was not taken in")


class LockedError(JudgeTuiError):
    """Something that is closed for now: a submitted sheet, a sealed event, a file open in another window."""

    title = msg("This is locked")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a document a person wrote: where, what, and what would be right.

    `where` is a path such as `criteria[2].max`; `line` counts from 1 (0: not known) for a text file, `cell` names a cell
    of a workbook.
    """

    where: str
    message: Message
    hint: Message | None = None
    line: int = 0
    cell: str = ""


class DefinitionError(JudgeTuiError):
    """A definition with at least one problem; all problems found are listed, and nothing was created from it."""

    title = msg("The event definition has errors")

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        super().__init__(
            "DEFINITION",
            msg("{source} has {count} problem(s)", source=source, count=len(problems)),
            msg("Mend the places named and check again; nothing was created."),
        )
        self.source = source
        self.problems = tuple(problems)


class MarksFileError(JudgeTuiError):
    """A spreadsheet of marks or adjustments with rows that cannot be read; all of them are listed."""

    title = msg("The marks cannot be read")

    def __init__(self, source: str, problems: Sequence[Problem]) -> None:
        super().__init__(
            "MARKS",
            msg("{source} has {count} problem(s)", source=source, count=len(problems)),
            msg("Mend the rows named and try again; nothing was counted."),
        )
        self.source = source
        self.problems = tuple(problems)
