"""Causes every fault many times, for minutes, and prints what was lost, torn, or told in wrong words.

    python -m tests.faults [--only NAME ...] [--tries N] [--seed N] [--verbose]

Ends with 1 when anything was. A try that failed comes again with its seed and number.
"""

from __future__ import annotations

import argparse
import importlib
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from models import language
from tests.faults import power
from tests.faults.files import ENCRYPTED
from tests.faults.tally import Fault, Tally

HEAD = ("fault", "tries", "lost", "torn", "wrong words", "s")
MODULES = (
    "killing",
    "killing_copies",
    "killing_passphrase",
    "power",
    "renames",
    "failing",
    "failing_calls",
    "full_disk",
    "protected",
    "damage",
    "journals",
    "clocks",
    "two_programs",
    "names",
    "locales",
    "hostile",
)
_WIDTHS = (64, 6, 5, 5, 11, 5)


def main() -> int:
    """Prints each row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="modules, or parts of names of faults")
    parser.add_argument("--tries", type=int, metavar="N", help="so often each (otherwise as each fault needs)")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6), metavar="N")
    parser.add_argument("--verbose", action="store_true", help="also what the tries ended in")
    options = parser.parse_args()
    language.use("id")
    print(f"seed {options.seed}\n\n{_line(HEAD)}\n|{'|'.join('-' * (width + 2) for width in _WIDTHS)}|", flush=True)
    tallies = []
    with tempfile.TemporaryDirectory(prefix="cakupan-") as folder:
        for number, fault in enumerate(faults(options.only)):
            tally = fault.run(Path(folder) / str(number), options.tries or fault.tries, options.seed)
            shutil.rmtree(Path(folder) / str(number), ignore_errors=True)
            tallies.append(tally)
            print(_row(tally), flush=True)
            if options.verbose and tally.seen:
                print("    " + ", ".join(f"{what} {count}" for what, count in tally.seen.most_common()), flush=True)
        whole = [tally for tally in tallies if not tally.skipped]
        total = Tally(
            "all", *(sum(getattr(t, name) for t in whole) for name in ("tries", "lost", "torn", "wrong_words"))
        )
        total.seconds = sum(tally.seconds for tally in whole)
        print(_row(total))
        for fault in _proofs(options.only):
            tally = fault.run(Path(folder) / fault.name, options.tries or fault.tries, options.seed)
            print(_row(tally), flush=True)
    for tally in tallies:
        for note in tally.notes:
            print(f"{tally.fault}: {note}")
    return 0 if all(tally.is_clean for tally in tallies) else 1


def faults(only: list[str]) -> Iterator[Fault]:
    """All faults, or those named or of a module named."""
    for module in MODULES:
        for fault in importlib.import_module(f"tests.faults.{module}").FAULTS:
            if not only or any(name == module or name in fault.name for name in only):
                yield fault
                if fault.is_of_any_file:
                    yield replace(fault.on(ENCRYPTED), tries=(fault.tries + 1) // 2)


def _proofs(only: list[str]) -> tuple[Fault, ...]:
    """What the program never does: without losses here the power cuts would prove nothing."""
    return power.PROOFS if not only or "power" in only else ()


def _row(tally: Tally) -> str:
    if tally.skipped:
        return _line((tally.fault, "-", "-", "-", "-", "-")) + f" {tally.skipped}"
    return _line((tally.fault, tally.tries, tally.lost, tally.torn, tally.wrong_words, f"{tally.seconds:.0f}"))


def _line(cells: tuple[object, ...]) -> str:
    first, *others = (f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
    return f"| {first.strip():<{_WIDTHS[0]}} | {' | '.join(others)} |"


if __name__ == "__main__":
    sys.exit(main())
