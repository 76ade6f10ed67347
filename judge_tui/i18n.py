"""Languages: turns a `Message` into Chinese or English through the gettext catalogue.

English is the wording in the code; `locale/zh_CN/*.po` hold the Chinese, one file a room, compiled into one catalogue when
the package is built. The language may be switched while running: nothing keeps rendered text.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from judge_tui.domain.messages import Message
from judge_tui.domain.shown import shown

LANGUAGES = {"zh": "zh_CN", "en": "en"}
"""The languages a person can choose, and the catalogue's name of each."""

_LOCALE = Path(__file__).parent / "locale"


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("judge_tui", _LOCALE, languages=[LANGUAGES[language]], fallback=True)


def speak_everywhere(language: str) -> None:
    """Let the words of the command-line library come from the same catalogue: it asks gettext for the process's domain."""
    os.environ["LANGUAGE"] = LANGUAGES[language]
    gettext.bindtextdomain("judge_tui", _LOCALE)
    gettext.textdomain("judge_tui")


class Translator:
    """Renders messages in one language at a time. `on_switch` callbacks run after the language has changed."""

    def __init__(self, language: str = "zh") -> None:
        self.language = language
        self._watchers: list[Callable[[], None]] = []

    def switch(self, language: str) -> None:
        """Use another language from now on. Raises KeyError for one there is no catalogue of."""
        _ = LANGUAGES[language]
        self.language = language
        for watcher in tuple(self._watchers):
            watcher()

    def on_switch(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` whenever the language changes."""
        self._watchers.append(watcher)

    def forget(self, watcher: Callable[[], None]) -> None:
        """No longer call `watcher`."""
        if watcher in self._watchers:
            self._watchers.remove(watcher)

    def __call__(self, message: Message | str, /, **values: object) -> str:
        """The message in the current language; a plain string is taken as a text to translate."""
        return self.render(Message(message, values) if isinstance(message, str) else message)

    def render(self, message: Message) -> str:
        """The message in the current language, with nested messages and lists rendered too.

        What fills the places may have been written by anybody: see `shown`.
        """
        catalogue = _catalogue(self.language)
        if message.plural:
            text = catalogue.ngettext(message.text, message.plural, message.count)
        else:
            text = catalogue.gettext(message.text)
        return text.format(**{key: self._value(value) for key, value in message.values.items()})

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            return self.render(value)
        if isinstance(value, tuple):
            return ("、" if self.language == "zh" else ", ").join(str(self._value(item)) for item in value)
        return shown(value) if isinstance(value, str) else value


translator = Translator()
"""The program's one translator: the composition root sets its language, all that shows text renders through it."""
