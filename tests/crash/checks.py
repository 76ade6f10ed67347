"""Every check of the verifier taken away, one at a time: some file of the gallery must then be judged otherwise.

A check is a condition that leads to a refusal, one part of such a condition, or an exception that becomes a refusal. The code
of the function is exchanged in the running program, the gallery is gone through, and the function is put back. The same is
done to the second verifier.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import shutil
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.services.records.collecting import merge
from judge_tui.store import foreign
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring
from tests.crash.fuzz import second_verifier
from tests.crash.gallery import Gallery, Piece
from tests.crash.ground import CORES, ground, spread, totals

FIRST: dict[str, tuple[str, ...]] = {
    "judge_tui.store.header": ("check_header", "_check_magic", "_check_kind"),
    "judge_tui.store.foreign": (
        "Foreign.__init__",
        "read_once",
        "damage",
        "_check_inside",
        "_is_hex",
    ),
    "judge_tui.store.crypto": ("verify",),
    "judge_tui.store.sealing": ("unseal",),
    "judge_tui.domain.ledger": ("walk_chain", "_broken"),
    "judge_tui.domain.bodies": ("_scanned", "_no_float", "check_body", "_number", "_once"),
    "judge_tui.domain.admission": (
        "_plain_marks",
        "Admitter._walk",
        "Admitter._check_evidence",
        "Admitter._read",
        "Admitter._learn",
        "Admitter.check",
        "Admitter._enrolled",
        "_id",
        "Admitter._check_marks",
    ),
    "judge_tui.domain.opening": ("check_opening", "_signed"),
    "judge_tui.domain.register": ("Register.learn",),
    "judge_tui.services.records.merging": ("_check_event", "Merger._news"),
}
"""The functions of the program that decide about a file."""

SECOND = (
    "signed",
    "check_header",
    "read",
    "said",
    "nesting",
    "one_of",
    "check_chain",
    "check_evidence",
    "Notices.check_judge",
    "signed_by",
    "verdict",
)


SORTING = frozenset({"if not mark", "if body.startswith(_MARK_BEGINS)", "if not body.startswith(_MARK_BEGINS)"})
"""Conditions that decide which of two ways a body is read, not what is believed of it."""


@dataclass(frozen=True)
class Check:
    """One check taken away: the function, and its code without it."""

    module: str
    function: str
    line: int
    what: str
    code: types.CodeType


def refuses(body: list[ast.stmt]) -> bool:
    """Whether these statements, taken together, say no."""
    last = body[-1]
    if isinstance(last, (ast.Raise, ast.Continue)):
        return True
    if isinstance(last, ast.Return):
        return isinstance(last.value, ast.Call) or (isinstance(last.value, ast.Constant) and last.value.value is False)
    return False


def ways(node: ast.AST, strict: frozenset[int]) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """How to take away what this node checks: a name for people, and the change to a copy of the node.

    A part less in the `and` of a refusal (`strict`) would refuse more, not less.
    """
    if isinstance(node, ast.If) and refuses(node.body):
        yield ast.unparse(node.test), lambda twin: setattr(twin, "test", ast.Constant(False))
        if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.Or):
            for index, part in enumerate(node.test.values):
                yield ast.unparse(part), dropped("test", index, False)
    elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) and id(node) not in strict:
        for index, part in enumerate(node.values):
            yield f"and {ast.unparse(part)}", dropped("", index, True)
    elif isinstance(node, ast.comprehension):
        for index, part in enumerate(node.ifs):
            yield f"if {ast.unparse(part)}", spared(index)
    elif isinstance(node, ast.ExceptHandler) and refuses(node.body):
        yield f"except {ast.unparse(node.type) if node.type else ''}", lambda twin: setattr(twin, "body", [ast.Raise()])


def dropped(field: str, index: int, value: bool) -> Callable[[Any], None]:
    """One part of an `and` or `or` that decides nothing any more."""

    def change(twin: Any) -> None:
        (getattr(twin, field) if field else twin).values[index] = ast.Constant(value)

    return change


def spared(index: int) -> Callable[[Any], None]:
    return lambda twin: twin.ifs.pop(index)


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for item in code.co_consts:
        if isinstance(item, types.CodeType):
            yield from codes(item)


def without(tree: ast.Module, path: str, name: str) -> Iterator[tuple[int, str, types.CodeType]]:
    """The function's code without each of its checks. Only what stands in the function itself is changed."""
    nodes = list(ast.walk(found(tree, name)))
    refusals = [node.test for node in nodes if isinstance(node, ast.If) and refuses(node.body)]
    strict = frozenset(id(part) for test in refusals for part in ast.walk(test))
    for place, node in enumerate(nodes):
        for what, change in ways(node, strict):
            if what in SORTING:
                continue
            changed = copy.deepcopy(tree)
            change(list(ast.walk(found(changed, name)))[place])
            whole = compile(ast.fix_missing_locations(changed), path, "exec")
            yield getattr(node, "lineno", 0), what, next(item for item in codes(whole) if item.co_qualname == name)


def found(tree: ast.Module, name: str) -> ast.AST:
    node: ast.AST = tree
    for part in name.split("."):
        node = next(
            item
            for item in ast.walk(node)
            if isinstance(item, (ast.FunctionDef, ast.ClassDef)) and item.name == part and item is not node
        )
    return node


def checks_of(module: types.ModuleType, names: tuple[str, ...]) -> list[Check]:
    """All checks of these functions."""
    path = inspect.getsourcefile(module) or ""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    return [
        Check(module.__name__, name, line, what, code)
        for name in names
        for line, what, code in without(tree, path, name)
    ]


@contextmanager
def taken_away(module: types.ModuleType, check: Check) -> Iterator[None]:
    """The program without this check."""
    holder: Any = module
    for part in check.function.split("."):
        holder = holder.__dict__[part]
    function = inspect.unwrap(holder)
    before = function.__code__
    function.__code__ = check.code
    try:
        yield
    finally:
        function.__code__ = before


class Visit:
    """The gallery, gone through by one of the two verifiers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gallery = Gallery()
        self.pieces = list(self.gallery.pieces())
        self.organiser = self.gallery.organiser(folder / "trial.db")
        self.empty = self.organiser.read_bytes()
        self.second = second_verifier()
        self.held = self.second.read(self.empty)
        Keyring(folder / "keys").add(self.gallery.key, "reserve", pair=self.gallery.reader)
        self.huge = folder / "huge.judge"
        with self.huge.open("wb") as file:
            file.truncate(foreign.MAX_FILE + 1)

    def first(self, piece: Piece) -> tuple[object, ...]:
        """What the program makes of it: code and words, what it holds afterwards."""
        path = self.folder / "handed.judge"
        path.write_bytes(piece.data)
        return self.merged(path)

    def merged(self, path: Path) -> tuple[object, ...]:
        self.organiser.write_bytes(self.empty)
        shutil.rmtree(self.folder / "trial-quarantine", ignore_errors=True)
        verdict = merge(self.organiser, [path], keys=self.folder / "keys").verdicts[0]
        with EntryFile.open(self.organiser, read_only=True) as file:
            return verdict.code, str(verdict.message), len(file.entries()), len(file.evidence()), len(file.witnesses())

    def others(self) -> Iterator[object]:
        """Files that cannot be read, and a copy opened by whoever has no use for it."""
        yield self.merged(self.folder / "nowhere.judge")
        path = self.folder / "handed.judge"
        path.write_bytes(self.gallery.sealed)
        yield self.merged(path / "below.judge")  # a file is no folder: this cannot even be looked for
        try:
            EntryFile.open(path).close()
        except JudgeTuiError as error:
            yield error.code

    def large(self) -> list[tuple[object, ...]]:
        """A file that is too large, and one that grows beyond that while it is read."""
        seen = [self.merged(self.huge)]
        try:
            foreign.read_once(Path("/proc/self/status"), 10)  # of no size at all, until it is read
        except RefusedError as error:
            seen.append((error.code,))
        return seen

    def walk(self) -> Iterator[object]:
        """Everything the program says, piece by piece."""
        for piece in self.pieces:
            yield self.first(piece)
        yield from self.large()
        yield from self.others()

    def second_walk(self) -> Iterator[object]:
        """Everything the second verifier says; of the outside, what it says before anything is opened, too."""
        for piece in self.pieces:
            yield self.second.verdict(self.held, piece.data), outside(self.second, piece.data)
        most, self.second.LARGEST = self.second.LARGEST, 10
        yield outside(self.second, self.gallery.plain)
        self.second.LARGEST = most


def outside(second: Any, raw: bytes) -> str:
    try:
        second.check_header(raw)
    except second.RefusedError as refused:
        return str(refused)
    return ""


def noticed(walk: Callable[[], Iterator[object]], sound: list[object]) -> bool:
    """Whether anything is said otherwise, or anything breaks."""
    try:
        return any(said != right for said, right in zip(walk(), sound, strict=True))
    except Exception:
        return True


def batch(job: tuple[int, int]) -> dict[str, int]:
    """Some of the checks."""
    share, shares = job
    figures = {"checks": 0, "unnoticed": 0}
    with ground() as folder:
        visit = Visit(folder)
        sys.setrecursionlimit(3000)
        for walk, modules in (
            (visit.walk, [(importlib.import_module(name), names) for name, names in FIRST.items()]),
            (visit.second_walk, [(visit.second, SECOND)]),
        ):
            sound = list(walk())
            checks = [(module, check) for module, names in modules for check in checks_of(module, names)]
            for module, check in checks[share::shares]:
                figures["checks"] += 1
                with taken_away(module, check):
                    told = noticed(walk, sound)
                if not told:
                    figures["unnoticed"] += 1
                    print(f"{check.module}:{check.line} {check.function}: {check.what}", file=sys.stderr)
    return figures


def run(long: bool = False) -> dict[str, int]:
    """`checks` taken away, one at a time, and how many of them went `unnoticed`."""
    del long  # every check is taken away in either run
    return totals(spread(batch, [(share, CORES) for share in range(CORES)]))
