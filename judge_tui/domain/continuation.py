"""Entries as they come over a network, where only what is missing travels.

What simply goes on where an enrolled judge's held chain ends is checked here, from the held head on: everything before that
was checked when it was taken in, and the hashes bind both together. Anything else (a first contact, a second laptop, two
branches) is put behind what is held and goes the way of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from judge_tui.domain.admission import Register
from judge_tui.domain.bodies import check_body
from judge_tui.domain.branches import follows
from judge_tui.domain.errors import RefusedError
from judge_tui.domain.ledger import Author, Entry, EventKey, Verifier
from judge_tui.domain.messages import msg


def check_next(register: Register, last: Entry, sent: Sequence[Entry], verify: Verifier) -> None:
    """A file's checks for entries that continue an enrolled judge's chain after `last`: numbers, hashes, the signature of the
    new head (which through the hashes covers all of them), bodies, and that a definition held here names what is marked.

    Raises RefusedError with GAP, TAMPERED, SCHEMA or DEFINITION; then none of them may be taken.
    """
    before = last
    for entry in sent:
        if entry.seq != before.seq + 1:
            raise _gap(before.seq, entry.seq)
        if entry.author != last.author or len(entry.sig) != 64 or not follows(register.key, before, entry):
            raise _tampered(entry.seq)
        before = entry
    if sent and not verify(before.author, before.hash, before.sig):
        raise _tampered(before.seq)
    for entry in sent:
        _check_body(register, entry.body)


def _check_body(register: Register, raw: bytes) -> None:
    try:
        body = check_body(raw)
        known = body["kind"] != "mark" or (
            _named(body.get("organisation"), register.organisations)
            and _named(body.get("criterion"), register.criteria)
        )
    except ValueError as error:
        raise RefusedError(
            "SCHEMA",
            msg("An entry cannot be read: {reason}", reason=str(error)[:80]),
            msg("It was written by a faulty program. Ask for the file to be handed over again."),
        ) from error
    if not known:
        raise RefusedError(
            "DEFINITION",
            msg(
                "The file has marks for {what}, which no definition held here names",
                what=f"{body.get('organisation', '')} / {body.get('criterion', '')}",
            ),
            msg("It waits and is tried again after every merge: merge the newest file of the organiser first."),
        )


def _named(value: object, known: set[str]) -> bool:
    return isinstance(value, str) and value in known


def joined(
    key: EventKey, author: Author, sent: Sequence[Entry], entries: Callable[[Author], list[Entry]]
) -> list[Entry]:
    """One author's chain from its first entry on, to be checked as a file is: the held entries before the first one sent,
    then what was sent.

    Raises RefusedError: GAP where entries between are missing, WHOLE where what was sent does not follow what is held, so
    that the whole chain has to be sent (the two may be branches of a fork). Entries sent from the first on stay as they are.
    """
    first = sent[0].seq
    if first <= 1:
        return list(sent)
    held = entries(author)
    if len(held) < first - 1:
        raise _gap(len(held), first)
    if not follows(key, held[first - 2], sent[0]):
        raise RefusedError(
            "WHOLE",
            msg("Record {seq} in it does not follow what is held", seq=first),
            msg("The whole chain is asked for by itself."),
        )
    return [*held[: first - 1], *sent]


def _gap(last: int, following: int) -> RefusedError:
    return RefusedError(
        "GAP",
        msg("Records are missing in it: after {last} comes {next}", last=last, next=following),
        msg("Ask for the whole file to be handed over again with the program's own command."),
    )


def _tampered(seq: int) -> RefusedError:
    return RefusedError(
        "TAMPERED",
        msg("Record {seq} in it is not what was signed", seq=seq),
        msg("Do not use this file. Ask the judge to hand over again from his own laptop, and keep this one."),
    )
