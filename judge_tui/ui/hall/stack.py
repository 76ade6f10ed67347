"""Words above one another: the main one as large as it goes, the others big where they leave it room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import log2

from judge_tui.ui.fonts.glyphs import readable
from judge_tui.ui.hall.fit import LARGEST, Fitted, fit
from judge_tui.ui.hall.rows import EMPTY, Role, Row, big, paragraph

_MAIN, _OTHER = 2.0, 0.7
"""How much the size of the main part and of the others counts; their logarithms are added up."""


LONG = 30
"""Characters from which on a main part may take five lines instead of three."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text, its role, whether it is the main one, and how many lines it may take."""

    text: str
    role: Role
    main: bool = False
    lines: int = 1


def stack(parts: tuple[Part, ...], lines: list[Row], width: int, room: int, solid: bool) -> list[Row]:
    """The parts from the top down, and small lines below; the lines go where the main part would not be big with them."""
    texts = tuple((part.text, part.main, part.lines) for part in parts)
    with_lines = _sizes(texts, width - 2, room - len(lines), solid)
    without = with_lines if with_lines[0] or not lines else _sizes(texts, width - 2, room, solid)
    if not with_lines[0] and without[0]:
        lines = lines[: max(0, room - _height(without))]
    chosen = without if not with_lines[0] else with_lines
    blocks = [
        words(part.text, fitted, width, part.role, solid) for part, fitted in zip(parts, _in_order(texts, chosen))
    ]
    gap = [EMPTY] if sum(map(len, blocks)) + len(blocks) - 1 + len(lines) <= room else []
    rows: list[Row] = []
    for block in blocks:
        rows += [*(gap if rows else []), *block]
    return rows + lines


def words(text: str, fitted: Fitted | None, width: int, role: Role, solid: bool) -> list[Row]:
    """Big where it fits, else ordinary letters."""
    return big(fitted, width, role, solid=solid) if fitted else paragraph(text, width - 2, role)


def _in_order(texts: tuple[tuple[str, bool, int], ...], chosen: tuple[Fitted | None, ...]) -> list[Fitted | None]:
    others = iter(chosen[1:])
    return [chosen[0] if main else next(others) for _, main, _ in texts]


def _height(chosen: tuple[Fitted | None, ...]) -> int:
    return sum(fitted.rows if fitted else 1 for fitted in chosen)


@lru_cache(maxsize=256)
def _sizes(texts: tuple[tuple[str, bool, int], ...], width: int, room: int, solid: bool) -> tuple[Fitted | None, ...]:
    """The main part's size first, then the others' in their order; None is ordinary letters."""
    main = next(text for text, is_main, _ in texts if is_main)
    others = [(text, lines) for text, is_main, lines in texts if not is_main]
    choices = [_choices(text, lines, width, max(1, room), solid) for text, lines in others]
    # Beside a main part that big letters cannot show at all, the others are as large as they go.
    drawn = readable(main)
    best: tuple[Fitted | None, ...] = (None,) * len(texts)
    most = -1.0
    for chosen in product(*choices):
        left = room - _height(chosen)
        fitted = fit(main, width, left, solid=solid, lines=3 if len(main) <= LONG else 5) if left > 0 else None
        largest = fitted.size.down if fitted else 0 if drawn else LARGEST
        if any(other and other.size.down > largest for other in chosen):
            continue
        value = _MAIN * _weight(fitted) + sum(_OTHER * _weight(other) for other in chosen)
        if value > most:
            best, most = (fitted, *chosen), value
    return best


def _choices(text: str, lines: int, width: int, room: int, solid: bool) -> set[Fitted | None]:
    """The sizes a part may have; one that may take several lines is broken only where it must be."""
    if lines > 1:
        one = fit(text, width, room, solid=solid, lines=1, largest=1)
        return {None, one or fit(text, width, room, solid=solid, lines=lines, largest=1)}
    return {None, *(fit(text, width, room, solid=solid, lines=1, largest=largest) for largest in (1, 2, 3))}


def _weight(fitted: Fitted | None) -> float:
    return log2(1 + fitted.size.down * fitted.size.across) if fitted else -1.0
