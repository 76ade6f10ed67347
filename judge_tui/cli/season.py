"""`judge-tui season FOLDER`: the events of a series taken together: standings, trend, honours, promises, what follows from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui.domain.messages import msg, nmsg
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from textual.screen import Screen

    from judge_tui.services.seasons.season import Found

FORMATS = ("table", "json", "csv")


@click.command(
    "season",
    help=_t(
        msg(
            "Take the events in FOLDER together: every organiser's file (EVENT.db) and every published result "
            "(results.json) in it and below it. Nothing in it is changed. Venues held in parallel are never mixed into one "
            "ranking unless a season.toml in the folder says so; see: judge-tui help season."
        )
    ),
    short_help=_t(msg("Standings, trend and honours over the events of a season.")),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help=_t(msg("How to print: table, json or csv."))
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=_t(
        msg("Write the season's documents, with charts, into this folder: Word, PDF, web page, Markdown, CSV, JSON.")
    ),
)
@click.option(
    "--next",
    "following",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_t(msg("Write the definition of the next event (.toml or .xlsx): promises and honours carried over.")),
)
@click.option("--after", default="", help=_t(msg("With --next: the id of the event that it follows.")))
@click.option(
    "--screen", is_flag=True, help=_t(msg("Show it full-screen, in rooms; doubtful matches are decided there."))
)
@click.option(
    "--review",
    is_flag=True,
    help=_t(msg("Go through the doubtful matches one by one; what you decide is kept in matches.toml.")),
)
def season(
    folder: Path, form: str, out: Path | None, following: Path | None, after: str, screen: bool, review: bool
) -> None:
    """Read the folder and print, or write what was asked for."""
    from judge_tui.services.seasons.season import open_season

    if screen:
        _open(folder)
    found = open_season(folder)
    if review:
        found = _review(folder, found)
    if out is not None:
        _write_documents(found, out)
    if following is not None:
        _write_next(found, following, after)
    if out is None and following is None:
        _print(found, form)
    _show_left_out(found, folder)


def _open(folder: Path) -> None:
    from judge_tui.cli.launch import launch

    def made(_: object) -> Screen[None]:
        from judge_tui.ui.screens.season import SeasonScreen

        return SeasonScreen(folder)

    launch(made)


def _review(folder: Path, found: Found) -> Found:
    """Ask about each doubtful pair; an empty answer leaves it in doubt. The season as it is after that."""
    from judge_tui.cli.season_view import DOUBTS
    from judge_tui.services.seasons.matches import decide_match
    from judge_tui.services.seasons.season import open_season

    if not found.season.doubts:
        click.echo(_t(msg("No match is in doubt.")))
    left: set[frozenset[tuple[str, str]]] = set()
    titles = {item.id: item.title for item in found.season.rounds}
    while True:
        waiting = [item for item in found.season.doubts if frozenset({item.first, item.second}) not in left]
        if not waiting:
            return found
        doubt = waiting[0]
        click.echo()
        for key, name in ((doubt.first, doubt.first_name), (doubt.second, doubt.second_name)):
            click.echo(f"  {name}  ({titles[key[0]]}, id {key[1]})")
        click.echo(_t(DOUBTS[doubt.kind]))
        question = _t(msg("One organisation? 1 yes, 2 no, Enter: later"))
        answer = click.prompt(
            question, default="", show_default=False, type=click.Choice(["1", "2", ""]), show_choices=False
        )
        if not answer:
            left.add(frozenset({doubt.first, doubt.second}))
            continue
        decide_match(folder, doubt, same=answer == "1")
        found = open_season(folder)


def _print(found: Found, form: str) -> None:
    from judge_tui.cli.season_view import show
    from judge_tui.services.seasons.tables import season_csv, season_json

    if form == "json":
        click.echo(season_json(found, _t.render), nl=False)
    elif form == "csv":
        click.echo(season_csv(found), nl=False)
    else:
        show(found.season)


def _write_documents(found: Found, out: Path) -> None:
    from judge_tui.services.documents.bundle import write_pieces
    from judge_tui.services.documents.season import season_pieces

    written = write_pieces(season_pieces(found, _t.render, _t.language), out)
    text = nmsg(
        "{count} file written into {folder}", "{count} files written into {folder}", len(written), folder=str(out)
    )
    click.echo(_t(text))


def _write_next(found: Found, path: Path, after: str) -> None:
    from judge_tui.services.seasons.next_event import write_next

    event = write_next(found, path, _t.language, after)
    click.echo(_t(msg("Written: {path}", path=str(path))))
    click.echo(
        _t(
            msg(
                "{title} ({season}): set the date and look the promises over",
                title=event.title,
                season=event.season or "-",
            )
        )
    )
    click.echo(_t(msg("Fill it in, then: judge-tui check {path}", path=str(path))))


def _show_left_out(found: Found, folder: Path) -> None:
    for path, words in found.left_out:
        name = path.relative_to(folder) if path.is_relative_to(folder) else path
        click.echo(_t(msg("Left out: {file}: {reason}", file=str(name), reason=words)), err=True)
