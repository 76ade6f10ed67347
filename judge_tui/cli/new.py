"""`judge-tui new`: a definition to fill in, as commented TOML or as an Excel workbook, perhaps from two pasted lists."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.event import Event
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "new",
    help=_t(
        msg(
            "Write a definition to fill in, with a comment beside everything. TEMPLATE is points (marks on a scale, the "
            "usual one), grades (excellent, good, pass), checklist (points off, findings), speech (persons, with a clock), "
            "appraisal (anonymous ballots), lists (red and black) or comment (nothing is scored), or a sample such as xindian. "
            "With --organisations and --judges, two lists of names go into it; with --from, an existing definition is the "
            "template: that is also the way from TOML to Excel and back."
        )
    ),
    short_help=_t(msg("Write a definition to fill in.")),
)
@click.argument("template", required=False, default="points")
@click.option(
    "--out",
    type=FILE,
    help=_t(msg("The new file (default: contest.toml in this folder); an existing one is never replaced.")),
)
@click.option("--excel", type=FILE, help=_t(msg("The new file as an Excel workbook.")))
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help=_t(msg("An existing definition, TOML or Excel, in place of a template.")),
)
@click.option("--title", help=_t(msg("The title of the contest.")))
@click.option(
    "--organisations",
    type=FILE,
    help=_t(msg("A text file with the organisations, one a line, in running order; an area may stand beside each.")),
)
@click.option(
    "--judges", type=FILE, help=_t(msg("A text file with the judges, one a line; a group may stand beside each."))
)
def new(
    template: str,
    out: Path | None,
    excel: Path | None,
    source: Path | None,
    title: str | None,
    organisations: Path | None,
    judges: Path | None,
) -> None:
    """Write one definition, in one form or in both."""
    from judge_tui.services.preparing import definitions

    written: list[Path] = []
    if out is not None and excel is None and out.suffix.lower() == ".xlsx":
        out, excel = None, out  # what is called a workbook is one
    if not (excel or source or title or organisations or judges):
        text = definitions.template_text(template, _t.language)
        written.append(_write_text(text, out))
    else:
        event = _event(template, source, title, organisations, judges)
        if excel is not None:
            definitions.save_workbook(event, excel, _t.language, fresh=source is None)
            written.append(excel)
        if out is not None or excel is None:
            written.append(_write_text(definitions.definition_text(event), out))
    for path in written:
        click.echo(_t(msg("Written: {path}", path=str(path))))
    click.echo(_t(msg("Fill it in, then: judge-tui check {path}", path=str(written[0]))))


def _write_text(text: str, out: Path | None) -> Path:
    from judge_tui.services.preparing.definitions import write_free, write_whole

    if out is None:
        return write_free(Path.cwd(), text)
    write_whole(out, text)
    return out


def _event(
    template: str, source: Path | None, title: str | None, organisations: Path | None, judges: Path | None
) -> Event:
    """The template or the existing definition, with the lists in place of its own."""
    from judge_tui.services.preparing.definitions import load_definition, template_event
    from judge_tui.services.preparing.pasted_lists import PastedList, event_from_lists, read_list_file, renamed

    event = load_definition(source) if source is not None else template_event(template, _t.language)
    lists: dict[Path, PastedList] = {path: read_list_file(path) for path in (organisations, judges) if path is not None}
    for path, pasted in lists.items():
        click.echo(_t(msg("{path}: {count} names", path=str(path), count=len(pasted.entries))))
        for change in pasted.changes:
            click.echo(f"  {_t(change)}")
    if lists:
        event = event_from_lists(
            event,
            lists[organisations] if organisations is not None else None,
            lists[judges] if judges is not None else None,
        )
    return renamed(event, title) if title else event
