"""How words reach a document: messages in the language of whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from judge_tui.domain.messages import Message, msg
from judge_tui.services.documents.paper import Text

Render = Callable[[Message], str]
"""A message in the reader's language."""


def words(text: Text, render: Render) -> str:
    """A text or a message as it is to be printed."""
    return render(text) if isinstance(text, Message) else text


def signature_line(roles: Sequence[Text], render: Render) -> str:
    """Roles with room to sign beside each."""
    return "　　".join(render(msg("{role}: ____________", role=role)) for role in roles)
