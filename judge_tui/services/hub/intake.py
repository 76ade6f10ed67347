"""Taking in what judges push: many pushes in one durable transaction, each wholly or not at all.

What continues an enrolled judge's chain is checked from the held head on, a new chain as a file of its own is. Everything
else (another branch, notices this file lacks, whatever is refused) is written as the file it would have come in and goes
through the merge itself, quarantine and all.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from judge_tui.domain.admission import Admitter
from judge_tui.domain.continuation import check_next, joined
from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.ledger import Author, Entry
from judge_tui.services.clock import Now
from judge_tui.services.hub.book import Book, busy
from judge_tui.services.records.collecting import MergeReport, Verdict, merge
from judge_tui.services.sync.wire import MAX_ENTRIES, Answer, Push, sorted_chains
from judge_tui.store import crypto, schema
from judge_tui.store.files import image


@dataclass(slots=True, eq=False)
class Pushed:
    """One push on its way: who pushed what from which address; in the end an answer or a refusal."""

    author: Author
    address: str
    push: Push
    fresh: dict[Author, list[Entry]] = field(default_factory=dict)
    whole: set[Author] = field(default_factory=set)
    wanted: dict[Author, int] = field(default_factory=dict)
    forked: dict[Author, int] = field(default_factory=dict)
    refused: JudgeTuiError | None = None
    answer: Answer | None = None


class Intake:
    """Works on batches of pushes, one after another, in one thread. `heard` is, for each author who pushed, his address and
    when that was, in seconds that only rise."""

    def __init__(self, book: Book, now: Now) -> None:
        self.book, self._now = book, now
        self.heard: dict[Author, tuple[str, float]] = {}

    def take(self, batch: Sequence[Pushed]) -> None:
        """Take a whole batch in and answer each. Raises JudgeTuiError where the organiser's file cannot be written at all;
        then nothing of it was taken."""
        at = time.monotonic()
        self.heard.update((pushed.author, (pushed.address, at)) for pushed in batch)
        self.book.refresh()
        simple: list[Pushed] = []
        whole: list[Pushed] = []
        for pushed in batch:
            (simple if self._simple(pushed) else whole).append(pushed)
        if whole:
            self._merge(whole)
        self._append(simple)
        for pushed in batch:
            if pushed.refused is None:
                pushed.answer = self._answer(pushed)

    def _simple(self, pushed: Pushed) -> bool:
        """Whether everything in it continues enrolled judges' chains, or is known already."""
        if any(entry.hash not in self.book.state.evidence for entry in pushed.push.evidence):
            return False
        state = self.book.state
        for author, chain in sorted_chains(pushed.push.entries).items():
            last = state.last.get(author)
            if last is None and self._begins(author, chain):
                pushed.fresh[author] = chain
                continue
            if last is None or author not in state.register.admitted:
                return False
            if chain[0].seq == 1:
                pushed.whole.add(author)
            beyond = [entry for entry in chain if entry.seq > last.seq]
            known = [entry for entry in chain if entry.seq <= last.seq]
            if known and not (known[-1].seq == last.seq and known[-1].hash == last.hash) and not self._held(known):
                return False
            if beyond and beyond[0].seq > last.seq + 1:
                pushed.wanted[author] = last.seq
            elif beyond:
                pushed.fresh[author] = beyond
        return True

    def _begins(self, author: Author, chain: list[Entry]) -> bool:
        """Whether this is a new judge's chain from its first entry on in which a file's admission finds nothing wrong."""
        state = self.book.state
        try:
            found = Admitter(state.register, {}, _nothing, crypto.verify).admit(chain, (), lambda entry: False)
        except RefusedError:
            return False
        if not found.judges or found.forked or len(found.entries) != len(chain):
            return False
        state.register.admitted[author] = found.judges[0]
        return True

    def _held(self, known: Sequence[Entry]) -> bool:
        """Whether entries that should be held are the very ones."""
        held = self.book.entries(known[0].author)
        return all(held[entry.seq - 1].hash == entry.hash for entry in known)

    def _append(self, batch: Sequence[Pushed]) -> None:
        """Everything that continues chains, in one transaction."""
        if not any(pushed.fresh for pushed in batch):
            return
        with self.book.writing() as file:
            ends = dict(self.book.state.last)
            new: dict[Author, list[Entry]] = {}
            for pushed in batch:
                try:
                    chains = self._checked(pushed, ends)
                except RefusedError as error:
                    pushed.refused = error
                    continue
                for author, chain in chains.items():
                    ends[author] = chain[-1]
                    new.setdefault(author, []).extend(chain)
            if new:
                file.take([entry for chain in new.values() for entry in chain])
                self.book.took(new)

    def _checked(self, pushed: Pushed, ends: dict[Author, Entry]) -> dict[Author, list[Entry]]:
        """What of a push is still new behind these ends, checked. Raises RefusedError."""
        checked: dict[Author, list[Entry]] = {}
        for author, chain in pushed.fresh.items():
            last = ends.get(author)
            if last is None:
                checked[author] = chain
                continue
            beyond = [entry for entry in chain if entry.seq > last.seq]
            if not beyond:
                continue
            if beyond[0].seq > last.seq + 1:
                pushed.wanted[author] = last.seq
                continue
            try:
                check_next(self.book.state.register, last, beyond, crypto.verify)
            except RefusedError as error:
                if error.code != "TAMPERED" or author in pushed.whole:
                    raise
                pushed.wanted[author] = 0  # altered, or another branch: the whole chain tells which
                continue
            checked[author] = beyond
        return checked

    def _merge(self, batch: Sequence[Pushed]) -> None:
        """Everything else, as files."""
        with tempfile.TemporaryDirectory(prefix="judge-tui-hub-") as folder:
            paths: dict[Path, Pushed] = {}
            for number, pushed in enumerate(batch):
                entries = self._whole(pushed)
                if entries or pushed.push.evidence:
                    path = Path(folder, f"network-{number}.judge")
                    path.write_bytes(image(schema.HAND_OVER, self.book.event, entries, evidence=pushed.push.evidence))
                    paths[path] = pushed
            if not paths:
                return
            for verdict in self._merged(list(paths)).verdicts:
                if verdict.file in paths:
                    self._judged(paths[verdict.file], verdict)
        self.book.refresh()

    def _merged(self, paths: Sequence[Path]) -> MergeReport:
        """The merge itself, once nobody else writes."""
        for _ in self.book.attempts():
            try:
                return merge(self.book.path, paths, keys=self.book.keys, proven=True, now=self._now)
            except JudgeTuiError as error:
                if error.code != "READ_ONLY":
                    raise
        raise busy(self.book.path)

    def _judged(self, pushed: Pushed, verdict: Verdict) -> None:
        if verdict.code == "FORK":
            pushed.forked = dict.fromkeys(sorted_chains(pushed.push.entries), 1)
        elif verdict.code:
            pushed.refused = RefusedError(verdict.code, verdict.message, verdict.hint)

    def _whole(self, pushed: Pushed) -> list[Entry]:
        """The chains of a push, each from its first entry on; a chain that cannot be joined is asked for."""
        whole: list[Entry] = []
        for author, chain in sorted_chains(pushed.push.entries).items():
            pushed.wanted.pop(author, None)
            try:
                whole += joined(self.book.event, author, chain, self.book.entries)
            except RefusedError as error:
                pushed.wanted[author] = self.book.state.held(author) if error.code == "GAP" else 0
        return whole

    def _answer(self, pushed: Pushed) -> Answer:
        state = self.book.state
        authors = dict.fromkeys((pushed.author, *(entry.author for entry in pushed.push.entries)))
        receipts = [found for author in authors if (found := self.book.receipt(author)) is not None]
        for author, (seq, head) in pushed.push.heads.items():
            last = state.last.get(author)
            if head in state.evidence:
                pushed.forked.setdefault(author, seq)
            elif last is None or last.seq < seq:
                pushed.wanted.setdefault(author, last.seq if last is not None else 0)
            elif author not in state.notices and self.book.hash_at(author, seq) != head:
                pushed.wanted.setdefault(author, 0)
        return Answer(receipts, self._news(pushed.push), pushed.wanted, pushed.forked, self.again)

    @property
    def again(self) -> float:
        """After how many seconds a laptop with nothing to send should ask again: the more there are, the later."""
        return max(1.0, len(self.heard) / 100)

    def _news(self, push: Push) -> list[Entry]:
        """The notices that a judge's laptop does not hold yet; the whole chain where his head is not ours."""
        news: list[Entry] = []
        for author, chain in self.book.state.notices.items():
            seq, head = push.heads.get(author, (0, b""))
            if 0 < seq <= len(chain) and chain[seq - 1].hash == head:
                news += chain[seq:]
            elif seq < len(chain):
                news += chain
        return news[:MAX_ENTRIES]


def _nothing(author: Author, seq: int) -> Entry | None:
    """Of a new author nothing is held."""
    return None
