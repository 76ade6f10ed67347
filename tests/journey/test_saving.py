"""A disk that refuses, on the judge's real screen: the words stay, the mark stays, and it is saved as soon as that is possible."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from judge_tui.services.records.proving import prove_file
from judge_tui.store.files import EntryFile
from tests.journey.window import Window
from tests.records import Hall


def marks(path: Path) -> list[bytes]:
    with EntryFile.open(path, read_only=True) as file:
        return [entry.body for entry in file.entries() if b'"mark"' in entry.body]


@contextmanager
def read_only_disk(pid: int) -> Iterator[None]:
    """What a running program sees when its disk turns read-only under an open file: every write, and the question whether
    it may write, is answered with EROFS.

    A file system with files open for writing cannot be mounted read-only again (EBUSY); the kernel does it after errors alone.
    """
    refused = ",".join(("pwrite64", "ftruncate", "fsync", "fdatasync", "access", "faccessat", "faccessat2"))
    command = ["strace", "-f", "-qq", "-e", f"trace={refused}", "-e", f"inject={refused}:error=EROFS", "-p", str(pid)]
    tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while f"TracerPid:\t{tracer.pid}" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii"):
            assert time.monotonic() < until, "strace did not take hold"
            time.sleep(0.01)
        yield
    finally:
        tracer.terminate()
        tracer.wait(20)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return Hall(tmp_path / "hall").kit("j1")


def test_a_mark_is_kept_on_screen_and_saved_once_the_disk_takes_it(window: Callable[..., Window], kit: Path) -> None:
    seat = window("--lang", "zh", "score", str(kit))
    seat.until(lambda text: "第1个，共3个" in text)

    away = kit.with_name("away")
    kit.rename(away)
    seat.press("4", "1", "enter")
    seat.until(lambda text: "尚未保存" in text and "已不在原处" in text, 15)
    assert "41" in seat.read()
    away.rename(kit)
    seat.until(lambda text: "已补存成功" in text and "尚未保存" not in text)
    assert len(marks(kit)) == 1

    other = sqlite3.connect(kit, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    seat.press("\x1b[B", "4", "2", "enter")
    seat.until(lambda text: "尚未保存" in text and "正被其他程序写入" in text, 15)
    other.execute("ROLLBACK")
    other.close()
    seat.until(lambda text: "已补存成功" in text and "尚未保存" not in text)
    assert [b'"value":41000' in marks(kit)[0], b'"value":42000' in marks(kit)[1]] == [True, True]
    assert prove_file(kit).sound


@pytest.mark.needs("prlimit")
def test_a_full_disk_is_told_until_there_is_room(window: Callable[..., Window], kit: Path) -> None:
    seat = window("--lang", "zh", "score", str(kit))
    seat.until(lambda text: "第1个，共3个" in text)
    pid = seat.child.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    seat.press("4", "3", "enter")
    text = seat.until(lambda text: "尚未保存" in text and "正在重试" in text, 30)
    assert "43" in text
    assert marks(kit) == []
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    seat.until(lambda text: "已补存成功" in text and "尚未保存" not in text, 30)

    assert len(marks(kit)) == 1
    assert prove_file(kit).sound


def test_a_second_window_only_looks_and_says_so(window: Callable[..., Window], kit: Path) -> None:
    first = window("--lang", "zh", "score", str(kit))
    first.until(lambda text: "第1个，共3个" in text)
    second = window("--lang", "zh", "score", str(kit))
    second.until(lambda text: "另一窗口正在写入此文件；这里只能查看" in text)
    before = marks(kit)
    second.press("4", "1", "enter")
    second.until(lambda text: "这里只能查看" in text)

    assert marks(kit) == before


@pytest.mark.needs("strace")
def test_a_disk_that_turns_read_only_is_told_until_it_takes_writes_again(
    window: Callable[..., Window], kit: Path
) -> None:
    seat = window("--lang", "zh", "score", str(kit))
    seat.until(lambda text: "第1个，共3个" in text)
    with read_only_disk(seat.child.pid):
        seat.press("4", "4", "enter")
        text = seat.until(lambda text: "尚未保存" in text and "只读" in text, 30)
        assert "44" in text
    seat.until(lambda text: "已补存成功" in text and "尚未保存" not in text, 30)

    assert [b'"value":44000' in body for body in marks(kit)] == [True]
    assert prove_file(kit).sound
