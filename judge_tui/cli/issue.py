"""`judge-tui issue DEFINITION`: the organiser's file and one kit for each judge."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg, nmsg
from judge_tui.i18n import translator as _t


@click.command(
    "issue",
    help=_t(msg("Issue an event from its DEFINITION: the organiser's file, and one file for each judge.")),
    short_help=_t(msg("Make the organiser's file and one file for each judge.")),
)
@click.argument("definition", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=_t(msg("Folder for the files (default: a folder named after the event, here).")),
)
@click.option(
    "--passphrase",
    "locked",
    is_flag=True,
    help=_t(
        msg("Keep the organiser's keys under a passphrase; it is asked for twice now, and at every start from now on.")
    ),
)
@click.option(
    "--encrypt",
    is_flag=True,
    help=_t(msg("Encrypt what judges hand over: the organiser alone can read it, should a stick be lost.")),
)
@click.option(
    "--rehearsal", is_flag=True, help=_t(msg("Make a rehearsal: files of its own that never mix with the real ones."))
)
def issue(definition: Path, out: Path | None, locked: bool, encrypt: bool, rehearsal: bool) -> None:
    """Validate, build everything, then say what was made and what to do with it."""
    from judge_tui.services.preparing import issuing
    from judge_tui.services.preparing.definitions import load_definition, media_folder

    event = load_definition(definition)
    passphrase = ""
    if locked:
        from judge_tui.cli.unlocking import chosen

        passphrase = chosen()
    folder = out or Path(str(event.id))
    issued = issuing.issue(
        event,
        folder,
        keys=settings.keys_folder(),
        rehearsal=rehearsal,
        media=media_folder(definition),
        passphrase=passphrase,
        encrypt=encrypt,
    )
    click.echo(_t(msg("The organiser's file: {path}", path=str(issued.organiser))))
    click.echo(_t(nmsg("{count} judge's file:", "{count} judges' files:", len(issued.kits))))
    for kit in issued.kits:
        click.echo(f"  {kit.path}  {event.judge_by_id[kit.judge_id].name}")
    if issued.media is not None:
        click.echo(_t(msg("Pictures and papers: {path} (carry it beside the judges' files)", path=str(issued.media))))
    click.echo(
        _t(
            msg(
                "Reserve key: {path} (put it away elsewhere; with it another laptop can take over)",
                path=str(issued.reserve),
            )
        )
    )
