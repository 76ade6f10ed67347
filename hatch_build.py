"""Build hook: compiles the message catalogues, so that a wheel and a checkout both carry what gettext reads."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The same source gives the same bytes whenever it is built."""


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Joins `locale/LANGUAGE/*.po` (one a room; `library/` holds words of libraries) into `locale/LANGUAGE/LC_MESSAGES/judge_tui.mo`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues(Path(self.root, "judge_tui", "locale"))


def compile_catalogues(folder: Path) -> None:
    """Compile every language below `folder`."""
    for language in sorted(path for path in folder.iterdir() if path.is_dir()):
        whole = Catalog(locale=language.name, creation_date=UNDATED, revision_date=UNDATED)
        for source in sorted(language.rglob("*.po")):
            with source.open("rb") as text:
                for message in read_po(text, locale=language.name):
                    if message.id:
                        whole.add(message.id, message.string)
        target = language / "LC_MESSAGES" / "judge_tui.mo"
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as binary:
            write_mo(binary, whole)
