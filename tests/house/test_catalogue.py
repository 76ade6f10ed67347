"""The Chinese catalogue: every message of the code has its Chinese, with the same named places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[2] / "judge_tui"
PLACES = re.compile(r"\{(\w*)[^}]*\}")


def in_code() -> dict[str, tuple[str, ...]]:
    """Message id to all its English forms."""
    found: dict[str, tuple[str, ...]] = {}
    for _, _, message, _, _ in extract_from_dir(str(PACKAGE), keywords={"msg": None, "nmsg": (1, 2)}):
        forms = message if isinstance(message, tuple) else (message,)
        found[forms[0]] = forms
    return found


def entries() -> Iterator[tuple[str, Entry]]:
    """Every entry of every room with its English."""
    for source in sorted((PACKAGE / "locale" / "zh_CN").glob("*.po")):
        with source.open("rb") as text:
            catalogue = read_po(text, locale="zh_CN")
        for entry in catalogue:
            if entry.id:
                yield entry.id[0] if isinstance(entry.id, (tuple, list)) else entry.id, entry


def in_chinese() -> dict[str, Entry]:
    return dict(entries())


def chinese_forms(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (entry.string,)


def test_every_message_has_its_chinese() -> None:
    chinese = in_chinese()
    bare = {text for text in in_code() if re.fullmatch(r"[\W\d]*(\{\w+\}[\W\d]*)*", text)}
    missing = [t for t in in_code() if t not in bare and not (t in chinese and all(chinese_forms(chinese[t])))]

    assert not missing, f"{len(missing)} without Chinese:\n" + "\n".join(missing)


def test_a_translation_keeps_the_named_places() -> None:
    wrong = []
    for text, entry in in_chinese().items():
        forms = entry.id if isinstance(entry.id, (tuple, list)) else (entry.id,)
        allowed = {place for form in forms for place in PLACES.findall(form)}
        wrong += [text for form in chinese_forms(entry) if set(PLACES.findall(form)) - allowed]
        if "" in PLACES.findall(text):
            wrong.append(text)

    assert not wrong


def test_the_catalogue_holds_nothing_the_code_no_longer_says() -> None:
    assert sorted(set(in_chinese()) - set(in_code())) == []


def test_no_translation_is_marked_doubtful() -> None:
    assert [key for key, entry in in_chinese().items() if entry.fuzzy] == []


def test_rooms_that_say_the_same_say_it_with_the_same_words() -> None:
    """They are one catalogue in the end: of two different translations only one would ever be seen."""
    first: dict[str, tuple[str, ...]] = {}

    assert not [
        text for text, entry in entries() if first.setdefault(text, chinese_forms(entry)) != chinese_forms(entry)
    ]


def test_one_person_has_one_name_throughout() -> None:
    """主办方 is the organiser; a second word for him would make two people of one."""
    docs = (path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "docs").glob("*.zh.md")))
    said = [*(form for entry in in_chinese().values() for form in chinese_forms(entry)), *docs]

    assert not [text[:40] for text in said if "组织者" in text or "组织方" in text]
