"""The numbers that others published about the sample district: invented, and saying so in their source."""

from __future__ import annotations

from datetime import date

from models.coverage.point import Target
from models.people.worker import Segment
from models.register import Register
from models.values.months import Month

ELIGIBLE_FOR_EACH = 9
"""Eligible workers of the district for each worker of the sample: 180.000 for the usual 20.000."""
SOURCE = "Contoh: {what}, bukan angka resmi"
_SEGMENTS = ((Segment.PU, 0.3), (Segment.BPU, 0.66), (Segment.JAKON, 0.035))
"""Parts of the eligible workers; what is left are migrants (PMI)."""
_QUARTERS = 10
_SHARE_NOW, _SHARE_GROWS = 0.335, 0.009
"""Covered by BPJS at the last count, and how much less it was a quarter before."""
_BUILDERS = 0.012
"""Construction workers whom BPJS counts, of the eligible workers."""


def publish(register: Register, workers: int, month: Month, as_of: date) -> None:
    """Adds eligible workers, the quarterly counts of BPJS and the targets to a register that holds the sample."""
    _eligible(register, workers * ELIGIBLE_FOR_EACH, as_of)
    for quarter in range(_QUARTERS):
        counted_on = (_last_quarter(as_of) - 3 * quarter).last_day
        _bpjs_count(register, workers * ELIGIBLE_FOR_EACH, counted_on, _SHARE_NOW - _SHARE_GROWS * quarter)
    for permyriad, due_on, what in (
        (5_140, date(month.year, 12, 31), "target kabupaten"),
        (5_215, date(month.year - 1, 12, 31), "target nasional"),
        (9_950, date(2045, 12, 31), "target jangka panjang"),
    ):
        register.coverage.targets.add(Target(permyriad, due_on, SOURCE.format(what=what)))


def _eligible(register: Register, number: int, as_of: date) -> None:
    """The district by segment at the end of the last three years; kecamatan are left to be estimated."""
    regency = register.regions.regency
    for years in (3, 2, 1):
        counted_on = date(as_of.year - years, 12, 31)
        whole = number - number * (years - 1) // 50
        rest = whole
        for segment, part in _SEGMENTS:
            register.coverage.eligible.add(
                regency, int(whole * part), counted_on, SOURCE.format(what="jumlah tenaga kerja"), segment
            )
            rest -= int(whole * part)
        register.coverage.eligible.add(
            regency, max(rest, 1), counted_on, SOURCE.format(what="jumlah tenaga kerja"), Segment.PMI
        )


def _bpjs_count(register: Register, eligible: int, counted_on: date, share: float) -> None:
    """Each kecamatan by itself and the district by segment, so that both come to the same sum.

    Whoever of the register was protected then is among them, so no kecamatan has fewer than those.
    """
    month = Month.of(counted_on)
    population = register.regions.population()
    active = register.coverage.active_by_nagari(month)
    source = SOURCE.format(what="peserta aktif BPJS")
    district = 0
    for place, kecamatan in enumerate(register.regions.kecamatan()):
        here = eligible * population[kecamatan.code] / sum(population.values())
        own = sum(number for nagari, number in active.items() if nagari.startswith(kecamatan.code))
        number = max(own + int(here * 0.02), int(here * (share + (place * 37 % 11 - 5) * 0.012)))
        register.coverage.bpjs_counts.add(kecamatan.code, number, counted_on, source)
        district += number
    builders = int(eligible * _BUILDERS)
    employed = max(district * 2 // 5, register.coverage.district(month, Segment.PU).active)
    for segment, number in (
        (Segment.PU, employed),
        (Segment.BPU, max(0, district - employed - builders)),
        (Segment.JAKON, builders),
    ):
        register.coverage.bpjs_counts.add(register.regions.regency, number, counted_on, source, segment)


def _last_quarter(as_of: date) -> Month:
    """The last month of the last whole quarter before a day."""
    quarter = (as_of.month - 1) // 3
    return Month(as_of.year, quarter * 3) if quarter else Month(as_of.year - 1, 12)
