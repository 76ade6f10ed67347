"""`judge-tui demo`: a whole contest, with a person at the table or played without a terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.demo import Demo, collect, files_made, free_folder, play_kits, prepare


@click.command(
    help=_t(
        msg(
            "Play a ready contest: 36 villages, two groups of judges, evidence pictures, the ranking on the spot. "
            "In a terminal you sit down as a judge; with --play, or without a terminal, everything runs by itself."
        )
    ),
    short_help=_t(msg("See a whole contest in two minutes.")),
)
@click.option("--play", is_flag=True, help=_t(msg("Run everything without a terminal and print the ranking.")))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=_t(msg("The folder for its files (must not exist).")),
)
@click.option("--seed", type=int, default=1, show_default=True, help=_t(msg("The same seed gives the same marks.")))
def demo(play: bool, out: Path | None, seed: int) -> None:
    """Prepare the demonstration, then play it or open it."""
    folder = out or free_folder(_writable(Path.cwd()), "judge-tui-demo")
    if play or not (sys.stdin.isatty() and sys.stdout.isatty()):
        play_through(prepare(folder, settings.data_folder(), keys=settings.keys_folder()), seed)
        return
    from judge_tui.cli.launch import launch

    launch(lambda launcher: launcher.demo_at(folder))


def _writable(folder: Path) -> Path:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="judge-tui-"))


def play_through(demo: Demo, seed: int) -> None:
    """Play every judge in a process of its own, merge, rank, and name every file."""
    from judge_tui.cli.rank import show_ranking
    from judge_tui.services.results.ranking import rank_file

    click.echo(_t(msg("{title}: {count} kits issued", title=demo.event.title, count=len(demo.kits))), err=True)
    with click.progressbar(length=len(demo.kits), label=_t(msg("Judges scoring")), file=sys.stderr) as bar:
        play_kits(demo, demo.kits, lambda kit, done, of: bar.update(1), seed=seed)
    report = collect(demo)
    click.echo(
        _t(
            nmsg(
                "{count} file merged, {entries} signed records",
                "{count} files merged, {entries} signed records",
                len(report.verdicts) - len(report.refused),
                entries=report.taken,
            )
        ),
        err=True,
    )
    show_ranking(rank_file(demo.organiser), "table")
    click.echo(_t(msg("Every file that was made:")))
    for path in files_made(demo):
        click.echo(f"  {path}")
    again = ["judge-tui", "merge", str(demo.organiser), str(demo.handed_in)]
    typed = subprocess.list2cmdline(again) if os.name == "nt" else shlex.join(again)  # paths may have spaces
    click.echo(_t(msg("Merge them again by hand: {command}", command=typed)))
