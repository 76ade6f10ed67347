"""Every signature and every chain of a file of records, checked one by one: what `judge-tui audit` reports.

Nothing here trusts how the records came to be in the file: not the checks of a merge, not the organiser's laptop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.admission import Admitter, Source
from judge_tui.domain.authority import AuthorState, Standing
from judge_tui.domain.errors import DefinitionError, JudgeTuiError, RefusedError
from judge_tui.domain.ledger import Author, Break, Entry, EventKey, Verifier, walk_chain
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.projection import Projection, project
from judge_tui.domain.register import Register
from judge_tui.domain.tabulation import tabulate
from judge_tui.services.records.receipts import SUFFIX, receipt_lines
from judge_tui.services.table.closing import published_ranking, result_code
from judge_tui.services.table.overview import WHY_LATE
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from judge_tui.store.foreign import Foreign, damage, open_foreign, read_once

ROLES: dict[str, Message] = {
    "notice": msg("Notice board"),
    "desk": msg("Organiser's desk"),
    "reserve": msg("Reserve key"),
}


@dataclass(frozen=True, slots=True)
class ChainReport:
    """One author's records. `good` is how many, from the first on, are in order with hash and signature; `counted` how many
    of them count; `standing` why the others do not, None where all do."""

    author: Author
    who: Message
    device: str
    held: int
    good: int
    counted: int
    standing: Message | None = None

    @property
    def remark(self) -> Message:
        """What is to be known about it: from where on it is wrong, why it does not count; empty where neither holds."""
        words = [self.standing] if self.standing is not None else []
        if self.good < self.held:
            words.insert(0, msg("wrong from entry {seq} on", seq=self.good + 1))
        return msg("{parts}", parts=tuple(words))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the records; `wrong` where it cannot have come about honestly or by the program."""

    code: str
    message: Message
    wrong: bool = True


@dataclass(frozen=True)
class Proof:
    """What the check of one file found. `projection` is None where the records cannot be read as an event."""

    name: str
    chains: tuple[ChainReport, ...]
    findings: tuple[Finding, ...]
    signatures: int
    projection: Projection | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(item.wrong for item in self.findings)

    @property
    def entries(self) -> int:
        """All entries that are held."""
        return sum(chain.held for chain in self.chains)

    @property
    def conclusion(self) -> Message:
        """What was found, in a sentence."""
        if self.sound:
            return msg("Everything is in order: these records are what was signed.")
        return msg("These records are NOT in order. Keep the file; do not use it.")

    @property
    def counts(self) -> Message:
        """How many series of records are whole, and how many signatures were checked."""
        broken = [chain for chain in self.chains if chain.good < chain.held]
        if not broken:
            return nmsg(
                "All {count} series of records is whole: {entries} entries, {signatures} signatures, each of them right.",
                "All {count} series of records are whole: {entries} entries, {signatures} signatures, each of them right.",
                len(self.chains),
                entries=self.entries,
                signatures=self.signatures,
            )
        return nmsg(
            "{count} of {all} series of records is broken: {names}. {entries} entries, {signatures} signatures checked.",
            "{count} of {all} series of records are broken: {names}. {entries} entries, {signatures} signatures checked.",
            len(broken),
            all=len(self.chains),
            names=tuple(chain.who for chain in broken),
            entries=self.entries,
            signatures=self.signatures,
        )


OnChecked = Callable[[int, int], None]
"""Told while records are checked: how far, of how far."""

BEFORE, ALL = 4, 5
"""The chains, entry by entry, are four fifths of the work, as measured; what they mean together is the rest."""


def prove_file(path: Path, on_checked: OnChecked | None = None) -> Proof:
    """Check a file where it lies, and the receipts beside it. Nothing is written.

    Raises JudgeTuiError with the code of a refusal where the outside of the file is not in order already, StorageError where it
    cannot be read.
    """
    try:
        with EntryFile.open(path, read_only=True) as file:
            file.heads()  # what a power cut left half-done is undone before the bytes are read
        receipts = path.with_suffix(SUFFIX)
        said = receipts.read_bytes() if receipts.is_file() else b""
        return prove(path.name, read_once(path), said, on_checked)
    except RefusedError as error:
        known = error.message.text == "{file}: {what}"
        raise JudgeTuiError(
            error.code,
            error.message if known else msg("{file}: {what}", file=path.name, what=error.message),
            msg("Name a file of records: the organiser's (.db) or a judge's (.judge)."),
        ) from error


def prove(name: str, data: bytes, receipts: bytes = b"", on_checked: OnChecked | None = None) -> Proof:
    """Check the bytes of a file. Raises RefusedError where its outside is not in order."""
    with open_foreign(data) as foreign, damage():
        return _Prover(name, foreign, receipts, on_checked=on_checked).run()


class _Prover:
    """The work of one proof."""

    def __init__(
        self,
        name: str,
        source: Foreign,
        receipts: bytes,
        verify: Verifier = crypto.verify,
        on_checked: OnChecked | None = None,
    ) -> None:
        self.name, self.source, self.verify, self.receipts = name, source, verify, receipts
        self.key: EventKey = source.event
        self.findings: list[Finding] = []
        self.breaks: list[Break] = []
        self.signatures = 0
        self._on_checked = on_checked

    def run(self) -> Proof:
        authors = self.source.authors()
        good: dict[Author, int] = {}
        for author, held in authors.items():
            good[author] = self._chain(author, held)
            if self._on_checked is not None:
                self._on_checked(sum(authors[item] for item in good) * BEFORE, sum(authors.values()) * ALL)
        evidence = self.source.evidence()
        for entry in evidence:
            self._signed(entry)
        self._admitted(self.source)
        projection = self._projected(evidence)
        self.findings[:0] = [Finding(item.code, _broken(item, projection)) for item in self.breaks]
        if projection is None:
            return Proof(
                self.name,
                tuple(
                    ChainReport(author, verbatim(author.hex()[:8]), "", held, good[author], 0)
                    for author, held in authors.items()
                ),
                tuple(self.findings),
                self.signatures,
            )
        for receipt in self._receipts(projection):
            self.findings.append(receipt)
        self.findings += [*self._witnessed(projection), *sealed_findings(projection, self.source), *_doubts(projection)]
        places = _places(projection)
        reports = [
            _report(projection, projection.authors.get(author), author, held, good[author])
            for author, held in sorted(authors.items(), key=lambda item: (places(item[0]), item[0]))
        ]
        return Proof(self.name, tuple(reports), tuple(self.findings), self.signatures, projection)

    def _chain(self, author: Author, held: int) -> int:
        """How many entries of a chain are right from the first on, signature by signature."""
        rows = list(self.source.rows(author))
        broken: Break | None = None
        for seq, _, digest, sig in rows:
            self.signatures += 1
            if not self.verify(author, digest, sig):
                broken = Break(author, seq, "TAMPERED")
                break
        walked = walk_chain(self.key, author, rows, self.verify)
        if walked is not None and (broken is None or walked.seq <= broken.seq):
            broken = walked
        if broken is None:
            return held
        self.breaks.append(broken)
        return broken.seq - 1

    def _signed(self, entry: Entry) -> None:
        self.signatures += 1
        if not self.verify(entry.author, entry.hash, entry.sig):
            self.breaks.append(Break(entry.author, entry.seq, "TAMPERED"))

    def _admitted(self, source: Source) -> None:
        """What a merge would say to this file: kits, endorsements, evidence, definitions."""
        admitter = Admitter(Register(self.key), {}, lambda author, seq: None, self.verify)
        try:
            admitter.check(source, admitter.plan(source))
        except RefusedError as error:
            if error.code not in {item.code for item in self.breaks}:
                self.findings.append(Finding(error.code, error.message))

    def _projected(self, evidence: list[Entry]) -> Projection | None:
        entries = [Entry(author, *row) for author in self.source.authors() for row in self.source.rows(author)]
        try:
            return project(entries, self.key, evidence)
        except (ValueError, DefinitionError):
            self.findings.append(Finding("NO_EVENT", msg("No event begins in these records")))
            return None

    def _receipts(self, projection: Projection) -> Iterator[Finding]:
        desks = {state.author for state in projection.authors.values() if state.role == "desk"}
        for line, receipt in receipt_lines(self.receipts, self.key):
            if receipt is None or receipt.desk not in desks:
                yield Finding("RECEIPT", msg("Line {line} of the receipts is not signed by the desk", line=line))
                continue
            self.signatures += 1
            entry = self.source.entry(receipt.author, receipt.seq)
            if entry is None or entry.hash != receipt.head:
                yield Finding(
                    "RECEIPT",
                    msg(
                        "A receipt says that entry {seq} of {who} was held; these records do not have it",
                        seq=receipt.seq,
                        who=_who(projection, receipt.author),
                    ),
                )

    def _witnessed(self, projection: Projection) -> Iterator[Finding]:
        for author, seq, head, sig in self.source.witnesses():
            entry = self.source.entry(author, seq)
            if not self.verify(author, head, sig):
                continue  # as everywhere: a head that its author did not sign says nothing
            self.signatures += 1
            state = projection.authors.get(author)
            if state is None or seq > state.held:
                yield Finding(
                    "NOT_ARRIVED",
                    msg(
                        "{who}: entry {seq} is known to exist and is not here",
                        who=_who(projection, author),
                        seq=seq,
                    ),
                    wrong=False,
                )
            elif entry is not None and entry.hash != head:
                yield Finding(
                    "FORK",
                    msg("{who}: two different entries {seq} were signed", who=_who(projection, author), seq=seq),
                    wrong=False,
                )


def sealed_findings(projection: Projection, source: Source) -> Iterator[Finding]:
    """Whether the seal holds what is here, and whether what was published under it is what these records give."""
    seal = projection.seal
    if seal is None:
        return
    evidence = {entry.hash for entry in source.evidence()}
    for author, (seq, head) in sorted(seal.heads.items()):
        entry = source.entry(author, seq)
        if (entry is None or entry.hash != head) and head not in evidence:
            yield Finding(
                "SEAL",
                msg(
                    "The seal holds entry {seq} of {who}; these records do not have it",
                    seq=seq,
                    who=_who(projection, author),
                ),
            )
    result = tabulate(projection.event, projection.ballots())
    code = result_code(projection, result)
    for noted in projection.desk.noted:
        if noted.body.kind != "publish" or noted.body.text("seal") != seal.hash.hex():
            continue
        if (
            noted.body.data.get("ranking") != published_ranking(result)
            or code is None
            or noted.body.text("code") != code.full
        ):
            yield Finding("RESULT", msg("The published result is not what these records give"))


def _doubts(projection: Projection) -> Iterator[Finding]:
    for state in projection.forks:
        yield Finding(
            "FORK",
            msg(
                "{who}: from entry {seq} on two branches contradict each other; neither counts",
                who=_who(projection, state.author),
                seq=state.fork,
            ),
            wrong=False,
        )
    if projection.conflicts:
        yield Finding(
            "CONFLICT",
            nmsg(
                "{count} mark has different values side by side",
                "{count} marks have different values side by side",
                len(projection.conflicts),
            ),
            wrong=False,
        )
    if projection.authority.unsealed:
        yield Finding(
            "UNSEALED",
            nmsg(
                "{count} decision was made after the seal; it counts once sealed again",
                "{count} decisions were made after the seal; they count once sealed again",
                len(projection.authority.unsealed),
            ),
            wrong=False,
        )


def _places(projection: Projection) -> Callable[[Author], tuple[int, int]]:
    """Where an author stands in the report: the table's own first, then the judges as in the definition, strangers last."""
    offices = {"notice": 0, "reserve": 1, "desk": 2}
    judges = {judge.id: place for place, judge in enumerate(projection.event.judges)}

    def place(author: Author) -> tuple[int, int]:
        state = projection.authors.get(author)
        if state is None:
            return 4, 0
        return offices.get(state.role, 3), judges.get(state.judge, len(judges))

    return place


def _report(projection: Projection, state: AuthorState | None, author: Author, held: int, good: int) -> ChainReport:
    if state is None:
        return ChainReport(author, verbatim(author.hex()[:8]), "", held, good, 0, WHY_LATE["unknown"])
    standing = None if state.standing is Standing.COUNTED else WHY_LATE.get(state.standing.value)
    late = sum(item.author == author and item.why != "forked" for item in projection.late)
    return ChainReport(author, _who(projection, author), state.device, held, good, max(0, held - late), standing)


def _who(projection: Projection, author: Author) -> Message:
    state = projection.authors.get(author)
    if state is None:
        return verbatim(author.hex()[:8])
    if state.role != "judge":
        return ROLES[state.role]
    judge = projection.event.judge_by_id.get(state.judge)
    return verbatim(judge.name if judge else state.judge)


def _broken(broken: Break, projection: Projection | None) -> Message:
    who = _who(projection, broken.author) if projection is not None else verbatim(broken.author.hex()[:8])
    if broken.code == "GAP":
        return msg("Entry {seq} of {who} is not there, later ones are", seq=broken.seq, who=who)
    return msg("Entry {seq} of {who} is not what was signed", seq=broken.seq, who=who)
