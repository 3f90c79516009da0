"""What a new file is filled with: regions, aliases, rates, schemes, occupations."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.offices.office import OfficeSettings
from models.people.worker import Segment
from models.register import Register, open_register
from models.schemes.scheme import Programme
from tests.factories import NOW


def test_a_new_file_knows_all_of_indonesia_and_its_own_nagari(register: Register) -> None:
    counts = dict(register._file.rows("SELECT level, count(*) FROM region GROUP BY level"))
    assert counts == {1: 38, 2: 514, 3: 7_285, 4: 90}
    assert len(register.regions.kecamatan()) == 11
    assert len(register.regions.nagari()) == 90
    assert sum(register.regions.population().values()) == 456_467


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Air Bangis", "13.12.01.2001"),
        ("aia bangih", "13.12.01.2001"),
        ("Lingkuang Aur", "13.12.03.2003"),
        ("IV Koto", "13.12.05.2003"),
        ("Katiagan Mandiangin", "13.12.05.2002"),
        ("Muara Kiawai", "13.12.06.2001"),
        ("Sungai Aur", "13.12.09.2001"),
        ("Sasak Pesisir", "13.12.11.2001"),
        ("pujora", "13.12.10.2009"),
        ("harapan", "13.12.11.2002"),
    ],
)
def test_old_names_and_other_spellings_mean_the_nagari_of_today(register: Register, typed: str, code: str) -> None:
    assert register.regions.nagari_named(typed)[0].code == code


def test_every_alias_means_a_nagari_of_the_office(register: Register) -> None:
    known = {region.code for region in register.regions.nagari()}
    aliases = register._file.rows("SELECT code FROM region_alias")
    assert len(aliases) > 50
    assert {code for (code,) in aliases} <= known


def test_the_contribution_table_is_whole_and_dated(register: Register) -> None:
    bpu = [rate for rate in register.rates.rates if rate.segment is Segment.BPU]
    assert len(bpu) == 33 * 3
    assert {str(rate.first) for rate in bpu} == {"2019-12"}
    assert all(rate.source for rate in register.rates.rates)
    jkk = sorted((rate.base or 0, rate.amount or 0) for rate in bpu if rate.programme is Programme.JKK)
    assert all(amount * 100 == base for base, amount in jkk)
    doubtful = {rate.base for rate in bpu if "direkonstruksi" in rate.source}
    assert doubtful == {18_700_000, 19_700_000, 20_700_000}


def test_the_schemes_of_the_district_are_there(register: Register) -> None:
    codes = {scheme.code: (scheme.segment, scheme.is_public_money) for scheme in register.schemes.all()}
    assert codes == {
        "SAWIT": (Segment.BPU, True),
        "CSR": (Segment.BPU, False),
        "ASN": (Segment.BPU, False),
        "WALI": (Segment.PU, True),
        "PERANGKAT": (Segment.PU, True),
        "STAF": (Segment.PU, True),
        "BAMUS": (Segment.PU, True),
        "KADER": (Segment.PU, True),
        "KMP": (Segment.PU, False),
        "MANDIRI": (Segment.BPU, False),
    }


def test_another_kabupaten_has_its_own_kecamatan(tmp_path: Path) -> None:
    agam = open_register(tmp_path / "agam.db", user="rina", clock=lambda: NOW, new=OfficeSettings(regency="13.06"))
    assert agam.regions.name("13.06") == "Kabupaten Agam"
    assert {region.code[:5] for region in agam.regions.kecamatan()} == {"13.06"}
    assert agam.regions.nagari() == agam.regions.kecamatan()
    agam.regions.add_villages([("13.06.01.2001", "Manggopoh")])
    assert [region.name for region in agam.regions.nagari()] == ["Manggopoh"]
    agam.close()
