"""Windows without a Windows laptop: what would fail there is looked for in the code itself, and played where it can be."""

from __future__ import annotations

import ast
import contextlib
import ctypes
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge_tui.domain.file_names import unfit_names
from judge_tui.store.disk import storage_error, write_new

PACKAGE = Path(__file__).parents[2] / "judge_tui"
POSIX_MODULES = {
    "fcntl",
    "termios",
    "tty",
    "pty",
    "pwd",
    "grp",
    "resource",
    "syslog",
    "posix",
    "curses",
    "readline",
    "select",
}
POSIX_CALLS = {
    "os": {
        "fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "setsid", "setuid", "killpg", "mkfifo", "chown", "nice",
        "uname", "getpgid", "posix_fadvise", "posix_fallocate", "fchmod", "fchown", "sync", "statvfs", "fstatvfs", "sendfile",
        "openpty", "ttyname", "getloadavg", "pread", "pwrite", "fdatasync", "sched_setaffinity", "wait", "waitpid", "WNOHANG",
        "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_SYNC", "O_DSYNC",
    },
    "signal": {"SIGKILL", "SIGHUP", "SIGALRM", "SIGWINCH", "SIGUSR1", "SIGQUIT", "alarm", "setitimer", "pause", "sigwait"},
    "time": {"tzset"},
    "socket": {"AF_UNIX"},
    "loop": {"add_signal_handler", "add_reader", "add_writer"},
}  # fmt: skip
"""What Python has on Linux and macOS only; `select` there takes no files."""

NAMES_ENCODING = re.compile(r"encoding=.*|'(utf-8|ascii)[\w-]*'")
IS_BINARY = re.compile(r"(mode=)?'[rwxa+]*b[+]?'")
TEXT_CALLS = {"open", "read_text", "write_text", "fdopen", "NamedTemporaryFile", "TemporaryFile"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def asks_for_the_system(test: ast.expr) -> bool:
    """Whether a condition looks at the system or at whether the name is there."""
    text = ast.unparse(test)
    return "sys.platform" in text or "os.name" in text or "hasattr(" in text


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def guarded(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    while node in above:
        node = above[node]
        if isinstance(node, (ast.If, ast.IfExp)) and asks_for_the_system(node.test):
            return True
    return False


def posix_only(node: ast.AST) -> str:
    """The name of what this node uses that Windows does not have, empty for none."""
    if isinstance(node, ast.Import):
        return next((item.name for item in node.names if item.name.split(".")[0] in POSIX_MODULES), "")
    if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in POSIX_MODULES:
        return node.module
    if isinstance(node, ast.Attribute) and node.attr in POSIX_CALLS.get(ast.unparse(node.value), ()):
        return ast.unparse(node)
    return ""


def unguarded(source: str) -> list[str]:
    tree = ast.parse(source)
    above = parents(tree)
    return [name for node in ast.walk(tree) if (name := posix_only(node)) and not guarded(node, above)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import fcntl", ["fcntl"]),
        ("import os\nos.fork()", ["os.fork"]),
        ("import sys\nif sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl", []),
        ("import os\nif hasattr(os, 'sync'):\n    os.sync()", []),
        ("def f():\n    from termios import tcgetattr", ["termios"]),
    ],
)
def test_the_guard_finds_what_windows_lacks(source: str, found: list[str]) -> None:
    assert unguarded(source) == found


def test_nothing_that_only_posix_has_is_used_without_asking_for_the_system() -> None:
    found = {
        str(path.relative_to(PACKAGE)): names for path in modules() if (names := unguarded(path.read_text("utf-8")))
    }

    assert found == {}


def text_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TEXT_CALLS and not (isinstance(node.func, ast.Attribute) and foreign_open(node.func)):
                yield node


def foreign_open(function: ast.Attribute) -> bool:
    """`os.open`, `EntryFile.open`, `self.open`, a distribution's `read_text`, our own `write_text` are other functions."""
    owner = ast.unparse(function.value)
    if function.attr == "open":
        return owner in ("os", "self", "cls") or owner[:1].isupper()
    return "distribution" in owner or owner in ("installed", "reporting", "archive")


def takes_bytes(call: ast.Call) -> bool:
    """Temporary files are binary unless a mode is given."""
    return ast.unparse(call.func).endswith("TemporaryFile") and not any(item.arg == "mode" for item in call.keywords)


def test_every_text_names_its_encoding_for_windows_would_take_gbk() -> None:
    nameless = []
    for path in modules():
        for call in text_calls(ast.parse(path.read_text("utf-8"))):
            words = [ast.unparse(item) for item in call.args] + [
                f"{item.arg}={ast.unparse(item.value)}" for item in call.keywords
            ]
            if not any(
                NAMES_ENCODING.fullmatch(word) or IS_BINARY.fullmatch(word) for word in words
            ) and not takes_bytes(call):
                nameless.append(f"{path.relative_to(PACKAGE)}:{call.lineno}: {ast.unparse(call)[:80]}")

    assert nameless == []


def test_dates_are_written_with_what_every_system_knows() -> None:
    """Windows refuses `%-d` and, in some code pages, Chinese inside the format."""
    wrong = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
                form = ast.unparse(node.args[-1])
                if "%-" in form or not form.isascii():
                    wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {form}")

    assert wrong == []


def test_no_file_of_the_program_has_a_name_that_windows_refuses() -> None:
    root = PACKAGE.parent
    names = [path.relative_to(root).as_posix() for path in (*PACKAGE.rglob("*"), *(root / "data").rglob("*"))]

    assert unfit_names(name for name in names if "__pycache__" not in name) == ()


def test_every_windows_call_is_of_a_library_that_windows_has() -> None:
    """`ctypes.windll` is only reached on Windows, and only these two libraries of the system are used."""
    used = set()
    for path in modules():
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        above = parents(tree)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "windll"
            ):
                used.add(node.attr)
                assert guarded(node, above), f"{path.name}:{node.lineno}"

    assert used <= {"kernel32", "user32"}
    assert not hasattr(ctypes, "windll") or os.name == "nt"


def held_open() -> PermissionError:
    """Windows's sharing violation: a virus scanner or Excel holds the file."""
    error = PermissionError(
        errno.EACCES, "The process cannot access the file because it is being used by another process"
    )
    error.winerror = 32  # type: ignore[attr-defined]
    return error


def test_a_file_that_another_program_holds_open_is_said_to_be_in_use(tmp_path: Path) -> None:
    assert storage_error(held_open(), tmp_path / "a.judge").code == "BUSY"
    assert storage_error(PermissionError(errno.EACCES, "Access is denied"), tmp_path / "a.judge").code == "READ_ONLY"


@pytest.mark.parametrize(("times", "written"), [(2, True), (99, False)])
def test_a_virus_scanner_in_the_way_of_a_new_file_is_waited_for(
    times: int, written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, left = Path.rename, [times]

    def held(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise held_open()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with contextlib.nullcontext() if written else pytest.raises(PermissionError):
        write_new(tmp_path / "a.judge", b"whole")

    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == (["a.judge"] if written else [])
