"""Who and what the rows of a marks file are about: organisations, criteria, judges and their groups.

Each lookup gives one id a row (None where there is a problem, which is noted with its line), and completes the event with what
its definition left to the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from judge_tui.domain.definition.ids import match_key, slug
from judge_tui.domain.definition.people import default_group
from judge_tui.domain.event import (
    Criterion,
    CriterionId,
    Event,
    Grades,
    GroupId,
    Judge,
    JudgeGroup,
    JudgeId,
    Organisation,
    OrganisationId,
    Phase,
)
from judge_tui.domain.messages import Message, msg
from judge_tui.services.field_names import Names, Problems


def is_anonymous(criterion: Criterion) -> bool:
    """Whether the criterion's ballots carry no judge."""
    return isinstance(criterion.method, Grades) and criterion.method.anonymous


def free_ids(names: Sequence[str], fallback: str) -> list[str]:
    """An id for each name, all different."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        identity = slug(name, f"{fallback}-{number}")
        while identity in found:
            identity += "_"
        found.append(identity)
    return found


@dataclass(slots=True)
class Cast:
    """The event while it is completed from a file; `lines` are the rows' line numbers, `seats` their groups once the judges
    are read (None where it does not matter)."""

    event: Event
    lines: Sequence[int]
    problems: Problems
    seats: Sequence[GroupId | None] = ()

    def _problem(self, index: int, where: str, message: Message, hint: Message | None = None) -> None:
        self.problems.add(self.lines[index], where, message, hint)

    def organisations(self, texts: Sequence[str], orders: Sequence[str]) -> list[OrganisationId | None]:
        """Each row's organisation, by id, name or number. `orders` is the running order, where the file has it."""
        if not self.event.organisations:
            self.event = replace(self.event, organisations=self._named_in_file(texts, orders))
        names: Names[Organisation] = Names(
            self.event.organisations, lambda item: item.id, lambda item: item.name, lambda item: str(item.number)
        )

        def look_up(text: str) -> OrganisationId | None:
            found = names.find(text)
            return found.id if found else None

        known = {text: look_up(text) for text in dict.fromkeys(texts)}
        for index, text in enumerate(texts):
            if known[text] is None:
                message = (
                    msg("there is no organisation “{word}”", word=text) if text else msg("no organisation is named")
                )
                self._problem(index, "organisation", message, names.hint(text) if text else None)
        return [known[text] for text in texts]

    def _named_in_file(self, texts: Sequence[str], orders: Sequence[str]) -> tuple[Organisation, ...]:
        """Organisations in order of appearance; a column with the running order gives their numbers where it is sound."""
        first: dict[str, tuple[str, str]] = {}
        for text, order in zip(texts, orders):
            if text:
                first.setdefault(match_key(text), (text, order))
        numbers = [int(order) if order.isascii() and order.isdigit() else 0 for _, order in first.values()]
        if len(set(numbers)) < len(numbers) or not all(numbers):
            numbers = list(range(1, len(first) + 1))
        ids = free_ids([text for text, _ in first.values()], "organisation")
        found = [
            Organisation(OrganisationId(identity), number, text)
            for identity, number, (text, _) in zip(ids, numbers, first.values())
        ]
        return tuple(sorted(found, key=lambda item: item.number))

    def criteria(self, texts: Sequence[str], phases: Sequence[str]) -> list[Criterion | None]:
        """Each row's criterion, by id or name, inside its phase where one is named."""
        known: dict[tuple[str, str], Criterion | None] = {}
        by_phase: Names[Phase] = Names(self.event.phases, lambda item: item.id, lambda item: item.name)
        everything: Names[Criterion] = Names(self.event.criteria, lambda item: item.id, lambda item: item.name)
        found = []
        for index, key in enumerate(zip(texts, phases)):
            if key not in known:
                known[key] = self._criterion(*key, by_phase, everything)
            if known[key] is None:
                message = msg("there is no criterion “{word}”", word=key[0]) if key[0] else msg("no criterion is named")
                self._problem(index, "criterion", message, everything.hint(key[0]))
            found.append(known[key])
        return found

    def _criterion(
        self, text: str, phase_text: str, phases: Names[Phase], everything: Names[Criterion]
    ) -> Criterion | None:
        phase = phases.find(phase_text) if phase_text else None
        here = [item for item in self.event.criteria if phase is None or item.phase == phase.id]
        if not text:
            return here[0] if len(here) == 1 else None
        inside: Names[Criterion] = Names(here, lambda item: item.id, lambda item: item.name)
        return inside.find(text) or (everything.find(text) if phase is None else None)

    def judges(
        self, texts: Sequence[str], groups: Sequence[str], criteria: Sequence[Criterion | None]
    ) -> list[JudgeId | None]:
        """Each row's judge. Those of a definition that lists none are taken from the file, each with the criteria he marked."""
        if self.event.judges:
            return self._listed_judges(texts, groups, criteria)
        seats = self.seats = self._group_ids(groups, criteria)
        in_groups: dict[str, list[GroupId]] = {}
        for text, group in zip(texts, seats):
            if text and group is not None and group not in in_groups.setdefault(match_key(text), []):
                in_groups[match_key(text)].append(group)
        shown: dict[tuple[str, GroupId], str] = {}
        scored: dict[tuple[str, GroupId], dict[CriterionId, None]] = {}
        for index, (text, group, criterion) in enumerate(zip(texts, seats, criteria)):
            if not text:
                if not (criterion and is_anonymous(criterion)):
                    self._problem(index, "judge", msg("no judge is named"))
                continue
            if group is not None and criterion is not None:
                shown.setdefault((match_key(text), group), text)
                scored.setdefault((match_key(text), group), {})[criterion.id] = None
        names = [text if len(in_groups[key]) == 1 else f"{group}:{text}" for (key, group), text in shown.items()]
        ids = dict(zip(shown, free_ids(names, "judge")))
        self.event = replace(
            self.event,
            judges=tuple(
                Judge(JudgeId(ids[key]), name, key[1], criteria=tuple(scored[key])) for key, name in zip(shown, names)
            ),
        )
        return [
            JudgeId(ids[match_key(text), group]) if group is not None and (match_key(text), group) in ids else None
            for text, group in zip(texts, seats)
        ]

    def _listed_judges(
        self, texts: Sequence[str], groups: Sequence[str], criteria: Sequence[Criterion | None]
    ) -> list[JudgeId | None]:
        """Judges of the definition; one that it does not name keeps his own words, so that the result can say so."""
        everyone: Names[Judge] = Names(self.event.judges, lambda item: item.id, lambda item: item.name)
        by_group: Names[JudgeGroup] = Names(self.event.groups, lambda item: item.id, lambda item: item.name)
        unsigned = [
            not text and criterion is not None and is_anonymous(criterion) for text, criterion in zip(texts, criteria)
        ]
        self.seats = self._group_ids(groups, criteria) if any(unsigned) else [None] * len(texts)
        known: dict[tuple[str, str], JudgeId | None] = {}
        for index, key in enumerate(zip(texts, groups)):
            text, group_text = key
            if not text:
                known[key] = None
                if not unsigned[index]:
                    self._problem(index, "judge", msg("no judge is named"))
            if key in known:
                continue
            group = by_group.find(group_text) if group_text else None
            members = [item for item in self.event.judges if group is None or item.group == group.id]
            found = Names(members, lambda item: item.id, lambda item: item.name).find(text)
            if found is None and group is not None and (other := everyone.find(text)) is not None:
                message = msg("{judge} is not in the group “{group}”", judge=other.name, group=group.name)
                self._problem(index, "group", message)
            known[key] = found.id if found else JudgeId(text)
        return [known[key] for key in zip(texts, groups)]

    def _group_ids(self, texts: Sequence[str], criteria: Sequence[Criterion | None]) -> list[GroupId | None]:
        """The groups the rows name. A definition without groups takes them from the file; an empty cell means the only group, or
        the only one that scores the criterion."""
        if self.event.groups == (default_group(self.event.title),) and any(texts):
            named = {match_key(text): text for text in reversed(texts) if text}
            words = list(dict.fromkeys(named[match_key(text)] for text in texts if text))
            groups = [JudgeGroup(GroupId(identity), word) for identity, word in zip(free_ids(words, "group"), words)]
            self.event = replace(self.event, groups=(*groups, *(self.event.groups if not all(texts) else ())))
        names: Names[JudgeGroup] = Names(self.event.groups, lambda item: item.id, lambda item: item.name)
        found: list[GroupId | None] = []
        for index, (text, criterion) in enumerate(zip(texts, criteria)):
            group = names.find(text) if text else self._only_group(criterion)
            if group is None:
                message = msg("there is no group “{word}”", word=text) if text else msg("no group is named")
                self._problem(index, "group", message, names.hint(text))
            elif criterion is not None and criterion.groups and group.id not in criterion.groups:
                message = msg(
                    "“{criterion}” is not scored by the group “{group}”", criterion=criterion.name, group=group.name
                )
                self._problem(index, "group", message)
            found.append(group.id if group else None)
        return found

    def _only_group(self, criterion: Criterion | None) -> JudgeGroup | None:
        choices = criterion.groups if criterion and criterion.groups else tuple(item.id for item in self.event.groups)
        default = default_group(self.event.title)
        if default in self.event.groups:
            return default
        return self.event.group_by_id[choices[0]] if len(choices) == 1 else None
