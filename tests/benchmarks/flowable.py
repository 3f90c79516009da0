"""The second reference for the letters: a document of paragraphs and tables, as reportlab is usually used."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Image, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from models.papers.enrollment_letter import EnrollmentLetter
from models.values import formats, rupiah
from reports import fonts
from reports.qr import qr_path

_BODY = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=10.5, leading=13.4)
_CENTRED = ParagraphStyle("centred", _BODY, alignment=TA_CENTER)
_TINY = ParagraphStyle("tiny", _BODY, fontSize=6.5, leading=8)
_CAPTION = "Memuat nomor surat, nama, 4 angka terakhir NIK, tanggal, kantor, dan ID pendaftaran."
_SMALL = ParagraphStyle("small", _BODY, fontSize=9, leading=11.5)


class _QrCode(Flowable):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.width = self.height = 27 * mm
        self._text = text

    def draw(self) -> None:
        self.canv.addLiteral(qr_path(self._text, 0, 0, self.width))


def write_letters(letters: Iterable[EnrollmentLetter], out: BinaryIO) -> None:
    """Writes one page for each letter."""
    fonts.register()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=25 * mm, rightMargin=20 * mm, topMargin=12 * mm, bottomMargin=12 * mm,
        initialFontName=fonts.REGULAR, pageCompression=1,
    )  # fmt: skip
    document.build([flowable for letter in letters for flowable in (*_story(letter), PageBreak())])


def _story(letter: EnrollmentLetter) -> list[Flowable]:
    head, signatory = letter.letterhead, letter.signatory
    assert letter.registered_on is not None
    assert letter.monthly is not None
    months = letter.period.month_count
    nip = signatory.nip
    worker = _rows(
        ("Nama lengkap", f"<b>{letter.full_name}</b>"),
        ("NIK", letter.nik),
        ("Tempat, tanggal lahir", f"{letter.birth_place}, {formats.date_long(letter.born_on)}"),
        ("Jenis kelamin", {"L": "Laki-laki", "P": "Perempuan"}[letter.sex.value]),
        ("Pekerjaan", letter.occupation),
        ("Alamat", f"{letter.address}, Nagari {letter.nagari}, Kecamatan {letter.kecamatan}"),
    )
    cover = _rows(
        ("Skema", letter.scheme),
        ("Segmen kepesertaan", "BPU (bukan penerima upah)"),
        ("Program", "Jaminan Kecelakaan Kerja (JKK); Jaminan Kematian (JKM)"),
        ("Masa perlindungan", f"{formats.period_text(letter.period)} ({months} bulan)"),
        ("Dibayar oleh", letter.payer),
        ("Iuran", f"{rupiah.format_rupiah(letter.contribution)} ({rupiah.spell_rupiah(letter.contribution)})"),
        ("", f"{months} bulan, masing-masing {rupiah.format_rupiah(letter.monthly)}"),
    )
    signature = [
        Paragraph(f"{head.place}, {formats.date_long(letter.dated_on)}", _CENTRED),
        Paragraph(signatory.title, _CENTRED),
        Spacer(1, 22 * mm),
        Paragraph(f"<b>{signatory.name}</b>", _CENTRED),
        Paragraph(signatory.rank, _CENTRED),
        Paragraph(f"NIP {nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}", _CENTRED),
    ]
    office = [
        Paragraph(head.government, _CENTRED),
        Paragraph(f"<b>{head.office}</b>", _CENTRED),
        Paragraph(head.address, _CENTRED),
        Paragraph(head.contact, _CENTRED),
    ]
    nik = f"NIK ...{letter.nik[-4:]}"
    code = f"{letter.number}\n{letter.full_name}\n{nik}\n{letter.dated_on}\n{head.office}\n{letter.uid}"
    logo = Image(BytesIO(head.logo or b""), width=18 * mm, height=22 * mm)
    return [
        Table([[logo, office]], colWidths=[25 * mm, 140 * mm]),
        HRFlowable(width="100%", thickness=2),
        Spacer(1, 8),
        Paragraph("<b><u>SURAT KETERANGAN PENDAFTARAN</u></b>", _CENTRED),
        Paragraph(f"Nomor: {letter.number}", _CENTRED),
        Paragraph("Yang bertanda tangan di bawah ini:", _BODY),
        _rows(("Nama", signatory.name), ("Jabatan", signatory.title)),
        Paragraph("dengan ini menerangkan bahwa:", _BODY),
        worker,
        Paragraph(
            f"telah didaftarkan pada tanggal {formats.date_long(letter.registered_on)} dalam program jaminan sosial "
            "ketenagakerjaan BPJS Ketenagakerjaan, dengan keterangan sebagai berikut:",
            _BODY,
        ),
        cover,
        Paragraph(
            "Surat ini menerangkan pendaftaran. Perlindungan mulai berlaku setelah BPJS Ketenagakerjaan menerbitkan "
            "nomor peserta (KPJ) dan iuran pertama dibayar.",
            _BODY,
        ),
        Paragraph("Dasar:", _BODY),
        *[Paragraph(line, _BODY, bulletText=f"{index}.") for index, line in enumerate(letter.legal_basis, 1)],
        Paragraph("Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.", _BODY),
        Table([[_QrCode(code), Paragraph(_CAPTION, _TINY), signature]], colWidths=[30 * mm, 45 * mm, 90 * mm]),
        Paragraph("Tembusan:", _SMALL),
        *[Paragraph(line, _SMALL, bulletText=f"{index}.") for index, line in enumerate(letter.cc, 1)],
    ]


def _rows(*rows: tuple[str, str]) -> Table:
    cells = [[Paragraph(label, _BODY), ":" if label else "", Paragraph(value, _BODY)] for label, value in rows]
    style = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(cells, colWidths=[46 * mm, 4 * mm, 115 * mm], style=style)
