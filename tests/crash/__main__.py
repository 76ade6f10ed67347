"""`python -m tests.crash NAME [--long]`."""

from __future__ import annotations

import argparse
import importlib
import json

NAMES = ("power", "kill", "full", "fuzz", "laws", "checks")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--long", action="store_true", help="the long run, on demand")
    chosen = parser.parse_args()
    figures = importlib.import_module(f"tests.crash.{chosen.name}").run(chosen.long)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
