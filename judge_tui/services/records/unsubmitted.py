"""Beside a merge's verdict: whose sheet is held and does not count, because it was never submitted."""

from __future__ import annotations

from collections.abc import Iterable

from judge_tui.domain.messages import Message, msg
from judge_tui.domain.register import Register
from judge_tui.store.files import EntryFile

_SUBMIT = b'"kind":"submit"'
"""What every submission's body holds, and no text inside one: there the quotes are escaped."""


def with_unsubmitted(words: Message, file: EntryFile, register: Register, judges: Iterable[str]) -> Message:
    """The words of a verdict and, where the event counts submitted marks only, the judges of whom nothing was submitted."""
    if not register.submitted_only:
        return words
    concerned = set(judges)
    authors = [(author, judge) for author, judge in register.admitted.items() if judge in concerned]
    submitted = {judge for author, judge in authors if file.says(author, _SUBMIT)}
    names = tuple(register.names[judge] for judge in sorted(concerned - submitted) if judge in register.names)
    if not names:
        return words
    return msg("{taken}; not submitted yet, so not counted until it is: {names}", taken=words, names=names)
