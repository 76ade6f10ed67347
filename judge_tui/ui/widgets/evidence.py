"""An organisation's pictures, each under its caption: beside one another in the dialog, below one another beside the form."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from judge_tui.domain.event import Material
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.i18n import translator as _t
from judge_tui.services.laptops.terminal import cell_points
from judge_tui.settings import environment, load
from judge_tui.ui.widgets.graphics import way_of
from judge_tui.ui.widgets.half_blocks import half_blocks
from judge_tui.ui.widgets.picture_view import PictureView, Prepared, prepare

WHEN = {"before": msg("Before"), "during": msg("During"), "after": msg("After")}
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"})
NARROWEST = 36
"""Columns a picture has at least; with fewer there are fewer beside one another."""

WIDEST = 72
"""Columns from which on half blocks show no more of a picture."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One material: its caption, and its picture as this terminal shows it, None where it shows none."""

    caption: Message
    picture: Prepared | Text | None


def pictures_of(materials: Sequence[Material], folder: Path) -> tuple[Material, ...]:
    """Those materials that are pictures and on this laptop."""
    return tuple(item for item in materials if is_picture(folder / item.file))


def is_picture(path: Path) -> bool:
    """Whether there is a picture at this path."""
    return path.suffix.lower() in PICTURES and path.is_file()


def way_here(*, colours: bool, compatible: bool) -> str:
    """How this terminal shows pictures: `kitty`, `sixel`, `blocks`, `spaces` or `none`."""
    if not colours:
        return "none"
    return "spaces" if compatible else way_of(environment(), load().pictures)


@lru_cache(maxsize=12)
def look(material: Material, folder: Path, columns: int, rows: int, way: str) -> Sight:
    """A material in at most so many cells; what a judge goes back to is not read again."""
    path = folder / material.file
    caption = caption_of(material, path)
    if way == "none" or not is_picture(path):
        return Sight(caption, None)
    drawn = prepare(path, way, columns, rows, cell_points()) if way in ("kitty", "sixel") else None
    return Sight(caption, drawn or half_blocks(path, columns, rows, compatible=way == "spaces"))


def caption_of(material: Material, path: Path) -> Message:
    """When it was and what it shows; said with it if the file is missing or another one than was issued."""
    name = verbatim(material.caption or material.file)
    shown = msg("{when}: {name}", when=WHEN[material.when], name=name) if material.when in WHEN else name
    if not path.is_file():
        return msg("{name} (the file {file} is not on this laptop)", name=shown, file=material.file)
    if material.sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != material.sha256:
        return msg("{name} (the file {file} is not the one that was issued)", name=shown, file=material.file)
    return shown


class Evidence(Vertical):
    """One material: the caption, and the picture below it."""

    DEFAULT_CSS = """
    Evidence { height: auto; margin-top: 1; }
    Evidence .caption { color: $accent; width: 1fr; height: auto; }
    """

    def __init__(self, sight: Sight) -> None:
        super().__init__()
        self._sight = sight

    def compose(self) -> ComposeResult:
        yield Static(_t(self._sight.caption), classes="caption", markup=False)
        picture = self._sight.picture
        if picture is not None:
            yield _shown(picture)


def _shown(picture: Prepared | Text) -> Widget:
    return PictureView(picture) if isinstance(picture, Prepared) else Static(picture)
