"""The annex on paper: whole NIK, names in and out, a repeated head, page numbers, who printed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from pypdf import PdfReader

from models.papers.decree_annex import AnnexRow, DecreeAnnex
from models.values.months import Month, Period
from reports.decree_annex import decree_annex
from reports.frame import PageSize
from tests.reports.samples import make_letterhead, make_signatory

ROW = AnnexRow(
    nik="1312044107850001",
    name="Siti Aminah",
    born_on=date(1985, 7, 1),
    nagari="Talu",
    kecamatan="Talamau",
    occupation="Pekebun",
    scheme="SAWIT",
    period=Period(Month(2026, 12), Month(2027, 2)),
    contribution=50_400,
)
ANNEX = DecreeAnnex(
    letterhead=make_letterhead(),
    signatory=make_signatory(),
    kind="Decree (SK)",
    number="500.15/2",
    dated_on=date(2026, 11, 22),
    title="Penetapan peserta pengganti",
    replaces="500.15/1, 3 Agustus 2026",
    names_in=(ROW,) * 80,
    names_out=(replace(ROW, name="Upik", reason="Meninggal", replaced_by="Siti Aminah"),),
    printed_by="Reni",
    printed_at=datetime(2026, 11, 22, 9, 0),
)


def pages(annex: DecreeAnnex) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(decree_annex(annex))).pages]


def test_it_says_all_of_it() -> None:
    read = pages(ANNEX)
    text = "\n".join(read)
    assert len(read) >= 3
    assert all("Halaman" in page and "Reni" in page and "81 baris" in page for page in read)
    assert read[1].count("Kecamatan") >= 1
    assert text.count("1312044107850001") == 81
    assert text.count("Des 2026 - Feb 2027") == 80
    assert "Meninggal" in text
    assert "Rp4.032.000" in text
    assert "500.15/1, 3 Agustus 2026" in text


def test_a_first_decree_has_one_list_and_lies_on_f4() -> None:
    alone = replace(ANNEX, names_in=(ROW,), names_out=(), replaces="")
    assert len(pages(alone)) == 1
    box = PdfReader(BytesIO(decree_annex(alone, PageSize.F4))).pages[0].mediabox
    assert box.width > box.height
    assert "keluar" not in pages(alone)[0]


def test_the_same_annex_is_the_same_file() -> None:
    assert decree_annex(ANNEX) == decree_annex(ANNEX)
