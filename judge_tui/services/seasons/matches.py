"""The matches that somebody decided: a small file of the program's own beside `season.toml`, which stays as its author wrote it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.season.declared import Declared
from judge_tui.domain.season.matching import Doubt
from judge_tui.domain.season.reader import read_season
from judge_tui.domain.season.rounds import Key
from judge_tui.services.preparing.definitions import write_whole

MATCHES_NAME = "matches.toml"
"""The decisions' name in the season's folder."""


def with_matches(declared: Declared, folder: Path, read: Callable[[Path], str]) -> Declared:
    """What is declared, with what was decided in `matches.toml`. `read` reads a text. Raises DefinitionError
    where that file is wrong."""
    path = folder / MATCHES_NAME
    if not path.is_file():
        return declared
    mapping, lines = parse_toml(read(path), str(path))
    decided = read_season({"season": mapping}, str(path), lines)
    return replace(declared, same=(*declared.same, *decided.same), different=(*declared.different, *decided.different))


def decide_match(folder: Path, doubt: Doubt, *, same: bool) -> Path:
    """Record that the two are one organisation, or that they are two; the file's path.

    Raises JudgeTuiError (`UNWRITABLE`) where it cannot be written.
    """
    path = folder / MATCHES_NAME
    before = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}
    decided: dict[str, list[list[str]]] = {key: list(before.get(key, [])) for key in ("same", "different")}
    decided["same" if same else "different"].append([_text(doubt.first), _text(doubt.second)])
    text = "# Which organisations of different events are one: written by judge-tui season --review\n"
    for key, pairs in decided.items():
        text += f"{key} = [\n{_lines(pairs)}]\n"
    write_whole(path, text, replace=True)
    return path


def _text(key: Key) -> str:
    return ":".join(key)


def _lines(pairs: Sequence[Sequence[str]]) -> str:
    return "".join("    [" + ", ".join(f'"{word}"' for word in pair) + "],\n" for pair in pairs)
