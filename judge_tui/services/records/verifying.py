"""A sealed bundle checked on a machine that has nothing else: signatures, seal, and the result worked out again.

The bundle is the ZIP that `judge_tui.services.records.archiving` writes (or the folder it was unpacked into, or its `records.db` alone).
What is compared is never taken from what it is compared with: the ranking comes from the signed records, then from the plain
tables, and both are held against what was published and what was printed.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.result import Result
from judge_tui.services.records.bundle_files import (
    ADJUSTMENTS,
    CHECKING,
    DEFINITION,
    MARKS,
    RECEIPTS,
    RECORDS,
    Reads,
    compare_files,
    dossier_in,
)
from judge_tui.services.records.proving import Finding, Proof, prove
from judge_tui.services.results.ranking import Ranking, rank_table
from judge_tui.services.table.closing import ResultCode, result_code
from judge_tui.store.disk import storage_error
from judge_tui.store.foreign import MAX_FILE, read_once
from judge_tui.store.header import HEADER, check_header

MAX_TABLE = 256 * 1024 * 1024
"""Bytes of the largest plain table that is read out of a bundle."""

MOST_NAMES = 1_000
"""Names in a bundle that are looked at."""

CHOOSE = msg("Choose the ZIP that `judge-tui bundle` wrote, or the folder it was unpacked into.")


@dataclass(frozen=True)
class Verified:
    """What the check of a bundle found. `agreed` says in words what was compared and is the same; `code` is the code of the
    result worked out here, to be held against the signed protocol."""

    proof: Proof
    result: Result
    ranking: Ranking
    code: ResultCode | None
    agreed: tuple[Message, ...]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether the published result is what the records give, and nothing is wrong with them."""
        return not any(item.wrong for item in self.findings)


def verify_bundle(path: Path, code: str = "") -> Verified:
    """Check a bundle; `code` is what somebody reads from the signed protocol (its beginning is enough, at least ten digits).

    Raises JudgeTuiError: BUNDLE where it is none, the code of a refusal where its records are not in order from the outside.
    """
    names, read = _reader(path)
    try:
        records = read(RECORDS)
        if records is None:
            raise _no_bundle(path)
        proof = prove(RECORDS, records, read(RECEIPTS) or b"")
    except RefusedError as error:
        what = msg("{file}: {what}", file=path.name, what=error.message)
        raise JudgeTuiError(error.code, what, CHOOSE) from error
    projection = proof.projection
    if projection is None:
        raise _no_bundle(path)
    ballots = projection.ballots()
    result = tabulate(projection.event, ballots)
    ranking = Ranking(projection.event, ballots, result)
    worked_out = result_code(projection, result)
    check = _Check(list(proof.findings), [])
    published = any(
        noted.body.kind == "publish" and projection.seal and noted.body.text("seal") == projection.seal.hash.hex()
        for noted in projection.desk.noted
    )
    if worked_out is None:
        check.findings.append(
            Finding("NOT_SEALED", msg("The result was never sealed: there is nothing final to verify"))
        )
    else:
        check.compare("SEAL", True, msg("The seal and every record it holds"), msg("The seal"))
    if published:
        wrong = any(item.code == "RESULT" for item in proof.findings)
        if not wrong:
            check.agreed.append(msg("The published ranking and its code"))
    elif worked_out is not None:
        check.findings.append(Finding("NOT_PUBLISHED", msg("The result was sealed and never published"), wrong=False))
    if code.strip():
        _compare_code(check, worked_out, code)
    if names:
        about = Message(CHECKING.text, {"code": worked_out.full if worked_out else "-"})
        for item in compare_files(names, read, dossier_in(projection), about):
            check.agreed.extend([item.agreed] if item.agreed is not None else [])
            check.findings.extend([item.finding] if item.finding is not None else [])
    _compare_tables(check, read, ranking)
    return Verified(proof, result, ranking, worked_out, tuple(check.agreed), tuple(check.findings))


@dataclass(frozen=True, slots=True)
class _Check:
    """What is being found."""

    findings: list[Finding]
    agreed: list[Message]

    def compare(self, code: str, same: bool, agreed: Message, differs: Message) -> None:
        """Note that two things are the same, or that they differ."""
        if any(item.code == code and item.wrong for item in self.findings):
            return
        if same:
            self.agreed.append(agreed)
        else:
            self.findings.append(Finding(code, differs))


def _compare_code(check: _Check, worked_out: ResultCode | None, code: str) -> None:
    digits = "".join(str(int(letter)) for letter in code if letter.isdecimal())  # full-width ones, too
    whole = worked_out.full.replace(" ", "") if worked_out is not None else ""
    check.compare(
        "CODE",
        len(digits) >= 10 and whole.startswith(digits),
        msg("The code from the protocol"),
        msg(
            "The code {typed} is not that of this result ({code})",
            typed=code,
            code=worked_out.full if worked_out else "-",
        ),
    )


def _compare_tables(check: _Check, read: Reads, ranking: Ranking) -> None:
    """The other way round: from the definition and the plain tables, without the records."""
    tables = {name: read(name) for name in (DEFINITION, MARKS, ADJUSTMENTS)}
    if tables[DEFINITION] is None or tables[MARKS] is None or not ranking.event.criteria:
        return
    if ranking.ballots.tallies or ranking.ballots.decisions or ranking.result.provisional:
        text = msg(
            "Ballots, decisions at the table and what is lacking stand in the records only; the plain tables are no proof"
        )
        check.findings.append(Finding("TABLES", text, wrong=False))
        return
    with tempfile.TemporaryDirectory() as scratch:
        for name, data in tables.items():
            if data is not None:
                Path(scratch, name).write_bytes(data)
        adjustments = Path(scratch, ADJUSTMENTS) if tables[ADJUSTMENTS] is not None else None
        try:
            other = rank_table(Path(scratch, DEFINITION), Path(scratch, MARKS), adjustments)
        except JudgeTuiError as error:
            check.findings.append(Finding("TABLES", error.message))
            return
    same = [(i.organisation, i.total, i.rank) for i in other.result.standings] == [
        (i.organisation, i.total, i.rank) for i in ranking.result.standings
    ]
    check.compare(
        "TABLES",
        same,
        msg("The ranking worked out anew from the plain tables ({file})", file=MARKS),
        msg("The plain tables give another ranking than the records"),
    )


def _reader(path: Path) -> tuple[list[str], Reads]:
    """The names in a bundle, each as often as it stands there, and how its files are read; no names where it is its records alone."""
    if path.is_dir():
        found = [item for item in sorted(path.rglob("*")) if item.is_file()][:MOST_NAMES]
        names = [item.relative_to(path).as_posix() for item in found]
        return names, lambda name: _whole(path / name) if (path / name).is_file() else None
    data = read_once(path)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [], lambda name: data if name == RECORDS else None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            names = bundle.namelist()[:MOST_NAMES]
    except (zipfile.BadZipFile, ValueError) as error:
        raise _no_bundle(path) from error
    return names, lambda name: _unpacked(path, data, name)


def _whole(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise storage_error(error, path) from error


def _unpacked(path: Path, data: bytes, name: str) -> bytes | None:
    most = MAX_FILE if name == RECORDS else MAX_TABLE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            if name not in bundle.namelist():
                return None
            if bundle.getinfo(name).file_size > most:  # nothing longer than this is ever unpacked
                raise _no_bundle(path)
            if name == RECORDS:  # what is no file of records is not unpacked to find that out
                check_header(_beginning(bundle, name), bundle.getinfo(name).file_size)
            return bundle.read(name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise _no_bundle(path) from error


def _beginning(bundle: ZipFile, name: str) -> bytes:
    with ZipFile.open(bundle, name) as file:
        return file.read(HEADER)


def _no_bundle(path: Path) -> JudgeTuiError:
    return JudgeTuiError(
        "BUNDLE",
        msg("{file} is not a sealed bundle, or part of it is missing", file=path.name),
        CHOOSE,
    )
