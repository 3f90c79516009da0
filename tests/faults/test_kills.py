"""A few of the kills that ``make faults`` does by the hundred."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import killing, killing_copies, killing_passphrase
from tests.faults.shortly import clean_after, named
from tests.faults.tally import Fault


@pytest.mark.parametrize("fault", killing.FAULTS, ids=named)
def test_what_was_confirmed_before_a_kill_is_there_and_the_rest_absent_whole(fault: Fault, tmp_path: Path) -> None:
    assert clean_after(fault, tmp_path, 8).seen["killed"]


@pytest.mark.parametrize("fault", [*killing_copies.FAULTS, *killing_passphrase.FAULTS], ids=named)
def test_a_kill_leaves_the_old_file_or_the_new_one(fault: Fault, tmp_path: Path) -> None:
    assert clean_after(fault, tmp_path, 3).seen["killed"]
