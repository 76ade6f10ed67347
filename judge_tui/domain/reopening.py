"""The code by which a submitted sheet is opened again on a laptop that nothing reaches: eight digits, said aloud.

The organiser's signed `reopen` is what makes later marks count; the code only tells the judge's laptop that it was written.
It is a MAC over the event, the submissions and the organisation, under a secret that the organiser's key and the judge's
kit share, so that it fits this judge and this submission alone.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from judge_tui.domain.cells import EVERYTHING, Submission
from judge_tui.domain.event import OrganisationId
from judge_tui.domain.ledger import EventKey
from judge_tui.domain.numbers import normalise_typed

DIGITS = 8
"""A guess opens one laptop in a hundred million, and nothing counts by it: the organiser's entry does."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a code opens: one organisation or `EVERYTHING`, and the submissions (hashes, lower-case hex) that held it."""

    organisation: OrganisationId
    submits: frozenset[str]


def spoken_code(secret: bytes, event: EventKey, scope: Scope) -> str:
    """The eight digits for a scope, under the secret that the organiser's key and the judge's kit share."""
    said = b"\0".join((*(item.encode() for item in sorted(scope.submits)), scope.organisation.encode()))
    mac = hmac.digest(secret, b"judge-tui reopen v1\0" + event + said, "sha256")
    return f"{int.from_bytes(mac[:16], 'big') % 10**DIGITS:0{DIGITS}d}"


def grouped(code: str) -> str:
    """A code as it is read aloud and written down: `4821 0937`."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def typed_code(typed: str) -> str:
    """The digits of what was typed, full-width ones too, without spaces and strokes between them."""
    return "".join(char for char in normalise_typed(typed) if not char.isspace() and char not in "-.")


def scopes(submissions: Iterable[Submission], organisations: Iterable[OrganisationId]) -> tuple[Scope, ...]:
    """Everything that a code could open for a judge: each organisation that is locked, and the whole; nothing where none is."""
    made = tuple(submissions)
    found = []
    for organisation in organisations:
        locking = frozenset(item.hash for item in made if item.locks(organisation))
        if locking:
            found.append(Scope(organisation, locking))
    return (*found, Scope(EVERYTHING, frozenset(item.hash for item in made))) if found else ()


def opened_again(body: Mapping[str, object]) -> Mapping[str, frozenset[OrganisationId]]:
    """Which submissions the organiser's `reopen` (or a judge's `unlock`, in his own window) opens, and for which organisation."""
    named = body.get("submits")
    organisation = body.get("organisation")
    where = frozenset({OrganisationId(organisation if isinstance(organisation, str) else "")})
    return {item: where for item in named if isinstance(item, str)} if isinstance(named, list) else {}
