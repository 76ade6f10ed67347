"""`audit`, `bundle` and `verify`: what a stranger finds in the records, with nothing but them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from judge_tui.cli.audit import audit, verify
from judge_tui.cli.bundle import bundle
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.records.archiving import archive
from judge_tui.services.table import closing, organising
from tests.organiser.world import BY, World


def sealed(world: World, publish: bool = True) -> str:
    organising.adjust(world.office, "v2", "加分", 1000, "活动组织好", BY)  # type: ignore[arg-type]
    code = closing.seal(world.office, BY)
    if publish:
        closing.publish(world.office, BY)
    return code.full


def bundled(world: World) -> Path:
    return archive(world.office, world.folder / "out", str, "en")


def said(outcome: Result) -> dict[str, object]:
    found = json.loads(outcome.output)
    assert isinstance(found, dict)
    return found


def codes(outcome: Result) -> set[str]:
    findings = said(outcome)["findings"]
    assert isinstance(findings, list)
    return {item["code"] for item in findings if item["wrong"]}


def run_audit(path: Path) -> Result:
    return CliRunner().invoke(audit, [str(path), "--format", "json"])


def edited(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_an_audit_counts_every_signature_and_finds_nothing_wrong(full: World) -> None:
    sealed(full)
    outcome = run_audit(full.issued.organiser)
    found = said(outcome)

    assert (outcome.exit_code, found["sound"], found["findings"]) == (0, True, [])
    # three notices, five entries of the desk, three judges with opening, eight marks and submission; receipts of five chains
    assert (found["entries"], found["signatures"]) == (38 - 1, 42)
    assert {chain["good"] == chain["entries"] == chain["counted"] for chain in found["chains"]} == {True}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE entry SET sig = zeroblob(64) WHERE seq = 2 AND CAST(body AS TEXT) LIKE '%\"mark\"%'", "TAMPERED"),
        (
            "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '\"at\"', '\"AT\"') AS BLOB) WHERE seq = 3",
            "TAMPERED",
        ),
        ("DELETE FROM entry WHERE seq = 4 AND CAST(body AS TEXT) LIKE '%\"mark\"%'", "GAP"),
        ("DELETE FROM entry WHERE seq > 5 AND CAST(body AS TEXT) NOT LIKE '%\"by\"%'", "SEAL"),
    ],
    ids=["a signature in the middle", "a body", "a hole", "tails cut off under a seal"],
)
def test_an_audit_finds_what_was_altered(full: World, statement: str, code: str) -> None:
    sealed(full)
    edited(full.issued.organiser, statement)
    outcome = run_audit(full.issued.organiser)

    assert outcome.exit_code == 1
    assert code in codes(outcome)


def test_an_audit_knows_from_the_receipts_what_was_cut_off(full: World) -> None:
    edited(full.issued.organiser, "DELETE FROM entry WHERE seq > 5")

    assert codes(run_audit(full.issued.organiser)) == {"RECEIPT"}


def test_an_audit_names_a_receipt_that_the_desk_did_not_sign(full: World) -> None:
    path = full.issued.organiser.with_suffix(".receipts")
    path.write_text(path.read_text("ascii").replace(" 10 ", " 11 "), encoding="ascii")

    assert codes(run_audit(full.issued.organiser)) == {"RECEIPT"}


def test_an_audit_reads_a_judges_file_too_and_names_what_is_none(full: World, tmp_path: Path) -> None:
    assert said(run_audit(full.kit("j1")))["sound"] is True
    (tmp_path / "junk.db").write_bytes(b"junk")
    outcome = subprocess.run(
        [sys.executable, "-m", "judge_tui", "--lang", "en", "audit", str(tmp_path / "junk.db")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )

    assert outcome.returncode == 1
    assert "junk.db" in outcome.stderr


def test_a_bundle_is_verified_where_nothing_else_is(full: World, tmp_path: Path) -> None:
    code = sealed(full)
    written = CliRunner().invoke(bundle, [str(full.issued.organiser), "--out", str(tmp_path / "out")])
    path = next((tmp_path / "out").glob("*.zip"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(path, elsewhere / "received.zip")
    shutil.rmtree(full.folder / "contest")
    shutil.rmtree(full.keys)
    outcome = CliRunner().invoke(
        verify,
        [
            str(elsewhere / "received.zip"),
            "--code",
            code[:11].translate({ord(str(n)): 0xFF10 + n for n in range(10)}),
            "--format",
            "json",
        ],
    )

    assert written.exit_code == 0
    assert outcome.exit_code == 0
    assert said(outcome)["code"] == code
    assert said(outcome)["findings"] == []
    assert len(said(outcome)["same"]) == 9  # type: ignore[arg-type]
    with zipfile.ZipFile(elsewhere / "received.zip") as packed:
        packed.extractall(elsewhere / "unpacked")
        names = packed.namelist()
    assert CliRunner().invoke(verify, [str(elsewhere / "unpacked")]).exit_code == 0
    assert CliRunner().invoke(verify, [str(elsewhere / "unpacked" / "records.db")]).exit_code == 0
    assert not any(name.endswith((".key", ".reserve", ".judge")) for name in names)


def repacked(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The bundle with one of its files changed."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for item in old.namelist():
            data = old.read(item)
            new.writestr(item, change(data) if item == name else data)
    return other


def with_another_mark(data: bytes) -> bytes:
    """The records after somebody raised a mark, with another program."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    connection.execute("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '44000', '50000') AS BLOB)")
    connection.commit()
    return connection.serialize()


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("records.db", with_another_mark, "TAMPERED"),
        ("results.json", lambda data: data.replace(b'"rank": 1', b'"rank": 2', 1), "PRINTED"),
        ("results.json", lambda data: b"[" * 5000, "PRINTED"),
        ("results.json", lambda data: data.replace("东岗村".encode(), "南岗村".encode(), 1), "PRINTED"),
        ("marks.csv", lambda data: data.replace(b",44", b",50", 1), "TABLES"),
        (
            "marks.csv",
            lambda data: data.replace(b"\r\nj1,", b"\r\nj9,", 1).replace(b"\r\nj2,", b"\r\nj1,", 1),
            "TABLES",
        ),
        ("marks.csv", lambda data: b"", "TABLES"),
        ("adjustments.csv", lambda data: data.replace("活动组织好".encode(), "与领导相熟".encode()), "TABLES"),
        ("event.toml", lambda data: data.replace("东岗村".encode(), "南岗村".encode(), 1), "DEFINITION"),
        ("event.toml", lambda data: b"\xff", "DEFINITION"),
        ("marks.csv", lambda data: b"\xff\xfe\x00", "TABLES"),
        ("receipts", lambda data: data.replace(b" 10 ", b" 9 ", 1), "RECEIPT"),
    ],
)
def test_whatever_is_changed_in_a_bundle_is_found(
    full: World, name: str, change: Callable[[bytes], bytes], code: str
) -> None:
    sealed(full)
    outcome = CliRunner().invoke(verify, [str(repacked(bundled(full), name, change)), "--format", "json"])

    assert outcome.exit_code == 1
    assert code in codes(outcome)


@pytest.mark.parametrize("name", ["results.html", "summary.md", "README.txt"])
def test_a_page_that_was_altered_is_named_though_the_records_are_right(full: World, name: str) -> None:
    sealed(full)
    path = repacked(bundled(full), name, lambda data: data + b" ")
    outcome = CliRunner().invoke(verify, [str(path), "--format", "json"])
    (finding,) = said(outcome)["findings"]  # type: ignore[misc]

    assert outcome.exit_code == 0
    assert finding["code"] == "UNCHECKED"  # type: ignore[index]
    assert name in finding["text"]  # type: ignore[index]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_added_taken_out_or_twice_in_a_bundle_is_named(full: World) -> None:
    sealed(full)
    path = bundled(full)
    with zipfile.ZipFile(path) as old:
        whole = {name: old.read(name) for name in old.namelist()}
    other = path.with_name("other.zip")

    def found(names: list[str], code: str) -> tuple[bool, str]:
        with zipfile.ZipFile(other, "w") as new:
            for name in names:
                new.writestr(name, whole.get(name, b"new"))
        outcome = CliRunner().invoke(verify, [str(other), "--format", "json"])
        (finding,) = [item for item in said(outcome)["findings"] if item["code"] == code]  # type: ignore[attr-defined]
        return finding["wrong"], finding["text"]

    wrong, text = found([*whole, "final.html", "成绩/x.exe"], "UNCHECKED")
    assert not wrong and "final.html" in text and "x.exe" in text
    wrong, text = found([name for name in whole if name not in ("results.json", "marks.csv")], "MISSING")
    assert not wrong and "results.json" in text and "marks.csv" in text
    wrong, text = found([*whole, "results.json"], "TWICE")
    assert wrong and "results.json" in text
    wrong, text = found([*whole, "records.db"], "TWICE")
    assert wrong and "records.db" in text


def test_a_bundle_may_be_given_its_name_and_replaces_nothing(full: World, tmp_path: Path) -> None:
    sealed(full)
    wanted = tmp_path / "归档.zip"
    arguments = [str(full.issued.organiser), "--out", str(wanted)]

    assert CliRunner().invoke(bundle, arguments).exit_code == 0
    assert zipfile.is_zipfile(wanted)
    before = wanted.read_bytes()
    again = CliRunner().invoke(bundle, arguments)
    assert getattr(again.exception, "code", None) == "EXISTS"
    assert (wanted.read_bytes(), [path.name for path in tmp_path.glob("*.zip")]) == (before, ["归档.zip"])


def test_a_bundle_made_up_from_nothing_has_another_code(full: World, tmp_path: Path) -> None:
    """Whoever makes up a whole contest signs it well; the code on paper is what he cannot make."""
    from tests.organiser.world import make_world

    code = sealed(full)
    other = make_world(tmp_path / "made-up")
    other.everyone_scores()
    other.collect()
    sealed(other)
    outcome = CliRunner().invoke(verify, [str(bundled(other)), "--code", code, "--format", "json"])

    assert codes(outcome) == {"CODE"}


def test_what_was_not_sealed_is_not_verified_and_what_was_not_published_is_said(full: World) -> None:
    outcome = CliRunner().invoke(verify, [str(bundled(full)), "--format", "json"])
    assert codes(outcome) == {"NOT_SEALED"}

    sealed(full, publish=False)
    outcome = CliRunner().invoke(verify, [str(bundled(full)), "--format", "json"])
    assert outcome.exit_code == 0
    assert '"NOT_PUBLISHED"' in outcome.output


def test_a_decision_after_publishing_changes_no_bundle(full: World) -> None:
    code = sealed(full)
    organising.adjust(full.office, "v3", "加分", 5000, "事后补记", BY)  # type: ignore[arg-type]
    outcome = CliRunner().invoke(verify, [str(bundled(full)), "--format", "json"])

    assert (outcome.exit_code, said(outcome)["code"]) == (0, code)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"not a zip"], ids=["empty", "half a zip", "text"])
def test_what_is_no_bundle_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "received.zip").write_bytes(data)
    outcome = subprocess.run(
        [sys.executable, "-m", "judge_tui", "--lang", "en", "verify", str(tmp_path / "received.zip")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )

    assert outcome.returncode == 1
    assert "received.zip" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_an_event_without_scores_has_a_bundle_that_is_verified(tmp_path: Path) -> None:
    from tests.organiser.world import make_world

    world = make_world(tmp_path, criteria=[], adjustments=[], awards=[])
    closing.seal(world.office, BY)
    closing.publish(world.office, BY)
    outcome = CliRunner().invoke(verify, [str(bundled(world)), "--format", "json"])

    assert (outcome.exit_code, codes(outcome)) == (0, set())


def test_what_is_no_file_of_records_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("records.db", bytes(5_000_000))
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    outcome = CliRunner().invoke(verify, [str(tmp_path / "bomb.zip"), "--format", "json"])

    assert isinstance(outcome.exception, JudgeTuiError)
    assert outcome.exception.code == "NOT_SQLITE"
