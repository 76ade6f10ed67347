"""`python -m tests.bench NAME`: run one benchmark and print its figures as one JSON object in the last line."""

from __future__ import annotations

import json
import sys
from importlib import import_module

BENCHES = {
    "start": "tests.bench.start:start",
    "keys": "tests.bench.keys:keys",
    "merge": "tests.bench.merging:run",
    "rank": "tests.bench.ranking:run",
    "reveal": "tests.bench.reveal:reveal",
    "hub": "tests.bench.network:run",
}
"""Name → where its function is; each returns figures by name."""


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in BENCHES:
        print(f"usage: python -m tests.bench {'|'.join(BENCHES)}", file=sys.stderr)
        return 2
    module, name = BENCHES[arguments[0]].split(":")
    figures = getattr(import_module(module), name)()
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
