"""Damaged, foreign and deceiving files, and two programs on one: a few of the tries of ``make faults``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import clocks, damage, hostile, journals, locales, names, two_programs
from tests.faults.shortly import clean_after, named
from tests.faults.tally import Fault


@pytest.mark.parametrize("fault", damage.FAULTS, ids=named)
def test_damage_is_said_or_does_no_harm(fault: Fault, tmp_path: Path) -> None:
    clean_after(fault, tmp_path, 15)


@pytest.mark.parametrize("fault", journals.FAULTS, ids=named)
def test_a_journal_left_behind_is_used_or_missed(fault: Fault, tmp_path: Path) -> None:
    clean_after(fault, tmp_path, 4)


@pytest.mark.parametrize("fault", clocks.FAULTS, ids=named)
def test_a_wrong_clock_changes_neither_order_nor_numbers(fault: Fault, tmp_path: Path) -> None:
    clean_after(fault, tmp_path, 1)


@pytest.mark.parametrize("fault", two_programs.FAULTS, ids=named)
def test_one_program_writes_and_the_other_is_told(fault: Fault, tmp_path: Path) -> None:
    clean_after(fault, tmp_path, 7 if "newer" in fault.name else 4)


@pytest.mark.parametrize("fault", names.FAULTS, ids=named)
def test_a_name_full_of_signs_is_a_name(fault: Fault, tmp_path: Path) -> None:
    clean_after(fault, tmp_path, 3)


@pytest.mark.parametrize("fault", locales.FAULTS, ids=named)
def test_another_locale_changes_nothing(fault: Fault, tmp_path: Path) -> None:
    clean_after(fault, tmp_path, 3)


@pytest.mark.parametrize("fault", hostile.FAULTS, ids=named)
def test_a_file_made_to_deceive_is_refused_in_words(fault: Fault, tmp_path: Path) -> None:
    clean_after(fault, tmp_path, 9)
