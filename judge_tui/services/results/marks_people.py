"""Who and what the rows of a marks file are about: organisations, criteria, judges and their groups.

Everything distinct is looked up once; what is wrong is noted with the line where it first stands. The event is completed with
what its definition left to the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

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
from judge_tui.domain.messages import msg
from judge_tui.domain.rules import Combine, GroupRule
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.material import POOL, WHOLE
from judge_tui.domain.tabulation.scale import is_per_ballot
from judge_tui.services.results.field_names import Names, Problems


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


@dataclass(frozen=True, slots=True)
class Wording:
    """What a row says about who scored what, and the line where that first stands."""

    judge: str
    group: str
    criterion: str
    phase: str
    line: int = field(compare=False, default=0)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a wording means: a judge (None: a ballot without a name, of `group`) and a criterion (None: there is a problem)."""

    judge: JudgeId | None
    group: GroupId | None
    criterion: Criterion | None


@dataclass(slots=True)
class Cast:
    """The event while it is completed from a file."""

    event: Event
    problems: Problems

    def organisations(self, texts: Mapping[str, int], orders: Mapping[str, str]) -> dict[str, OrganisationId | None]:
        """Text to organisation, by id, name or number; `texts` has the line of each, `orders` its running order in the file."""
        if not self.event.organisations:
            self.event = replace(self.event, organisations=self._named_in_file(list(texts), orders))
        names: Names[Organisation] = Names(
            self.event.organisations, lambda item: item.id, lambda item: item.name, lambda item: str(item.number)
        )
        known: dict[str, OrganisationId | None] = {}
        for text, line in texts.items():
            found = names.find(text)
            known[text] = found.id if found else None
            if found is None and text:
                self.problems.add(
                    line, "organisation", msg("there is no organisation “{word}”", word=text), names.hint(text)
                )
            elif found is None:
                self.problems.add(line, "organisation", msg("no organisation is named"))
        return known

    @staticmethod
    def _named_in_file(texts: Sequence[str], orders: Mapping[str, str]) -> tuple[Organisation, ...]:
        """Organisations in order of appearance; a column with the running order gives their numbers where it is sound."""
        first: dict[str, str] = {}
        for text in filter(None, texts):
            first.setdefault(match_key(text), text)
        given = [orders.get(text, "") for text in first.values()]
        numbers = [int(order) if order.isascii() and order.isdigit() else 0 for order in given]
        if len(set(numbers)) < len(numbers) or not all(numbers):
            numbers = list(range(1, len(first) + 1))
        ids = free_ids(list(first.values()), "organisation")
        found = [
            Organisation(OrganisationId(identity), number, text)
            for identity, number, text in zip(ids, numbers, first.values())
        ]
        return tuple(sorted(found, key=lambda item: item.number))

    def meanings(self, wordings: Sequence[Wording]) -> list[Meaning]:
        """What each wording means. Judges that no definition lists are taken from the file, each with the criteria he marked."""
        criteria = self._criteria(wordings)
        if self.event.judges:
            return self._listed(wordings, criteria)
        return self._from_file(wordings, criteria)

    def _criteria(self, wordings: Sequence[Wording]) -> list[Criterion | None]:
        """By id or name, inside its phase where one is named."""
        by_phase: Names[Phase] = Names(self.event.phases, lambda item: item.id, lambda item: item.name)
        everything: Names[Criterion] = Names(self.event.criteria, lambda item: item.id, lambda item: item.name)
        known: dict[tuple[str, str], Criterion | None] = {}
        self._strange_phases(wordings, by_phase)
        for wording in wordings:
            key = (wording.criterion, wording.phase)
            if key not in known:
                known[key] = self._criterion(*key, by_phase, everything)
                if known[key] is None:
                    word = wording.criterion
                    message = msg("there is no criterion “{word}”", word=word) if word else msg("no criterion is named")
                    self.problems.add(wording.line, "criterion", message, everything.hint(word))
        return [known[wording.criterion, wording.phase] for wording in wordings]

    def _strange_phases(self, wordings: Sequence[Wording], phases: Names[Phase]) -> None:
        """Note phases that are none of this event's: the file may be another one's. An event of one phase need not name it."""
        if len(self.event.phases) < 2:
            return
        for word, line in {item.phase: item.line for item in reversed(wordings)}.items():
            if word and phases.find(word) is None:
                self.problems.add(line, "phase", msg("there is no phase “{word}”", word=word), phases.hint(word))

    def _criterion(
        self, text: str, phase_text: str, phases: Names[Phase], everything: Names[Criterion]
    ) -> Criterion | None:
        phase = phases.find(phase_text) if phase_text else None
        here = [item for item in self.event.criteria if phase is None or item.phase == phase.id]
        if not text:
            return here[0] if len(here) == 1 else None
        inside: Names[Criterion] = Names(here, lambda item: item.id, lambda item: item.name)
        return inside.find(text) or (everything.find(text) if phase is None else None)

    def _from_file(self, wordings: Sequence[Wording], criteria: Sequence[Criterion | None]) -> list[Meaning]:
        groups = self._group_ids(wordings, criteria)
        in_groups: dict[str, set[GroupId | None]] = {}
        shown: dict[tuple[str, GroupId], str] = {}
        scored: dict[tuple[str, GroupId], dict[CriterionId, None]] = {}
        for wording, group, criterion in zip(wordings, groups, criteria):
            if not wording.judge:
                self._nobody(wording, criterion)
            elif group is not None and criterion is not None:
                key = (match_key(wording.judge), group)
                in_groups.setdefault(key[0], set()).add(group)
                shown.setdefault(key, wording.judge)
                scored.setdefault(key, {})[criterion.id] = None
        names = [text if len(in_groups[key]) == 1 else f"{group}:{text}" for (key, group), text in shown.items()]
        ids = dict(zip(shown, map(JudgeId, free_ids(names, "judge"))))
        self._fill_sheets(scored)
        judges = tuple(Judge(ids[key], name, key[1], criteria=tuple(scored[key])) for key, name in zip(shown, names))
        self.event = replace(self.event, judges=judges)
        return [
            Meaning(ids.get((match_key(wording.judge), group)) if group is not None else None, group, criterion)
            for wording, group, criterion in zip(wordings, groups, criteria)
        ]

    def _fill_sheets(self, scored: Mapping[tuple[str, GroupId], dict[CriterionId, None]]) -> None:
        """Where whole sheets are averaged, a sheet is expected to have what the others of its panel have: somebody who has no mark
        for a criterion at all has a gap there, and no smaller sheet."""
        declared, event = Declared(self.event), self.event
        for phase in (WHOLE,) if declared.whole_sheet else (item.id for item in event.phases):
            if declared.combine(phase) is not Combine.SHEET:
                continue
            asked = [item for item in event.criteria if phase in (WHOLE, item.phase) and not is_per_ballot(item)]
            pooled = declared.groups(phase) is GroupRule.POOLED
            for group in (POOL,) if pooled else (item.id for item in event.groups):
                sheets = [(key[1], found) for key, found in scored.items() if group in (POOL, key[1])]
                there = [item for item in asked if any(item.id in found for _, found in sheets)]
                for own, found in sheets:
                    if any(item.id in found for item in there):
                        found.update((item.id, None) for item in there if not item.groups or own in item.groups)

    def _nobody(self, wording: Wording, criterion: Criterion | None) -> None:
        if criterion is None or not is_anonymous(criterion):
            self.problems.add(wording.line, "judge", msg("no judge is named"))

    def _listed(self, wordings: Sequence[Wording], criteria: Sequence[Criterion | None]) -> list[Meaning]:
        """Judges of the definition; one that it does not name keeps his own words, so that the result can say so."""
        everyone: Names[Judge] = Names(self.event.judges, lambda item: item.id, lambda item: item.name)
        by_group: Names[JudgeGroup] = Names(self.event.groups, lambda item: item.id, lambda item: item.name)
        members: dict[GroupId | None, Names[Judge]] = {None: everyone}
        for group in self.event.groups:
            seated = [item for item in self.event.judges if item.group == group.id]
            members[group.id] = Names(seated, lambda item: item.id, lambda item: item.name)
        found = []
        for wording, criterion in zip(wordings, criteria):
            named = by_group.find(wording.group) if wording.group else None
            if not wording.judge:
                self._nobody(wording, criterion)
                seat = self._group_ids([wording], [criterion])[0] if criterion and is_anonymous(criterion) else None
                found.append(Meaning(None, seat, criterion))
                continue
            judge = members[named.id if named else None].find(wording.judge)
            if judge is None and named is not None and (other := everyone.find(wording.judge)) is not None:
                message = msg("{judge} is not in the group “{group}”", judge=other.name, group=named.name)
                self.problems.add(wording.line, "group", message)
            found.append(Meaning(judge.id if judge else JudgeId(wording.judge), None, criterion))
        return found

    def _group_ids(self, wordings: Sequence[Wording], criteria: Sequence[Criterion | None]) -> list[GroupId | None]:
        """The groups that are named. A definition without groups takes them from the file; an empty cell means the only group, or
        the only one that scores the criterion."""
        texts = [wording.group for wording in wordings]
        if self.event.groups == (default_group(self.event.title),) and any(texts):
            words = list({match_key(text): text for text in reversed(texts) if text}.values())[::-1]
            groups = [JudgeGroup(GroupId(identity), word) for identity, word in zip(free_ids(words, "group"), words)]
            self.event = replace(self.event, groups=(*groups, *(self.event.groups if not all(texts) else ())))
        names: Names[JudgeGroup] = Names(self.event.groups, lambda item: item.id, lambda item: item.name)
        found: list[GroupId | None] = []
        for wording, criterion in zip(wordings, criteria):
            group = names.find(wording.group) if wording.group else self._only_group(criterion)
            if group is None:
                word = wording.group
                message = msg("there is no group “{word}”", word=word) if word else msg("no group is named")
                self.problems.add(wording.line, "group", message, names.hint(word))
            elif criterion is not None and criterion.groups and group.id not in criterion.groups:
                message = msg(
                    "“{criterion}” is not scored by the group “{group}”", criterion=criterion.name, group=group.name
                )
                self.problems.add(wording.line, "group", message)
            found.append(group.id if group else None)
        return found

    def _only_group(self, criterion: Criterion | None) -> JudgeGroup | None:
        choices = criterion.groups if criterion and criterion.groups else tuple(item.id for item in self.event.groups)
        default = default_group(self.event.title)
        if default in self.event.groups:
            return default
        return self.event.group_by_id[choices[0]] if len(choices) == 1 else None
