"""Values to cells and back. What a person would type has a plain form; whatever that cannot hold is written as JSON, so that
nothing is lost on the way through a workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.definition.scoring import short_band
from judge_tui.domain.definition.writer import band_table
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.i18n import LANGUAGES, Translator
from judge_tui.services.workbook.layout import Column, Kind

Cell = str | int | float | bool | date | datetime | time | timedelta
Value = object

_YES, _NO = msg("yes"), msg("no")
_TRUE = {"true", "1", "√", "✓", "v", "y", "对", "有"}
_FALSE = {"false", "0", "×", "✗", "x", "n", "错", "无"}
_CHINESE_NUMBERS = "一二三四五六七八九十"
_COUNTED = re.compile(r"第?\s*([-+]?\d+(?:\.\d+)?)\s*[分个号名位项票人]?")
_NEW_LINE = re.compile(r"(?<=(\S))\s*\n\s*(?=(\S))")
_SPOKEN_TIME = re.compile(r"(?:(\d+)\s*分钟?)?\s*(?:(\d+)\s*秒)?")
_BARE_TIME = re.compile(r"\d{1,2}")
_NAME_MARKS = re.compile(r"[、;；，,]")
_LIST_MARKS = re.compile(r"[、;；]")
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]*[)）]")
_PAIR = re.compile(r"(.+?)\s*[=＝:：]\s*([-+－＋−]?[\d.．。]+)\s*分?", re.DOTALL)
_TIME_BAND = re.compile(r"([\d:：]+)\s*[=＝]\s*([-+－＋−]?[\d.．。]+)(?:\s*/\s*([\d:：]+))?")


class CellError(ValueError):
    """A cell that is not understood, in words, with what would be right."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


@lru_cache(maxsize=1)
def readers() -> tuple[Translator, ...]:
    """One translator for every language there is: a workbook may be in any of them."""
    return tuple(Translator(language) for language in LANGUAGES)


def said(message: Message) -> set[str]:
    """What a message is called in every language, as compared."""
    return {match_key(reader.render(message)) for reader in readers()}


def clean_name(text: str) -> str:
    """A name as it is meant: no bracketed pinyin after a character (`咸祥鎮(zhèn)`), no spaces around."""
    return _PINYIN.sub("", text).strip()


def encode(column: Column, value: Value, render: Callable[[Message], str]) -> str | int | float | None:
    """What stands in the cell for a value of the definition; None for an empty one. `render` chooses the language of words."""
    if value is None or value == "" or value == []:
        return None
    if column.kind is Kind.FLAG:
        return render(_YES if value else _NO)
    if column.kind is Kind.CHOICE:
        return render(column.words[str(value)])
    if column.kind in (Kind.NUMBER, Kind.PERCENT):
        return _number_cell(value)
    if column.kind in _LINES:
        return _lines_cell(column, value)
    return str(value)


def decode(column: Column, cell: Cell) -> Value:
    """The value in a cell that is not empty. Raises CellError."""
    if column.kind is Kind.FLAG:
        return _flag(cell)
    if column.kind is Kind.CHOICE:
        return _choice(column, _text(cell))
    if column.kind is Kind.TIME:
        return _time(cell)
    if column.kind is Kind.DATE and isinstance(cell, (int, float)) and not isinstance(cell, bool):
        raise CellError(
            msg("“{value}” is a number, not a date", value=_text(cell)),
            msg("for example {example}", example="2025-03-28"),
        )
    if column.kind in _LINES:
        return _lines(column, _text(cell))
    if column.kind is Kind.PERCENT and isinstance(cell, float) and 0 < cell < 1:
        # A cell formatted as a percentage holds its hundredth.
        return f"{_decimal(cell * 100)}%"
    text = _text(cell)
    if column.kind is Kind.NUMBER:
        return _bare_number(text)
    return clean_name(_NEW_LINE.sub(_joined, text)) if column.kind is Kind.NAME else text


def _bare_number(text: str) -> str:
    """`40分`, `第4个`, `３号` and `五` are numbers too; anything else stays as it is, to be read or refused as it stands."""
    plain = normalise_typed(text)
    if plain in _CHINESE_NUMBERS:
        return str(_CHINESE_NUMBERS.index(plain) + 1)
    found = _COUNTED.fullmatch(plain)
    return found[1] if found else text


def _joined(broken: re.Match[str]) -> str:
    """A name broken over two lines inside its cell is one name: a space only between Latin words."""
    return " " if broken[1].isascii() and broken[2].isascii() else ""


def _number_cell(value: Value) -> str | float:
    """A number where Excel holds it exactly as people read it, else text (`1/3`)."""
    text = str(value)
    try:
        number = float(text)
    except ValueError:
        return text
    return number if _decimal(number) == text else text


def _decimal(number: float) -> str:
    """The decimal a person sees in the cell: Excel computes in binary and shows at most fifteen digits."""
    shown = format(number, ".12f").rstrip("0").rstrip(".")
    return shown if shown not in ("-0", "") else "0"


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return _decimal(float(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell).strip()


def _flag(cell: Cell) -> bool:
    key = match_key(_text(cell))
    if key in _TRUE | said(_YES):
        return True
    if key in _FALSE | said(_NO):
        return False
    raise CellError(msg("must be yes or no"), msg("for example {example}", example=_YES))


def _choice(column: Column, text: str) -> str:
    key = match_key(text)
    for code, words in column.words.items():
        if key == code or key in said(words):
            return code
    raise CellError(
        msg("“{value}” is not known here", value=text),
        msg("it may be {choices}", choices=tuple(column.words.values())),
    )


def _time(cell: Cell) -> str:
    """Minutes and seconds, as numbers or in words (`8分30秒`). Excel takes a typed `8:00` for eight o'clock, which is what is
    meant by it here too. A bare 8 may be minutes or seconds, and is asked about."""
    if isinstance(cell, timedelta):
        total = int(cell.total_seconds())
        cell = time(total // 3600 % 24, total // 60 % 60, total % 60)
    if isinstance(cell, (datetime, time)):
        return f"{cell.hour}:{cell.minute:02d}" if cell.hour and not cell.second else f"{cell.minute}:{cell.second:02d}"
    text = _text(cell)
    plain = normalise_typed(text)
    if _BARE_TIME.fullmatch(plain) and 0 < int(plain) < 60:
        raise CellError(
            msg("“{value}” may be minutes or seconds", value=text),
            msg("write {minutes} or {seconds}", minutes=f"{int(plain)}:00", seconds=f"0:{int(plain):02d}"),
        )
    spoken = _SPOKEN_TIME.fullmatch(plain)
    if plain and spoken:
        return _clock(int(spoken[1] or 0) * 60 + int(spoken[2] or 0))
    return text


def _lines_cell(column: Column, value: Value) -> str:
    """The plain form where it reads back to the same, else JSON."""
    assert isinstance(value, Sequence)
    try:
        plain = "\n".join(_LINES[column.kind][0](item) for item in value)
        back = _lines(column, plain)
    except (KeyError, CellError):
        return json.dumps(value, ensure_ascii=False)
    # Short bands are read where the definition is, and the numbers of a plain list as texts: those compare as text.
    same = column.kind is Kind.BANDS or (
        list(map(str, back)) == list(map(str, value)) if column.kind is Kind.LIST else back == list(value)
    )
    return plain if same else json.dumps(value, ensure_ascii=False)


def _lines(column: Column, text: str) -> list[Value]:
    if text.startswith(("[", "{")):
        try:
            whole = json.loads(text, parse_float=str)
        except ValueError:
            whole = None
        if isinstance(whole, list):
            return whole
    # Several lines are the entries, whatever marks they hold; a single one may hold them all. Names of another sheet have no
    # commas in them that could be meant.
    marks = re.compile("\n")
    if column.kind is Kind.LIST and "\n" not in text:
        marks = _NAME_MARKS if column.source else _LIST_MARKS
    return [_LINES[column.kind][1](line.strip()) for line in marks.split(text) if line.strip()]


def _write_pair(name: str, number: str) -> Callable[[Mapping[str, Value]], str]:
    def write(item: Mapping[str, Value]) -> str:
        if set(item) != {name, number}:
            raise KeyError(name)
        return f"{item[name]} = {item[number]}"

    return write


def _read_pair(name: str, number: str) -> Callable[[str], Value]:
    def read(line: str) -> Value:
        found = _PAIR.fullmatch(line)
        if not found:
            raise CellError(
                msg("“{text}” has no number after it", text=line), msg("for example {example}", example="优秀 = 100")
            )
        return {name: found[1].strip(), number: _whole(normalise_typed(found[2]))}

    return read


def _write_band(item: Mapping[str, Value]) -> str:
    line = f"{item['min']}~{item['max']} {item['name']}" + (f"：{item['text']}" if "text" in item else "")
    band = short_band(line)
    if band is None or "\n" in line or band_table(band) != item:
        raise KeyError(line)
    return line


def _write_time_band(item: Mapping[str, Value]) -> str:
    every = f" / {_clock(item['every'])}" if "every" in item else ""
    return f"{_clock(item['from'])} = {item['points']}{every}"


def _clock(seconds: Value) -> str:
    assert isinstance(seconds, int)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _read_time_band(line: str) -> Value:
    found = _TIME_BAND.fullmatch(line)
    if not found:
        raise CellError(msg("“{text}” is no time band", text=line), msg("for example {example}", example="0:11 = -1"))
    band: dict[str, Value] = {"from": _seconds(found[1]), "points": _whole(normalise_typed(found[2]))}
    if found[3]:
        band["every"] = _seconds(found[3])
    return band


def _seconds(text: str) -> int:
    minutes, _, seconds = normalise_typed(text).rpartition(":")
    return int(minutes or 0) * 60 + int(seconds or 0)


def _whole(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?\d+", text) else text


_LINES: Mapping[Kind, tuple[Callable[..., str], Callable[[str], Value]]] = {
    Kind.LIST: (str, str),
    Kind.BANDS: (_write_band, str),
    Kind.GRADES: (_write_pair("name", "points"), _read_pair("name", "points")),
    Kind.ITEMS: (_write_pair("text", "off"), _read_pair("text", "off")),
    Kind.TIME_BANDS: (_write_time_band, _read_time_band),
}
"""How one item of a list is written on a line, and read from it."""
