"""What organisations have promised (亮承诺): each promise with its state and the evidence, and how many stand where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from judge_tui.domain.messages import Message, msg, nmsg


class CommitmentState(StrEnum):
    """Where a promise stands: made (承诺), being worked on (在办), kept (办结)."""

    PROMISED = "promised"
    DOING = "doing"
    DONE = "done"

    @property
    def word(self) -> Message:
        """The state in a word."""
        return _WORDS[self]


_WORDS = {
    CommitmentState.PROMISED: msg("not begun yet"),
    CommitmentState.DOING: msg("in progress"),
    CommitmentState.DONE: msg("kept"),
}


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise of an organisation. `count` is for how many matters of one kind it stands (10件民生小事); `evidence` is what
    shows that it is kept, in words; `due` is by when, as printed; `since` is the season in which it was made, where it was
    carried over from an earlier event. The id is unique within the organisation and stays the same from event to event."""

    id: str
    text: str
    state: CommitmentState = CommitmentState.PROMISED
    count: int = 1
    evidence: str = ""
    due: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many matters are done, in progress, not begun yet."""

    done: int = 0
    doing: int = 0
    promised: int = 0

    @property
    def whole(self) -> int:
        """All of them."""
        return self.done + self.doing + self.promised

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.done + other.done, self.doing + other.doing, self.promised + other.promised)

    @property
    def words(self) -> Message:
        """办结186件、在办204件: the states that occur, done first."""
        parts: list[Message] = []
        if self.done:
            parts.append(nmsg("{count} done", "{count} done", self.done))
        if self.doing:
            parts.append(nmsg("{count} in progress", "{count} in progress", self.doing))
        if self.promised:
            parts.append(nmsg("{count} not begun yet", "{count} not begun yet", self.promised))
        return msg("{parts}", parts=tuple(parts))


def tally(commitments: Iterable[Commitment]) -> Tally:
    """The counts of these promises."""
    counts = dict.fromkeys(CommitmentState, 0)
    for item in commitments:
        counts[item.state] += item.count
    return Tally(counts[CommitmentState.DONE], counts[CommitmentState.DOING], counts[CommitmentState.PROMISED])


def line(item: Commitment) -> Message:
    """One promise on a line: what, how many, its state, the evidence, by when, since when."""
    details: list[Message | str] = [item.state.word]
    if item.count > 1:
        details.append(nmsg("{count} matter", "{count} matters", item.count))
    if item.evidence:
        details.append(item.evidence)
    if item.due:
        details.append(msg("due {date}", date=item.due))
    if item.since:
        details.append(msg("promised in {season}", season=item.since))
    return msg("{name}: {details}", name=item.text, details=tuple(details))
