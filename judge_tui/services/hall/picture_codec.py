"""The ceremony's values as JSON and back: what stands in the hall's file and goes to a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType, NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from judge_tui.domain.messages import Message

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def encode(value: object) -> Any:
    """A value of the ceremony (dataclasses, messages, tuples, texts, whole numbers) in JSON's types; defaults are left out."""
    if isinstance(value, Message):
        said: dict[str, Any] = {"text": value.text, "values": {key: encode(item) for key, item in value.values.items()}}
        return {**said, "plural": value.plural, "count": value.count} if value.plural else said
    if is_dataclass(value) and not isinstance(value, type):
        found = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
        return {name: encode(item) for name, item, default in found if item is not default and item != default}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def decode(kind: Any, raw: object) -> Any:
    """What `encode` made of a value of this type. Raises ValueError for anything else, whoever wrote it."""
    if kind is Message:
        return _message(raw)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind, raw)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _either(kind, raw)
    if origin is tuple and isinstance(raw, list):
        return tuple(decode(get_args(kind)[0], item) for item in raw)
    if isinstance(kind, type) and issubclass(kind, StrEnum) and isinstance(raw, str):
        return kind(raw)
    if kind in (str, int, bool, NoneType) and type(raw) is kind:
        return raw
    raise ValueError(f"not a {kind}: {raw!r}")


def _message(raw: object) -> Message:
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str) or not isinstance(raw.get("values"), dict):
        raise ValueError(f"not a message: {raw!r}")
    plural, count = raw.get("plural", ""), raw.get("count", 0)
    if not isinstance(plural, str) or not isinstance(count, int):
        raise ValueError(f"not a message: {raw!r}")
    return Message(
        raw["text"], MappingProxyType({str(key): _value(item) for key, item in raw["values"].items()}), plural, count
    )


def _value(raw: object) -> object:
    """What fills a message's place: a text, a number, another message, or a list of these."""
    if isinstance(raw, dict):
        return _message(raw)
    if isinstance(raw, list):
        return tuple(_value(item) for item in raw)
    if isinstance(raw, (str, int)):
        return raw
    raise ValueError(f"not a value: {raw!r}")


@lru_cache(maxsize=64)
def _defaults(kind: type[DataclassInstance]) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


@lru_cache(maxsize=64)
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _dataclass(kind: type, raw: object) -> Any:
    if not isinstance(raw, dict):
        raise ValueError(f"not a {kind.__name__}: {raw!r}")
    hints = _hints(kind)
    known = {name: decode(hints[name], item) for name, item in raw.items() if name in hints}
    try:
        return kind(**known)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _either(kind: Any, raw: object) -> Any:
    for option in get_args(kind):
        try:
            return decode(option, raw)
        except ValueError:
            continue
    raise ValueError(f"not a {kind}: {raw!r}")
