"""The office's own settings: whose register this is, what its papers carry, which limits it keeps."""

from __future__ import annotations

from dataclasses import dataclass

BENEFITS = (
    "JKK | Perawatan dan pengobatan akibat kecelakaan kerja sesuai kebutuhan medis; selama tidak mampu bekerja 100 % "
    "upah untuk 12 bulan pertama, selanjutnya 50 % | PP 44/2015 jo. PP 82/2019; laman BPJS Ketenagakerjaan, 2026",
    "JKK | Santunan kematian akibat kecelakaan kerja 48 kali upah, santunan berkala Rp12.000.000, biaya pemakaman "
    "Rp10.000.000 | PP 44/2015 jo. PP 82/2019; laman BPJS Ketenagakerjaan, 2026",
    "JKM | Santunan Rp20.000.000, santunan berkala Rp12.000.000 dibayar sekaligus, biaya pemakaman Rp10.000.000: "
    "seluruhnya Rp42.000.000 | PP 44/2015 jo. PP 82/2019; laman BPJS Ketenagakerjaan, 2026",
    "JKM | Beasiswa untuk paling banyak dua anak, seluruhnya paling banyak Rp174.000.000, bila iuran dibayar paling "
    "sedikit tiga tahun | PP 82/2019; laman BPJS Ketenagakerjaan, 2026",
    "JKM | Bila peserta BPU meninggal dalam tiga bulan pertama, Rp10.000.000 | keterangan kantor cabang BPJS "
    "Ketenagakerjaan, Agustus 2025; pasalnya disebut berbeda-beda",
)
"""What the sources said when the program was made; an office corrects it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """What one office decides for its file; everything here can be edited in the program."""

    office_code: str = "K01"
    """Marks the records that this office made."""
    regency: str = "13.12"
    """Code of the kabupaten or kota whose workers are registered."""
    usual_nik_regencies: tuple[str, ...] = ("13.12", "13.08")
    """Regencies in which the NIK of a local worker may begin without a question. Pasaman Barat was part of Pasaman
    (13.08) until the end of 2003 (UU 38/2003)."""

    government: str = "PEMERINTAH KABUPATEN PASAMAN BARAT"
    office_name: str = "DINAS TENAGA KERJA"
    address: str = ""
    contact: str = ""
    place: str = "Simpang Empat"

    signatory_title: str = "KEPALA DINAS"
    signatory_name: str = ""
    signatory_rank: str = ""
    signatory_nip: str = ""

    letter_number: str = "500.15.14.1/{urut}/{unit}/{bulan_romawi}/{tahun}"
    """Pattern of the letter number; empty leaves it open for hand-filling."""
    letter_unit: str = "Disnaker"
    legal_basis: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    page_size: str = "A4"

    min_age: int = 18
    """Full years that a worker must have on the first covered day."""
    max_age: int = 65
    """A worker who has these years on the first covered day is refused."""

    lock_minutes: int = 10
    """After so many minutes without a key or the mouse the window asks for the password again; 0: never."""

    retention_years: int = 10
    """Full years after the last covered month (or, for who was never enrolled, after the last change) from which on a
    record is listed for anonymising. No law was found that names the number; papers for audits are commonly kept 10."""

    backup_hours: int = 4
    """A backup is made by itself after so many hours with something new, while the register is open; 0: only on
    closing."""
    keep_daily: int = 12
    """Days of which the newest backup is kept, beside all of today and yesterday."""
    keep_weekly: int = 10
    keep_monthly: int = 9

    benefits: tuple[str, ...] = BENEFITS
    """Lines of the information sheet: programme, what it pays, where that stands and of when, separated by ``|``."""

    is_sample: bool = False
    """Made by the demo command: screens and papers say CONTOH."""
