"""One line being typed: the text, the caret, and what each key does to it. Full-width digits become digits at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from judge_tui.domain.numbers import normalise_typed

LONGEST = 24
"""Characters a mark's field takes; more is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """What stands in a field and where the caret is (0 before the first character)."""

    text: str = ""
    caret: int = 0

    @classmethod
    def of(cls, text: str) -> TypedText:
        """The text with the caret behind it."""
        return cls(text, len(text))

    def typed(self, characters: str) -> TypedText:
        """With characters put in at the caret; an input method's `９` and `。` are `9` and `.`."""
        clean = normalise_typed(characters) or (" " if characters.isspace() else "")
        text = self.text[: self.caret] + clean + self.text[self.caret :]
        return TypedText(text, self.caret + len(clean)) if len(text) <= LONGEST else self

    def key(self, name: str) -> TypedText | None:
        """After an editing key; None where the key is no editing key here."""
        text, caret = self.text, self.caret
        match name:
            case "backspace":
                return TypedText(text[: max(0, caret - 1)] + text[caret:], max(0, caret - 1))
            case "delete":
                return TypedText(text[:caret] + text[caret + 1 :], caret)
            case "left":
                return replace(self, caret=max(0, caret - 1))
            case "right":
                return replace(self, caret=min(len(text), caret + 1))
            case "home":
                return replace(self, caret=0)
            case "end":
                return replace(self, caret=len(text))
            case _:
                return None
