"""Papers as Markdown, and their tables as CSV: for archives and other programs."""

from __future__ import annotations

import csv
import io

from judge_tui.domain.messages import msg
from judge_tui.services.documents.paper import Bars, Code, Grid, Heading, Listing, Paper, Paragraph, Part, Signatures
from judge_tui.services.documents.render import Render, signature_line, words


def markdown(paper: Paper, render: Render) -> str:
    """The paper as Markdown (CommonMark with tables)."""
    blocks = [f"# {words(paper.title, render)}", *(_block(part, render) for part in paper.parts)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block(part: Part, render: Render) -> str:
    match part:
        case Heading():
            return f"{'#' * (part.level + 1)} {_escaped(words(part.text, render))}"
        case Paragraph():
            text = _escaped(words(part.text, render))
            return f"**{text}**" if part.strong and text else text
        case Listing():
            marks = (f"{number}." if part.numbered else "-" for number in range(1, len(part.items) + 1))
            return "\n".join(f"{mark} {_escaped(words(item, render))}" for mark, item in zip(marks, part.items))
        case Grid():
            return _table(part, render)
        case Signatures():
            return signature_line(part.roles, render)
        case Bars():
            rows = "\n".join(f"| {_cell(bar.name)} | {_cell(bar.shown)} |" for bar in part.bars)
            return f"**{words(part.title, render)}**\n\n| | |\n|---|---|\n{rows}"
        case Code():
            return f"**{words(msg('{label}: {digits}', label=part.label, digits=part.digits), render)}**"


def _table(grid: Grid, render: Render) -> str:
    heads = " | ".join(_cell(words(item, render)) for item in grid.heads)
    rule = " | ".join("---:" if index in grid.right else "---" for index in range(len(grid.heads)))
    rows = [" | ".join(_cell(words(item, render)) for item in row) for row in grid.rows]
    return "\n".join(f"| {line} |" for line in (heads, rule, *rows))


def _escaped(text: str) -> str:
    """Text that Markdown leaves alone."""
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, "\\" + sign)
    return text


def _cell(text: str) -> str:
    return _escaped(text).replace("\n", " ")


def grid_csv(grid: Grid, render: Render) -> str:
    """A table as CSV with `\\r\\n` line ends. A text that a spreadsheet would take for a formula is put behind a quote."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([words(item, render) for item in grid.heads])
    for row in grid.rows:
        writer.writerow([_harmless(words(item, render)) for item in row])
    return out.getvalue()


def _harmless(text: str) -> str:
    """`=cmd()` in a village's comment must not run when the file is opened; numbers with a sign stay numbers."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not text.lstrip("+-").replace(".", "", 1).isdecimal():
        return "'" + text
    return text
