"""Enrollment letters against the same pages by a hand-written PDF writer and by a flowable document.

Every time is that of the whole call with its own costs (fonts, layout, QR codes, compression, writing to a file).
The letters differ from each other in everything that differs in an office: number, name, NIK, birth, address, uid.
"""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from models import language
from models.papers.enrollment_letter import EnrollmentLetter
from models.papers.letterhead import Letterhead, Signatory
from models.people.worker import Segment, Sex
from models.schemes.scheme import Programme
from models.values.months import Month, Period
from reports.enrollment_letter import enrollment_letters
from tests.benchmarks import flowable, rawpdf
from tests.benchmarks.rows import Row, best_of

NAMES = ("letters", "letters-flowable", "letters-memory")
COUNT = 2000
FEWER = 400
"""The flowable document is slow; it is compared over fewer letters, ours as well."""


def _coat_of_arms() -> bytes:
    """A shield on a transparent ground, as large as an office's own file usually is."""
    picture = Image.new("RGBA", (300, 360))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(10, 10), (290, 10), (290, 230), (150, 350), (10, 230)], fill=(20, 110, 60, 255))
    for step in range(12):
        draw.ellipse(
            [60 + 6 * step, 60 + 6 * step, 240 - 6 * step, 240 - 6 * step], outline=(240, 200, 20 * step, 255)
        )
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


_FONTS = str(Path(__file__).parents[2] / "resources" / "fonts")
_HEAD = Letterhead(
    "PEMERINTAH KABUPATEN PASAMAN BARAT",
    "DINAS TENAGA KERJA DAN TRANSMIGRASI",
    "Jalan Soekarno-Hatta, Simpang Empat, Kecamatan Pasaman",
    "Telepon (0753) 7464123, 26566",
    "Simpang Empat",
    _coat_of_arms(),
)
_SIGNATORY = Signatory(
    "KEPALA DINAS TENAGA KERJA DAN TRANSMIGRASI",
    "Drs. H. Armen Lubis, M.Si.",
    "Pembina Utama Muda",
    "196809271994031004",
)
_NAMES = ("Siti Aminah", "Budi", "Yulia Rahmi", "Ahmad Fauzi Lubis", "Zulkifli", "Rosmaini", "Rajo Endah", "M. Ilham")
_PLACES = ("Lingkuang Aua", "Aia Gadang", "Kinali", "Ujung Gading", "Koto Baru", "Sungai Aua", "Parit", "Talu")


def letters(count: int) -> Iterator[EnrollmentLetter]:
    """So many letters, one at a time."""
    for index in range(count):
        born_on = date(1965 + index % 40, 1 + index % 12, 1 + index % 28)
        name = f"{_NAMES[index % 8]} {_NAMES[index // 8 % 8]}"
        place = _PLACES[index // 64 % 8]
        yield EnrollmentLetter(
            letterhead=_HEAD, signatory=_SIGNATORY, number=f"500.15.14.2/{index + 1}/DTKT/VIII/2025",
            dated_on=date(2025, 8, 4), full_name=name, nik=f"131203{born_on:%d%m%y}{index % 9999 + 1:04d}",
            birth_place=_PLACES[index % 8], born_on=born_on, sex=Sex.MALE, occupation="Buruh pemanen kelapa sawit",
            address=f"Jalan Lintas No. {index}, RT 02/RW 01, Jorong Kampung Baru", nagari=place, kecamatan="Pasaman",
            scheme="DBH Sawit", payer="Pemerintah Kabupaten Pasaman Barat", segment=Segment.BPU,
            programmes=(Programme.JKK, Programme.JKM), period=Period.starting(Month(2025, 8), 3),
            contribution=50_400, monthly=16_800, registered_on=date(2025, 8, 1),
            legal_basis=(
                "Peraturan Pemerintah Nomor 44 Tahun 2015 sebagaimana telah beberapa kali diubah",
                "Keputusan Bupati Pasaman Barat Nomor 188.45/512/BUP-PASBAR/2025 tentang Penetapan Penerima Bantuan",
            ),
            cc=("Kepala BPJS Ketenagakerjaan Cabang Bukittinggi",), uid=f"0198f3c4-6c1b-7c3a-9d2e-{index * 7919:012x}",
        )  # fmt: skip


def measure() -> list[Row]:
    """Takes about half a minute."""
    language.use("id")
    with tempfile.TemporaryDirectory() as folder:
        ours, raw, fewer, flow = best_of(
            3,
            lambda: _ours(Path(folder), COUNT),
            lambda: _raw(Path(folder), COUNT),
            lambda: _ours(Path(folder), FEWER),
            lambda: _flowable(Path(folder), FEWER),
        )
    memory = _peak(COUNT) / _peak(FEWER)  # what stays are 24 bytes a letter and caches of a fixed size
    what = "{count} letters with QR code in one file"
    return [
        Row("letters", what.format(count=COUNT), "hand-written PDF writer", ours / raw, 2.0),
        Row("letters-flowable", what.format(count=FEWER), "flowable document", fewer / flow, 1 / 6),
        Row("letters-memory", f"memory held for {COUNT} letters", f"for {FEWER} letters", memory, 1.2),
    ]


def _ours(folder: Path, count: int) -> None:
    with (folder / "ours.pdf").open("wb") as out:
        enrollment_letters(letters(count), out)


def _raw(folder: Path, count: int) -> None:
    with (folder / "raw.pdf").open("wb") as out:
        rawpdf.write_letters(letters(count), out, _FONTS)


def _flowable(folder: Path, count: int) -> None:
    with (folder / "flowable.pdf").open("wb") as out:
        flowable.write_letters(letters(count), out)


def _peak(count: int) -> int:
    """Most memory that Python held at once while writing so many letters."""
    with tempfile.TemporaryDirectory() as folder:
        tracemalloc.start()
        _ours(Path(folder), count)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:<18} {row.ratio:6.3f}  at most {row.at_most:.3f}  {'ok' if row.is_ok else 'short'}")
