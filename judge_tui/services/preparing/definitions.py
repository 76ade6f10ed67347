"""Definition files: read with every problem and its line, written whole or not at all, and the samples that ship."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from judge_tui import settings
from judge_tui.domain.definition import read_definition, write_definition
from judge_tui.domain.definition.rules_checks import require_sound_rules
from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.errors import DefinitionError, JudgeTuiError, Problem
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.i18n import Translator
from judge_tui.services.reading import reading

DEFINITION_NAME = "event.toml"
"""The definition's name in a folder that is an event."""

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
"""What the name of a definition ends in where it is a workbook and no text."""

OFFICE = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")
"""What files of office programs begin with, whatever they are called."""

LIST_SUFFIXES = (".csv", ".tsv", ".txt")
"""What the name of a list or a table ends in, which is no definition."""

MOST_BYTES = 8_000_000
DATABASE = b"SQLite format 3"
"""What a file of records begins with."""


def load_definition(path: Path, changes: list[Message] | None = None) -> Event:
    """The event that a TOML file or a workbook defines; a folder stands for the `event.toml` inside it. `changes` is told
    which names of a workbook were altered on the way.

    Raises DefinitionError with every problem and its line, JudgeTuiError (`NO_FILE`, `UNREADABLE`) where there is no such file
    or it cannot be read.
    """
    path = definition_file(path)
    if path.suffix.lower() in LIST_SUFFIXES and path.is_file():
        hint = msg(
            "a list goes into one with: judge-tui new --organisations {file}, or --judges", file=verbatim(path.name)
        )
        raise DefinitionError(str(path), [Problem("", msg("is a list, not a definition"), hint)])
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        from judge_tui.services.workbook import read_workbook

        return read_workbook(path, changes=changes)
    mapping, lines = parse_toml(_decode(path), str(path))
    event = read_definition(mapping, str(path), lines)
    require_sound_rules(event, str(path), lines)
    return event


def definition_file(path: Path) -> Path:
    """The file that a path means: itself, or the `event.toml` of a folder."""
    return path / DEFINITION_NAME if path.is_dir() else path


def save_definition(event: Event, path: Path, *, replace: bool = False) -> None:
    """Write the event as TOML, whole or not at all. Raises JudgeTuiError (`EXISTS`) rather than replace a file unasked,
    `UNWRITABLE` where it cannot be written."""
    write_whole(path, definition_text(event), replace=replace)


def save_workbook(
    event: Event, path: Path, language: str = "zh", *, replace: bool = False, fresh: bool = False
) -> None:
    """Write the event as an Excel workbook in a language, whole or not at all (`fresh`: to be given a title of its own); the
    errors of `save_definition`, and `EXTRA` where the library for it is not installed."""
    try:
        from judge_tui.services.workbook import workbook_bytes

        content = workbook_bytes(event, Translator(language).render, fresh=fresh)
    except ImportError as error:
        raise JudgeTuiError(
            "EXTRA",
            msg("Writing a workbook needs a part that is not installed: {part}", part=verbatim("XlsxWriter")),
            msg("Install it with: pip install 'judge-tui[excel]', or write the definition as TOML."),
        ) from error
    write_whole(path, content, replace=replace)


def definition_text(event: Event) -> str:
    """The event as TOML as a person would write it: `[event]` first, one `[[table]]` for each thing that has more than a name."""
    import tomli_w

    mapping = write_definition(event)
    head = mapping.pop("event")
    assert isinstance(head, dict)
    for key in ("organisations", "judges"):
        if key in mapping and _all_names(mapping[key]):
            head[key] = mapping.pop(key)
    parts = [tomli_w.dumps({"event": head}, multiline_strings=True)]
    for key, value in mapping.items():
        if isinstance(value, list):
            for item in value:
                table = item if isinstance(item, dict) else {"name": item}
                # A table of a list is headed like any other, with double brackets; tables inside it belong to the last one.
                text = tomli_w.dumps({key: table}, multiline_strings=True)
                parts.append(f"[[{key}]]" + text.removeprefix(f"[{key}]"))
        else:
            parts.append(tomli_w.dumps({key: value}, multiline_strings=True))
    return "\n".join(parts)


def _all_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def write_whole(path: Path, content: str | bytes, *, replace: bool = False) -> None:
    """Write a file (text as UTF-8) so that it is there whole or not at all; the errors of `save_definition`."""
    part = path.with_name(path.name + ".part")
    claimed = False
    try:
        if not replace:
            path.touch(exist_ok=False)
            claimed = True
        with part.open("wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except FileExistsError as error:
        raise JudgeTuiError(
            "EXISTS", msg("{path} is there already", path=str(path)), msg("Choose another name; nothing was replaced.")
        ) from error
    except OSError as error:
        part.unlink(missing_ok=True)
        if claimed:
            path.unlink(missing_ok=True)
        raise JudgeTuiError(
            "UNWRITABLE",
            msg("{path} cannot be written: {reason}", path=str(path), reason=verbatim(error.strerror)),
            msg("Choose a folder that you may write to, with room on the disk."),
        ) from error


def sample_definitions(data: Path) -> tuple[Path, ...]:
    """The sample events in a data folder and the folders in it, by name of their folders."""
    return tuple(sorted(data.rglob(DEFINITION_NAME)))


def template_names() -> tuple[str, ...]:
    """The kinds of contest there is a template for."""
    return tuple(sorted({path.name.split(".")[0] for path in settings.templates_folder().glob("*.toml")}))


def template_text(template: str, language: str = "zh") -> str:
    """A commented definition to fill in: a template in a language, or a sample event by the name of its folder.

    Raises JudgeTuiError (`TEMPLATE`) for an unknown one.
    """
    if template in template_names():
        return (settings.templates_folder() / f"{template}.{language}.toml").read_text(encoding="utf-8")
    samples = {path.parent.name: path for path in sample_definitions(settings.data_folder())}
    if template in samples:
        return samples[template].read_text(encoding="utf-8")
    raise JudgeTuiError(
        "TEMPLATE",
        msg("There is no template “{name}”", name=template),
        msg(
            "The templates are: {templates}\nThe samples are: {samples}",
            templates=template_names(),
            samples=tuple(samples),
        ),
    )


def template_event(template: str, language: str = "zh") -> Event:
    """The event that a template describes as it stands."""
    mapping, lines = parse_toml(template_text(template, language), template)
    return read_definition(mapping, template, lines)


def write_free(folder: Path, text: str) -> Path:
    """Write a definition under the first free name `contest.toml`, `contest-2.toml` … in a folder; the file's path.

    Raises JudgeTuiError (`UNWRITABLE`).
    """
    number = 1
    while True:
        path = folder / (f"contest-{number}.toml" if number > 1 else "contest.toml")
        try:
            write_whole(path, text)
        except JudgeTuiError as error:
            if error.code != "EXISTS":
                raise
            number += 1
        else:
            return path


def media_problems(event: Event, definition: Path) -> tuple[Problem, ...]:
    """Pictures and papers that are not in the media folder beside the definition, or are not those the definition pins.

    Nothing fails for want of them: a missing one shows its caption.
    """
    folder = media_folder(definition)
    found = []
    for organisation in event.organisations:
        for material in organisation.materials:
            path = folder / material.file
            if not path.is_file():
                found.append(
                    Problem(organisation.name, msg("{file} is not in {folder}", file=material.file, folder=str(folder)))
                )
            elif material.sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != material.sha256:
                found.append(
                    Problem(
                        organisation.name, msg("{file} is not the file that the definition pins", file=material.file)
                    )
                )
    return tuple(found)


def media_folder(definition: Path) -> Path:
    """Where a definition's pictures and papers are: `media` beside it."""
    return definition_file(definition).parent / "media"


def _decode(path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark."""
    with reading(path):
        if path.stat().st_size > MOST_BYTES:
            raise DefinitionError(str(path), [Problem("", msg("is too big for a definition"))])
        raw = path.read_bytes()
    if raw.startswith(DATABASE):
        hint = msg("leave --marks out to rank it; its definition comes from judge-tui export --what definition")
        raise DefinitionError(str(path), [Problem("", msg("is a file of records, not a definition"), hint)])
    if raw.startswith(OFFICE):
        hint = msg("a definition is a text (.toml) or a workbook (.xlsx): judge-tui new writes either")
        raise DefinitionError(str(path), [Problem("", msg("is a file of an office program, not a definition"), hint)])
    if not raw.strip(b"\xef\xbb\xbf \t\r\n\0"):
        hint = msg("judge-tui new writes a definition to fill in")
        raise DefinitionError(str(path), [Problem("", msg("the file is empty"), hint)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DefinitionError(str(path), [Problem("", _encoding(raw), _SAVE_AS, line=line)]) from error


_SAVE_AS = msg("open it in an editor and save it as UTF-8 (Notepad: Save as, Encoding: UTF-8)")


def _encoding(raw: bytes) -> Message:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return msg("the file is in {encoding}, not in UTF-8", encoding=verbatim("UTF-16"))
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return msg("the file is not text in UTF-8")
    return msg("the file is in {encoding}, not in UTF-8", encoding=verbatim("GB18030 (GBK)"))
