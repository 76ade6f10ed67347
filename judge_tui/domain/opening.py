"""Whose a chain is: entry 1 of a judge, which his kit signed for. And the words for what is not as it was signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from judge_tui.domain.errors import RefusedError
from judge_tui.domain.ledger import Entry, Verifier, endorsement_message, enrolment_message
from judge_tui.domain.messages import msg
from judge_tui.domain.register import Register
from judge_tui.domain.shown import in_a_line


def check_opening(register: Register, first: Entry, body: Mapping[str, Any], verify: Verifier) -> str:
    """The judge whom an entry 1 names, proven by the kit's signature in it; one of a second branch has to prove it as well.

    Raises RefusedError.
    """
    author, key = first.author, register.key
    kit, judge = str(body.get("kit", "")), str(body.get("judge", ""))
    owner = register.kits.get(kit)
    if body["kind"] != "open":
        raise tampered(1)
    if owner is None:
        raise RefusedError(
            "UNKNOWN_JUDGE",
            msg("The kit of {judge} is not on this event's list", judge=in_a_line(judge)),
            msg("It waits and is tried again after every merge: merge the file of whoever issued this kit."),
        )
    if owner != judge or not _signed(verify, kit, enrolment_message(key, author), body.get("enrolment")):
        raise tampered(1)
    continues = body.get("continues")
    if continues is not None:
        endorsement = continues.get("endorsement") if isinstance(continues, dict) else ""
        if endorsement is not None and not _signed(
            verify,
            str(continues.get("author", "")) if isinstance(continues, dict) else "",
            endorsement_message(key, author),
            endorsement,
        ):
            raise tampered(1)
    return judge


def _signed(verify: Verifier, signer: str, message: bytes, signature: object) -> bool:
    try:
        return verify(bytes.fromhex(signer), message, bytes.fromhex(str(signature)))
    except ValueError:
        return False


def gap(seq: int) -> RefusedError:
    """Entries are missing."""
    return RefusedError(
        "GAP",
        msg("Entries are missing: number {seq} is not there, later ones are", seq=seq),
        msg("Ask for the whole file to be handed over again with the program's own command."),
    )


def tampered(seq: int) -> RefusedError:
    """An entry is not what was signed."""
    return RefusedError(
        "TAMPERED",
        msg("Record {seq} in it is not what was signed", seq=seq),
        msg("Do not use this file. Ask the judge to hand over again from his own laptop, and keep this one."),
    )
