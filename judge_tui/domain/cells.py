"""What is gathered about each judge, organisation and criterion: what stands there, what was said, what came late.

A value that nobody replaced is current; several different ones are a conflict, kept side by side. No clock decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.ledger import Author

CellKey = tuple[JudgeId, OrganisationId, CriterionId]
TurnKey = tuple[JudgeId, OrganisationId]
EVERYTHING = OrganisationId("")
"""Stands for the whole sheet where an organisation's id would stand for one turn."""


class Value(NamedTuple):
    """One mark as somebody gave it. `submitted` says whether its writer submitted it; `paper` that it came on paper."""

    hash: str
    value: MarkValue
    author: Author
    seq: int
    at: str
    submitted: bool
    paper: bool
    findings: Mapping[str, str]


class Text(NamedTuple):
    """A comment, or a recusal's reason, as it stands; `hash` is what a correction has to replace."""

    hash: str
    text: str
    author: Author
    at: str


class Late(NamedTuple):
    """An entry that is kept and shown but not counted. `why` is `submitted`, `sealed`, `undone`, `unconfirmed`,
    `replaced`, `revoked`, `forked`, `unknown` or `invalid`."""

    hash: str
    judge: JudgeId
    author: Author
    seq: int
    kind: str
    organisation: OrganisationId
    criterion: CriterionId
    value: MarkValue | None
    at: str
    why: str


@dataclass(slots=True)
class Submission:
    """One `submit`: its scope (`EVERYTHING` or one turn) and, where the organiser opened it again, for which turns."""

    hash: str
    author: Author
    seq: int
    scope: OrganisationId
    at: str
    reopened: frozenset[OrganisationId] = frozenset()

    def locks(self, organisation: OrganisationId) -> bool:
        """Whether later entries about this organisation are late."""
        if EVERYTHING in self.reopened or organisation in self.reopened:
            return False
        return self.scope in (EVERYTHING, organisation)

    def covers(self, organisation: OrganisationId) -> bool:
        """Whether the organisation was submitted by it."""
        return self.scope in (EVERYTHING, organisation)


@dataclass(slots=True)
class Cells:
    """What the fold gathers. Keys are judge, organisation and, for marks, criterion. Only what is current is in it."""

    values: dict[CellKey, list[Value]] = field(default_factory=dict)
    comments: dict[TurnKey, list[Text]] = field(default_factory=dict)
    recusals: dict[TurnKey, list[Text]] = field(default_factory=dict)
    submissions: dict[JudgeId, list[Submission]] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)
