"""Which organisations of different events are one and the same: by id and name together; what is doubtful is listed, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.errors import Problem
from judge_tui.domain.messages import msg
from judge_tui.domain.season.declared import Declared
from judge_tui.domain.season.rounds import Key, Round

_BODY = re.compile(r"(?:党支部|党总支|党委|党组织|村民委员会|居民委员会|村委会|居委会)$")
_KIND = re.compile(r"(?:行政村|村|社区)$")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two that may be one. `kind` is `id` (one id, two names), `name` (one name, two ids) or `like` (names that differ only in
    村, 社区 or 党支部)."""

    kind: str
    first: Key
    first_name: str
    second: Key
    second_name: str


@dataclass(frozen=True, slots=True)
class Matches:
    """Who is who: `identity` gives each organisation at each event the key of its identity; `names` the latest name of it."""

    identity: dict[Key, str]
    names: dict[str, str]
    doubts: tuple[Doubt, ...]


def stem(name: str) -> str:
    """A name without what kind of body it is: 才头村党支部, 才头村 and 才头 share one."""
    plain = _BODY.sub("", match_key(name))
    return _KIND.sub("", plain) or plain


class _Union:
    """Sets of keys that grow together; a set never holds two organisations of one event."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.sets: dict[Key, frozenset[Key]] = {key: frozenset({key}) for key in keys}

    def join(self, first: Key, second: Key, apart: frozenset[frozenset[Key]] = frozenset()) -> bool:
        """Whether they are one set afterwards."""
        one, two = self.sets[first], self.sets[second]
        if one is two:
            return True
        both = one | two
        if len({event for event, _ in both}) < len(both):
            return False
        if any(frozenset({a, b}) in apart for a in one for b in two):
            return False
        for key in both:
            self.sets[key] = both
        return True


def match(rounds: Sequence[Round], declared: Declared, problems: list[Problem]) -> Matches:
    """Match the organisations of rounds given in their order; what is declared wrongly is added to `problems`."""
    names = {(item.id, showing.organisation): showing.name for item in rounds for showing in item.showings}
    union = _Union(names)
    apart = _apart(declared, names, problems)
    _declare_same(declared, names, union, apart, problems)
    by_id: dict[str, list[Key]] = {}
    for key in names:
        by_id.setdefault(key[1], []).append(key)
    for keys in by_id.values():
        for first, second in combinations(keys, 2):
            if declared.stable_ids or match_key(names[first]) == match_key(names[second]):
                union.join(first, second, apart)
    doubts = _doubts(names, union, apart)
    return _named(names, union, doubts)


def _apart(declared: Declared, names: dict[Key, str], problems: list[Problem]) -> frozenset[frozenset[Key]]:
    for number, group in enumerate(declared.different, 1):
        _known(group, f"season.different[{number}]", names, problems)
    return frozenset(frozenset(pair) for group in declared.different for pair in combinations(group, 2))


def _declare_same(
    declared: Declared,
    names: dict[Key, str],
    union: _Union,
    apart: frozenset[frozenset[Key]],
    problems: list[Problem],
) -> None:
    for number, group in enumerate(declared.same, 1):
        where = f"season.same[{number}]"
        if not _known(group, where, names, problems):
            continue
        for other in group[1:]:
            if not union.join(group[0], other, apart):
                problems.append(
                    Problem(
                        where,
                        msg(
                            "{first} and {second} cannot be the same", first=":".join(group[0]), second=":".join(other)
                        ),
                        msg("two of one event are never one, nor two that are declared to be different"),
                    )
                )


def _known(group: Sequence[Key], where: str, names: dict[Key, str], problems: list[Problem]) -> bool:
    strange = [key for key in group if key not in names]
    for key in strange:
        problems.append(
            Problem(
                where,
                msg("there is no “{word}” in this season", word=":".join(key)),
                msg("write the ids as event:organisation, as the list of doubtful matches does"),
            )
        )
    return not strange


def _doubts(names: dict[Key, str], union: _Union, apart: frozenset[frozenset[Key]]) -> tuple[Doubt, ...]:
    """Pairs of sets that look alike. Where both events have both names, the names tell them apart and there is no doubt."""
    held: dict[str, set[str]] = {}
    for (event, _), name in names.items():
        held.setdefault(event, set()).add(match_key(name))
    alike: dict[tuple[str, str], list[Key]] = {}
    for key, name in names.items():
        alike.setdefault(("id", key[1]), []).append(key)
        alike.setdefault(("name", stem(name)), []).append(key)
    found: dict[frozenset[frozenset[Key]], Doubt] = {}
    for keys in alike.values():
        for first, second in combinations(keys, 2):
            one, two = union.sets[first], union.sets[second]
            pair = frozenset({one, two})
            if one is two or pair in found or {event for event, _ in one} & {event for event, _ in two}:
                continue
            if any(frozenset({a, b}) in apart for a in one for b in two):
                continue
            a, b = match_key(names[first]), match_key(names[second])
            if a != b and (a in held[second[0]] or b in held[first[0]]):
                continue
            kind = "name" if a == b else "id" if first[1] == second[1] else "like"
            found[pair] = Doubt(kind, first, names[first], second, names[second])
    return tuple(found.values())


def _named(names: dict[Key, str], union: _Union, doubts: tuple[Doubt, ...]) -> Matches:
    """Each set's key: its latest id, with the event before it where another set has the same id."""
    order = {key: index for index, key in enumerate(names)}
    sets = sorted(
        {item: min(order[key] for key in item) for item in union.sets.values()}.items(), key=lambda pair: pair[1]
    )
    latest = {item: max(item, key=lambda key: order[key]) for item, _ in sets}
    ids = [key[1] for key in latest.values()]
    identity: dict[Key, str] = {}
    shown: dict[str, str] = {}
    for item, _ in sets:
        event, organisation = latest[item]
        word = organisation if ids.count(organisation) == 1 else f"{event}:{organisation}"
        shown[word] = names[latest[item]]
        identity.update(dict.fromkeys(item, word))
    return Matches(identity, shown, doubts)
