"""The same faults where the file is encrypted: its pages carry seals, and one that cannot be read disturbs the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import damage, failing, killing, power
from tests.faults.files import ENCRYPTED
from tests.faults.shortly import clean_after, named
from tests.faults.tally import Fault

TRIES = ((killing.FAULTS[1], 5), (power.FAULTS[0], 20), (failing.FAULTS[0], 24), (damage.FAULTS[0], 15))


@pytest.mark.parametrize(("fault", "tries"), TRIES, ids=[named(fault) for fault, _ in TRIES])
def test_an_encrypted_file_keeps_the_promise_too(fault: Fault, tries: int, tmp_path: Path) -> None:
    clean_after(fault.on(ENCRYPTED), tmp_path, tries)
