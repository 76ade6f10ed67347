"""Words above one another: the main one as large as it goes, the others big where they leave it room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import log2

from judge_tui.ui.hall.fit import LARGEST, Fitted, fit
from judge_tui.ui.hall.rows import EMPTY, Role, Row, big, paragraph

_MAIN, _OTHER, _LOUD = 2.0, 0.7, 1.5
"""How much the size of the main part and of the others counts (their logarithms are added up), and what it costs when a loud
one is in ordinary letters."""

LONG = 30
"""Characters from which on a main part may take five lines instead of three."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text, its role, whether it is the main one, how many lines it may take, and whether it should be big before the other
    small parts are."""

    text: str
    role: Role
    main: bool = False
    lines: int = 1
    loud: bool = False


def stack(parts: tuple[Part, ...], lines: list[Row], width: int, room: int, solid: bool) -> list[Row]:
    """The parts from the top down, and small lines below; the lines go where the main part would not be big with them."""
    main = next(index for index, part in enumerate(parts) if part.main)
    chosen = _sizes(parts, width - 2, room - len(lines), solid)
    if lines and not chosen[main] and (without := _sizes(parts, width - 2, room, solid))[main]:
        chosen = without
        lines = lines[: max(0, room - sum(fitted.rows if fitted else 1 for fitted in without))]
    blocks = [words(part.text, fitted, width, part.role, solid) for part, fitted in zip(parts, chosen, strict=True)]
    gap = [EMPTY] if sum(map(len, blocks)) + len(blocks) - 1 + len(lines) <= room else []
    rows: list[Row] = []
    for block in blocks:
        rows += [*(gap if rows else []), *block]
    return rows + lines


def words(text: str, fitted: Fitted | None, width: int, role: Role, solid: bool) -> list[Row]:
    """Big where it fits, else ordinary letters."""
    return big(fitted, width, role, solid=solid) if fitted else paragraph(text, width - 2, role)


@lru_cache(maxsize=256)
def _sizes(parts: tuple[Part, ...], width: int, room: int, solid: bool) -> tuple[Fitted | None, ...]:
    """The size of each part; None is ordinary letters."""
    main = next(part for part in parts if part.main)
    most = 3 if len(main.text) <= LONG else 5
    others = [part for part in parts if not part.main]
    plain = len(paragraph(main.text, width))
    # Beside a main part that big letters cannot show at all, the others are as large as they go.
    hopeless = room < 1 or fit(main.text, width, room - len(others), solid=solid, lines=most) is None
    best: tuple[Fitted | None, ...] = (None,) * len(parts)
    value = float("-inf")
    for chosen in product(*(_choices(part, width, max(1, room), solid) for part in others)):
        left = room - sum(fitted.rows if fitted else 1 for fitted in chosen)
        fitted = fit(main.text, width, left, solid=solid, lines=most) if left > 0 else None
        largest = fitted.size.down if fitted else LARGEST if hopeless and plain <= left else 0
        if any(other and other.size.down > largest for other in chosen):
            continue
        found = _MAIN * _weight(fitted) + sum(map(_value, others, chosen))
        if found > value:
            sizes = iter(chosen)
            best, value = tuple(fitted if part.main else next(sizes) for part in parts), found
    return best


def _choices(part: Part, width: int, room: int, solid: bool) -> list[Fitted | None]:
    """The sizes a part may have; one that may take several lines is broken only where it must be."""
    if part.lines > 1:
        one = fit(part.text, width, room, solid=solid, lines=1, largest=1)
        return [None, one or fit(part.text, width, room, solid=solid, lines=part.lines, largest=1)]
    sizes = (fit(part.text, width, room, solid=solid, lines=1, largest=largest) for largest in (1, 2, 3))
    return list(dict.fromkeys([None, *sizes]))


def _value(part: Part, fitted: Fitted | None) -> float:
    return _OTHER * _weight(fitted) - (_LOUD if part.loud and fitted is None else 0.0)


def _weight(fitted: Fitted | None) -> float:
    return log2(1 + fitted.size.down * fitted.size.across) if fitted else -1.0
