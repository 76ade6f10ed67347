"""A document before it is Word, PDF, Markdown or a web page: headings, paragraphs, tables, signatures, bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from judge_tui.domain.messages import Message

Text = Message | str
"""Words in the reader's language, or a name that is the same in every language."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands above its section."""

    text: Text
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `strong` is for warnings, `centred` for lines under a title, `right` for office and date, `flush` for the
    line that names those it goes to: the first line of any other is indented."""

    text: Text
    strong: bool = False
    centred: bool = False
    right: bool = False
    flush: bool = False

    @property
    def indented(self) -> bool:
        """Whether its first line is indented."""
        return not (self.strong or self.centred or self.right or self.flush)


@dataclass(frozen=True, slots=True)
class Listing:
    """A numbered or plain list."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `shares` are relative widths of its columns; `right` are the columns of numbers; `blank` makes rows tall
    enough to be written into by hand."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    shares: tuple[int, ...] = ()
    right: frozenset[int] = frozenset()
    blank: bool = False

    @property
    def widths(self) -> tuple[float, ...]:
        """Each column's share of the whole width."""
        shares = self.shares or (1,) * len(self.heads)
        return tuple(share / sum(shares) for share in shares)


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines of names to be signed: 统分员：______ 复核人：______."""

    roles: tuple[Text, ...]

    @property
    def lines(self) -> tuple[tuple[Text, ...], ...]:
        """The roles line by line, so that no blank is broken in two."""
        most = 4 if len(self.roles) <= 4 else 3
        return tuple(self.roles[start : start + most] for start in range(0, len(self.roles), most))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: from `low` to `high` on the chart's scale with a mark at `middle`."""

    name: str
    low: float
    middle: float
    high: float
    shown: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars on one scale; formats that draw nothing show the figures as a table. `unit` stands behind the ends of the
    scale (%)."""

    title: Text
    bars: tuple[Bar, ...]
    least: float
    most: float
    unit: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        """What stands under the two ends of the scale: a bar seldom begins at nought."""
        first, last = (f"{value:.2f}".rstrip("0").rstrip(".") + self.unit for value in (self.least, self.most))
        return first, last


@dataclass(frozen=True, slots=True)
class Code:
    """What a result is recognised by, in digits and as a square code."""

    label: Text
    digits: str


Part = Heading | Paragraph | Listing | Grid | Signatures | Bars | Code


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its file name without suffix, its title, its parts. `wide` papers lie (landscape)."""

    name: str
    title: Text
    parts: tuple[Part, ...]
    wide: bool = False


def texts(made: Paper) -> Iterator[Text]:
    """Everything that is written in a paper, in its order."""
    yield made.title
    for part in made.parts:
        match part:
            case Heading() | Paragraph():
                yield part.text
            case Listing():
                yield from part.items
            case Grid():
                yield from part.heads
                for row in part.rows:
                    yield from row
            case Signatures():
                yield from part.roles
            case Bars():
                yield part.title
                for bar in part.bars:
                    yield from (bar.name, bar.shown)
            case Code():
                yield from (part.label, part.digits)


def paper(name: str, title: Text, parts: Sequence[Part | None], *, wide: bool = False) -> Paper:
    """A document of those parts that are there."""
    return Paper(name, title, tuple(part for part in parts if part is not None), wide)
