"""A Chinese font that is really there: looked for where systems keep theirs, and opened before it is relied on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.services.documents.missing import library
from judge_tui.settings import font_folders

SAMPLE = "汉村评委优秀第名·（）"
"""Characters a font must have to be of use."""

WINDOWS = ("simfang.ttf", "Deng.ttf", "msyh.ttc", "simsun.ttc", "simhei.ttf", "simkai.ttf", "msjh.ttc")
MAC = (
    "Songti.ttc",
    "STHeiti Medium.ttc",
    "STHeiti Light.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "Arial Unicode.ttf",
)
LINUX = (
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "uming.ttc",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSerifCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
)
GETA = "〓"
"""What stands for a character that no font of this laptop has: printers' own mark, which nobody takes for part of a name."""

PREFERRED = ("SC", "CN", "GB", "Micro Hei", "Zen Hei")
"""Of several faces in one collection, the one with simplified Chinese shapes."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font file and which face of it."""

    path: Path
    face: int


def candidates() -> Iterator[Path]:
    """Font files by preference: known names first, each wherever it is."""
    there = {
        path.name.casefold(): path
        for folder in font_folders()
        if folder.is_dir()
        for path in sorted(folder.rglob("*.[tTo][tT][fFcC]"))
    }
    for name in (*WINDOWS, *MAC, *LINUX):
        found = there.get(name.casefold())
        if found is not None:
            yield found


@lru_cache(maxsize=1)
def chinese_font() -> Font:
    """A font with Chinese characters. Raises JudgeTuiError with NO_FONT and what to do where there is none."""
    for path in candidates():
        face = _usable_face(path)
        if face is not None:
            return Font(path, face)
    raise JudgeTuiError(
        "NO_FONT",
        msg("This laptop has no Chinese font that a PDF could carry"),
        msg("Print the Word documents instead, or install a font such as WenQuanYi Micro Hei and try again."),
    )


def fonts_for(text: str) -> tuple[tuple[Font, ...], frozenset[str]]:
    """The Chinese font, with others behind it where a rare character (䶮, 㙍) is not in it; and what is in none of them.

    Raises JudgeTuiError with NO_FONT where there is no Chinese font at all.
    """
    fonts = [chinese_font()]
    wanting = {character for character in text if not character.isspace()} - _characters(fonts[0])
    for path in candidates():
        if not wanting:
            break
        face = None if path == fonts[0].path else _usable_face(path)
        if face is not None and (found := wanting & _characters(Font(path, face))):
            fonts.append(Font(path, face))
            wanting -= found
    return tuple(fonts), frozenset(wanting)


def unseen(character: str) -> bool:
    """Whether nobody would see it anyway: a zero-width space, a variation selector."""
    return unicodedata.category(character) in ("Cf", "Cc") or "VARIATION SELECTOR" in unicodedata.name(character, "")


@lru_cache(maxsize=8)
def _characters(font: Font) -> frozenset[str]:
    """Every character a font has a shape for."""
    tools = library("fontTools.ttLib")
    number = font.face if font.path.suffix.lower() == ".ttc" else -1
    with tools.TTFont(font.path, lazy=True, fontNumber=number) as face:
        return frozenset(map(chr, face.getBestCmap() or {}))


def _usable_face(path: Path) -> int | None:
    """The face to use, None where the file cannot be read or lacks Chinese characters."""
    tools = library("fontTools.ttLib")
    try:
        with (
            tools.TTCollection(path, lazy=True)
            if path.suffix.lower() == ".ttc"
            else tools.TTFont(path, lazy=True) as file
        ):
            faces = list(file.fonts) if path.suffix.lower() == ".ttc" else [file]
            fit = [number for number, face in enumerate(faces) if _has(face, SAMPLE)]
            named = [number for number in fit if any(word in _name(faces[number]) for word in PREFERRED)]
    except (OSError, tools.TTLibError, KeyError, ValueError):
        return None
    return next(iter((*named, *fit)), None)


def _has(face: object, text: str) -> bool:
    known = face.getBestCmap() or {}  # type: ignore[attr-defined]
    return all(ord(character) in known for character in text)


def _name(face: object) -> str:
    return str(face["name"].getDebugName(4) or "")  # type: ignore[index]
