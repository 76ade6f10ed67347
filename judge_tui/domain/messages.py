"""Text for people that is not yet in any language: an English sentence with named places, and what goes in them.

The domain and the services say *what* they mean; the interface and the command line decide the language when they show it
(see `judge_tui.i18n`), so that a switch of language while running re-words everything, errors and explanations included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be translated: `text` is the English original with `{named}` places, `values` fills them.

    A value may itself be a `Message`, or a tuple of values that is joined as a list in the reader's language.
    `plural` and `count` choose between singular and plural where a language has both.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    plural: str = ""
    count: int = 0

    def __str__(self) -> str:
        """The English wording, for logs and tests; people see `i18n.Translator.render`."""
        text = self.plural if self.plural and self.count != 1 else self.text
        return text.format(**{key: _plain(value) for key, value in self.values.items()})

    def __hash__(self) -> int:
        return hash((self.text, self.count, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def _plain(value: object) -> object:
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else value


def msg(text: str, /, **values: object) -> Message:
    """A message; the catalogue tools extract the first argument, which must be a literal."""
    return Message(text, MappingProxyType(values) if values else _NOTHING)


def nmsg(singular: str, plural: str, count: int, /, **values: object) -> Message:
    """A message that counts; `{count}` stands for the number."""
    return Message(singular, MappingProxyType({"count": count, **values}), plural, count)


def verbatim(text: object) -> Message:
    """A name or a number that is the same in every language."""
    return Message("{verbatim}", MappingProxyType({"verbatim": str(text)}))
