"""`judge-tui new`: a commented definition to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    "new",
    help=_t(
        msg(
            "Write a definition to fill in, with a comment beside everything. TEMPLATE is points (marks on a scale, the "
            "usual one), grades (excellent, good, pass), checklist (points off, findings) or speech (persons, with a clock)."
        )
    ),
    short_help=_t(msg("Write a definition to fill in.")),
)
@click.argument("template", required=False, default="points")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_t(msg("The new file (default: contest.toml in this folder); an existing one is never replaced.")),
)
def new(template: str, out: Path | None) -> None:
    """Write one template."""
    from judge_tui.services.definitions import new_definition, template_text, write_whole

    if out is None:
        out = new_definition(Path.cwd(), template, _t.language)
    else:
        write_whole(out, template_text(template, _t.language))
    click.echo(_t(msg("Written: {path}", path=str(out))))
    click.echo(_t(msg("Fill it in, then: judge-tui check {path}", path=str(out))))
