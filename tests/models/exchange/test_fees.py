"""Contributions of a list against the office's own rates, and lists of civil servants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.exchange.cells import Cell
from models.exchange.checked import CheckedList
from models.exchange.checking import check_every_row, check_list
from models.exchange.context import CheckContext
from models.exchange.table import LeftOut, RowKind
from models.people.rules import POTENTIAL
from models.register import Register
from tests.factories import make_plan
from tests.models.exchange.nagari_lists import nagari_list
from tests.models.exchange.tables import codes_at, mapping_of, mapping_of_list, table_of, table_of_list

HEADINGS = ["NIK", "Nama", "Penghasilan", "Iuran", "Bulan", "Total"]
FIELDS = ["nik", "name", "income", "fee", "month_count", "total"]


def checked_with(context: CheckContext, *rows: list[Cell], left_out: tuple[LeftOut, ...] = ()) -> CheckedList:
    people = [[f"131204010785000{number}", f"RINA {'ABCDE'[number]}", *row] for number, row in enumerate(rows, 1)]
    table = table_of(HEADINGS, people, left_out)
    mapping = mapping_of(HEADINGS, FIELDS)
    checked = check_list(table, mapping, context)
    assert check_every_row(table, mapping, context).findings == checked.findings
    return checked


@pytest.fixture
def context(register: Register) -> CheckContext:
    plan = make_plan(register)
    return replace(register.lists.context(plan), required=frozenset({"nik"}))


def test_amounts_that_fit_the_rates_and_each_other_are_no_finding(context: CheckContext) -> None:
    checked = checked_with(context, ["", "16.800", 3, "50.400"], ["", 16800, "3 bulan", "Rp 50.400,-"])

    assert checked.findings == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "10.800", 3, "32.400"], "fee_differs"),
        (["", "16.800", 3, "54.000"], "total_differs"),
        (["", "16.800", 2, "50.400"], "total_differs"),
        (["", "16,800", 3, "50.400"], "rupiah_unclear"),
        (["", "16.800", "tiga", "50.400"], "count_unreadable"),
        (["5.000.000", "16.800", 3, "50.400"], "fee_differs"),
    ],
)
def test_amounts_that_do_not_fit_are_told(context: CheckContext, row: list[Cell], code: str) -> None:
    checked = checked_with(context, ["", "16.800", 3, "50.400"], row)

    assert [(finding.place, finding.problem.code) for finding in checked.findings] == [(1, code)]
    assert "{" not in checked.findings[0].problem.text


def test_without_a_scheme_any_contribution_of_the_table_is_as_good(register: Register) -> None:
    context = replace(register.lists.context(), required=frozenset({"nik"}))
    checked = checked_with(context, ["", "16.800", "", "50.400"], ["", "36.800", "", ""], ["", "12.345", "", ""])

    assert [(finding.place, finding.problem.code) for finding in checked.findings] == [(2, "fee_differs")]


def test_sums_of_pages_and_of_the_list_add_up(context: CheckContext) -> None:
    rows: list[list[Cell]] = [["", "16.800", 3, "50.400"]] * 3
    right = (LeftOut(4, RowKind.TOTAL, "JUMLAH 100.800"), LeftOut(6, RowKind.TOTAL, "TOTAL 151.200"))
    wrong = (LeftOut(6, RowKind.TOTAL, "TOTAL 151.300"),)

    assert checked_with(context, *rows, left_out=right).doubts == ()
    assert [doubt.code for doubt in checked_with(context, *rows, left_out=wrong).doubts] == ["sum_differs"]


def test_a_relative_without_work_is_told_under_the_scheme_of_civil_servants(register: Register) -> None:
    people = nagari_list(20, is_wide=True)
    people.put(4, "occupation", "")
    context = register.lists.context(make_plan(register, "ASN"))
    checked = check_list(table_of_list(people), mapping_of_list(people), context)

    assert codes_at(checked, 4) == ["relative_not_working"]


def test_a_civil_servant_with_several_people_is_noted_once(register: Register) -> None:
    headings = ["NIK", "Nama", "Nama ASN", "NIP", "OPD"]
    asn: list[Cell] = ["Syahrial", "19680101 199003 1 005", "Dinas Pertanian"]
    rows = [[f"131204010785000{number}", f"RINA {'ABC'[number]}", *asn] for number in (1, 2)]
    context = replace(register.lists.context(), required=POTENTIAL & {"nik"})
    checked = check_list(
        table_of(headings, rows),
        mapping_of(headings, ["nik", "name", "payer_name", "payer_number", "payer_office"]),
        context,
    )

    assert checked.findings == []
    assert checked.values["payer_number"] == ["196801011990031005"] * 2
    assert checked.noted["payer_shared"] == 1


def test_who_grows_too_old_within_the_period_is_noted_and_no_finding(register: Register) -> None:
    people = nagari_list(5, is_wide=True)
    people.put(2, "born_on", "15/01/1962")
    nik = people.get(2, "nik")
    sex_day = 55 if people.get(2, "sex") == "P" else 15
    people.put(2, "nik", f"{nik[:6]}{sex_day}0162{nik[12:]}")
    context = register.lists.context(make_plan(register))
    assert context.today < date(2027, 1, 15)
    checked = check_list(table_of_list(people), mapping_of_list(people), context)

    assert checked.findings == []
    assert checked.noted["turns_too_old"] == 1
