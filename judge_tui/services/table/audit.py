"""The audit log: every entry that is held, in words, with who wrote it, when, and whether it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from judge_tui.domain import marks
from judge_tui.domain.bodies import Body, load_body
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import Event, JudgeId, OrganisationId
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.projection import Projection
from judge_tui.services.table.announced import announced
from judge_tui.services.table.overview import WHY_LATE

DESK = msg("Organiser's desk")
BOARD = msg("Notice board")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry. `at` is the wall time its writer's clock showed (UTC, for display only); `late` says why it does not count,
    None where it does; `hash` names it; `author` is the laptop, where a judge wrote it."""

    at: str
    who: Message
    kind: str
    what: Message
    reason: str
    by: tuple[str, ...]
    hash: str
    seq: int
    late: Message | None = None
    author: Author | None = None


def log_lines(projection: Projection, entries: Iterable[Entry]) -> list[LogLine]:
    """All entries as lines, oldest clock first (clocks order the log, nothing else)."""
    late = {item.hash: WHY_LATE.get(item.why, verbatim(item.why)) for item in projection.late}
    unsealed = {entry.hash.hex() for entry, _ in projection.authority.unsealed}
    counted = {entry.hash.hex() for entry, _ in projection.authority.desk}
    lines = []
    definitions: list[Mapping[str, object]] = []
    for entry in entries:
        try:
            body = load_body(entry.body)
        except ValueError:
            continue
        what = described(projection.event, body)
        definition = body.data.get("definition")
        if body.kind == "definition" and isinstance(definition, dict):
            changed = announced(definitions[-1], definition) if definitions else None
            definitions.append(definition)
            what = msg("Announced: {changed}", changed=changed) if changed is not None else what
        hexed = entry.hash.hex()
        state = projection.authors.get(entry.author)
        why = late.get(hexed)
        if hexed in unsealed:
            why = WHY_LATE["sealed"]
        elif state is not None and state.role == "desk" and hexed not in counted:
            why = WHY_LATE["undone"]
        lines.append(
            LogLine(
                body.at,
                _who(projection, entry),
                body.kind,
                what,
                body.text("reason"),
                body.strings("by"),
                hexed,
                entry.seq,
                why,
                entry.author if state is not None and state.role == "judge" else None,
            )
        )
    return sorted(lines, key=lambda line: line.at)


def _who(projection: Projection, entry: Entry) -> Message:
    state = projection.authors.get(entry.author)
    if state is None or state.role == "reserve":
        return msg("Reserve key") if state else verbatim("?")
    if state.role != "judge":
        return DESK if state.role == "desk" else BOARD
    judge = projection.event.judge_by_id.get(state.judge)
    return verbatim(judge.name if judge else state.judge)


Teller = Callable[[Event, Body], Message]


def described(event: Event, body: Body) -> Message:
    """What an entry says, in words."""
    teller = TELLERS.get(body.kind)
    return teller(event, body) if teller else msg("{kind} (of a newer program)", kind=body.kind)


def _organisation(event: Event, body: Body) -> str:
    found = event.organisation_by_id.get(body.organisation)
    return f"{found.number} {found.name}" if found else str(body.organisation)


def _criterion(event: Event, body: Body) -> str:
    found = event.criterion_by_id.get(body.criterion)
    return found.name if found else str(body.criterion)


def _judge(event: Event, body: Body) -> str:
    found = event.judge_by_id.get(body.judge)
    return found.name if found else str(body.judge)


def _value(event: Event, body: Body) -> Message:
    found, value = event.criterion_by_id.get(body.criterion), body.value
    if found is None or value is None:
        return verbatim(value)
    try:
        return marks.shown(found.method, marks.check(found.method, value))
    except MarkError:
        return verbatim(value)


def _mark(event: Event, body: Body) -> Message:
    names = {"organisation": _organisation(event, body), "criterion": _criterion(event, body)}
    if body.replaces:
        return msg("{organisation}, {criterion}: corrected to {value}", value=_value(event, body), **names)
    return msg("{organisation}, {criterion}: {value}", value=_value(event, body), **names)


def _paper(event: Event, body: Body) -> Message:
    state = body.text("state")
    return msg(
        "From paper, {judge}: {organisation}, {criterion}: {value}",
        judge=_judge(event, body),
        organisation=_organisation(event, body),
        criterion=_criterion(event, body),
        value=verbatim(state) if state else _value(event, body),
    )


def _adjust(event: Event, body: Body) -> Message:
    return msg(
        "{organisation}: {name} {points}",
        organisation=_organisation(event, body),
        name=body.text("name"),
        points=mark_text(body.integer("points") or 0),
    )


def _named(event: Event, body: Body) -> tuple[str, ...]:
    known = event.organisation_by_id
    keys = map(OrganisationId, body.strings("organisations"))
    return tuple(known[key].name if key in known else str(key) for key in keys)


def _resolve(event: Event, body: Body) -> Message:
    if not body.criterion:
        return msg("Split records settled")
    return msg(
        "Conflict settled: {judge}, {organisation}, {criterion}",
        judge=_judge(event, body),
        organisation=_organisation(event, body),
        criterion=_criterion(event, body),
    )


def _tally(event: Event, body: Body) -> Message:
    return msg(
        "Ballots counted: {organisation}, {criterion}: {issued} issued, {returned} returned, {valid} valid",
        organisation=_organisation(event, body),
        criterion=_criterion(event, body),
        issued=body.integer("issued") or 0,
        returned=body.integer("returned") or 0,
        valid=body.integer("valid") or 0,
    )


def _absent(event: Event, body: Body) -> Message:
    if not body.organisation:
        return msg("{judge} was absent", judge=_judge(event, body))
    return msg(
        "{judge} was absent for {organisation}", judge=_judge(event, body), organisation=_organisation(event, body)
    )


def _submit(event: Event, body: Body) -> Message:
    if body.text("scope") == "turn":
        return msg("Submitted {organisation}", organisation=_organisation(event, body))
    return msg("Submitted the whole sheet")


def _attended(event: Event, body: Body) -> Message:
    who = body.text("who")
    judge, organisation = event.judge_by_id.get(JudgeId(who)), event.organisation_by_id.get(OrganisationId(who))
    name = judge.name if judge else organisation.name if organisation else who
    return (
        msg("{name} is there.", name=name) if body.data.get("present") is True else msg("{name} has left.", name=name)
    )


def _plain(text: Message) -> Teller:
    return lambda event, body: text


TELLERS: Mapping[str, Teller] = {
    "event": _plain(msg("The event begins")),
    "notice": _plain(msg("The event begins")),
    "desk": _plain(msg("The desk opens")),
    "definition": _plain(msg("A definition was announced")),
    "roster": _plain(msg("Kits were issued")),
    "reopen": lambda event, body: msg("Opened again for {judge}", judge=_judge(event, body)),
    "confirm": _plain(msg("A judge's laptop was confirmed")),
    "revoke": _plain(msg("A laptop no longer counts")),
    "order": lambda event, body: msg("Running order: {names}", names=_named(event, body)),
    "draw": lambda event, body: msg(
        "Drawn by lot: {what}, seed {seed}", what=body.text("what"), seed=body.text("seed")
    ),
    "stage": lambda event, body: msg("On stage: {organisation}", organisation=_organisation(event, body)),
    "adjust": _adjust,
    "paper": _paper,
    "absent": _absent,
    "tally": _tally,
    "resolve": _resolve,
    "attend": _attended,
    "remark": lambda event, body: msg(
        "Comment for {organisation}: {text}", organisation=_organisation(event, body), text=body.text("text")
    ),
    "late": lambda event, body: nmsg(
        "Noted as seen and not counted: {count} entry of {judge}",
        "Noted as seen and not counted: {count} entries of {judge}",
        len(body.strings("entries")),
        judge=_judge(event, body),
    ),
    "decide": lambda event, body: msg("Decided: {names}", names=_named(event, body)),
    "seal": _plain(msg("Sealed")),
    "publish": lambda event, body: msg("Published, code {code}", code=body.text("code")),
    "override": lambda event, body: (
        msg("Revealed although it was not final")
        if body.text("what") == "reveal"
        else msg("Sealed although something was lacking")
    ),
    "undo": _plain(msg("Taken back by the organiser")),
    "takeover": _plain(msg("Taken over with the reserve key")),
    "unlock": lambda event, body: msg("Opened again by the organiser's code: {reason}", reason=body.text("reason")),
    "open": lambda event, body: msg("Opened the file on {device}", device=body.text("device") or "?"),
    "mark": _mark,
    "clear": lambda event, body: msg(
        "{organisation}, {criterion}: taken back",
        organisation=_organisation(event, body),
        criterion=_criterion(event, body),
    ),
    "recuse": lambda event, body: msg("Recused from {organisation}", organisation=_organisation(event, body)),
    "comment": lambda event, body: msg(
        "Comment for {organisation}: {text}", organisation=_organisation(event, body), text=body.text("text")
    ),
    "submit": _submit,
    "endorse": _plain(msg("Vouched for another laptop")),
}
"""How each kind of entry is told."""

COLUMNS = ("time", "who", "what", "reason", "by", "counted", "entry")


def log_rows(lines: Iterable[LogLine], render: Callable[[Message], str]) -> list[dict[str, str]]:
    """Lines as rows of a spreadsheet, under `COLUMNS`."""
    return [
        {
            "time": line.at,
            "who": render(line.who),
            "what": render(line.what),
            "reason": line.reason,
            "by": "、".join(line.by),
            "counted": render(line.late) if line.late else "✓",
            "entry": line.hash,
        }
        for line in lines
    ]
