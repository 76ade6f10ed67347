"""`judge-tui project`: the hall's screen on an organiser's file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.hall.ceremony import open_hall
from judge_tui.ui.screens.projector import ProjectorScreen

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class FileOrAddress(click.Path):
    """An organiser's file, or the address of a hall that another laptop serves."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if str(value).startswith("http://") else super().convert(value, param, ctx)


@click.command(
    help=_t(
        msg(
            "Show the hall who is on, how many sheets have arrived, and the result from last to first. "
            "PgDn goes on, PgUp goes back, F1 lists every key. With `judge-tui host` in another window, that one steers. "
            "With the address that --serve printed on another laptop, this one follows that one."
        )
    ),
    short_help=_t(msg("The hall's screen: turns, progress, reveal, board.")),
)
@click.argument("event", metavar="EVENT.db|ADDRESS", type=FileOrAddress(exists=True, dir_okay=False, path_type=Path))
@click.option("--rehearse", is_flag=True, help=_t(msg("Rehearse on made-up results, marked as such on the screen.")))
@click.option(
    "--script", type=FILE, help=_t(msg("The ceremony's script (default: EVENT.ceremony.toml beside the file)."))
)
@click.option("--bright", is_flag=True, help=_t(msg("Dark letters on white, for a bright hall.")))
@click.option("--serve", "served", is_flag=True, help=_t(msg("Show it in a browser; the address holds a token.")))
@click.option(
    "--listen",
    default="127.0.0.1",
    show_default=True,
    help=_t(msg("With --serve: the address to listen on; other machines reach only what you name here.")),
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help=_t(msg("With --serve: the port (default: any free one)."))
)
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_t(msg("Write the final result as one page that reveals with the space bar, without a network.")),
)
def project(
    event: Path | str,
    rehearse: bool,
    script: Path | None,
    bright: bool,
    served: bool,
    listen: str,
    port: int,
    page: Path | None,
) -> None:
    """Open the hall's screen, serve it, or write it."""
    from judge_tui.cli.launch import launch

    if isinstance(event, str):
        from judge_tui.services.hall.following import FollowedHall

        followed = FollowedHall(event)
        try:
            launch(lambda launcher: ProjectorScreen(followed, media=followed.media, bright=bright))
        finally:
            followed.close()
        return
    if page is not None:
        write_page(event, script, page, rehearse)
        return
    hall = open_hall(event, keys=settings.keys_folder(), script=script, rehearse=rehearse)
    if served:
        from judge_tui.cli.serving import serve

        serve(hall, event, listen, port)
        return
    launch(lambda launcher: ProjectorScreen(hall, media=event.parent / "media", bright=bright))


def write_page(event: Path, script: Path | None, page: Path, rehearse: bool) -> None:
    """Write the page; a file of that name is not replaced."""
    from judge_tui.services.hall.ceremony import show_of_file
    from judge_tui.services.hall.page import result_page
    from judge_tui.services.preparing.definitions import write_whole

    write_whole(page, result_page(show_of_file(event, script, rehearse=rehearse), _t.render, _t.language))
    click.echo(_t(msg("{path}: open it in any browser; the space bar reveals.", path=str(page))))


def projector_screen(path: Path) -> ProjectorScreen:
    """The hall's screen on an organiser's file, for the other commands."""
    return ProjectorScreen(open_hall(path, keys=settings.keys_folder()), media=path.parent / "media")
