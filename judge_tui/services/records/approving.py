"""Files in quarantine: what they are, and the organiser's approval of a kit that nobody here issued.

A judge's file written with a kit that is not on the list (issued by a colleague whose own file never came, say) waits. If
the organiser knows it to be right, he puts that kit on the list, signed with reason and name; then the file is tried again like
any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.bodies import scan_body
from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.event import JudgeId
from judge_tui.domain.ledger import Author, fingerprint
from judge_tui.domain.messages import msg
from judge_tui.domain.shown import in_a_line
from judge_tui.services.records.collecting import Verdict, verdicts_now
from judge_tui.services.records.quarantine import WAITING, Quarantine, set_aside_at
from judge_tui.services.table.office import Office, signed
from judge_tui.store.foreign import damage, open_foreign, read_once


@dataclass(frozen=True, slots=True)
class Kept:
    """One file in quarantine. `code` is what a person types; `waits` whether it is tried again with every merge; `since` is
    when it was set aside (UTC, by this laptop's clock). For a file whose kit is unknown: whose it claims to be, on which
    laptop, and that laptop's digits."""

    path: Path
    code: str
    refusal: str
    name: str
    waits: bool
    judge: str = ""
    device: str = ""
    digits: str = ""
    since: str = ""


def kept(office: Office) -> tuple[Kept, ...]:
    """The files in quarantine, by refusal and name."""
    names = {judge.id: judge.name for judge in office.project().event.judges}
    found = []
    for path in Quarantine(office.path).files():
        refusal, code, name = path.name.split("-", 2)
        judge = device = digits = ""
        for author, body in _opened(path) if refusal == "UNKNOWN_JUDGE" else ():
            judge = names.get(JudgeId(str(body.get("judge", ""))), in_a_line(str(body.get("judge", ""))))
            device, digits = in_a_line(str(body.get("device", ""))) or "?", fingerprint(author)
        found.append(Kept(path, code[:8], refusal, name, refusal in WAITING, judge, device, digits, set_aside_at(path)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Aside:
    """A file in quarantine and what a merge would say to it now: why it is not taken in, and the next step."""

    kept: Kept
    verdict: Verdict


def set_aside(office: Office) -> tuple[Aside, ...]:
    """The files in quarantine, each judged once more as things stand; nothing is written. The longest waiting first.

    Raises JudgeTuiError for the organiser's own file.
    """
    files = sorted(kept(office), key=lambda item: (item.since, item.name))
    verdicts = verdicts_now(office.path, [item.path for item in files], keys=office.keys, now=office.now)
    return tuple(Aside(item, verdict) for item, verdict in zip(files, verdicts, strict=True))


def approve(office: Office, code: str, reason: str, by: Sequence[str]) -> Kept:
    """Put the kit of the waiting file with this code on the list, as its judge's only kit from now on.

    Raises JudgeTuiError: CODE where there is no such file, NOT_WAITING where no kit of it is unknown, UNKNOWN_JUDGE where the
    definition has no such judge, UNSIGNED.
    """
    typed = code.strip().lower()
    files = [item for item in kept(office) if len(typed) >= 4 and item.path.name.split("-", 2)[1].startswith(typed)]
    if len(files) != 1:
        raise JudgeTuiError(
            "CODE",
            msg("Several have the code {code}", code=code) if files else msg("Nothing has the code {code}", code=code),
            msg("Call the command without a code: it lists what there is."),
        )
    chosen = files[0]
    event = office.project().event
    kits = [
        {"judge": str(body.get("judge", "")), "kit": str(body.get("kit", ""))}
        for _, body in (_opened(chosen.path) if chosen.refusal == "UNKNOWN_JUDGE" else ())
    ]
    if not kits:
        raise JudgeTuiError(
            "NOT_WAITING",
            msg("{file} does not wait for an approval", file=chosen.name),
            msg("Only a file whose kit is not on the list does; `judge-tui merge` says what the others need."),
        )
    strange = next((item["judge"] for item in kits if JudgeId(item["judge"]) not in event.judge_by_id), None)
    if strange is not None:
        raise JudgeTuiError(
            "UNKNOWN_JUDGE",
            msg("There is no judge {id}", id=strange),
            msg("Add the judge to the event first, then approve the file."),
        )
    office.say(("roster", {"kits": kits, **signed(reason, by)}))
    return chosen


def _opened(path: Path) -> Iterator[tuple[Author, dict[str, object]]]:
    """What the judges' authors in a file say of themselves; unverified, for words and for the kit that is asked about."""
    try:
        with open_foreign(read_once(path)) as foreign, damage():
            for author in foreign.authors():
                first = foreign.entry(author, 1)
                body = scan_body(first.body) if first is not None else {}
                if body.get("kind") == "open":
                    yield author, body
    except (RefusedError, ValueError):
        return
