"""Disks that lose power, fail at a call, are full, or may not be written: a few of the tries of ``make faults``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import failing, failing_calls, full_disk, power, protected, renames
from tests.faults.shortly import SEED, clean_after, named
from tests.faults.tally import Fault


def test_a_power_cut_loses_nothing_that_was_confirmed_and_leaves_nothing_in_part(tmp_path: Path) -> None:
    seen = clean_after(power.FAULTS[0], tmp_path, 24).seen
    assert seen["the step is there"]
    assert seen["the step is not there"]


def test_a_power_cut_leaves_the_old_form_or_the_new_one(tmp_path: Path) -> None:
    clean_after(power.FAULTS[1], tmp_path, 4)


def test_whatever_gets_a_name_is_on_the_disk_before_and_its_name_when_the_work_is_done(tmp_path: Path) -> None:
    seen = clean_after(renames.FAULTS[0], tmp_path, len(renames.WORKS)).seen
    assert all(seen[f"names given by {work}"] for work in renames.WORKS)


@pytest.mark.parametrize("fault", power.PROOFS, ids=named)
def test_the_cuts_would_show_a_program_that_waits_less_for_the_disk(fault: Fault, tmp_path: Path) -> None:
    tally = fault.run(tmp_path / "tries", 40, SEED)
    if tally.skipped:
        pytest.skip(tally.skipped)
    assert tally.lost + tally.torn > 0


@pytest.mark.parametrize("fault", failing.FAULTS, ids=named)
def test_a_call_that_fails_is_told_and_leaves_all_or_nothing(fault: Fault, tmp_path: Path) -> None:
    seen = clean_after(fault, tmp_path, 3 if "form" in fault.name else 24).seen
    assert seen["disk_error"]


def test_a_call_that_the_system_refuses_leaves_no_half_made_file(tmp_path: Path) -> None:
    clean_after(failing_calls.FAULTS[0], tmp_path, 2)


@pytest.mark.parametrize("fault", full_disk.FAULTS, ids=named)
def test_a_full_disk_is_told_and_leaves_nothing_in_part(fault: Fault, tmp_path: Path) -> None:
    seen = clean_after(fault, tmp_path, 12).seen
    assert seen["disk_full"] + seen["disk_error"]


@pytest.mark.parametrize("fault", protected.FAULTS, ids=named)
def test_what_may_only_be_read_is_read_and_every_save_is_refused(fault: Fault, tmp_path: Path) -> None:
    assert clean_after(fault, tmp_path, 3).seen["read_only"]
