"""Which rounds are ranked together: rounds of one series that follow one another. Venues in parallel never, unless declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from judge_tui.domain.errors import Problem
from judge_tui.domain.messages import msg
from judge_tui.domain.season.declared import Declared
from judge_tui.domain.season.matching import Matches
from judge_tui.domain.season.rounds import Round


@dataclass(frozen=True, slots=True)
class Field:
    """Rounds ranked as one, in their order. `parallel` says that it was kept apart from others of its series."""

    name: str
    rounds: tuple[Round, ...]
    parallel: bool = False


def fields_of(
    rounds: Sequence[Round], matches: Matches, declared: Declared, problems: list[Problem]
) -> tuple[Field, ...]:
    """The fields of a season, in the order of their first rounds.

    Rounds of one series and one host are ranked together, unless two of them are parallel: of one season, with no
    organisation in common. Then each round stands by itself, and so does a round of no series.
    """
    found: list[Field] = []
    left = {item.id: item for item in rounds}
    for number, together in enumerate(declared.together, 1):
        where = f"rankings[{number}].events"
        for event in together.events:
            if event not in left:
                problems.append(
                    Problem(
                        where,
                        msg("there is no event “{event}”, or it is in another ranking already", event=event),
                        msg("it may be {choices}", choices=tuple(left)),
                    )
                )
        chosen = set(together.events)
        found.append(Field(together.name, tuple(item for item in rounds if item.id in chosen and item.id in left)))
        left = {event: item for event, item in left.items() if event not in chosen}
    series: dict[str, list[Round]] = {}
    for item in left.values():
        series.setdefault(item.series, []).append(item)
    for name, members in series.items():
        found += _split(name, members, matches)
    place = {item.id: index for index, item in enumerate(rounds)}
    return tuple(sorted((item for item in found if item.rounds), key=lambda item: place[item.rounds[0].id]))


def _split(series: str, members: Sequence[Round], matches: Matches) -> list[Field]:
    hosts: dict[str, list[Round]] = {}
    for item in members:
        hosts.setdefault(item.host, []).append(item)
    found: list[Field] = []
    for host, rounds in hosts.items():
        if series and not _parallel(rounds, matches):
            found.append(Field(host if len(hosts) > 1 and host else series, tuple(rounds)))
        else:
            found += [Field(item.title, (item,)) for item in rounds]
    return [replace(item, parallel=bool(series)) for item in found] if len(found) > 1 else found


def _parallel(rounds: Sequence[Round], matches: Matches) -> bool:
    who = {item.id: {matches.identity[item.id, showing.organisation] for showing in item.showings} for item in rounds}
    return any(one.season == two.season and not who[one.id] & who[two.id] for one, two in combinations(rounds, 2))
