"""The columns of lists that leave the office: as data, judged before they are kept, each value in its form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.layouts import SOURCES, ColumnLayout, LayoutColumn, Written, problems_of_layout, shipped_layouts
from models.exchange.outgoing import Lookups, cells_of, missing_in, written
from models.people.worker import MaritalStatus, Sex
from models.schemes.enrolment import Enrolment
from models.schemes.scheme import Programme
from models.values.months import Month, Period
from tests.factories import make_worker

NAMES = {"13.12.03.2003": "Lingkuang Aua", "13.12.03": "Pasaman"}
LOOK = Lookups(
    lambda code: NAMES[code], lambda code: f"[{code}]", lambda _id: "SAWIT", lambda _id: "188.45/12/2026"
)  # fmt: skip
WORKER = replace(
    make_worker(1), name="Siti Aminah", title_before="Hj.", born_on=date(1979, 5, 4), sex=Sex.FEMALE, jorong="Padang",
    marital_status=MaritalStatus.MARRIED, nagari="13.12.03.2003", phone="+6281266778899", address="Jl. Baru RT 1/RW 2",
)  # fmt: skip
ENROLMENT = Enrolment(
    worker=1, scheme=1, segment=WORKER.segment, programmes=(Programme.JKK, Programme.JKM),
    period=Period(Month(2026, 3), Month(2026, 5)), base=1_000_000, monthly=(16_800,) * 3,
    registered_on=date(2026, 2, 1), decree=7,
)  # fmt: skip
SIPP, BPU = shipped_layouts()


def cell(column: LayoutColumn) -> object:
    return cells_of(ColumnLayout(columns=(column,)), 12, WORKER, ENROLMENT, LOOK)[0]


def test_sipp_has_its_31_columns_in_their_order() -> None:
    headings = [column.heading for column in SIPP.columns]
    assert len(headings) == 31
    assert headings[:3] == ["NO_PEGAWAI", "NAMA_LENGKAP", "GELAR"]
    assert headings[15] == "NO_IDENTITAS"
    assert headings[-1] == "TGL_AKHIR_KONTRAK"
    assert headings.count("EMAIL") == 2


def test_no_shipped_layout_claims_that_the_agency_takes_it() -> None:
    for layout in shipped_layouts():
        assert "Cocokkan" in layout.notes
        assert problems_of_layout(layout, shipped_layouts()) == ()


def test_a_row_says_each_value_as_the_agency_writes_it() -> None:
    headings = [column.heading for column in SIPP.columns]
    row = dict(zip(headings, cells_of(SIPP, 1, WORKER, ENROLMENT, LOOK), strict=True))
    assert row["NAMA_LENGKAP"] == "SITI AMINAH"
    assert row["GELAR"] == "Hj."
    assert row["TANGGAL_LAHIR"] == "04-05-1979"
    assert row["STATUS_KAWIN"] == "KAWIN"
    assert row["HP"] == "081266778899"
    assert row["TANGGAL_KEPESERTAAN"] == "01-03-2026"
    assert row["ALAMAT"] == "JL. BARU RT 1/RW 2, JORONG PADANG, NAGARI LINGKUANG AUA, KEC. PASAMAN"
    assert row["JENIS_IDENTITAS"] == "KTP"
    assert row["NPWP"] == ""


@pytest.mark.parametrize(
    ("source", "form", "said"),
    [
        ("number", Written.NUMBER, 12), ("nik", Written.TEXT, WORKER.nik), ("born_on", Written.DATE, date(1979, 5, 4)),
        ("born_on", Written.DMY_SLASH, "04/05/1979"), ("born_on", Written.YMD_DASH, "1979-05-04"),
        ("born_on", Written.DMY_PLAIN, "04051979"), ("first_month", Written.MONTH, "03-2026"),
        ("first_month", Written.MONTH_ISO, "2026-03"), ("last_month", Written.MONTH_LONG, "Mei 2026"),
        ("month_count", Written.NUMBER, 3), ("contribution", Written.NUMBER, 50_400),
        ("contribution", Written.TEXT, "50400"), ("programmes", Written.TEXT, "JKK JKM"),
        ("decree", Written.TEXT, "188.45/12/2026"), ("occupation", Written.UPPER, f"[{WORKER.occupation}]".upper()),
        ("name_with_titles", Written.TEXT, "Hj. Siti Aminah"), ("kecamatan", Written.TEXT, "Pasaman"),
        ("scheme", Written.TEXT, "SAWIT"), ("sex", Written.TEXT, "P"), ("kpj", Written.TEXT, ""),
    ],
)  # fmt: skip
def test_each_source_in_its_forms(source: str, form: Written, said: object) -> None:
    assert cell(LayoutColumn("X", source, form)) == said


def test_the_agency_has_its_own_words_and_a_constant_stands_where_nothing_is_known() -> None:
    assert cell(LayoutColumn("JK", "sex", words={"P": "PEREMPUAN"})) == "PEREMPUAN"
    assert cell(LayoutColumn("KPJ", "kpj", constant="BARU")) == "BARU"
    assert cell(LayoutColumn("NEGARA", constant="ID")) == "ID"


def test_every_source_can_be_asked_of_everybody_in_every_form_of_its_kind() -> None:
    for source, (_label, kind) in SOURCES.items():
        for form in kind.forms:
            for enrolment in (ENROLMENT, None):
                layout = ColumnLayout(name="x", columns=(LayoutColumn("X", source, form),))
                assert problems_of_layout(layout) == ()
                (said,) = cells_of(layout, 1, WORKER, enrolment, LOOK)
                assert said is None or isinstance(said, str | int | date)


def test_a_required_cell_that_is_empty_is_found() -> None:
    worker = replace(WORKER, mother_name="", born_on=None)
    cells = cells_of(SIPP, 1, worker, ENROLMENT, LOOK)
    assert [SIPP.columns[place].heading for place in missing_in(SIPP, cells)] == ["TANGGAL_LAHIR", "NAMA_IBU_KANDUNG"]


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        (ColumnLayout(name=" ", columns=(LayoutColumn("NIK", "nik"),)), "layout_name_missing"),
        (ColumnLayout(name="A", columns=()), "layout_empty"),
        (ColumnLayout(name="A", columns=(LayoutColumn(" ", "nik"),)), "layout_heading_missing"),
        (ColumnLayout(name="A", columns=(LayoutColumn("X", "shoe_size"),)), "layout_source_unknown"),
        (ColumnLayout(name="A", columns=(LayoutColumn("X", "nik", Written.DATE),)), "layout_form_impossible"),
        (ColumnLayout(name="A", columns=(LayoutColumn("X", "nik"),) * 201), "layout_too_wide"),
    ],
)
def test_a_layout_that_cannot_be_written_is_refused_in_words(layout: ColumnLayout, code: str) -> None:
    (problem,) = problems_of_layout(layout)
    assert problem.code == code
    assert problem.text.endswith(".")


def test_two_layouts_of_the_office_have_two_names() -> None:
    mine = ColumnLayout(id=1, name="Disnaker", columns=(LayoutColumn("NIK", "nik"),))
    (problem,) = problems_of_layout(replace(mine, id=None, name="DISNAKER"), [mine])
    assert problem.code == "layout_name_taken"
    assert problems_of_layout(mine, [mine]) == ()


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(list(Written)))
def test_a_day_is_never_lost_in_its_form(day: date, form: Written) -> None:
    said = written(day, form)
    assert said == day if form is Written.DATE else isinstance(said, str) and str(day.year).zfill(4) in said
