"""Everything but the board: the title, the turn with its clock, the progress, and cards with a heading and names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from judge_tui.domain.ceremony.picture import Picture
from judge_tui.domain.ceremony.words import clock_words, common_score
from judge_tui.domain.messages import Message, msg
from judge_tui.ui.fonts.glyphs import readable
from judge_tui.ui.hall.fit import fit, flow
from judge_tui.ui.hall.rows import EMPTY, PLAIN_ENOUGH, Pages, Role, Row, big, centred, drawn_pages, one_page, paragraph
from judge_tui.ui.hall.stack import Part, stack, words

Say = Callable[[Message], str]


def title_rows(picture: Picture, width: int, room: int, say: Say, solid: bool) -> list[Row]:
    """The event's title as large as it goes, theme and place below."""
    parts, lines = _lines(picture, width, room, say)
    if len(parts) > 2:
        lines = [EMPTY, *paragraph("   ".join(part.text for part in parts[2:]), width - 4)]
    return stack((Part(picture.title, Role.ACCENT, True), *parts[:2]), lines, width, room, solid)


def _lines(picture: Picture, width: int, room: int, say: Say) -> tuple[tuple[Part, ...], list[Row]]:
    """What is said below: big where the terminal's own letters would be too small, else ordinary lines."""
    texts = [say(line) for line in picture.lines]
    if room > PLAIN_ENOUGH:
        return tuple(Part(text, Role.INK, lines=3) for text in texts), []
    return (), [row for text in texts for row in (EMPTY, *paragraph(text, width - 4))]


def turn_rows(picture: Picture, width: int, room: int, say: Say, now: int, solid: bool) -> list[Row]:
    """Who is on: number, name, clock; the presenter and the limits in ordinary letters, or big where those would be too small."""
    turn, clock = picture.turn, picture.clock
    assert turn is not None
    small = "   ".join(text for text in (turn.area, turn.presenter) if text)
    roomy = room > PLAIN_ENOUGH
    number, time, role = say(msg("No. {number}", number=turn.number)), "", Role.ACCENT
    lines: list[Row] = [EMPTY]
    if clock and clock.shown:
        seconds = clock.seconds(now)
        role = Role.WARNING if clock.most and seconds > clock.most else Role.ACCENT
        time = f"{seconds // 60:02d}:{seconds % 60:02d}"
        limits, words_now = say(clock_words(clock, 0)), say(clock_words(clock, seconds))
        if roomy and clock.most:
            number = _beside(number, limits, width) or number
        if words_now not in number:
            with_words = _beside(time, words_now, width) if roomy and clock.most else ""
            lines += [] if with_words else [centred(words_now, width, role)]
            time = with_words or time
    parts = [Part(number, Role.MUTED, loud=True), Part(turn.name, Role.INK, True)]
    parts += [Part(small, Role.INK, lines=2, loud=True)] if roomy and small else []
    parts += [Part(time, role, loud=roomy)] if time else []
    captions = "   ".join(photo.caption for photo in turn.photos if photo.caption)
    lines += [row for text in ((captions,) if roomy else (small, captions)) for row in paragraph(text, width - 4)]
    return stack(tuple(parts), lines, width, room, solid)


@lru_cache(maxsize=256)
def _beside(text: str, more: str, width: int) -> str:
    """Both on one line, where the smallest big letters let them stand there; else an empty text."""
    both = f"{text}  {more}"
    return both if fit(both, width - 2, PLAIN_ENOUGH, lines=1, largest=1) else ""


def progress_rows(picture: Picture, width: int, room: int, say: Say, solid: bool) -> list[Row]:
    """How many sheets are still to come; a count and a bar, never whose."""
    assert picture.heading is not None
    parts = [Part(say(picture.heading), Role.INK, True), *(Part(say(line), Role.INK) for line in picture.lines)]
    bar: list[Row] = []
    progress = picture.progress
    if progress and progress.expected:
        parts.append(Part(f"{progress.received} / {progress.expected}", Role.ACCENT))
        length = min(width - 8, 100)
        done = length * min(progress.received, progress.expected) // progress.expected
        row: Row = (
            (" " * ((width - length) // 2), Role.PAPER),
            (" " * done, Role.FILL_ACCENT),
            (" " * (length - done), Role.BAR),
        )
        bar = [EMPTY, *[row] * (2 if room > 20 else 1)]
    return stack(tuple(parts), bar, width, room, solid)


def card_pages(picture: Picture, width: int, room: int, say: Say, solid: bool) -> Pages:
    """A heading, the names it is about, their score where all have the same, and lines below."""
    heading = say(picture.heading) if picture.heading else ""
    said, lines = _lines(picture, width, room, say)
    common = common_score(picture.names)
    score = say(common) if common else ""
    if not picture.names:
        return one_page(stack((Part(heading, Role.ACCENT, True), *said), lines, width, room, solid))
    if len(picture.names) == 1:
        # Where no place is announced, it is the score that is.
        spoken = bool(score) and picture.names[0].place is None
        parts = [Part(heading, Role.ACCENT, loud=not spoken), Part(picture.names[0].name, Role.INK, True)]
        parts += [Part(score, Role.ACCENT, loud=spoken)] if score else []
        return one_page(stack((*parts, *said), lines, width, room, solid))
    names = tuple(entry.name for entry in picture.names if readable(entry.name))
    below = lines or [row for part in said for row in (EMPTY, *paragraph(part.text, width - 4))]
    below = [centred(entry.name, width) for entry in picture.names if not readable(entry.name)] + below
    if not names:
        parts = [Part(heading, Role.ACCENT, True), *([Part(score, Role.ACCENT)] if score else [])]
        return one_page(stack(tuple(parts), [EMPTY, *below], width, room, solid))
    pages = _many(names, heading, score, width, max(1, room - len(below)), solid)
    return drawn_pages([[*rows, *below] for rows in pages])


def _many(names: tuple[str, ...], heading: str, score: str, width: int, room: int, solid: bool) -> list[list[Row]]:
    """Several names under one heading, on pages where they do not fit at once."""
    for largest in (3, 2, 1, 0):
        head = fit(heading, width - 2, room, solid=solid, lines=1, largest=largest) if largest else None
        tail = fit(score, width - 2, room, solid=solid, lines=1, largest=largest) if largest and score else None
        above = [*words(heading, head, width, Role.ACCENT, solid), EMPTY]
        below = [EMPTY, *words(score, tail, width, Role.ACCENT, solid)] if score else []
        pages = flow(names, width - 2, max(1, room - len(above) - len(below)), solid=solid)
        if largest and (
            len(pages) != 1 or pages[0].size.down < max(part.size.down if part else 0 for part in (head, tail))
        ):
            continue
        if pages:
            return [[*above, *big(page, width, solid=solid), *below] for page in pages]
    each = max(1, room - 4)
    foot = [EMPTY, centred(score, width, Role.ACCENT)] if score else []
    return [
        [centred(heading, width, Role.ACCENT), EMPTY, *(centred(name, width) for name in names[at : at + each]), *foot]
        for at in range(0, len(names), each)
    ]
