"""What every act of the organiser on the command line has in common: the file, the reason, who answers for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from judge_tui import settings
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table.office import Office

Command = TypeVar("Command", bound=Callable[..., Any])


def event_argument(command: Command) -> Command:
    """The organiser's file, the first argument."""
    return click.argument("event", metavar="EVENT.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))(
        command
    )


def signature(command: Command) -> Command:
    """`--reason` and `--by`, which stand in the record for ever."""
    command = click.option(
        "--by", multiple=True, metavar="NAME", help=_t(msg("Who answers for it; may be given more than once."))
    )(command)
    return click.option("--reason", default="", help=_t(msg("Why; it stands in the record for ever.")))(command)


def office(event: Path) -> Office:
    """The organiser's hand on this laptop."""
    return Office(event, settings.keys_folder())


def done(event: Path, text: Message) -> None:
    """Say what was done, and whether a seal makes it wait."""
    click.echo(_t(text))
    if office(event).project().seal is not None:
        click.echo(_t(msg("The result is sealed: this counts once it is sealed again.")))
