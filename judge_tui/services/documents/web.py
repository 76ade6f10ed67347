"""Everything on one self-contained web page: no script, no font, no picture from anywhere else."""

from __future__ import annotations

import re
from html import escape
from itertools import takewhile

from judge_tui.domain.messages import msg
from judge_tui.services.documents.paper import (
    Bars,
    Code,
    Grid,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Signatures,
    Text,
)
from judge_tui.services.documents.render import Render, signature_line, words

STYLE = """
:root { color-scheme: light dark; --ink: #1d1f23; --dim: #666; --line: #bbb; --fill: #eef1f6; --bar: #9db6d8; --mark: #1f4e8c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6e1; --dim: #aaa; --line: #555; --fill: #262b34; --bar: #46628c; --mark: #e6b450; }
  body { background: #15181d; }
}
body { font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; color: var(--ink);
  max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { text-align: center; font-size: 1.5rem; margin: 2rem 0 .5rem; } h2, h3 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
section { border-bottom: 1px solid var(--line); padding-bottom: 1.5rem; }
p { margin: .4rem 0; } .centred { text-align: center; } .right { text-align: right; } .strong { font-weight: bold; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; } th { background: var(--fill); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
nav { margin-bottom: 1rem; } nav > details { display: inline-block; vertical-align: top; }
summary { cursor: pointer; font-weight: bold; padding: .25rem 0; } nav a { margin-right: 1rem; white-space: nowrap; }
svg[role="img"] { width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; } .bar { fill: var(--bar); } .mark { fill: var(--mark); } .axis { stroke: var(--line); }
code { font-size: 1.2rem; letter-spacing: .05em; }
@media print { body { max-width: none; } section { break-before: page; border: none; } nav { display: none; } details::details-content { content-visibility: visible; display: block; block-size: auto; } thead { display: table-header-group; } tr, svg g { break-inside: avoid; } }
"""


def web_page(title: str, papers: list[Paper], render: Render, language: str) -> str:
    """The papers on one page, with a line of links at the top; those to the many papers of one kind are folded away."""
    kinds: dict[str, list[Paper]] = {}
    for paper in papers:
        kinds.setdefault(_MANY.sub("", paper.name), []).append(paper)
    links = "\n".join(
        _link(found[0], title, render) if len(found) < 3 else _folded(found, title, render) for found in kinds.values()
    )
    sections = "\n".join(_section(paper, render) for paper in papers)
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<nav>{links}</nav>\n{sections}\n</body>\n</html>\n"
    )


_MANY = re.compile(r"-\d.*")
"""What tells papers of one kind apart: `feedback-07-v7`."""

_LAST_WORD = re.compile(r"(?<=[ :：])[^ :：]*$")
"""What names that begin alike have in common is no part of the kind."""


def _link(paper: Paper, title: str, render: Render) -> str:
    return f'<a href="#{escape(paper.name)}">{escape(_short(paper, title, render))}</a>'


def _folded(papers: list[Paper], title: str, render: Render) -> str:
    letters = zip(*(_short(paper, title, render) for paper in papers))
    kind = "".join(letter for letter, *_ in takewhile(lambda same: len(set(same)) == 1, letters))
    kind = _LAST_WORD.sub("", kind).strip(" :：")
    links = "\n".join(_link(paper, title, render) for paper in papers)
    return f"<details><summary>{escape(kind)} ({len(papers)})</summary>{links}</details>"


def _short(paper: Paper, title: str, render: Render) -> str:
    """The title of a paper without the contest's own, which stands at the top anyway."""
    whole = words(paper.title, render)
    short = whole.replace(title, "").strip(" :：").removesuffix(" of")
    return short[:1].upper() + short[1:] if short else whole


def _section(paper: Paper, render: Render) -> str:
    """A paper; what stands under a heading of level 2 in the explanations can be folded."""
    folds = paper.name == "explanations"
    blocks: list[str] = []
    open_fold = False
    for part in paper.parts:
        if folds and isinstance(part, Heading):
            if open_fold:
                blocks.append("</details>")
            blocks.append(f"<details><summary>{escape(words(part.text, render))}</summary>")
            open_fold = True
        else:
            blocks.append(_block(part, render))
    if open_fold:
        blocks.append("</details>")
    body = "\n".join(blocks)
    return f'<section id="{escape(paper.name)}">\n<h1>{escape(words(paper.title, render))}</h1>\n{body}\n</section>'


def _block(part: Part, render: Render) -> str:
    match part:
        case Heading():
            return f"<h{part.level + 1}>{escape(words(part.text, render))}</h{part.level + 1}>"
        case Paragraph():
            kinds = [name for name in ("strong", "centred", "right") if getattr(part, name)]
            return f'<p class="{" ".join(kinds)}">{escape(words(part.text, render))}</p>'
        case Listing():
            tag = "ol" if part.numbered else "ul"
            items = "".join(f"<li>{escape(words(item, render))}</li>" for item in part.items)
            return f"<{tag}>{items}</{tag}>"
        case Grid():
            return _table(part, render)
        case Signatures():
            return f"<p>{escape(signature_line(part.roles, render))}</p>"
        case Bars():
            return _chart(part, render)
        case Code():
            said = words(msg("{label}: {digits}", label=part.label, digits=part.digits), render)
            return f"<p><code>{escape(said)}</code></p>{_square(part.digits)}"


def _table(grid: Grid, render: Render) -> str:
    def row(texts: tuple[Text, ...], tag: str) -> str:
        kinds = [' class="number"' if index in grid.right else "" for index in range(len(texts))]
        cells = (f"<{tag}{kind}>{escape(words(text, render))}</{tag}>" for kind, text in zip(kinds, texts))
        return f"<tr>{''.join(cells)}</tr>"

    rows = "\n".join(row(item, "td") for item in grid.rows)
    return f'<div class="scroll"><table><thead>{row(grid.heads, "th")}</thead>\n<tbody>{rows}</tbody></table></div>'


LONGEST_LABEL = 18
"""Wide characters of a name beside its bar; the whole name is in the bar's own title."""


def _chart(chart: Bars, render: Render) -> str:
    """Bars as a drawing in the page itself, each with its figures beside it; who cannot see it has them as text."""
    height, span = 22, (chart.most - chart.least) or 1.0
    left, width = 230, 400
    lines = []
    for index, bar in enumerate(chart.bars):
        top = index * height
        low, middle, high = (left + (value - chart.least) / span * width for value in (bar.low, bar.middle, bar.high))
        name, short = escape(bar.name), escape(_shortened(bar.name))
        lines.append(
            f"<g><title>{name}: {escape(bar.shown)}</title>"
            f'<text x="{left - 8}" y="{top + 15}" text-anchor="end">{short}</text>'
            f'<rect class="bar" x="{low:.1f}" y="{top + 5}" width="{max(high - low, 1):.1f}" height="12"/>'
            f'<rect class="mark" x="{middle - 1.5:.1f}" y="{top + 3}" width="3" height="16"/>'
            f'<text x="{left + width + 10}" y="{top + 15}">{escape(bar.shown)}</text></g>'
        )
    title = escape(words(chart.title, render))
    bottom = len(chart.bars) * height + 4
    least, most = map(escape, chart.ends)
    lines.append(
        f'<path class="axis" d="M{left} {bottom}h{width}"/><text x="{left}" y="{bottom + 14}">{least}</text>'
        f'<text x="{left + width}" y="{bottom + 14}" text-anchor="end">{most}</text>'
    )
    told = escape("; ".join(f"{bar.name}: {bar.shown}" for bar in chart.bars))
    size = f"0 0 {left + width + 190} {bottom + 20}"
    return f'<h3>{title}</h3>\n<svg viewBox="{size}" role="img" aria-label="{title}: {told}">{"".join(lines)}</svg>'


def _shortened(name: str) -> str:
    """As much of a name as fits beside its bar: a Latin letter takes half of what a Chinese character does."""
    room = 2.0 * LONGEST_LABEL
    for at, character in enumerate(name):
        room -= 2 if ord(character) > 0x2E7F else 1.2
        if room < 0:
            return name[: at - 1] + "…"
    return name


def _square(digits: str) -> str:
    """The code as a square for telephones, drawn in the page; nothing where the library for it is missing."""
    from judge_tui.domain.errors import JudgeTuiError
    from judge_tui.services.documents.missing import library

    try:
        code = library("segno").make(digits.replace(" ", ""), error="m")
    except JudgeTuiError:
        return ""
    return str(code.svg_inline(scale=3, light="white"))
