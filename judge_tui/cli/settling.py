"""`judge-tui resolve`, `undo` and `late`: what stands in conflict, what can be taken back, what came too late.

Without a code each of them lists what there is; with one, a reason and a name it is settled, as a signed entry.
"""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.cli.signing import done, event_argument, office, signature
from judge_tui.domain.messages import msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.table import cases
from judge_tui.services.table import late as coming_late
from judge_tui.ui.desk.times import local_time


@click.command(
    help=_t(
        msg(
            "Settle a conflict or split records in EVENT.db. Without CODE: list them, each side with its code. With the CODE of "
            "one side, that side counts; the others stay in the record."
        )
    ),
    short_help=_t(msg("Say which of two contradicting values or records counts.")),
)
@event_argument
@click.argument("code", metavar="[CODE]", required=False)
@signature
def resolve(event: Path, code: str | None, reason: str, by: tuple[str, ...]) -> None:
    """List, or settle one."""
    if code is not None:
        case = cases.settle(office(event), code, reason, by)
        done(event, msg("Settled: {what}. The other side stays in the record.", what=case.title))
        return
    found = cases.cases(office(event))
    if not found:
        click.echo(_t(msg("Nothing contradicts itself.")))
        return
    for case in found:
        click.secho(_t(case.title), bold=True)
        for side in case.sides:
            origin = ", ".join(local_time(_t(word)) for word in side.origin)
            click.echo(f"  {side.code}  {_t(side.what)}  ({origin})")
    _how("resolve")


@click.command(
    help=_t(
        msg(
            "Take back a merge or a decision in EVENT.db. Without CODE: list the files that were merged and every decision, each "
            "with its code. Nothing is deleted: the taking back is an entry, and can itself be taken back."
        )
    ),
    short_help=_t(msg("Take back a merge or a decision; it stays in the record.")),
)
@event_argument
@click.argument("code", metavar="[CODE]", required=False)
@signature
def undo(event: Path, code: str | None, reason: str, by: tuple[str, ...]) -> None:
    """List, or take one back."""
    if code is not None:
        back = cases.take_back(office(event), code, reason, by)
        done(event, msg("Taken back: {what}. It stays in the record.", what=back.what))
        return
    found = cases.reversibles(office(event))
    if not found:
        click.echo(_t(msg("Nothing was merged or decided yet.")))
        return
    for item in found:
        gone = f"  [{_t(msg('taken back'))}]" if item.undone else ""
        by_whom = f"  ({item.by})" if item.by else ""
        click.echo(f"  {item.code}  {local_time(item.at)}  {_t(item.what)}{by_whom}{gone}")
    _how("undo")


@click.command(
    help=_t(
        msg(
            "What in EVENT.db is kept and not counted, and why. With JUDGE: record that it was seen and stays uncounted, so that it "
            "is no open question any more. To count it instead: `judge-tui reopen`, or seal again."
        )
    ),
    short_help=_t(msg("What came too late; note that it was seen.")),
)
@event_argument
@click.argument("judge", metavar="[JUDGE]", required=False)
@signature
def late(event: Path, judge: str | None, reason: str, by: tuple[str, ...]) -> None:
    """List, or note what came from one judge."""
    hand = office(event)
    now = hand.project()
    if judge is not None:
        named = cases.judge_named(now.event, judge)
        count = coming_late.note_late(hand, named.id, reason, by)
        text = nmsg(
            "{count} entry of {judge} noted as seen and not counted.",
            "{count} entries of {judge} noted as seen and not counted.",
            count,
            judge=named.name,
        )
        click.echo(_t(text))
        return
    groups = coming_late.late_groups(now)
    if not groups:
        click.echo(_t(msg("Everything that came is counted.")))
    for group in groups:
        seen = f"  [{_t(msg('noted'))}]" if group.noted else ""
        words = nmsg(
            "{judge}: {count} entry not counted, {why}",
            "{judge}: {count} entries not counted, {why}",
            len(group.entries),
            judge=group.name,
            why=group.why,
        )
        click.echo(f"  {_t(words)}{seen}")


def _how(command: str) -> None:
    example = f"judge-tui {command} EVENT.db CODE --reason … --by …"
    click.echo(_t(msg("One of them: {command}", command=example)))
