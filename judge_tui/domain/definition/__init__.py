"""From a document a person wrote to a validated `Event`, and back; all problems at once, each with its place."""

from judge_tui.domain.definition.reader import read_definition
from judge_tui.domain.definition.writer import write_definition

__all__ = ["read_definition", "write_definition"]
