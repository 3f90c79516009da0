"""The short form of a fault, for the ordinary tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.tally import Fault, Tally

SEED = 20261122


def clean_after(fault: Fault, folder: Path, tries: int) -> Tally:
    """Causes the fault so many times; fails where something was lost, torn or told in wrong words."""
    tally = fault.run(folder / "tries", tries, SEED)
    if tally.skipped:
        pytest.skip(tally.skipped)
    assert tally.tries
    assert tally.is_clean, "\n".join(tally.notes)
    return tally


def named(fault: Fault) -> str:
    """How pytest names it."""
    return fault.name
