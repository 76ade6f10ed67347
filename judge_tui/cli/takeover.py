"""`judge-tui takeover RESERVE FILE…`: go on with an event on another laptop."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg, nmsg
from judge_tui.domain.shown import in_a_line
from judge_tui.i18n import translator as _t


@click.command(
    help=_t(
        msg(
            "Go on with an event on this laptop when the organiser's is gone: with the RESERVE key made at issue, and the second "
            "copy (a file, or its folder). Where there is none, judges' files do: what the organiser decided is lost then, no "
            "mark is. On one laptop only."
        )
    ),
    short_help=_t(msg("Go on on another laptop when the organiser's is gone.")),
)
@click.argument("reserve", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help=_t(msg("Folder for the new organiser's file (default: here).")),
)
@click.option("--passphrase", "locked", is_flag=True, help=_t(msg("Keep the new keys under a passphrase.")))
def takeover(reserve: Path, files: tuple[Path, ...], out: Path, locked: bool) -> None:
    """Build the new file from everything there is, and say what to do next."""
    from judge_tui.cli.unlocking import chosen
    from judge_tui.services.records.takeover import take_over

    passphrase = chosen() if locked else ""
    done = take_over(reserve, files, out, keys=settings.keys_folder(), passphrase=passphrase)
    for verdict in done.verdicts:
        mark = f"✗ [{verdict.code}]" if verdict.refused else "✓"
        click.echo(f"{mark} {in_a_line(verdict.file.name)}: {_t(verdict.message)}")
    click.echo(_t(msg("Taken over: {title}", title=done.title)))
    click.echo(
        _t(nmsg("{path} holds {count} entry.", "{path} holds {count} entries.", done.entries, path=str(done.organiser)))
    )
    click.echo(
        _t(
            msg(
                "Of the former laptop {notices} announcements and {decisions} decisions count; what it writes later does not.",
                notices=done.notices,
                decisions=done.decisions,
            )
        )
    )
    click.echo(_t(msg("Next: judge-tui merge {path} FILES, then judge-tui organise {path}", path=str(done.organiser))))
    click.echo(_t(msg("At the table, F7 leaves notices for the judges, so that their laptops know this one.")))
