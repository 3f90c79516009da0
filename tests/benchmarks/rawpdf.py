"""The reference for the letters: the same pages by a PDF writer written by hand for nothing else.

Every place on the page is a constant, the shared part is one form XObject, both fonts are embedded, and text is one
bytes literal with a hole. It can print only the letters of the measure; that is why it is fast.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from PIL import Image
from reportlab.pdfbase.ttfonts import TTFontFile

from models.papers.enrollment_letter import EnrollmentLetter
from models.values import formats, rupiah
from reports.qr import qr_path

_LEFT, _VALUE, _MIDDLE, _LEADING = 71, 214, 305, 13.4
_BODY = "/R 10.5 Tf"
_LABELS = (
    ("Nama lengkap", 620), ("NIK", 607), ("Tempat, tanggal lahir", 593), ("Jenis kelamin", 580), ("Pekerjaan", 566),
    ("Alamat", 553), ("Skema", 492), ("Segmen kepesertaan", 479), ("Program", 465), ("Masa perlindungan", 452),
    ("Dibayar oleh", 438), ("Iuran", 412),
)  # fmt: skip


def write_letters(letters: Iterable[EnrollmentLetter], out: BinaryIO, font_folder: str) -> int:
    """Writes one page for each letter and returns their number."""
    writer = _Writer(out)
    regular = _Font(f"{font_folder}/LiberationSans-Regular.ttf", writer)
    bold = _Font(f"{font_folder}/LiberationSans-Bold.ttf", writer)
    tree = writer.reserve()
    form = 0
    kids: list[int] = []
    for letter in letters:
        if not form:
            logo = _logo(letter.letterhead.logo or b"", writer)
            fonts = b"/Font << /R %d 0 R /B %d 0 R >>" % (regular.number, bold.number)
            resources = b"/Resources << %s /XObject << /L %d 0 R >> >>" % (fonts, logo)
            head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + resources
            form = writer.stream(_shared(letter, regular, bold), head)
            page = (
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << %s /XObject << /S %d 0 R >> >> "
                % (tree, fonts, form)
            )
        content = writer.stream(_own(letter, regular), b"")
        kids.append(writer.add(page + b"/Contents %d 0 R >>" % content))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    writer.put(tree, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed))
    writer.finish(writer.add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree))
    return len(kids)


def _own(letter: EnrollmentLetter, regular: _Font) -> bytes:
    period, months = letter.period, letter.period.month_count
    number = f"Nomor: {letter.number}"
    address = f"{letter.address}, Nagari {letter.nagari}, Kecamatan {letter.kecamatan}"
    assert letter.registered_on is not None
    assert letter.monthly is not None
    statement = (
        f"telah didaftarkan pada tanggal {formats.date_long(letter.registered_on)} dalam program jaminan sosial "
        "ketenagakerjaan BPJS Ketenagakerjaan, dengan keterangan sebagai berikut:"
    )
    programmes = {"JKK": "Jaminan Kecelakaan Kerja (JKK)", "JKM": "Jaminan Kematian (JKM)"}
    contribution = f"{rupiah.format_rupiah(letter.contribution)} ({rupiah.spell_rupiah(letter.contribution)})"
    lines = [
        "/S Do BT",
        _BODY,
        _at(_MIDDLE - regular.width(number, 10.5) / 2, 688, number),
        _at(_VALUE, 607, letter.nik),
        _at(_VALUE, 593, f"{letter.birth_place}, {formats.date_long(letter.born_on)}"),
        _at(_VALUE, 580, {"L": "Laki-laki", "P": "Perempuan"}[letter.sex.value]),
        _at(_VALUE, 566, letter.occupation),
        *_wrapped(_VALUE, 553, regular, address, 324),
        *_wrapped(_LEFT, 520, regular, statement, 467),
        _at(_VALUE, 492, letter.scheme),
        _at(_VALUE, 479, "BPU (bukan penerima upah)"),
        _at(_VALUE, 465, "; ".join(programmes[programme.value] for programme in letter.programmes)),
        _at(_VALUE, 452, f"{formats.period_text(period)} ({formats.number(months)} bulan)"),
        *_wrapped(_VALUE, 438, regular, letter.payer, 324),
        _at(_VALUE, 412, contribution),
        _at(_VALUE, 398, f"{months} bulan, masing-masing {rupiah.format_rupiah(letter.monthly)}"),
        "/B 10.5 Tf",
        _at(_VALUE, 620, letter.full_name),
        "ET",
        qr_path(_code_text(letter), _LEFT, 120, 76.5),
    ]
    return "\n".join(lines).encode("cp1252", "replace")


def _shared(letter: EnrollmentLetter, regular: _Font, bold: _Font) -> bytes:
    head, signatory = letter.letterhead, letter.signatory
    nip = signatory.nip
    right, left = 420, _LEFT + 11
    y = 370.0
    lines = ["q 52 0 0 62 71 742 cm /L Do Q"]
    lines += ["2.2 w 71 738 m 538 738 l S 0.7 w 71 735 m 538 735 l S 0.8 w 200 701 m 410 701 l S BT"]
    lines += ["/R 13 Tf", _centred(_MIDDLE, 789, regular, 13, head.government)]
    lines += ["/B 15 Tf", _centred(_MIDDLE, 771, bold, 15, head.office)]
    lines += ["/R 9.5 Tf", _centred(_MIDDLE, 758, regular, 9.5, head.address)]
    lines += [_centred(_MIDDLE, 746, regular, 9.5, head.contact)]
    lines += ["/B 12.5 Tf", _centred(_MIDDLE, 703, bold, 12.5, "SURAT KETERANGAN PENDAFTARAN")]
    lines += [_BODY, _at(_LEFT, 668, "Yang bertanda tangan di bawah ini:")]
    lines += [_at(left, 658, "Nama"), _at(206, 658, ":"), _at(_VALUE, 658, signatory.name)]
    lines += [_at(left, 645, "Jabatan"), _at(206, 645, ":"), _at(_VALUE, 645, signatory.title)]
    lines += [_at(_LEFT, 632, "dengan ini menerangkan bahwa:")]
    lines += [piece for label, at in _LABELS for piece in (_at(left, at, label), _at(206, at, ":"))]
    condition = (
        "Surat ini menerangkan pendaftaran. Perlindungan mulai berlaku setelah BPJS Ketenagakerjaan menerbitkan nomor "
        "peserta (KPJ) dan iuran pertama dibayar."
    )
    lines += _wrapped(_LEFT, y, regular, condition, 467)
    lines += [_at(_LEFT, 340, "Dasar:")]
    y = 326
    for index, basis in enumerate(letter.legal_basis, 1):
        wrapped = _wrapped(_LEFT + 21, y, regular, basis, 446)
        lines += [_at(_LEFT, y, f"{index}."), *wrapped]
        y -= _LEADING * len(wrapped)
    closing = "Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya."
    lines += [_at(_LEFT, y - 5, closing)]
    dated = f"{head.place}, {formats.date_long(letter.dated_on)}"
    for at, text in ((240, dated), *zip((226, 213), _lines(regular, signatory.title, 240), strict=False)):
        lines += [_centred(right, at, regular, 10.5, text)]
    lines += ["/B 10.5 Tf", _centred(right, 150, bold, 10.5, signatory.name), _BODY]
    lines += [_centred(right, 136, regular, 10.5, signatory.rank)]
    lines += [_centred(right, 123, regular, 10.5, f"NIP {nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}")]
    lines += ["/R 6.5 Tf", _at(150, 133, "Memuat nomor surat, nama, 4 angka terakhir")]
    lines += [_at(150, 125, "NIK, tanggal, kantor, dan ID pendaftaran."), "/R 9 Tf", _at(_LEFT, 100, "Tembusan:")]
    for index, line in enumerate(letter.cc, 1):
        lines += [_at(_LEFT, 100 - 11.5 * index, f"{index}."), _at(_LEFT + 18, 100 - 11.5 * index, line)]
    return "\n".join([*lines, "ET"]).encode("cp1252", "replace")


def _code_text(letter: EnrollmentLetter) -> str:
    office = letter.letterhead.office
    return f"{letter.number}\n{letter.full_name}\nNIK ...{letter.nik[-4:]}\n{letter.dated_on}\n{office}\n{letter.uid}"


def _at(x: float, y: float, text: str) -> str:
    text = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm ({text}) Tj"


def _centred(x: float, y: float, font: _Font, size: float, text: str) -> str:
    return _at(x - font.width(text, size) / 2, y, text)


def _wrapped(x: float, y: float, font: _Font, text: str, room: float) -> list[str]:
    return [_at(x, y - _LEADING * index, line) for index, line in enumerate(_lines(font, text, room))]


def _lines(font: _Font, text: str, room: float) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if font.width(longer, 10.5) > room:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _logo(content: bytes, writer: _Writer) -> int:
    picture = Image.open(BytesIO(content)).convert("RGBA")
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 " % picture.size
    mask = writer.stream(picture.getchannel("A").tobytes(), head + b"/ColorSpace /DeviceGray")
    return writer.stream(picture.convert("RGB").tobytes(), head + b"/ColorSpace /DeviceRGB /SMask %d 0 R" % mask)


class _Font:
    """A TrueType file embedded whole, in the Windows encoding."""

    def __init__(self, path: str, writer: _Writer) -> None:
        face = TTFontFile(path)
        codes = [bytes([code]).decode("cp1252", "replace") for code in range(256)]
        self._widths = [face.charWidths.get(ord(sign), face.defaultWidth) for sign in codes]
        file = writer.stream(face._ttf_data, b"/Length1 %d" % len(face._ttf_data))
        name = face.name
        box = b" ".join(b"%d" % side for side in face.bbox)
        descriptor = writer.add(
            b"<< /Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox [%s] /ItalicAngle 0 /Ascent %d /Descent %d "
            b"/CapHeight %d /StemV 80 /FontFile2 %d 0 R >>"
            % (name, box, face.ascent, face.descent, face.ascent, file)
        )
        widths = b" ".join(b"%d" % width for width in self._widths)
        self.number = writer.add(
            b"<< /Type /Font /Subtype /TrueType /BaseFont /%s /Encoding /WinAnsiEncoding /FirstChar 0 /LastChar 255 "
            b"/Widths [%s] /FontDescriptor %d 0 R >>" % (name, widths, descriptor)
        )

    def width(self, text: str, size: float) -> float:
        widths = self._widths
        return sum([widths[code] for code in text.encode("cp1252", "replace")]) * size / 1000


class _Writer:
    """Objects and their places."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._at = 0
        self._places: list[int] = []
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        self._places.append(0)
        return len(self._places)

    def add(self, body: bytes) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def put(self, number: int, body: bytes) -> None:
        self._places[number - 1] = self._at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def stream(self, content: bytes, head: bytes) -> int:
        packed = zlib.compress(content)
        head = b"<< %s /Filter /FlateDecode /Length %d >>" % (head, len(packed))
        return self.add(b"%s\nstream\n%s\nendstream" % (head, packed))

    def finish(self, root: int) -> None:
        start = self._at
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._places) + 1))
        self._write(b"".join(b"%010d 00000 n \n" % place for place in self._places))
        size = len(self._places) + 1
        self._write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start))

    def _write(self, text: bytes) -> None:
        self._out.write(text)
        self._at += len(text)
