"""Papers to draw, with sensible defaults, and a reader that sees them as a person with a viewer does."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw
from pypdf import PdfReader

from models.coverage.point import Count, CoveragePoint, SchemeCoverage, Target
from models.papers.coverage_summary import CoverageSummary
from models.papers.enrollment_letter import EnrollmentLetter
from models.papers.letterhead import Letterhead, Signatory
from models.people.worker import Segment, Sex
from models.schemes.scheme import Programme
from models.values.months import Month, Period


def make_letterhead(**changes: Any) -> Letterhead:
    facts: dict[str, Any] = {
        "government": "PEMERINTAH KABUPATEN PASAMAN BARAT",
        "office": "DINAS TENAGA KERJA DAN TRANSMIGRASI",
        "address": "Jalan Soekarno-Hatta, Simpang Empat, Nagari Lingkuang Aua, Kecamatan Pasaman",
        "contact": "Telepon (0753) 7464123, 26566",
        "place": "Simpang Empat",
    }
    return Letterhead(**facts | changes)


def make_signatory(**changes: Any) -> Signatory:
    facts: dict[str, Any] = {
        "title": "KEPALA DINAS TENAGA KERJA DAN TRANSMIGRASI",
        "name": "Drs. H. Armen Lubis, M.Si.",
        "rank": "Pembina Utama Muda",
        "nip": "196809271994031004",
    }
    return Signatory(**facts | changes)


def make_letter(**changes: Any) -> EnrollmentLetter:
    """A letter of a palm-oil worker whom BPJS has not yet confirmed."""
    facts: dict[str, Any] = {
        "letterhead": make_letterhead(),
        "signatory": make_signatory(),
        "number": "500.15.14.2/17/DTKT/VIII/2025",
        "dated_on": date(2025, 8, 4),
        "full_name": "Siti Aminah Nasution",
        "nik": "1312034408850002",
        "birth_place": "Talu",
        "born_on": date(1985, 8, 4),
        "sex": Sex.FEMALE,
        "occupation": "Pemanen kelapa sawit",
        "address": "Jalan Lintas Manggopoh No. 12, RT 02/RW 01",
        "nagari": "Lingkuang Aua Timur",
        "kecamatan": "Pasaman",
        "scheme": "DBH Sawit",
        "payer": "Pemerintah Kabupaten Pasaman Barat",
        "segment": Segment.BPU,
        "programmes": (Programme.JKK, Programme.JKM),
        "period": Period.starting(Month(2025, 8), 3),
        "contribution": 50_400,
        "monthly": 16_800,
        "registered_on": date(2025, 8, 1),
        "uid": "0198f3c4-6c1b-7c3a-9d2e-1a2b3c4d5e6f",
    }
    return EnrollmentLetter(**facts | changes)


def coat_of_arms(width: int = 120, height: int = 150) -> bytes:
    """A green shield as PNG, transparent around it."""
    picture = Image.new("RGBA", (width, height))
    ImageDraw.Draw(picture).polygon(
        [(0, 0), (width, 0), (width, height * 0.6), (width / 2, height), (0, height * 0.6)], fill=(20, 110, 60, 255)
    )
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def texts(pdf: bytes) -> list[str]:
    """The text of each page, as a viewer's search sees it; line breaks as blanks."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [" ".join(text.split()) for text in pages]


def picture(pdf: bytes, page: int = 0, dpi: int = 100) -> Image.Image:
    """The page as it looks."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return image


def embedded_fonts(pdf: bytes) -> set[str]:
    """Names of the fonts whose outlines are in the file; fails on a font that is only named."""
    names = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            descriptor = font.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor, f"not embedded: {descriptor['/FontName']}"
            names.add(str(descriptor["/FontName"]).partition("+")[2])
    return names


KECAMATAN = (
    "Sungai Beremas", "Lembah Melintang", "Pasaman", "Talamau", "Kinali", "Gunung Tuleh", "Ranah Batahan",
    "Koto Balingka", "Sungai Aur", "Luhak Nan Duo", "Sasak Ranah Pasisie",
)  # fmt: skip
AUGUST = Month(2025, 8)
ELIGIBLE = Count(160_000, date(2025, 2, 28), "Sakernas Agustus 2024, BPS Pasaman Barat")
BPJS_COUNT = Count(50_123, date(2025, 6, 30), "BPJS Ketenagakerjaan Cabang Bukittinggi")
TARGET = Target(5140, date(2025, 12, 31), "Target UCJ Pasaman Barat")


def make_point(**changes: Any) -> CoveragePoint:
    """The district: (50,123 + 11,528 - 8,035) / 160,000 = 33.51 %."""
    facts: dict[str, Any] = {
        "area": "13.12",
        "area_name": "Kabupaten Pasaman Barat",
        "month": AUGUST,
        "segment": None,
        "bpjs": BPJS_COUNT,
        "active": 11_528,
        "active_at_count": 8_035,
        "confirmed": 7_723,
        "eligible": ELIGIBLE,
    }
    return CoveragePoint(**facts | changes)


def make_kecamatan() -> tuple[CoveragePoint, ...]:
    """Eleven areas, counted by the register alone, half of them with an estimated number of eligible workers."""
    return tuple(
        make_point(
            area=f"13.12.{index:02d}",
            area_name=name,
            bpjs=None,
            active=index * 500,
            active_at_count=0,
            confirmed=0,
            eligible=Count(10_000 + index, date(2025, 1, 1), "bagian jumlah penduduk BPS 2024", index % 2 == 0),
        )
        for index, name in enumerate(KECAMATAN, 1)
    )


def make_summary(**changes: Any) -> CoverageSummary:
    facts: dict[str, Any] = {
        "letterhead": make_letterhead(logo=coat_of_arms()),
        "signatory": make_signatory(),
        "month": AUGUST,
        "as_of": date(2025, 8, 4),
        "district": make_point(),
        "kecamatan": make_kecamatan(),
        "segments": (
            make_point(segment=Segment.BPU, active=7_723, bpjs=None, active_at_count=0, eligible=None),
            make_point(segment=Segment.PU, active=3_805, bpjs=None, active_at_count=0, eligible=None),
        ),
        "schemes": (
            SchemeCoverage("SAWIT", "DBH Sawit", Segment.BPU, 7_723, 7_000, 7_723 * 16_800),
            SchemeCoverage("NAGARI", "Perangkat nagari", Segment.PU, 3_805, 723, 61_521_684),
        ),
        "targets": (TARGET,),
    }
    return CoverageSummary(**facts | changes)
