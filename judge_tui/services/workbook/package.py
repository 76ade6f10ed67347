"""What an .xlsx file says about its cells beside their values: formulas nobody ever computed, errors, hidden rows.

The library that reads values takes the first two for empty cells, and does not tell the third.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

MOST_BYTES = 50_000_000
"""A sheet longer than this is not looked at: no definition is."""

_BROKEN = (zipfile.BadZipFile, ElementTree.ParseError, KeyError, OSError, ValueError, RuntimeError)


@dataclass(slots=True)
class Marks:
    """Of one sheet: cells (`B5`) whose formula has no value, cells that hold an error and which, hidden rows counted from 1."""

    uncomputed: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def marks_of(path: Path) -> dict[str, Marks]:
    """The marks of each sheet by its name; nothing for what is no .xlsx file, or cannot be read as one."""
    try:
        with zipfile.ZipFile(path) as package:
            return {name: _marks(package, part) for name, part in _parts(package)}
    except _BROKEN:
        return {}


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part it stands in."""
    where = {
        item.get("Id", ""): item.get("Target", "")
        for item in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    for item in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if _local(item.tag) == "sheet":
            key = next((value for name, value in item.attrib.items() if name.endswith("}id")), "")
            target = where.get(key, "")
            yield item.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _marks(package: zipfile.ZipFile, part: str) -> Marks:
    found = Marks()
    if package.getinfo(part).file_size > MOST_BYTES:
        return found
    for _, item in ElementTree.iterparse(io.BytesIO(package.read(part))):
        kind = _local(item.tag)
        if kind == "row":
            if item.get("hidden") in ("1", "true"):
                found.hidden.add(int(item.get("r", "0")))
            item.clear()
        elif kind == "c":
            _cell(item, found)
    return found


def _cell(item: ElementTree.Element, found: Marks) -> None:
    parts = {_local(part.tag): part.text for part in item}
    where = item.get("r", "")
    if item.get("t") == "e":
        found.errors[where] = parts.get("v") or ""
    elif "f" in parts and not parts.get("v") and item.get("t") != "str":
        found.uncomputed.append(where)


def _local(tag: str) -> str:
    """A tag without its namespace: strict files have another one."""
    return tag.rpartition("}")[2]
