"""Big letters: from the packed font to rows of cells."""

from __future__ import annotations

import lzma
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from judge_tui.ui.fonts import build, glyphs
from judge_tui.ui.fonts.glyphs import glyph, readable, spelled
from judge_tui.ui.fonts.lettering import Size, letters, pixels
from judge_tui.ui.hall.fit import fit, flow
from judge_tui.ui.hall.rows import Role, inked, row_width


def gb2312() -> list[str]:
    pairs = ((high, low) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    found = []
    for high, low in pairs:
        try:
            found.append(bytes((high, low)).decode("gb2312"))
        except UnicodeDecodeError:
            continue
    return found


def test_every_common_hanzi_digit_and_mark_has_a_glyph() -> None:
    wanted = [*gb2312(), *map(chr, range(0x20, 0x7F)), *"，。、；：？！“”‘’（）《》【】—…·～％℃№", *"鎮員贊誠獎"]

    assert [character for character in wanted if glyph(character) is None] == []


def test_rare_hanzi_of_names_have_glyphs_too() -> None:
    assert [character for character in "㘵䢼䶮㛃鿍﨏" if glyph(character) is None] == []


@pytest.mark.parametrize("text", ["𠀀", "བོད་ལྗོངས", "กรุงเทพ", "한국", "🏆"])
def test_what_the_font_lacks_altogether_stays_in_ordinary_letters(text: str) -> None:
    assert fit(text, 200, 40) is None
    assert flow(("湾李村", text), 200, 40) == ()
    assert not readable(text)


@pytest.mark.parametrize("size", [Size(1, 1), Size(1, 2), Size(2, 2), Size(4, 6)])
def test_a_rare_hanzi_in_a_name_stands_in_a_box_in_the_terminal_s_own_letter(size: Size) -> None:
    drawn = letters("𠀀家村", size)

    assert fit("𠀀家村", 100, 40) is not None
    assert sum(row.count("𠀀") for row in drawn) == 1
    assert {cell_len(row) for row in drawn} == {size.columns("𠀀家村")}
    own = [row.replace("𠀀", "  ")[size.columns("𠀀") :] for row in drawn]
    assert own == list(letters("家村", size))


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("第一🏆村❤️", "第一村"),
        ("👨‍👩‍👧家庭农场", "家庭农场"),
        ("ṁālī", "mālī"),
        ("㈱合作社", "(株)合作社"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("𠮷野村", "𠮷野村"),
    ],
)
def test_emoji_are_left_out_of_big_letters_and_marks_the_font_lacks_are_dropped(text: str, drawn: str) -> None:
    assert spelled(text) == drawn
    assert readable(text)


def test_the_box_keeps_its_letter_where_block_characters_cannot_be_trusted() -> None:
    rows = [inked(row, Role.INK, True) for row in letters("𠀀", Size(2, 2))]

    assert ("𠀀", Role.PAPER) in [piece for row in rows for piece in row]
    assert {row_width(row) for row in rows} == {16}


def test_the_packed_font_is_small() -> None:
    packed = Path(glyphs.__file__).with_name("unifont.xz")

    assert packed.stat().st_size <= 300 * 1024
    assert packed.with_name("LICENSE-unifont.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE") == 1


def test_the_builder_packs_runs_of_the_codes_that_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "font.hex"
    source.write_text(f"0041:{'81' * 16}\n0042:{'42' * 16}\n4E00:{'0180' * 16}\nE000:{'FF' * 16}\n", encoding="ascii")
    monkeypatch.setattr(build, "__file__", str(tmp_path / "build.py"))
    build.main(source)
    assert lzma.decompress((tmp_path / "unifont-rare.xz").read_bytes()) == b"\0\0"
    raw = lzma.decompress((tmp_path / "unifont.xz").read_bytes())

    assert struct.unpack_from(">HIHBIHB", raw) == (2, 0x41, 2, 16, 0x4E00, 1, 32)
    assert raw[16:] == b"\x81" * 16 + b"\x42" * 16 + b"\x01\x80" * 16


@settings(deadline=None)
@given(st.text("湾李村第名并列0123456789.“”Aa ", max_size=8), st.integers(1, 4), st.integers(1, 8))
def test_rows_have_the_width_and_height_that_the_size_promises(text: str, down: int, across: int) -> None:
    size = Size(down, across)
    rows = letters(text, size)

    assert len(rows) == size.rows == 8 * down
    assert {len(row) for row in rows} == {size.columns(text)}


@settings(deadline=None)
@given(st.text("湾李村12.", min_size=1, max_size=4), st.sampled_from([Size(2, 2), Size(2, 4), Size(4, 8)]))
def test_even_sizes_need_whole_cells_only(text: str, size: Size) -> None:
    assert set("".join(letters(text, size))) <= {" ", "█"}


def test_strokes_are_heavier_than_the_font_s_own() -> None:
    thin = sum(bin(row).count("1") for row in glyph("王").rows) * 8  # type: ignore[union-attr]
    weight = {
        "▗": 1,
        "▖": 1,
        "▝": 1,
        "▘": 1,
        "▄": 2,
        "▀": 2,
        "▐": 2,
        "▌": 2,
        "▚": 2,
        "▞": 2,
        "▙": 3,
        "▟": 3,
        "▜": 3,
        "▛": 3,
        "█": 4,
    }
    drawn = sum(weight.get(cell, 0) for row in letters("王", Size(2, 4)) for cell in row)

    assert drawn > thin


def test_half_width_letters_take_half_the_room() -> None:
    assert pixels("9") * 2 == pixels("九") == 16
