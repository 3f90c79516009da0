"""Cells as lists really hold them, and worse, for putting where they do not belong."""

from __future__ import annotations

from datetime import date, datetime

from models.exchange.cells import Cell

STRANGE: list[Cell] = [
    "", "-", " ", "0", "1312040107850001", "1312044107850001", "1312040107850000", "131204010785001",
    "13120401O7850001", "1,31204E+15", 1312040107850001, 1312040107850010, 1312040000000000.0, 1312040107850001.0,
    "1308040107850001", "3171010107850001", "9999990107850001", "1312990107850001", "1312040101200003",
    "1312********0001", "01/07/1985", "1/7/85", "07/31/1985", "31/02/1985", "1985-07-01", "1 Juli 1985",
    "01/01/1900", 29221, 29221.0, 0, 1, 1985, 1071985, date(1985, 7, 1), datetime(1985, 7, 1), date(1900, 1, 1),
    date(2058, 8, 17), date(1915, 1, 1), date(2012, 2, 29), "17/08/2058", "17/08/58", True, False, -5, 3.7,
    float("nan"), float("inf"), "L", "P", "Laki-laki", "perempuan", "Pr", "X", "1", "2", "Kawin", "BK", "cerai",
    "Duda", "Siti Aminah", "  SITI   AMINAH ", "H. Ahmad, S.Pd", "S Pd Amir", "Amir S Pd", "Alm. Bahar",
    "Bahar alm", "A", "M. Yusuf", "Nur'aini", "Rina alias Uni", "Siti 2", "Dt. Bandaro", "Mei", "ARI", "Ari Mei",
    "Ni\xf1a", "Ra\ud800na", "Siti\nAminah", "\u200bSiti", "Siti\xa0Aminah", "x" * 70, "Muhammad " * 9,
    "=HYPERLINK(\"x\")", "#REF!", "#N/A", "NULL", "tidak ada", "Kajai", "kajay", "Nagari Kajai", "Lingkuang Aua",
    "Simpang Empat", "Batahan", "13.12.04.2001", "1312042001", "13.12", 13.12, "13.12.04", "Talamau",
    "Kec. Talamau", "Talamou", "Antah", "Pasaman", "0812345678", "081234567890", 81234567890, "8123456789",
    "+6281234567890", "0753-65123", "0812/0813", "62812345678901234", "abc@contoh.go.id", "abc@", "26368", "06368",
    26368, "Pemanen sawit", "Petani", "1", "IRT", "Astronot", "850.000", "Rp 1.000.000,-", "1,000,000", "850",
    850000, 850000.5, "satu juta", "-5000", "5.000.000.000.000.000", "10.000.000.000", "16.800", "50.400",
    "3 bulan", "12", "Desil 1", "11", "001/002", "RT 1 RW 2", "Meninggal", "pindah", "PU", "BPU", "belum", "NIK",
    "Nama Lengkap",
]  # fmt: skip
FIELDS = [
    "nik", "family_card", "name", "birth_place", "born_on", "sex", "mother_name", "address", "jorong", "nagari",
    "kecamatan", "phone", "occupation", "income", "marital_status", "work_place", "postcode", "proof_number", "note",
]  # fmt: skip
