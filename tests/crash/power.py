"""Power cuts: the real process's own writes are recorded, and the power is cut after every one of them, in many ways.

What was not yet synced at that moment may be on the disk, may be missing, may be torn, in any combination: names as well as
content. After each cut the files must open, verify, and hold everything that was acknowledged, by whole transactions.
"""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash import scenes
from tests.crash.ground import ground, spread, totals

SECTOR = 512
CONTROLS = (
    ("OFF", "FULL"),
    ("MEMORY", "FULL"),
    ("DELETE", "FULL"),
    ("TRUNCATE", "OFF"),
    ("PERSIST", "OFF"),
    ("WAL", "NORMAL"),
)
"""Journal settings that lose acknowledged work or spoil the file; the same harness has to notice each of them."""


@dataclass(frozen=True)
class Op:
    """One recorded act. `file` is an inode of ours for content, `name` a path for names; `told` what was acknowledged."""

    kind: str
    file: int = 0
    name: str = ""
    offset: int = 0
    data: bytes = b""
    told: str = ""
    target: str = ""


_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_FD = re.compile(r"^(\d+|AT_FDCWD)<([^>]*)>")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def plain(escaped: str) -> bytes:
    """What strace wrote as `\\x2f\\x74`."""
    if "\\x" not in escaped:
        return escaped.encode()
    return bytes.fromhex(escaped.replace("\\x", ""))


@dataclass
class Recording:
    """The acts on files below a root, in order."""

    root: str
    ops: list[Op] = field(default_factory=list)
    inodes: dict[str, int] = field(default_factory=dict)
    open_files: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    start: dict[str, bytes] = field(default_factory=dict)

    def read(self, log: str) -> None:
        """Understand a log of strace."""
        for path in sorted(self.start):
            self.inodes[path] = len(self.inodes) + 1
        halves: dict[str, str] = {}
        for line in log.splitlines():
            pid = line.split(" ", 1)[0]
            if line.endswith("<unfinished ...>"):
                halves[pid] = line.removesuffix("<unfinished ...>")
                continue
            if " resumed>" in line:
                line = halves.pop(pid, "") + line.split(" resumed>", 1)[1]  # noqa: PLW2901 - the two halves of one call
            found = _CALL.match(line)
            if found and int(found[3]) >= 0:
                self.call(found[1], found[2], int(found[3]))

    def call(self, name: str, arguments: str, result: int) -> None:
        strings = [plain(item) for item in _STRING.findall(arguments)]
        number = _FD.match(arguments)
        handle = int(number[1]) if number and number[1].isdigit() else -1
        path = plain(number[2]).decode() if number else ""
        if name == "openat":
            self.opened(strings[0].decode(), arguments, result)
        elif name == "close":
            self.open_files.pop(handle, None)
        elif name == "write" and handle == 1:
            self.ops.append(Op("told", told=strings[0].decode().strip()))
        elif name == "lseek":
            self.places[handle] = result
        elif name in ("write", "pwrite64") and handle in self.open_files:
            offset = int(arguments.rsplit(", ", 1)[1]) if name == "pwrite64" else self.places.get(handle, 0)
            if name == "write":
                self.places[handle] = offset + result
            self.ops.append(Op("write", self.open_files[handle], offset=offset, data=strings[0][:result]))
        elif name == "ftruncate" and handle in self.open_files:
            self.ops.append(Op("truncate", self.open_files[handle], offset=int(arguments.rsplit(", ", 1)[1])))
        elif name in ("fsync", "fdatasync"):
            if handle in self.open_files:
                self.ops.append(Op("sync", self.open_files[handle]))
            elif path.startswith(self.root):
                self.ops.append(Op("sync names", name=path))
        elif name in ("rename", "renameat", "renameat2") and strings[0].decode().startswith(self.root):
            old, new = strings[0].decode(), strings[1].decode()
            self.inodes[new] = self.inodes.pop(old)
            self.ops.append(Op("name", self.inodes[new], old, target=new))
        elif name in ("unlink", "unlinkat") and strings[0].decode() in self.inodes:
            self.ops.append(Op("name", self.inodes.pop(strings[0].decode()), strings[0].decode()))

    def opened(self, path: str, arguments: str, handle: int) -> None:
        self.open_files.pop(handle, None)
        if not path.startswith(self.root) or "O_DIRECTORY" in arguments:
            return
        if path not in self.inodes:
            if "O_CREAT" not in arguments:
                return
            self.inodes[path] = 1 + max((op.file for op in self.ops), default=0) + len(self.start) + len(self.inodes)
            self.ops.append(Op("name", self.inodes[path], target=path))
        self.open_files[handle] = self.inodes[path]
        self.places[handle] = 0
        if "O_TRUNC" in arguments:
            self.ops.append(Op("truncate", self.inodes[path], offset=0))


@dataclass
class Disk:
    """What is certainly on the disk, and what was done since."""

    content: dict[int, bytes]
    names: dict[str, int]
    pending: list[Op] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def do(self, op: Op) -> None:
        """One act of the process."""
        if op.kind == "told":
            self.told.append(op.told)
        elif op.kind == "sync":
            self.settle(lambda item: item.kind != "name" and item.file == op.file)
        elif op.kind == "sync names":
            self.settle(lambda item: item.kind == "name" and op.name in (_folder(item.name), _folder(item.target)))
        else:
            self.pending.append(op)

    def settle(self, synced: Callable[[Op], bool]) -> None:
        for op in self.pending:
            if synced(op):
                apply(op, self.content, self.names)
        self.pending = [op for op in self.pending if not synced(op)]

    def images(self, dice: random.Random, more: int) -> Iterator[dict[str, bytes]]:
        """What may be found after a power cut now."""
        pending = self.pending
        yield self.image(pending)
        if not pending:
            return
        yield self.image([])
        for index, op in enumerate(pending):
            yield self.image(pending[:index])
            yield self.image([*pending[:index], *pending[index + 1 :]])
            yield self.image([op])
            for torn in tears(op, dice):
                yield self.image([*pending[:index], torn])
                yield self.image([*pending[:index], torn, *pending[index + 1 :]])
        for _ in range(more):
            kept = [op for op in pending if dice.random() < 0.5]
            yield self.image([torn for op in kept for torn in ([op] if dice.random() < 0.8 else tears(op, dice)[:1])])

    def image(self, ops: list[Op]) -> dict[str, bytes]:
        content, names = dict(self.content), dict(self.names)
        for op in ops:
            apply(op, content, names)
        return {name: content.get(file, b"") for name, file in names.items()}


def _folder(path: str) -> str:
    return path.rsplit("/", 1)[0]


def apply(op: Op, content: dict[int, bytes], names: dict[str, int]) -> None:
    """One act reaching the disk."""
    if op.kind == "name":
        if op.name and names.get(op.name) == op.file:
            del names[op.name]
        if op.target:
            names[op.target] = op.file
    elif op.kind == "truncate":
        content[op.file] = content.get(op.file, b"")[: op.offset].ljust(op.offset, b"\x00")
    else:
        old = content.get(op.file, b"").ljust(op.offset, b"\x00")
        content[op.file] = old[: op.offset] + op.data + old[op.offset + len(op.data) :]


def tears(op: Op, dice: random.Random) -> list[Op]:
    """A write of which only some sectors arrive."""
    if op.kind != "write" or len(op.data) < 2:
        return []
    cut = max(1, (len(op.data) // 2) // SECTOR * SECTOR)
    anywhere = dice.randrange(1, len(op.data))
    return [
        Op("write", op.file, offset=op.offset, data=op.data[:cut]),
        Op("write", op.file, offset=op.offset + cut, data=op.data[cut:]),
        Op("write", op.file, offset=op.offset, data=op.data[:anywhere]),
    ]


TRACED = "openat,close,lseek,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"


def record(folder: Path, scene: str) -> tuple[Recording, list[Op]]:
    """Run a scene in a process of its own under strace: what stood before it began, and its acts after that."""
    home = folder / "home"
    home.mkdir()
    log = folder / "log"
    traced = ["strace", "-f", "-qq", "-y", "-xx", "-s", "10000000", "-e", f"trace={TRACED}", "-o", str(log)]
    subprocess.run(
        [*traced, sys.executable, "-m", "tests.crash.power", scene, str(home)],
        check=True,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    recording = Recording(str(home))
    recording.read(log.read_text(encoding="ascii"))
    start = next(index for index, op in enumerate(recording.ops) if op.told == "begin") + 1
    return recording, recording.ops[start:]


def replay(job: tuple[str, int, int, int]) -> dict[str, int]:
    """Cut the power after every act of a scene; this job's share of the points."""
    scene, share, shares, more = job
    dice = random.Random(f"{scene}{share}")
    figures = {"images": 0, "bad": 0}
    check = scenes.SCENES[scene][1] if scene in scenes.SCENES else scenes.check_control
    with ground() as folder:
        recording, ops = record(folder, scene)
        disk = Disk({}, {})
        for op in recording.ops[: len(recording.ops) - len(ops)]:
            if op.kind not in ("sync", "sync names", "told"):
                apply(op, disk.content, disk.names)
        seen: dict[bytes, bool] = {}
        for point, op in enumerate(ops):
            disk.do(op)
            if point % shares != share or (figures["bad"] and scene not in scenes.SCENES):
                continue  # an unsafe setting is caught with the first bad image
            for image in disk.images(dice, more):
                figures["images"] += 1
                names = sorted(image)
                mark_of = hashlib.sha256(repr([(n, hashlib.sha256(image[n]).digest()) for n in names]).encode())
                mark_of.update(repr(disk.told).encode())
                good = seen.get(mark_of.digest())
                if good is None:
                    good = seen[mark_of.digest()] = survives(folder, recording.root, image, check, disk.told)
                figures["bad"] += not good
    return figures


def survives(
    folder: Path, root: str, image: dict[str, bytes], check: Callable[[Path, list[str]], bool], told: list[str]
) -> bool:
    """Lay an image out as files and look at it as the program does."""
    home = folder / "after"
    written = []
    for name, content in image.items():
        path = home / name.removeprefix(root).lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    try:
        return check(home, told)
    except Exception:
        return False
    finally:
        for path in home.rglob("*"):
            if path.is_file():
                path.unlink()


def run(long: bool = False) -> dict[str, int]:
    """`images` of disks after a power cut, how many were `bad`, and how many of the unsafe settings were caught."""
    shares, more = (16, 1000) if long else (4, 12)
    jobs = [(scene, share, shares, more) for scene in scenes.SCENES for share in range(shares)]
    figures = totals(spread(replay, jobs))
    controls = [(f"{journal}-{synchronous}", 0, 1, 4) for journal, synchronous in CONTROLS]
    caught = [found["bad"] > 0 for found in spread(replay, controls)]
    return {**figures, "controls_caught": sum(caught)}


def main() -> None:
    scene, folder = sys.argv[1], Path(sys.argv[2])
    if scene in scenes.SCENES:
        scenes.SCENES[scene][0](folder)
    else:
        scenes.control_scene(folder, *scene.split("-"))


if __name__ == "__main__":
    main()
