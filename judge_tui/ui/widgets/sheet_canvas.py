"""How the score sheet is painted: its cells, what is in view, and the cursor. `sheet_grid` listens to keys and the mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.geometry import Offset

from judge_tui.domain.event import Checklist, Criterion, CriterionId, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.seat import Card, Progress, Sheet
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Canvas, Part, fit
from judge_tui.ui.widgets.shapes import shape
from judge_tui.ui.widgets.sheet_layout import (
    RANK,
    TOTAL,
    Columns,
    cell,
    divide,
    head_parts,
    points_text,
    rank_text,
    total_text,
)
from judge_tui.ui.widgets.sheet_words import SheetWords
from judge_tui.ui.widgets.typed_text import TypedText

PAUSE = 0.4
"""Seconds without a new mark after which the places of all organisations are shown anew."""

HEAD, FOOT, LONG_FOOT = 3, 3, 5
"""Lines above and below the organisations; below them more where a checklist's items have to be read."""

Cell = tuple[OrganisationId, CriterionId]


class SheetCanvas(Canvas):
    """Paints a `Progress` as a table: one mark repaints its row, the places that changed and the totals, nothing else."""

    DEFAULT_CSS = """
    SheetCanvas { width: 1fr; height: 1fr; background: $background; }
    SheetCanvas > .sheet--head { background: $panel; color: $foreground; text-style: bold; }
    SheetCanvas > .sheet--foot { background: $panel; color: $foreground; }
    SheetCanvas > .sheet--row { color: $foreground; background: $surface; }
    SheetCanvas > .sheet--here { background: $primary; color: $background; text-style: bold; }
    SheetCanvas > .sheet--cursor { background: $accent; color: $background; text-style: bold; }
    SheetCanvas > .sheet--draft { color: $warning; text-style: underline; }
    SheetCanvas > .sheet--error { background: $error; color: $background; }
    SheetCanvas > .sheet--name { text-style: bold; }
    SheetCanvas > .sheet--dim { color: $foreground 65%; }
    SheetCanvas > .sheet--words { color: $error; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--head", "sheet--foot", "sheet--row", "sheet--here", "sheet--cursor", "sheet--draft", "sheet--error",
        "sheet--dim", "sheet--name", "sheet--words",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.progress: Progress | None = None
        self.row, self.column = 0, 0
        self.spacious = False
        """Whether every organisation has two lines."""
        self._columns = Columns(0, (), 0, 0)
        self._top = 0
        self._drafts: dict[Cell, TypedText] = {}
        self._errors: dict[Cell, Message] = {}
        self._places: Mapping[OrganisationId, int] = {}
        self._words = SheetWords()
        self._divided_for: tuple[Sheet | None, int] = (None, 0)

    def show(self, progress: Progress, drafts: Mapping[Cell, str], organisation: OrganisationId | None) -> None:
        """Show the whole sheet with the cursor on an organisation's row."""
        self.progress, self._places = progress, progress.ranks
        self._drafts = {key: TypedText.of(text) for key, text in drafts.items() if text}
        if organisation is not None:
            self.row = progress.order[organisation]
        self.place_cursor(self.row, self.column)
        self.refresh()

    def take(self, progress: Progress) -> None:
        """The sheet after something was recorded: paint only what reads differently.

        The places of other organisations follow when typing pauses, so that they do not dance while marks come in.
        """
        before, self.progress = self.progress, progress
        changed = []
        for row, (old, new) in enumerate(zip(before.cards if before is not None else (), progress.cards)):
            if old is not new:
                changed.append(row)
                self._settle_drafts(old, new)
        bottom = self.size.height
        self.repaint([*(self._line_of(row) for row in changed), *range(bottom - self.foot, bottom)])
        self._places_timer.reset()
        self._places_timer.resume()

    def on_mount(self) -> None:
        self._places_timer = self.set_interval(PAUSE, self._settle_places, pause=True)

    def _settle_places(self) -> None:
        self._places_timer.pause()
        if self.progress is not None:
            self._places = self.progress.ranks
            self.repaint(self._lines)

    @property
    def _lines(self) -> range:
        return range(HEAD, self.size.height)

    def _settle_drafts(self, old: Card, new: Card) -> None:
        for criterion in new.sheet.criteria:
            if old.given.get(criterion.id) != new.given.get(criterion.id):
                self._drafts.pop((new.organisation.id, criterion.id), None)
                self._errors.pop((new.organisation.id, criterion.id), None)

    @property
    def card(self) -> Card | None:
        """The organisation of the cursor's row."""
        return self.progress.cards[self.row] if self.progress is not None and self.progress.cards else None

    @property
    def criterion(self) -> Criterion | None:
        """The criterion of the cursor's column."""
        criteria = self.progress.sheet.criteria if self.progress is not None else ()
        return criteria[self.column] if criteria else None

    @property
    def spot(self) -> Cell | None:
        card, criterion = self.card, self.criterion
        return (card.organisation.id, criterion.id) if card is not None and criterion is not None else None

    # The cursor

    def place_cursor(self, row: int, column: int) -> bool:
        """Put the cursor on a cell, scroll as little as shows it; True where it is another row."""
        if self.progress is None or not self.progress.cards:
            return False
        moved = row != self.row
        rows = self._room
        old_row, old_column = self.row, self.column
        self.row = max(0, min(row, len(self.progress.cards) - 1))
        self.column = max(0, min(column, len(self.progress.sheet.criteria) - 1))
        columns = self._divided(self.progress)
        top = self._top
        if not top <= self.row < top + rows:
            top = self.row - rows // 2  # half a page at a time: a scrolled screen is painted whole
        top = max(0, min(top, len(self.progress.cards) - rows))
        if columns != self._columns or top != self._top:
            self._columns, self._top = columns, top
            self.refresh()
        elif (old_row, old_column) != (self.row, self.column):
            self._paint_rows(old_row, self.row)
        self._place_caret()
        return moved

    def _divided(self, progress: Progress) -> Columns:
        """The columns in view; worked out anew only where the cursor has left them or the sheet is another."""
        now, key = self._columns, (progress.sheet, self.size.width)
        if key == self._divided_for and now.first <= self.column < now.first + now.count:
            return now
        self._divided_for = key
        return divide(progress, self.size.width, now.first, self.column)

    @property
    def foot(self) -> int:
        """Lines below the organisations."""
        criteria = self.progress.sheet.criteria if self.progress is not None else ()
        return LONG_FOOT if any(isinstance(item.method, Checklist) for item in criteria) else FOOT

    @property
    def _room(self) -> int:
        return max(1, (self.size.height - HEAD - self.foot) // self._pitch)

    @property
    def _pitch(self) -> int:
        return 2 if self.spacious else 1

    def _line_of(self, row: int) -> int:
        return HEAD + (row - self._top) * self._pitch

    def _place_caret(self) -> None:
        spot = self.spot
        if self.has_focus and spot is not None:
            x = self._columns.start(self.column + 1) - 1
            self.app.cursor_position = self.content_region.offset + Offset(x, self._line_of(self.row))

    def _paint_rows(self, *rows: int) -> None:
        lines = [self._line_of(row) for row in dict.fromkeys(rows)]
        self.repaint([*lines, *range(self.size.height - self.foot + 1, self.size.height)])

    def paint_cell(self) -> None:
        """Paint the cell under the cursor and the words below."""
        self._paint_rows(self.row)
        self._place_caret()

    def cell_at(self, x: int, y: int) -> tuple[int, int] | None:
        """The row and column under a point, None outside the organisations' rows."""
        row = self._top + (y - HEAD) // self._pitch
        if self.progress is None or not (HEAD <= y < self.size.height - self.foot) or row >= len(self.progress.cards):
            return None
        column = self._columns.at(x)
        return row, self.column if column is None else column

    def on_resize(self) -> None:
        self.place_cursor(self.row, self.column)
        self.refresh()

    # Painting

    def parts(self, y: int) -> Sequence[Part]:
        progress, bottom = self.progress, self.size.height
        if progress is None or not self._columns.left:
            return ()
        if y < HEAD:
            return head_parts(progress, self._columns, y)
        if y >= bottom - self.foot:
            return self._foot(progress, y - bottom + self.foot)
        row, between = divmod(y - HEAD, self._pitch)
        row += self._top
        return self._card(progress, row) if not between and row < len(progress.cards) else ()

    def _in_view(self, progress: Progress) -> Sequence[Criterion]:
        return progress.sheet.criteria[self._columns.first : self._columns.first + self._columns.count]

    def _foot(self, progress: Progress, line: int) -> Sequence[Part]:
        if line == 0:
            sums = [progress.column_total(item.id) for item in self._in_view(progress)]
            widths = self._columns.widths[self._columns.first :]
            texts = [
                fit(points_text(total) if count else "", width, "right") for (total, count), width in zip(sums, widths)
            ]
            done = fit(f"{progress.finished}/{len(progress.cards)}", TOTAL + RANK, "right")
            return (
                (fit(" " + _t(msg("Totals")), self._columns.left) + "".join(texts), "sheet--foot"),
                (done + " " * 400, "sheet--foot"),
            )
        card, criterion = self.card, self.criterion
        if card is None or criterion is None:
            return ()
        error = self._errors.get((card.organisation.id, criterion.id))
        if line == 1:
            name = f" {criterion.name}  "
            if error is not None:
                return ((name, "sheet--name"), (fit(_t(error), self.size.width - cell_len(name)), "sheet--words"))
            return (
                (name, "sheet--name"),
                (fit(self._words.scale(criterion), self.size.width - cell_len(name)), "sheet--dim"),
            )
        return (
            (
                fit(" " + self._words.about(criterion, self.size.width - 2, self.foot - 2, line - 2), self.size.width),
                "sheet--dim",
            ),
        )

    def _card(self, progress: Progress, row: int) -> Sequence[Part]:
        card, here = progress.cards[row], row == self.row
        compatible = bool(getattr(self.app, "compatible", False))
        style = "sheet--here" if here else "sheet--row" if row % 2 else ""
        organisation = card.organisation
        digits = len(str(len(progress.cards)))
        name = f" {shape(card.state, compatible)} {fit(str(organisation.number), digits, 'right')} {organisation.name}"
        parts: list[Part] = [(fit(name, self._columns.left), style)]
        for place, criterion in enumerate(self._in_view(progress), self._columns.first):
            parts.append(self._cell_part(card, criterion, place, here, style))
        parts.append((fit(total_text(card), TOTAL, "right"), style))
        own_place = progress.place_of(card) if here else self._places.get(organisation.id)
        parts.append((fit(rank_text(own_place), RANK, "right"), style))
        return parts

    def _cell_part(self, card: Card, criterion: Criterion, place: int, here: bool, style: str) -> Part:
        key = (card.organisation.id, criterion.id)
        draft = self._drafts.get(key)
        text = draft.text if draft is not None else cell(card, criterion)
        cursor = here and place == self.column
        if key in self._errors:
            style, text = "sheet--error", f"!{text}"
        elif cursor:
            style = "sheet--cursor"
        elif draft is not None:
            style = "sheet--draft"
        width = self._columns.widths[place]
        inside = fit(text, width - 2, "right")
        return (f"[{inside}]" if cursor else f" {inside} ", style)
