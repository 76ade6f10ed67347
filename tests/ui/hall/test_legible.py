"""Contrast of every theme and size of every glyph, as the back row needs them."""

from __future__ import annotations

import pytest
from rich.color import Color

from judge_tui.domain.ceremony.machine import Act, Ceremony, Move
from judge_tui.domain.ceremony.picture import Kind, picture_of
from judge_tui.i18n import translator
from judge_tui.ui.hall.layout import lay_out
from judge_tui.ui.hall.rows import PLAIN_ENOUGH, Role
from judge_tui.ui.theme import THEMES
from judge_tui.ui.widgets.hall_canvas import styles_of
from tests.domain.ceremony.shows import show

CONTRAST = {Role.INK: 7.0, Role.ACCENT: 4.5, Role.WARNING: 4.5, Role.STRIP: 4.5, Role.MUTED: 4.5, Role.FILL: 7.0}
"""WCAG ratios: 7 for what must be read, 4.5 for the rest (3 would do for letters of this size)."""

INKS = set("▗▖▄▝▐▞▟▘▚▌▙▀▜▛█")


def luminance(color: Color) -> float:
    channels = [value / 255 for value in color.get_truecolor()]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", CONTRAST)
def test_every_role_stands_out_from_its_ground_in_every_theme(theme: object, role: Role) -> None:
    style = styles_of(theme.to_color_system().generate())[role]  # type: ignore[attr-defined]
    assert style.color is not None
    assert style.bgcolor is not None
    light, dark = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= CONTRAST[role]


@pytest.mark.parametrize(("width", "height"), [(40, 12), (80, 24), (100, 30), (160, 50), (240, 70)])
def test_the_name_takes_a_tenth_of_the_screen_s_height_or_more(width: int, height: int) -> None:
    translator.switch("zh")
    ceremony = Ceremony(show()).act(Act(Move.GO, text="sealed")).act(Act(Move.FORWARD))
    for place in (1, 2, 5, 6, 7):
        laid = lay_out(picture_of(ceremony.act(Act(Move.JUMP, place))), width, height, translator.render)
        inked = [row for row in laid.rows if any(role is Role.INK and set(text) & INKS for text, role in row)]

        # Where fourteen hanzi must do with ordinary letters, those are a twelfth of so small a screen.
        assert len(inked) * 10 >= height or (height == 12 and place == 6), place


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (160, 50), (240, 70)])
def test_nothing_that_matters_is_smaller_than_a_thirty_sixth_of_the_height(width: int, height: int) -> None:
    translator.switch("zh")
    ceremony = Ceremony(show())
    for _ in range(30):
        picture = picture_of(ceremony)
        laid = lay_out(picture, width, height, translator.render)
        if height > PLAIN_ENOUGH and picture.kind in (Kind.CARD, Kind.BOARD, Kind.PROGRESS):
            plain = [text for row in laid.rows[1:-1] for text, role in row if text.strip() and role is not Role.PAPER]
            assert all(set(text) <= INKS | {" "} for text in plain if text.strip(" ")), picture
        ceremony = ceremony.act(Act(Move.FORWARD, laid.pages))


@pytest.mark.parametrize("tied", [True, False])
def test_a_tie_is_said_in_words_not_in_colour(tied: bool) -> None:
    ceremony = (
        Ceremony(show()).act(Act(Move.GO, text="sealed")).act(Act(Move.FORWARD)).act(Act(Move.JUMP, 3 if tied else 5))
    )

    assert ("Joint" in str(picture_of(ceremony).heading)) is tied
