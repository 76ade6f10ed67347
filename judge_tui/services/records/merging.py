"""The work of a merge: one file after another, each verified and taken, or refused with a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from judge_tui.domain.admission import Admission, Admitter, Plan, refusal
from judge_tui.domain.bodies import scan_body
from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.ledger import Author, EventKey
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.register import Register, register_of
from judge_tui.domain.saying import readable
from judge_tui.domain.sealing import settle
from judge_tui.domain.shown import in_a_line
from judge_tui.services.clock import Now, stamp
from judge_tui.services.records.quarantine import WAITING, Quarantine, handed_name
from judge_tui.services.records.salvaging import CODE as SALVAGED
from judge_tui.services.records.salvaging import SPOILED, beginnings
from judge_tui.services.records.unsubmitted import with_unsubmitted
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from judge_tui.store.foreign import LARGE, Foreign, damage, digest_of, fingerprinted, open_foreign, read_once
from judge_tui.store.sealing import is_sealed, unseal


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file. `code` is empty where it was taken or known, else one of the refusal codes; `judges` are the
    names of those whose entries are in it; `taken` counts new entries, `known` those already held."""

    file: Path
    judge: str
    code: str
    message: Message
    hint: Message | None = None
    taken: int = 0
    known: int = 0
    quarantined: Path | None = None

    @property
    def name(self) -> str:
        """The name under which the file was handed over."""
        return handed_name(self.file)

    @property
    def refused(self) -> bool:
        """Whether the file was not taken in."""
        return bool(self.code)


def load_register(file: EntryFile) -> Register:
    """What a file's own entries say about who may write. Raises JudgeTuiError where no event begins in it."""
    words = msg("No event begins in {file}", file=file.path.name), msg("Restore it from the second copy.")
    nothing = JudgeTuiError("NOT_ORGANISER", *words)
    try:
        offices = list(_office_entries(file))
        register = register_of(file.event, offices, {})
    except ValueError as error:
        raise nothing from error
    if not offices:
        raise nothing
    for author in file.heads():
        if author not in register.offices:
            first = file.entry(author, 1)
            if first is not None:
                register.admitted[author] = str(scan_body(first.body).get("judge", ""))
    return register


def _office_entries(file: EntryFile) -> Iterator[tuple[Author, dict[str, object]]]:
    """The offices' entries, the notice's first and the reserve's before those it appoints."""
    ranks: list[tuple[int, Author]] = []
    for author in file.heads():
        first = file.entry(author, 1)
        kind = scan_body(first.body)["kind"] if first is not None else ""
        if kind != "open":
            ranks.append(({"event": 0, "takeover": 1}.get(kind, 2), author))
    for _, author in sorted(ranks):
        for entry in file.entries(author):
            yield author, scan_body(entry.body)


Witness = tuple[Author, int, bytes, bytes]
LogRow = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Handed:
    """One file under the merger's eyes."""

    path: Path
    data: bytes
    digest: str
    foreign: Foreign


@dataclass
class Merger:
    file: EntryFile
    quarantine: Quarantine | None
    on_verdict: Callable[[Verdict], None] | None
    now: Now
    openers: Sequence[crypto.KeyPair] = ()
    salvage: bool = False
    register: Register = field(init=False)
    held: dict[Author, int] = field(init=False)
    evidence: set[bytes] = field(init=False)
    verdicts: list[Verdict] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.register = load_register(self.file)
        self.held = {author: head.seq for author, head in self.file.heads().items()}
        self.evidence = {entry.hash for entry in self.file.evidence()}

    def run(self, files: Iterable[Path], waiting: Sequence[Path]) -> tuple[Verdict, ...]:
        """Every file, then the waiting ones again and again for as long as one of them is taken."""
        pending: dict[str, Path] = {}
        for path in (*files, *waiting):
            verdict, digest = self._judge(path)
            if verdict.code in WAITING:
                pending[digest] = path
            if path not in waiting or not verdict.refused:
                self._tell(verdict)
        progress = bool(self.verdicts)
        while pending and progress:
            progress = False
            for digest, path in list(pending.items()):
                verdict, _ = self._judge(path)
                if verdict.code not in WAITING:
                    del pending[digest]
                    self._tell(verdict)
                    progress = True
        return tuple(self.verdicts)

    def _tell(self, verdict: Verdict) -> None:
        self.verdicts.append(verdict)
        if self.on_verdict is not None:
            self.on_verdict(verdict)

    def _judge(self, path: Path) -> tuple[Verdict, str]:
        """Merge one file, all or nothing."""
        data, digest = b"", ""
        try:
            data = read_once(path)
            if is_sealed(data):
                box, data = data, unseal(data, self.openers)
                self._release(digest_of(box))  # what comes of it now is kept under its own bytes
            with fingerprinted(data) as fingerprint:
                if len(data) < LARGE and (known := self._known(path, fingerprint())) is not None:
                    return known, fingerprint()
                with open_foreign(data) as foreign:
                    digest = fingerprint()
                    known = self._known(path, digest) if len(data) >= LARGE else None
                    return known or self._opened(_Handed(path, data, digest, foreign)), digest
        except RefusedError as error:
            digest = digest_of(data)
            return self._spoiled(
                path, data, digest, self._refused(path, data, digest, self._named(path), error)
            ), digest
        except JudgeTuiError as error:
            return Verdict(path, self._named(path), error.code, error.message, error.hint), digest

    def _known(self, path: Path, digest: str) -> Verdict | None:
        """The verdict on bytes that were taken in before."""
        known = self.file.imported(digest)
        if "" not in known or not _still_held(self.file.taken(digest), self.held):
            return None
        if digest in self._taken_back:
            text = msg("Known already, and taken back: what it brought does not count")
            return Verdict(
                path, known[""], "", text, msg("To count it again, take the taking back back: `judge-tui undo`.")
            )
        return Verdict(path, known[""], "", msg("Known already: nothing new, nothing lost"))

    @cached_property
    def _taken_back(self) -> frozenset[str]:
        """The files (by the SHA-256 of their bytes) that the desk took back when this merge began."""
        return _files_taken_back(self.file, sorted(self.register.offices & self.held.keys()))

    def _opened(self, handed: _Handed) -> Verdict:
        try:
            with damage():
                return self._admit(handed)
        except RefusedError as error:
            refused = self._refused(handed.path, handed.data, handed.digest, self._claimed(handed.foreign), error)
            return self._spoiled(handed.path, handed.data, handed.digest, refused)

    def _admit(self, handed: _Handed) -> Verdict:
        """Check the file and take what is new. Raises RefusedError, then nothing was written."""
        _check_event(handed.foreign, self.file.event, self.register.rehearsal)
        admitter = Admitter(self.register, self.held, self.file.entry, crypto.verify)
        plan = admitter.plan(handed.foreign)
        if plan.forked or handed.foreign.evidence():
            judges = admitter.check(handed.foreign, plan)
            admission = admitter.compare(handed.foreign, plan, lambda entry: entry.hash in self.evidence, judges)
            return self._take_branches(handed, admission)
        return self._take_onward(handed, admitter, plan)

    def _take_onward(self, handed: _Handed, admitter: Admitter, plan: Plan) -> Verdict:
        """A file that only continues what is held. Its entries wait uncommitted while they are proven."""
        foreign = handed.foreign
        authors = foreign.authors()
        spans = {author: (first, authors[author]) for author, first in plan.fresh.items()}
        taken = sum(last - first + 1 for first, last in spans.values())
        known = sum(authors.values()) - taken
        witnesses = self._news(foreign)
        judges: tuple[str, ...] = ()

        def check() -> tuple[list[Witness], LogRow]:
            nonlocal judges
            with damage():  # what is wrong with the file handed in is not said of the organiser's
                judges = admitter.check(foreign, plan)
            return witnesses, self._log_row(
                handed.digest, handed.path, "", self._names(judges, admitter.register), spans
            )

        if taken:
            self.file.take_checked(handed.data, spans, check)
        else:
            _, log = check()
            if witnesses:
                self.file.take((), witnesses=witnesses, log=log)
        self.register = admitter.register
        self.held.update((author, last) for author, (_, last) in spans.items())
        self._release(handed.digest)
        names = self._names(judges)
        if not taken:
            return Verdict(handed.path, names, "", msg("An older copy: nothing new, nothing lost"), known=known)
        words = nmsg("{count} new entry taken", "{count} new entries taken", taken)
        words = with_unsubmitted(words, self.file, self.register, judges)
        return Verdict(handed.path, names, "", words, taken=taken, known=known)

    def _take_branches(self, handed: _Handed, admission: Admission) -> Verdict:
        """A file with a second branch of somebody's chain: the branch goes to the evidence, the rest is taken."""
        taken = len(admission.entries) + len(admission.evidence)
        code = "FORK" if admission.forked else ""
        names = self._names(admission.judges, admission.register)
        witnesses = self._news(handed.foreign)
        if taken or witnesses:
            log = self._log_row(handed.digest, handed.path, code, names, admission.spans)
            new_log = None if code in self.file.imported(handed.digest) else log
            self.file.take(admission.entries, evidence=admission.evidence, witnesses=witnesses, log=new_log)
        for entry in admission.entries:
            self.held[entry.author] = max(entry.seq, self.held.get(entry.author, 0))
        self.evidence.update(entry.hash for entry in admission.evidence)
        self.register = admission.register
        self._release(handed.digest)
        known = sum(handed.foreign.authors().values()) + len(handed.foreign.evidence()) - taken
        if code:
            return self._forked(handed, names, taken, known, admission)
        words = nmsg("{count} new entry taken", "{count} new entries taken", taken)
        words = with_unsubmitted(words, self.file, self.register, admission.judges)
        return Verdict(handed.path, names, "", words, taken=taken, known=known)

    def _spoiled(self, path: Path, data: bytes, digest: str, refused: Verdict) -> Verdict:
        """What becomes of a damaged file: where it was asked for, the beginning that proves right is taken."""
        if not self.salvage or refused.code not in SPOILED:
            return refused
        try:
            saved = beginnings(self.file, self.register, self.held, data)
        except RefusedError as error:
            code, message, hint = refusal(error)
            return Verdict(path, refused.judge, code, message, hint, quarantined=refused.quarantined)
        if saved is None:
            return replace(refused, hint=msg("Nothing new in it can be verified. Ask for it to be handed over again."))
        names = self._names(saved.judges, saved.register)
        log = (
            None
            if SALVAGED in self.file.imported(digest)
            else self._log_row(digest, path, SALVAGED, names, saved.spans)
        )
        self.file.take(saved.entries, log=log)
        self.register = saved.register
        self.held.update((author, last) for author, (_, last) in saved.spans.items())
        words = nmsg(
            "Damaged; {count} entry that proves right was saved, what follows it is lost",
            "Damaged; {count} entries that prove right were saved, what follows them is lost",
            len(saved.entries),
        )
        hint = msg("Ask for the file again all the same: the rest is on the judge's laptop.")
        return Verdict(path, names, "", words, hint, taken=len(saved.entries), quarantined=refused.quarantined)

    def _log_row(
        self, digest: str, path: Path, code: str, names: str, spans: Mapping[Author, tuple[int, int]]
    ) -> LogRow:
        taken = " ".join(f"{author.hex()}:{first}-{last}" for author, (first, last) in sorted(spans.items()))
        return digest, code, stamp(self.now), handed_name(path), names, taken

    def _release(self, digest: str) -> None:
        if self.quarantine is not None:
            self.quarantine.release(digest)

    def _refused(self, path: Path, data: bytes, digest: str, judge: str, error: RefusedError) -> Verdict:
        code, message, hint = refusal(error)
        if name := self.register.names.get(str(message.values.get("judge"))):  # people know a judge by his name
            message = replace(message, values={**message.values, "judge": name})
        kept = self.quarantine.keep(path, data, digest, code) if self.quarantine is not None else None
        return Verdict(path, judge, code, message, hint, quarantined=kept)

    def _forked(self, handed: _Handed, names: str, taken: int, known: int, admission: Admission) -> Verdict:
        author, seq = min(admission.forked.items())
        kept = (
            self.quarantine.keep(handed.path, handed.data, handed.digest, "FORK")
            if self.quarantine is not None
            else None
        )
        return Verdict(
            handed.path,
            names,
            "FORK",
            msg(
                "Two different files say what entry {seq} of {judge} is; from there on neither counts",
                seq=seq,
                judge=self._names((admission.register.admitted.get(author, ""),)) or author.hex()[:8],
            ),
            msg("Both are kept as evidence. Ask the judge which one is his, then decide with `judge-tui resolve`."),
            taken=taken,
            known=known,
            quarantined=kept,
        )

    def _news(self, foreign: Foreign) -> list[tuple[Author, int, bytes, bytes]]:
        """Heads that the file has heard of and we have not, each signed by its author."""
        seen = self.file.witnesses()
        return [
            (author, seq, head, sig)
            for author, seq, head, sig in foreign.witnesses()
            if seq > max(self.held.get(author, 0), seen.get(author, (0,))[0]) and crypto.verify(author, head, sig)
        ]

    def _named(self, path: Path) -> str:
        """Whose file it is by its name, where nothing in it can be read; used for words only."""
        parts = path.stem.split("-")
        return self._names(judge for judge in self.register.names if judge in parts[1:])

    def _claimed(self, foreign: Foreign) -> str:
        """Whose file it claims to be; unverified, used for words only."""
        try:
            with damage():
                bodies = list(_first_bodies(foreign))
        except RefusedError:
            return ""
        return self._names(str(body.get("judge", "")) for body in bodies if body.get("kind") == "open")

    def _names(self, judges: Iterable[str], register: Register | None = None) -> str:
        names = (register or self.register).names
        return "、".join(dict.fromkeys(names.get(judge, in_a_line(judge)) for judge in judges if judge))


def _still_held(taken: str, held: Mapping[Author, int]) -> bool:
    """Whether everything that was taken from a file is there: an end that was cut off since comes in again."""
    ends = {author.hex(): seq for author, seq in held.items()}
    spans = [item.replace(":", "-").split("-") for item in taken.split()]
    return all(len(span) == 3 and ends.get(span[0], 0) >= int(span[2] or 0) for span in spans)


def _check_event(foreign: Foreign, event: EventKey, rehearsal: bool) -> None:
    if foreign.event == event:
        return
    if _is_rehearsal(foreign) != rehearsal:
        raise RefusedError(
            "REHEARSAL",
            msg("The file is from a real contest, this one is a rehearsal")
            if rehearsal
            else msg("The file is from a rehearsal"),
            msg("Rehearsals and real contests are never mixed. Merge it into its own event's file."),
        )
    raise RefusedError(
        "OTHER_EVENT",
        msg("The file belongs to another event"),
        msg("Merge it into that event's file, or ask the judge for the right one."),
    )


def _files_taken_back(file: EntryFile, desks: Iterable[Author]) -> frozenset[str]:
    """The files, by the SHA-256 of their bytes, of which the desk says that what they brought does not count."""
    said = [(entry, readable(entry)) for author in desks for entry in file.entries(author) if b'"undo"' in entry.body]
    return frozenset(str(body.get("file", "")) for _, body in settle(said, ahead=True).said)


def _is_rehearsal(foreign: Foreign) -> bool:
    """What the file's own first notice says of itself; unverified, used for words only."""
    for body in _first_bodies(foreign):
        if body.get("kind") == "event":
            return body.get("rehearsal") is True
    return False


def _first_bodies(foreign: Foreign) -> Iterator[dict[str, object]]:
    for author in foreign.authors():
        first = foreign.entry(author, 1)
        if first is not None:
            try:
                yield scan_body(first.body)
            except ValueError:
                continue
