"""Packs GNU Unifont into `unifont.xz` and `unifont-rare.xz`; run by hand when the font changes, never imported by the program.

    python -m judge_tui.ui.fonts.build /usr/share/unifont/unifont.hex

The source has one glyph a line, `CODE:BITMAP` in hexadecimal, 8×16 or 16×16 pixels (Debian's package `unifont`, version
13.0.04 or later, which is under the SIL Open Font License 1.1 beside the GPL). The pack is one xz stream: the number of
runs (u16), each run (first code u32, glyphs u16, bytes a glyph u8), then all bitmaps in that order; big-endian.
"""

from __future__ import annotations

import lzma
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

WANTED = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin with accents, ·, ×
    (0x2010, 0x203B),  # dashes, quotation marks, ellipsis
    (0x2103, 0x2103),  # ℃
    (0x2116, 0x2116),  # №
    (0x2160, 0x217F),  # Roman numerals
    (0x2460, 0x2473),  # circled numbers
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3105, 0x312F),  # bopomofo
    (0x4E00, 0x9FA5),  # all 20,902 unified hanzi, simplified and traditional
    (0xFF00, 0xFFEF),  # full-width forms
)
"""What is packed: what a name, a number or a sentence on the hall's screen can hold. First and last code, both included."""

RARE = (
    (0x3400, 0x4DB5),  # extension A
    (0x9FA6, 0x9FFF),  # later additions
    (0xF900, 0xFAD9),  # compatibility hanzi
)
"""Packed apart and read only when a name has one: rare hanzi in names of people and places."""


def main(source: Path) -> None:
    """Write both packs beside this file."""
    for name, wanted in (("unifont.xz", WANTED), ("unifont-rare.xz", RARE)):
        _pack(dict(_read(source, wanted)), Path(__file__).with_name(name))


def _pack(glyphs: dict[int, bytes], target: Path) -> None:
    runs: list[tuple[int, int, int]] = []
    bitmaps = bytearray()
    for code in sorted(glyphs):
        size = len(glyphs[code])
        if runs and runs[-1][0] + runs[-1][1] == code and runs[-1][2] == size:
            first, count, _ = runs[-1]
            runs[-1] = (first, count + 1, size)
        else:
            runs.append((code, 1, size))
        bitmaps += glyphs[code]
    head = struct.pack(">H", len(runs)) + b"".join(struct.pack(">IHB", *run) for run in runs)
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 1, "pb": 2}]
    packed = lzma.compress(head + bytes(bitmaps), format=lzma.FORMAT_XZ, filters=filters)
    target.write_bytes(packed)
    print(f"{target.name}: {len(glyphs)} glyphs, {len(packed)} bytes")


def _read(source: Path, wanted: Sequence[tuple[int, int]]) -> Iterator[tuple[int, bytes]]:
    for line in source.read_text(encoding="ascii").splitlines():
        code, _, bitmap = line.partition(":")
        if any(first <= int(code, 16) <= last for first, last in wanted):
            yield int(code, 16), bytes.fromhex(bitmap)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
