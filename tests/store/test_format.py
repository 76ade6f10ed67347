"""The format page, the second verifier and the published vectors keep step with the code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import judge_tui
from judge_tui.domain.ledger import (
    endorsement_message,
    enrolment_message,
    event_key,
    next_entry,
    receipt_message,
)
from judge_tui.store import crypto, schema
from tests.crash.fuzz import second_verifier
from tests.records import Hall, mark, submit

DOCS = Path(judge_tui.__file__).parent / "docs"
STATEMENTS = [*schema.TABLES.values(), *schema.INDEXES.values(), *schema.VIEWS.values()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_every_statement_of_the_schema_and_no_other(language: str) -> None:
    page = (DOCS / f"format.{language}.md").read_text(encoding="utf-8")
    shown = page.split("```sql\n")[1].split("```")[0]

    assert shown == "".join(f"{sql};\n" for sql in STATEMENTS)


def test_the_second_verifier_knows_the_same_statements() -> None:
    assert list(second_verifier().STATEMENTS) == STATEMENTS


def test_the_second_verifier_needs_nothing_of_ours(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.write("j1", mark("o1", "c1", 70), submit())
    handed = hall.hand_over("j1")
    hall.merge(hall.hand_over("j2"))
    script = DOCS / "verifier" / "verify.py"
    assert "judge_tui" not in script.read_text(encoding="utf-8").replace("judge-tui", "")
    done = subprocess.run(
        [sys.executable, str(script), str(hall.organiser), str(handed)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "may be merged" in done.stdout
    nothing = subprocess.run([sys.executable, str(script), "nowhere.db"], capture_output=True, text=True, cwd=tmp_path)
    assert (nothing.returncode, nothing.stderr) == (2, "")


def vectors() -> dict[str, object]:
    """The published vectors, worked out anew."""
    notice, desk, kit, judge, later = (crypto.key_pair(bytes([n]) * 32) for n in range(1, 6))
    event = event_key(notice.author, "例子-2021")
    bodies = [
        '{"kind":"open","at":"2021-12-20T06:30:00Z","judge":"j1"}',
        '{"kind":"mark","at":"2021-12-20T06:31:00Z","organisation":"东岗村","criterion":"talk","value":42500,"replaces":[]}',
        '{"kind":"submit","at":"2021-12-20T06:40:00Z","scope":"sheet"}',
    ]
    chain = []
    for body in bodies:
        chain.append(next_entry(event, judge, chain[-1] if chain else None, body.encode()))
    last = chain[-1]
    return {
        "seeds": {
            name: {"seed": pair.secret.hex(), "public": pair.author.hex()}
            for name, pair in (("notice", notice), ("desk", desk), ("kit", kit), ("judge", judge), ("later", later))
        },
        "event": {"id": "例子-2021", "key": event.hex()},
        "chain": [
            {"seq": entry.seq, "body": entry.body.decode(), "hash": entry.hash.hex(), "sig": entry.sig.hex()}
            for entry in chain
        ],
        "enrolment": kit.sign(enrolment_message(event, judge.author)).hex(),
        "endorsement": judge.sign(endorsement_message(event, later.author)).hex(),
        "receipt": desk.sign(receipt_message(event, judge.author, last.seq, last.hash)).hex(),
    }


def test_the_published_vectors_are_what_the_program_writes() -> None:
    published = json.loads((DOCS / "verifier" / "vectors.json").read_text(encoding="utf-8"))

    assert published == vectors()


def test_the_second_verifier_agrees_with_the_vectors() -> None:
    other = second_verifier()
    published = json.loads((DOCS / "verifier" / "vectors.json").read_text(encoding="utf-8"))
    author = bytes.fromhex(published["seeds"]["judge"]["public"])
    event = other.event_key(bytes.fromhex(published["seeds"]["notice"]["public"]), published["event"]["id"])
    chain = [
        other.Entry(author, item["seq"], item["body"].encode(), bytes.fromhex(item["hash"]), bytes.fromhex(item["sig"]))
        for item in published["chain"]
    ]

    assert event.hex() == published["event"]["key"]
    other.check_chain(event, chain)
    kit = bytes.fromhex(published["seeds"]["kit"]["public"])
    assert other.signed(kit, b"judge-tui enrol v1\x00" + event + author, bytes.fromhex(published["enrolment"]))
