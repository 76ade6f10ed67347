"""Ids: where they come from when nobody gives one, that none stands twice, and how a word in the file finds its target.

An id that is not given is made from the name, not from the position: adding a village in the middle of a list moves no marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from judge_tui.domain.definition.fields import Section, nearest_word
from judge_tui.domain.messages import Message, msg

_NOT_ID = re.compile(r"[^\w.-]+")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_GAP = re.compile(f"(?<=[{_HAN}])[ \u3000]+(?=[{_HAN}])")
ID_LENGTH = 64
EVENT_LENGTH = 24


def has_han(text: str) -> bool:
    """Whether there is any Chinese character in a text."""
    return re.search(f"[{_HAN}]", text) is not None


def match_key(name: str) -> str:
    """What two spellings of one name share: NFKC, no spaces between Chinese characters (`张　三`), no case."""
    return _HAN_GAP.sub("", unicodedata.normalize("NFKC", name)).strip().casefold()


def slug(name: str, fallback: str) -> str:
    """An id made from a name: what an id cannot hold becomes `-`; `fallback` where nothing is left."""
    clean = _NOT_ID.sub("-", _HAN_GAP.sub("", unicodedata.normalize("NFC", name)))
    return clean.strip("-.")[:ID_LENGTH].strip("-.") or fallback


def event_slug(title: str) -> str:
    """An event's id made from its title, short enough for the names of files: official titles run to sixty characters."""
    return slug(title, "event")[:EVENT_LENGTH].strip("-.") or "event"


class Register:
    """The ids of one kind of table (organisations, groups …) while a definition is read."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        self._shown: dict[str, str] = {}

    def __contains__(self, identity: str) -> bool:
        return identity in self._places

    def __len__(self) -> int:
        return len(self._places)

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids, in the order of the file."""
        return tuple(self._places)

    def add(self, identity: str, name: str = "", place: str = "") -> None:
        """Take an id that is known to be free."""
        self._places[identity] = place
        if name:
            self._shown[identity] = name
            self._names.setdefault(match_key(name), []).append(identity)

    def enter(self, section: Section, name: str, fallback: str) -> str:
        """The id of a table: as given under `id`, else from its name. An id that stands already is a problem."""
        given = section.identifier("id")
        identity = given or slug(name, fallback)
        if identity in self._places:
            key, word = ("id", given) if given else ("name", name)
            section.problem(
                key,
                msg("“{word}” stands twice, also at {place}", word=word, place=self._places[identity] or "?"),
                msg("give each its own id"),
            )
            while identity in self._places:
                identity += "_"
        self.add(identity, name, section.path)
        return identity

    def find(self, section: Section, key: str, word: str) -> str:
        """The id that a word means: the id itself or a name that only one has. Otherwise a problem, and the word as it is."""
        if word in self._places:
            return word
        named = self._names.get(match_key(word), [])
        if len(named) == 1:
            return named[0]
        if named:
            section.problem(
                key,
                msg("“{word}” is the name of several", word=word),
                msg("write the id: {choices}", choices=tuple(named)),
            )
            return word
        near = nearest_word(word, self.words)
        hint = msg("did you mean “{key}”?", key=near) if near else self._known()
        section.problem(key, msg("there is no “{word}”", word=word), hint)
        return word

    def find_all(self, section: Section, key: str, words: Iterable[str]) -> tuple[str, ...]:
        """`find` for a list; a word that stands twice in it is a problem."""
        found: list[str] = []
        for word in words:
            identity = self.find(section, key, word)
            if identity in found:
                section.problem(key, msg("“{word}” stands twice here", word=word), msg("name each once"))
            else:
                found.append(identity)
        return tuple(found)

    def _known(self) -> Message:
        if not self._places:
            return msg("the definition has none")
        return msg("it may be {choices}", choices=self.words[:12])

    @property
    def words(self) -> tuple[str, ...]:
        """What a person may write for each: the name he gave it where only one has it, else its id."""
        return tuple(self._word(identity) for identity in self._places)

    def _word(self, identity: str) -> str:
        name = self._shown.get(identity, "")
        own = bool(name and self._places[identity]) and len(self._names[match_key(name)]) == 1
        return name if own else identity
