"""`judge-tui confirm`, `revoke` and `reopen`: whose laptops count, how far, and which sheets are open again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from judge_tui.cli.signing import done, event_argument, office, signature
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table import cases, organising


@click.command(
    help=_t(
        msg(
            "Confirm a judge's second laptop in EVENT.db. Without DIGITS: list the laptops that wait. With the twenty DIGITS that the "
            "judge reads from his screen, what was written there counts."
        )
    ),
    short_help=_t(msg("Confirm a judge's second laptop by its digits.")),
)
@event_argument
@click.argument("digits", metavar="[DIGITS]…", nargs=-1)
@signature
def confirm(event: Path, digits: tuple[str, ...], reason: str, by: tuple[str, ...]) -> None:
    """List, or confirm one."""
    if not digits:
        waiting = [item for item in cases.laptops(office(event)) if item.waits]
        if not waiting:
            click.echo(_t(msg("No laptop waits for confirmation.")))
        _show(waiting)
        return
    laptop = cases.laptop_of(office(event), " ".join(digits))
    organising.confirm(office(event), laptop.author, reason, by)
    done(event, msg("Confirmed: the laptop {device} of {judge}.", device=laptop.device, judge=laptop.judge))


@click.command(
    help=_t(
        msg(
            "No longer count what a laptop writes: lost, stolen, in the wrong hands. Without DIGITS: list every judge's laptops in "
            "EVENT.db. What is held now goes on counting unless --keep says how many of its entries do. Nothing is deleted."
        )
    ),
    short_help=_t(msg("No longer count what a lost laptop writes.")),
)
@event_argument
@click.argument("digits", metavar="[DIGITS]…", nargs=-1)
@click.option(
    "--keep",
    type=click.IntRange(min=0),
    help=_t(msg("How many of its entries, from the first on, still count (default: all that are held now).")),
)
@signature
def revoke(event: Path, digits: tuple[str, ...], keep: int | None, reason: str, by: tuple[str, ...]) -> None:
    """List, or revoke one."""
    if not digits:
        _show(cases.laptops(office(event)))
        return
    laptop = cases.laptop_of(office(event), " ".join(digits))
    last = laptop.held if keep is None else min(keep, laptop.held)
    organising.revoke(office(event), laptop.author, last, reason, by)
    text = msg(
        "Of the laptop {device} of {judge}, {count} of {held} entries count from now on.",
        device=laptop.device,
        judge=laptop.judge,
        count=last,
        held=laptop.held,
    )
    done(event, text)


@click.command(
    help=_t(
        msg(
            "Open a submitted sheet in EVENT.db again: JUDGE's whole sheet, or for one ORGANISATION (names, numbers or ids). The "
            "judge's laptop learns of it with the notices: `judge-tui receipts EVENT.db FOLDER`."
        )
    ),
    short_help=_t(msg("Open a submitted sheet again; it leaves a trace.")),
)
@event_argument
@click.argument("judge", metavar="JUDGE")
@click.argument("organisation", metavar="[ORGANISATION]", required=False)
@signature
def reopen(event: Path, judge: str, organisation: str | None, reason: str, by: tuple[str, ...]) -> None:
    """Open it again."""
    hand = office(event)
    definition = hand.project().event
    named = cases.judge_named(definition, judge)
    where = cases.organisation_named(definition, organisation) if organisation is not None else None
    organising.reopen(hand, named.id, reason, by, where.id if where is not None else None)
    text = (
        msg("Opened again: the whole sheet of {judge}.", judge=named.name)
        if where is None
        else msg("Opened again: {organisation}, {judge}.", organisation=where.name, judge=named.name)
    )
    done(event, text)


def _show(laptops: Iterable[cases.Laptop]) -> None:
    for item in laptops:
        words = msg(
            "{judge}, {device}: {held} entries, {counts} count",
            judge=item.judge,
            device=item.device,
            held=item.held,
            counts=item.counts,
        )
        why = f"  [{_t(item.standing)}]" if item.standing is not None else ""
        click.echo(f"  {item.digits}  {_t(words)}{why}")
