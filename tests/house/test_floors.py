"""The architecture's promises: imports go down, files stay small, nothing is left for later, no host or path slips in."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "judge_tui"
FILE_LINES, CLASS_LINES, FUNCTION_LINES, APP_LINES = 400, 250, 60, 150


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def definitions(tree: ast.AST) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def test_imports_only_go_down() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_class_or_function_outgrows_its_budget() -> None:
    too_long = []
    for path in modules():
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > (APP_LINES if path == PACKAGE / "ui" / "app.py" else FILE_LINES):
            too_long.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in definitions(ast.parse(text)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            budget = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            if length > budget:
                too_long.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")

    assert not too_long, "\n".join(too_long)


def test_every_room_says_what_it_is_for() -> None:
    silent = [str(p.relative_to(ROOT)) for p in modules() if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]

    assert not silent


def test_no_room_is_a_lumber_room() -> None:
    lumber = [p for p in modules() if re.search(r"util|helper|manager|misc|common", p.stem)]

    assert not lumber


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("something left for later", r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|NotImplemented" + r"Error"),
        ("a skipped test", r"pytest\.mark\.(sk" + r"ip\b|xf" + r"ail)"),
        ("a registry", r"https?://[\w.]*(pypi|pythonhosted|registry)\w*|index[-_]" + r"url|find-" + r"links"),
        ("a path of one machine", r"(^|[^\w.])/(wor" + r"k|ro" + r"ot|ho" + r"me)/[A-Za-z.]"),
    ],
)
def test_nothing_committed_holds(what: str, pattern: str) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    files = listed.stdout.splitlines() if listed.returncode == 0 else [str(p.relative_to(ROOT)) for p in modules()]
    found = []
    for name in files:
        path = ROOT / name
        if not path.is_file() or path.suffix in {".png", ".svg", ".xz", ".gz", ".bin", ".db", ".judge"}:
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{name}:{number}: {line.strip()[:80]}")

    assert not found, f"{what}: " + "\n".join(found)


def test_no_lock_file_is_committed() -> None:
    locks = [p.name for p in ROOT.iterdir() if re.search(r"pylock|poetry\.lock|package-lock", p.name)]

    assert not locks
