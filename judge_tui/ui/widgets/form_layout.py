"""Where things stand on the form of one organisation: pure lines from what is to be shown.

If everything fits, each criterion has its description and bands under it; otherwise the criteria stand close together and
the one in focus is described at the foot.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.cells import cell_len

from judge_tui.domain.commitments import tally
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.seat import Card
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import fit, wrap
from judge_tui.ui.widgets.form_details import FieldView, beside, describe, refusal
from judge_tui.ui.widgets.scrolled import Line
from judge_tui.ui.widgets.sheet_layout import points_text

FIELD = 9
"""Cells between a field's brackets."""


LEAST = 8
"""Cells beside a field from which on a part of what is said there is better than nothing."""

BESIDE = 18
"""Cells that stay for the brackets of a field and the words beside it, however long the criteria's names are."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines, and for each target the line and the column where its field begins."""

    lines: tuple[Line, ...]
    spots: tuple[tuple[int, int], ...]
    foot: tuple[Line, ...] = ()
    pinned: int = 0
    """How many of the first lines stay in view: whose form it is."""


@dataclass(frozen=True, slots=True)
class Page:
    """The cells there are, whether lines stand further apart, whose form it is, his own note, whether to say how it is
    done, and what else is to be said just now."""

    width: int
    height: int
    spacious: bool = False
    judge: str = ""
    note: str = ""
    hint: bool = False
    aside: Message | None = None


HINT = (
    msg("Type a mark, press Enter. It is saved at once."),
    msg("Up and Down: another field. PgUp and PgDn: another organisation."),
    msg("F2: all in one sheet. F3: review and submit. F1: help."),
)
"""What stands on the form until the first mark is given."""

COMMENT_HINT = (
    msg("F6: write a comment for this organisation. It is saved at once."),
    msg("PgUp and PgDn: another organisation. F3: review and submit. F1: help."),
)
"""The same for one who only comments."""


def lay_out(card: Card, fields: tuple[FieldView, ...], focus: int, page: Page, onward: Message) -> Layout:
    """The form of one organisation on a page; target `len(fields)` is the way onward."""
    width = page.width
    head = _banner(card, page)
    tail = _tail(card, len(fields), focus, page, onward)
    names = max((cell_len(item.criterion.name) for item in fields), default=0) + len(str(len(fields))) + 2
    names = min(names, max(12, width - FIELD - BESIDE))
    wrong = [refusal(item, width, width - names - FIELD - 6) for item in fields]
    details = [describe(item, width) for item in fields]
    cut = [_whole_name(item, names - len(str(len(fields))) - 2) for item in fields]
    roomy = len(head) + len(tail) + sum(2 + len(detail) for detail in details) <= page.height
    if not roomy and not page.spacious:
        head = head[1:]  # the banner's empty first line
    rows = [
        row(item, place, focus, width, names, len(str(len(fields))), hint=not roomy)
        for place, item in enumerate(fields)
    ]
    lines, spots = list(head), []
    for place, line in enumerate(rows):
        spots.append((len(lines), names + 2))
        lines += [line, *(replace(item, target=place) for item in wrong[place])]
        if roomy:
            lines += [*(replace(item, target=place) for item in (*cut[place], *details[place])), Line()]
        if page.spacious:
            lines.append(Line())
    lines += tail if roomy else [Line(), *tail]
    spots.append((len(lines) - 1, 1))
    hint = _hint(fields, page)
    foot: tuple[Line, ...] = ()
    if roomy:
        lines += hint
    elif focus < len(fields):
        described = (replace(item, target=focus) for item in details[focus])
        title = msg(
            "{name} ({place} of {count})", name=fields[focus].criterion.name, place=focus + 1, count=len(fields)
        )
        about = (Line(), Line(((_t(title), "form--name"),)), *described)
        room = max(4, page.height // 2 - len(hint), page.height - len(lines) - len(hint))
        if len(about) > room:
            about = (*about[: room - 1], Line((("    " + _t(msg("More of it: F1")), "form--hint"),)))
        foot = (*about, *hint)
    banner = sum(1 for line in head if line.parts and line.parts[0][1].startswith("form--banner"))
    return Layout(tuple(lines), tuple(spots), foot, 0 if roomy else banner)


def _whole_name(item: FieldView, room: int) -> list[Line]:
    """A name that is cut before its field stands whole below it."""
    name = item.criterion.name
    return [Line((("    " + name, "form--label"),))] if cell_len(name) > room else []


def _hint(fields: tuple[FieldView, ...], page: Page) -> list[Line]:
    """How it is done, until the first mark is given: in view even where the fields fill the page."""
    if not page.hint:
        return []
    words = [text for item in (HINT if fields else COMMENT_HINT) for text in wrap(_t(item), page.width - 3)]
    return [Line(), *(Line((("  " + text, "form--hint"),)) for text in words)]


def row(item: FieldView, place: int, focus: int, width: int, names: int, digits: int, *, hint: bool) -> Line:
    """A criterion's line: name, field, and behind it the band, or in words why the mark cannot be taken."""
    here = place == focus
    name = fit(f"{place + 1:>{digits}} {item.criterion.name}", names)
    room = width - names - FIELD - 6
    word, style = beside(item, hint, room)
    word = word if cell_len(word) <= room or room >= LEAST else ""
    box = "form--field-focus" if here else "form--field-error" if item.error else "form--field"
    return Line(
        (
            ("> " if here else "  ", "form--pointer"),
            (name, "form--name" if here else "form--label"),
            ("[", box),
            (fit(" " + item.text.text, FIELD), box),
            ("]", box),
            (" " + fit(word, max(0, room)), style),
        ),
        place,
    )


def _banner(card: Card, page: Page) -> list[Line]:
    organisation, width = card.organisation, page.width
    about = [organisation.unit, organisation.presenter, organisation.area, organisation.division]
    if organisation.officer:
        about.append(_t(msg("officer in charge: {name}", name=organisation.officer)))
    lines = [Line(((" " * width, "form--banner"),))]
    title = wrap(f"{organisation.number}  {organisation.name}", width - 4, 2)
    lines += [Line(((fit("  " + text, width), "form--banner"),)) for text in title]
    known = "  ".join(item for item in about if item)
    papers = _t(_papers(len(organisation.materials))) if organisation.materials else ""
    together = f"{known}  {papers}".strip()
    below = (together,) if cell_len(together) <= width - 4 else (known, papers)
    lines += [Line(((fit("  " + text, width), "form--banner-about"),)) for text in below if text]
    if organisation.commitments:
        promised = msg("Promised: {counts} (F10, materials)", counts=tally(organisation.commitments).words)
        lines.append(Line(((fit("  " + _t(promised), width), "form--banner-about"),)))
    words = [item for item in (_standing(card, page.judge), page.aside) if item is not None]
    said = [Line(((text, "form--state"),)) for item in words for text in wrap(_t(item), width, 3)]
    lines += [Line(), *said, Line()] if said else [Line()]
    return lines


def _papers(count: int) -> Message:
    return nmsg("{count} picture or paper: F10, 1", "{count} pictures and papers: F10, 1", count)


def _standing(card: Card, judge: str) -> Message | None:
    if card.organisation.status == "withdrawn":
        reason = card.organisation.status_reason
        if reason:
            return msg("Withdrawn: nothing is scored here ({reason})", reason=reason)
        return msg("Withdrawn: nothing is scored here")
    if card.recusal is not None:
        return (
            msg("Recused: this organisation is not scored by you ({reason})", reason=card.recusal.text)
            if card.recusal.text
            else msg("Recused: this organisation is not scored by you")
        )
    if card.locked:
        return msg("Submitted and locked: to be read, not changed")
    if card.reopened:
        return msg("Opened again by the organiser: correct it and submit again")
    if judge and judge in card.organisation.officer:
        return msg("You are the officer in charge here. F7 recuses you, if the rules ask for it")
    return None


def _tail(card: Card, target: int, focus: int, page: Page, onward: Message) -> list[Line]:
    lines = []
    if card.total is not None:
        full = card.sheet.full
        total = points_text(card.total)
        text = (
            msg("Your total {total} of {full}", total=total, full=short_text(full))
            if full is not None
            else msg("Your total {total}", total=total)
        )
        lines.append(Line((("  " + _t(text), "form--total"),)))
    if card.comment_due:
        lines.append(Line((("  " + _t(msg("These marks ask for a comment (F6)")), "form--error"),)))
    if card.comment.text:
        lines.append(_words(msg("Comment: {text}", text=card.comment.text.replace("\n", " ")), page.width))
    if page.note:
        lines.append(_words(msg("Note: {text}", text=page.note.replace("\n", " ")), page.width))
    words = _t(onward)
    button = f" {fit(words, min(cell_len(words), page.width - 5))} "
    style = "form--button-focus" if focus == target else "form--button"
    lines += [Line(), Line((("> " if focus == target else "  ", "form--pointer"), (button, style)), target)]
    return lines


def _words(text: Message, width: int) -> Line:
    return Line((("  " + fit(_t(text), width - 3).rstrip(), "form--text"),))
