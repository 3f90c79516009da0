"""Measures the program against references of the same run and prints one row a measure.

    python -m tests.benchmarks [--only NAME ...]

`short` says that a figure falls short of its aim; it is printed, not hidden, and does not fail the run.
"""

from __future__ import annotations

import argparse
import importlib
import math
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from models import language
from tests.benchmarks.rows import Row

HEAD = ("name", "what", "reference", "ratio", "at most", "")


def main() -> None:
    """Prints each row as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="modules or rows to measure")
    only = set(parser.parse_args().only)
    language.use("id")
    print("| {:<18} | {:<62} | {:<52} | {:>7} | {:>7} | {:<5} |".format(*HEAD), flush=True)
    print("|" + "|".join("-" * (width + 2) for width in (18, 62, 52, 7, 7, 5)) + "|", flush=True)
    for row in rows(only):
        verdict = "" if math.isinf(row.at_most) else "ok" if row.is_ok else "short"
        at_most = "" if math.isinf(row.at_most) else f"{row.at_most:.3f}"
        print(
            f"| {row.name:<18} | {row.what:<62} | {row.reference:<52} | {row.ratio:7.3f} | {at_most:>7} "
            f"| {verdict:<5} |",
            flush=True,
        )


def rows(only: set[str]) -> Iterator[Row]:
    """The rows of every module that measures; all of them, or those named or in a module named."""
    for module in measuring_modules():
        short = module.rpartition(".")[2]
        names = getattr(importlib.import_module(module), "NAMES", None)
        if only and short not in only and names is not None and not only & set(names):
            continue
        for row in importlib.import_module(module).measure():
            if not only or short in only or row.name in only:
                yield row


def measuring_modules() -> list[str]:
    """Modules of this folder with a `measure`."""
    folder = Path(__file__).parent
    return [
        f"tests.benchmarks.{module.name}"
        for module in pkgutil.iter_modules([str(folder)])
        if not module.name.startswith("_") and "def measure(" in (folder / f"{module.name}.py").read_text("utf-8")
    ]


if __name__ == "__main__":
    main()
