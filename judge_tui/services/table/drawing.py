"""Draw of lots with a recorded seed: anyone who has the seed can repeat the draw with a calculator of SHA-256.

Each thing that is drawn gets the SHA-256 of `SEED:ID` in UTF-8; the order is that of the hexadecimal digests. The seed is
said aloud and recorded before the order is known, best put together from digits that several people in the hall call out.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.domain.projection import Projection
from judge_tui.services.table.office import Office, signed

METHOD = "sha256 of seed:id, ascending"


def new_seed() -> str:
    """Eight digits from the system's randomness, for a hall that calls out none."""
    return f"{secrets.randbelow(10**8):08d}"


def drawn_order(seed: str, ids: Iterable[str]) -> list[str]:
    """The ids in the order of the draw; the same for the same seed, whatever order they come in."""
    return sorted(ids, key=lambda item: hashlib.sha256(f"{seed}:{item}".encode()).hexdigest())


def draw_running_order(office: Office, seed: str, reason: str, by: Sequence[str]) -> list[OrganisationId]:
    """Draw the running order of all organisations and announce it, with the seed beside it."""
    event = office.project().event
    seed = _clean(seed)
    order = [OrganisationId(item) for item in drawn_order(seed, event.organisation_by_id)]
    body = {"what": "order", "seed": seed, "method": METHOD, "among": sorted(event.organisation_by_id), "drawn": order}
    announced = signed(reason, by)
    office.say(("draw", {**body, **announced}), ("order", {"organisations": order, **announced}))
    return order


def draw_question(office: Office, organisation: OrganisationId, seed: str, by: Sequence[str]) -> str:
    """Draw a question that nobody had yet for an organisation, and record it. Raises JudgeTuiError where none are left."""
    now = office.project()
    if organisation not in now.event.organisation_by_id:
        raise JudgeTuiError("UNKNOWN_ORGANISATION", msg("There is no organisation {id}", id=organisation))
    asked = {number for number, _ in questions_drawn(now).values()}
    left = [number for number in range(1, len(now.event.questions) + 1) if number not in asked]
    if not left:
        raise JudgeTuiError(
            "NO_QUESTION",
            msg("There is no question left to draw"),
            msg("The pool has {count}; add some to the definition.", count=len(now.event.questions)),
        )
    seed = _clean(seed)
    number = int(drawn_order(seed, [f"q{item}" for item in left])[0][1:])
    text = now.event.questions[number - 1]
    body = {"what": "question", "seed": seed, "method": METHOD, "among": [f"q{item}" for item in left]}
    drawn = {"organisation": organisation, "question": number, "text": text}
    office.say(("draw", {**body, **drawn, **signed("-", by)}))
    return text


def questions_drawn(now: Projection) -> dict[OrganisationId, tuple[int, str]]:
    """Which question each organisation drew: its number in the pool and its words; a later draw replaces an earlier one."""
    return {
        body.organisation: (body.integer("question") or 0, body.text("text"))
        for body in now.notices
        if body.kind == "draw" and body.text("what") == "question"
    }


def _clean(seed: str) -> str:
    clean = normalise_typed(seed).replace(" ", "")
    if not clean:
        raise JudgeTuiError("SEED", msg("A draw needs a seed: digits that everyone in the hall can hear"))
    return clean
