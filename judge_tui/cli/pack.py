"""`judge-tui pack FOLDER`: a folder (a stick) that starts by double click on laptops with nothing installed."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import __version__, settings
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.laptops.packing import Order, Program, all_platforms, pack, summary

FAMILIES = ("windows", "linux", "macos", "this")

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(
    "pack",
    help=_t(
        msg(
            "Make FOLDER, which must be new: the program for Windows, Linux and macOS, the judges' files, and a page with "
            "the first three steps. It starts by double click, without installation or network. Copy it onto a stick. "
            "For Windows, Python's embeddable package is fetched, or given with --windows-python."
        )
    ),
    short_help=_t(msg("A folder for the stick: starts by double click anywhere.")),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--kits", type=_FOLDER, help=_t(msg("The folder with the judges' files that `issue` made.")))
@click.option(
    "--windows-python",
    "windows_pythons",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help=_t(
        msg("Python's Windows embeddable package (a zip), instead of fetching it; once for 64 bit and once for 32 bit.")
    ),
)
@click.option(
    "--wheelhouse",
    type=_FOLDER,
    help=_t(msg("Take libraries and Python for Windows from this folder, nothing from the network.")),
)
@click.option(
    "--keep-wheels",
    type=click.Path(file_okay=False, path_type=Path),
    help=_t(msg("Also keep what was fetched in this folder, for packing without a network.")),
)
@click.option(
    "--for",
    "families",
    type=click.Choice(FAMILIES),
    multiple=True,
    help=_t(msg("Only for these systems (`this`: machines like this one, nothing is fetched). Default: all.")),
)
def pack_command(
    folder: Path,
    kits: Path | None,
    windows_pythons: tuple[Path, ...],
    wheelhouse: Path | None,
    keep_wheels: Path | None,
    families: tuple[str, ...],
) -> None:
    """Pack, telling each step; exit code 1 where a system that was asked for by name is not served."""
    order = Order(
        folder,
        all_platforms(families or FAMILIES[:3]),
        kits,
        wheelhouse,
        keep_wheels,
        windows_pythons,
        families != ("this",),
    )
    program = Program(settings.package_folder(), settings.data_folder(), settings.pack_folder(), __version__)
    packed = pack(order, program, _step)
    click.echo(_t(summary(packed)))
    for message in (*packed.lacking.values(), *packed.notes):
        click.echo(f"→ {_t(message)}", err=True)
    click.echo(_t(msg("Eject the stick before you pull it out. On a laptop, copy the folder to its own disk first.")))
    if families and packed.lacking:
        click.get_current_context().exit(1)


def _step(message: Message) -> None:
    click.echo(_t(message), err=True)
