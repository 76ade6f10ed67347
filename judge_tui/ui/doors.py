"""Ways from one screen to another, handed in by the composition root, so that screens never import each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Doors:
    """What a screen may ask for. Each opens a screen above the present one and calls back, if asked, when it closes.

    `open_file` takes any of the product's files and finds the right screen; `seat` opens a judge's file, `organiser` an
    organiser's, `projector` the hall's view of an organiser's file, `reveal` the same at the end of scoring, `host` the
    presenter's view, which steers it; `demo` prepares
    and opens the demonstration.
    """

    open_file: Callable[[Path], None]
    seat: Callable[[Path, Callable[[], None]], None]
    organiser: Callable[[Path], None]
    projector: Callable[[Path, Callable[[], None]], None]
    reveal: Callable[[Path, Callable[[], None]], None]
    host: Callable[[Path], None]
    demo: Callable[[], None]
    new: Callable[[], None]
