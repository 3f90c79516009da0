"""The settings of an office: what keeps its papers and limits from working is said at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.offices.office import OfficeSettings
from models.offices.regencies import all_regencies, regency_of
from models.offices.region import Region
from models.offices.rules import first_settings, parse_regency_codes, problems_of_settings

TODAY = date(2026, 11, 22)
KNOWN = {"13.12", "13.08", "13.06"}


def codes(**values: object) -> list[str]:
    settings = replace(OfficeSettings(), **values)  # type: ignore[arg-type]
    return [problem.code for problem in problems_of_settings(settings, KNOWN.__contains__, TODAY)]


def test_the_usual_settings_are_in_order() -> None:
    assert codes() == []


@pytest.mark.parametrize("code", ["", "k01", "1K", "K", "KANTOR PUSAT", "K012345678"])
def test_an_office_code_is_a_few_capitals_and_digits(code: str) -> None:
    assert codes(office_code=code) == ["office_code_form"]


@pytest.mark.parametrize("name", ["government", "office_name", "signatory_title"])
def test_what_every_paper_prints_is_needed(name: str) -> None:
    assert codes(**{name: "  "}) == [f"{name}_missing"]


def test_the_regency_and_the_usual_ones_must_exist() -> None:
    assert codes(regency="13.99") == ["regency_unknown"]
    assert codes(regency="") == ["regency_unknown"]
    assert codes(usual_nik_regencies=("13.12", "99.01")) == ["usual_regency_unknown"]


@pytest.mark.parametrize(
    ("nip", "expected"),
    [
        ("", []),
        ("19860926 201505 1 001", []),
        ("1986092620150510", ["nip_length"]),
        ("198699262015051001", ["nip_date"]),
    ],
)
def test_a_nip_may_wait_but_not_be_wrong(nip: str, expected: list[str]) -> None:
    assert codes(signatory_nip=nip) == expected


@pytest.mark.parametrize(
    ("pattern", "unit", "expected"),
    [
        ("", "", []),
        ("{urut}/{tahun}", "", []),
        ("{nomor}/{tahun}", "D", ["letter_number_blank"]),
        ("560/{tahun}", "D", ["letter_number_same"]),
        ("{urut}/{unit}/{tahun}", " ", ["letter_unit_missing"]),
    ],
)
def test_a_letter_number_counts_up_and_has_only_known_blanks(pattern: str, unit: str, expected: list[str]) -> None:
    assert codes(letter_number=pattern, letter_unit=unit) == expected


@pytest.mark.parametrize(
    ("youngest", "oldest", "expected"),
    [
        (14, 100, []), (18, 65, []), (13, 65, ["min_age_range"]), (18, 101, ["max_age_range"]),
        (65, 65, ["ages_crossed"]), (66, 65, ["ages_crossed"]),
    ],
)  # fmt: skip
def test_ages_lie_between_14_and_100_and_do_not_cross(youngest: int, oldest: int, expected: list[str]) -> None:
    assert codes(min_age=youngest, max_age=oldest) == expected


def test_papers_are_a4_or_f4() -> None:
    assert codes(page_size="Letter") == ["page_size_unknown"]


def test_problems_come_in_the_order_of_the_form() -> None:
    assert codes(min_age=1, office_code="", letter_number="x") == [
        "office_code_form", "letter_number_same", "min_age_range",
    ]  # fmt: skip


def test_another_regency_begins_with_its_own_name_and_codes() -> None:
    settings = first_settings(Region("13.06", "Kabupaten Agam"))
    assert settings.government == "PEMERINTAH KABUPATEN AGAM"
    assert settings.usual_nik_regencies == ("13.06",)
    assert settings.place == ""
    assert first_settings(Region("13.12", "Kabupaten Pasaman Barat")) == OfficeSettings()


@pytest.mark.parametrize(
    ("text", "expected"), [("13.12, 13.08", ("13.12", "13.08")), ("1312 1312;1308", ("13.12", "13.08")), ("", None)]
)
def test_codes_of_regencies_are_read_as_typed(text: str, expected: tuple[str, ...] | None) -> None:
    assert parse_regency_codes(text, field="x") == (expected, ())


@pytest.mark.parametrize("text", ["13.12, Agam", "13.1", "13.12.03", "²³¹²"])
def test_what_is_no_code_of_a_regency_is_named(text: str) -> None:
    value, problems = parse_regency_codes(text, field="x")
    assert value is None
    assert [problem.code for problem in problems] == ["regency_code"]


def test_all_514_regencies_have_their_province() -> None:
    found = all_regencies()
    assert len(found) == 514
    assert all(province for _region, province in found)
    assert regency_of("13.12") == Region("13.12", "Kabupaten Pasaman Barat")
    assert regency_of("99.99") is None


@pytest.mark.parametrize(
    ("years", "expected"), [(0, ["retention_years_range"]), (1, []), (30, []), (31, ["retention_years_range"])]
)
def test_records_are_kept_one_to_thirty_years(years: int, expected: list[str]) -> None:
    assert codes(retention_years=years) == expected


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("backup_hours", (-1, 25), (0, 1, 24)),
        ("keep_daily", (0, -1, 100), (1, 99)),
        ("keep_weekly", (0, -1, 100), (1, 99)),
        ("keep_monthly", (0, -1, 100), (1, 99)),
    ],
)
def test_backups_by_themselves_have_limits(name: str, wrong: tuple[int, ...], right: tuple[int, ...]) -> None:
    for value in wrong:
        assert codes(**{name: value}) == [f"{name}_range"], value
    for value in right:
        assert codes(**{name: value}) == [], value
