"""Opening a submitted sheet again by a code said aloud: which code the organiser reads out, and whose submission it fits."""

from __future__ import annotations

from dataclasses import dataclass

from judge_tui.domain.cells import EVERYTHING
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import JudgeId, OrganisationId
from judge_tui.domain.ledger import Author
from judge_tui.domain.messages import msg
from judge_tui.domain.projection import Projection
from judge_tui.domain.reopening import DIGITS, Scope, grouped, opened_again, scopes, spoken_code, typed_code
from judge_tui.domain.saying import Said
from judge_tui.services.seat.seats import Seat
from judge_tui.services.table.office import Office
from judge_tui.store import crypto


@dataclass(frozen=True, slots=True)
class SpokenCode:
    """A code to be read aloud: for whom, for which organisation (None: the whole sheet), why and when it was opened."""

    judge: JudgeId
    organisation: OrganisationId | None
    code: str
    reason: str
    at: str


def spoken_codes(office: Office, judge: JudgeId | None = None) -> tuple[SpokenCode, ...]:
    """The codes of everything that was opened again (for one judge, or for all), newest first, as they are read aloud:
    `4821 0937`. What was opened with a key that is not on this laptop is left out."""
    now = office.project()
    found = []
    for said in reversed(now.authority.notices):
        body = said[1]
        if body["kind"] == "reopen" and judge in (None, body.get("judge")):
            code = _code_of(office, now, said)
            if code is not None:
                found.append(code)
    return tuple(found)


def _code_of(office: Office, now: Projection, said: Said) -> SpokenCode | None:
    entry, body = said
    judge = JudgeId(str(body.get("judge", "")))
    kit = now.authority.kits.get(judge)
    secret = office.shared_with(entry.author, Author(bytes.fromhex(kit))) if kit is not None else None
    if secret is None:
        return None
    organisation = OrganisationId(str(body.get("organisation", "")))
    code = spoken_code(secret, now.key, Scope(organisation, frozenset(opened_again(body))))
    where = None if organisation == EVERYTHING else organisation
    return SpokenCode(judge, where, grouped(code), str(body.get("reason", "")), str(body.get("at", "")))


def opened_by(seat: Seat, state: Projection, typed: str) -> Scope:
    """What a code that the organiser said opens at this seat. Raises JudgeTuiError in words where it opens nothing."""
    code = typed_code(typed)
    if not (code.isascii() and code.isdecimal()) or len(code) != DIGITS:
        raise JudgeTuiError(
            "CODE",
            msg("The code has {digits} digits; this is “{typed}”", digits=DIGITS, typed=typed.strip()[:20]),
            msg("Have the organiser read it once more."),
        )
    open_to_code = scopes(state.submissions(seat.judge.id), [item.id for item in state.event.organisations])
    if not open_to_code:
        raise JudgeTuiError("CODE", msg("Nothing here is submitted, so nothing needs opening"))
    for secret in _secrets(seat, state):
        for scope in open_to_code:
            if spoken_code(secret, state.key, scope) == code:
                return scope
    raise JudgeTuiError(
        "CODE",
        msg("This code does not open what you submitted here"),
        msg(
            "Have it read once more. If you submitted again since, hand over first: the code is for what the organiser holds."
        ),
    )


def _secrets(seat: Seat, state: Projection) -> list[bytes]:
    """What this kit shares with each of the organiser's notice keys."""
    kit = seat.file.local("enrolment")
    if kit is None:
        return []
    pair = crypto.key_pair(bytes.fromhex(kit))
    return [crypto.shared_secret(pair, author) for author, known in state.authors.items() if known.role == "notice"]
