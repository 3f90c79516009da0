"""Coverage from a real file: the formula, the estimates, and the sums kept with every save."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from models.coverage.point import Target
from models.people.worker import Segment
from models.problems import Rejected
from models.register import Register
from models.values.months import Month
from tests.factories import make_plan, make_register, make_worker

DISTRICT = "13.12"
TALU, KAJAI = "13.12.04.2002", "13.12.04.2001"
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
BEFORE = date(2026, 10, 31)


def enrol(
    register: Register,
    serial: int,
    code: str = "SAWIT",
    *,
    first: Month = NOVEMBER,
    months: int = 3,
    nagari: str = TALU,
) -> tuple[int, int]:
    """Ids of a new worker and its enrolment."""
    saved = register.entries.save(make_worker(serial, nagari=nagari), make_plan(register, code, first, months))
    assert saved.enrolment is not None
    assert saved.worker.id is not None
    assert saved.enrolment.id is not None
    return saved.worker.id, saved.enrolment.id


def test_without_a_bpjs_count_the_registers_workers_are_the_numerator(register: Register) -> None:
    register.coverage.eligible.add(DISTRICT, 400, BEFORE, "BPS")
    for serial in range(1, 5):
        enrol(register, serial)
    point = register.coverage.district(NOVEMBER)
    assert (point.bpjs, point.active, point.active_at_count, point.covered) == (None, 4, 0, 4)
    assert point.share == Fraction(4, 400)


def test_who_was_active_when_bpjs_counted_is_not_counted_twice(register: Register) -> None:
    enrol(register, 1, first=Month(2026, 10))
    enrol(register, 2, first=Month(2026, 10), months=1)
    enrol(register, 3, first=NOVEMBER)
    register.coverage.bpjs_counts.add(DISTRICT, 1_000, BEFORE, "BPJS Bukittinggi")
    point = register.coverage.district(NOVEMBER)
    assert (point.active, point.active_at_count) == (2, 2)
    assert point.covered == 1_000
    assert register.coverage.district(Month(2026, 9)).bpjs is None


def test_a_month_ahead_shows_who_drops_out(register: Register) -> None:
    register.coverage.bpjs_counts.add(DISTRICT, 100, BEFORE, "BPJS")
    enrol(register, 1, first=NOVEMBER, months=1)
    enrol(register, 2, first=NOVEMBER, months=2)
    covered = [register.coverage.district(NOVEMBER + ahead).covered for ahead in range(4)]
    assert covered == [102, 101, 100, 100]


def test_a_worker_with_two_enrolments_is_counted_once(register: Register) -> None:
    worker, _ = enrol(register, 1)
    register.enrolments.add(worker, make_plan(register, "WALI", NOVEMBER, 12))
    point = register.coverage.district(NOVEMBER)
    schemes = {line.code: line.active for line in register.coverage.schemes(NOVEMBER)}
    assert (point.active, schemes["SAWIT"], schemes["WALI"]) == (1, 1, 1)


def test_each_segment_has_its_own_workers(register: Register) -> None:
    enrol(register, 1)
    enrol(register, 2)
    both, _ = enrol(register, 3)
    register.enrolments.add(both, make_plan(register, "WALI", NOVEMBER, 12))
    active = {point.segment: point.active for point in register.coverage.segments(NOVEMBER)}
    assert active == {Segment.BPU: 3, Segment.PU: 1, Segment.JAKON: 0, Segment.PMI: 0}
    assert register.coverage.district(NOVEMBER).active == 3


def test_published_segments_make_up_the_whole(register: Register) -> None:
    register.coverage.eligible.add(DISTRICT, 40_000, BEFORE, "BPS", Segment.PU)
    register.coverage.eligible.add(DISTRICT, 60_000, BEFORE, "BPS", Segment.BPU)
    whole = register.coverage.district(NOVEMBER).eligible
    assert whole is not None
    assert (whole.number, whole.source) == (100_000, "BPS")


def test_a_new_number_of_one_segment_is_not_taken_for_the_whole(register: Register) -> None:
    counts = register.coverage.bpjs_counts
    counts.add(DISTRICT, 50_000, date(2026, 1, 31), "BPJS, all segments")
    counts.add(DISTRICT, 20_000, date(2026, 6, 30), "BPJS, BPU", Segment.BPU)
    assert register.coverage.district(NOVEMBER).covered == 50_000
    counts.add(DISTRICT, 33_000, date(2026, 6, 30), "BPJS, PU", Segment.PU)
    assert register.coverage.district(NOVEMBER).covered == 53_000
    counts.add(DISTRICT, 54_000, date(2026, 9, 30), "BPJS, all segments")
    assert register.coverage.district(NOVEMBER).covered == 54_000


def test_the_newest_published_number_counts_from_its_month_on(register: Register) -> None:
    register.coverage.eligible.add(DISTRICT, 100, date(2026, 1, 31), "BPS 2025")
    register.coverage.eligible.add(DISTRICT, 120, date(2026, 6, 30), "BPS 2026")
    sources = {
        month: point.eligible.source if (point := register.coverage.district(month)).eligible else None
        for month in (Month(2025, 12), Month(2026, 5), Month(2026, 6))
    }
    assert sources == {Month(2025, 12): None, Month(2026, 5): "BPS 2025", Month(2026, 6): "BPS 2026"}


def test_a_withdrawn_number_no_longer_counts(register: Register) -> None:
    register.coverage.eligible.add(DISTRICT, 100, date(2026, 1, 31), "BPS 2025")
    slip = register.coverage.eligible.add(DISTRICT, 12, date(2026, 6, 30), "BPS 2026")
    register.coverage.eligible.withdraw(slip)
    point = register.coverage.district(NOVEMBER)
    assert point.eligible is not None
    assert point.eligible.number == 100


def test_estimates_of_the_kecamatan_add_up_to_the_district(register: Register) -> None:
    register.coverage.eligible.add(DISTRICT, 160_001, BEFORE, "BPS")
    register.coverage.eligible.add("13.12.04", 9_000, BEFORE, "Camat Talamau")
    counts = {point.area: point.eligible for point in register.coverage.kecamatan(NOVEMBER)}
    assert sum(count.number for count in counts.values() if count) == 160_001
    assert {area for area, count in counts.items() if count and not count.is_estimate} == {"13.12.04"}


def test_nagari_get_no_estimate(register: Register) -> None:
    register.coverage.eligible.add(DISTRICT, 160_000, BEFORE, "BPS")
    assert all(point.eligible is None for point in register.coverage.nagari(NOVEMBER, "13.12.04"))


def test_kecamatan_and_nagari_add_up_to_the_district(register: Register) -> None:
    for serial, nagari in enumerate((TALU, KAJAI, "13.12.03.2003", TALU), 1):
        enrol(register, serial, nagari=nagari)
    assert sum(point.active for point in register.coverage.kecamatan(NOVEMBER)) == 4
    in_talamau = {
        point.area: point.active for point in register.coverage.nagari(NOVEMBER, "13.12.04") if point.active
    }
    assert in_talamau == {TALU: 2, KAJAI: 1}


def test_only_a_card_and_a_payment_confirm(register: Register) -> None:
    _, first = enrol(register, 1)
    enrol(register, 2)
    register.enrolments.confirm(first, "12345678901", date(2026, 11, 20))
    point = register.coverage.district(NOVEMBER)
    line = next(line for line in register.coverage.schemes(NOVEMBER) if line.code == "SAWIT")
    assert (point.active, point.confirmed, line.confirmed) == (2, 1, 1)


def test_the_rupiah_of_a_scheme_are_those_of_the_month(register: Register) -> None:
    for serial in (1, 2, 3):
        enrol(register, serial, first=NOVEMBER, months=serial)
    rupiah = [
        next(line.contribution for line in register.coverage.schemes(NOVEMBER + ahead) if line.code == "SAWIT")
        for ahead in range(4)
    ]
    assert rupiah == [3 * 16_800, 2 * 16_800, 16_800, 0]


def test_a_worker_who_moves_takes_the_coverage_along(register: Register) -> None:
    worker, _ = enrol(register, 1)
    register.workers.correct(replace(register.workers.get(worker), nagari=KAJAI))
    assert register.coverage.active_by_nagari(NOVEMBER) | {TALU: 0} == {TALU: 0, KAJAI: 1}


def test_a_number_without_its_source_is_refused_and_nothing_is_kept(register: Register) -> None:
    with pytest.raises(Rejected) as refused:
        register.coverage.eligible.add(DISTRICT, 100, BEFORE, " ")
    assert [problem.field for problem in refused.value.problems] == ["source"]
    with pytest.raises(Rejected):
        register.coverage.targets.add(Target(0, BEFORE, "Bupati"))
    assert register.coverage.eligible.all() == ()
    assert register.coverage.targets.all() == ()


def test_what_was_published_is_in_the_audit(register: Register) -> None:
    id = register.coverage.targets.add(Target(5140, date(2026, 12, 31), "Bupati"))
    register.coverage.targets.withdraw(id)
    added, withdrawn = register.audit.of("target", id)
    assert ("due_on", None, "2026-12-31") in added.changes + withdrawn.changes
    assert {added.action, withdrawn.action} == {"add", "withdraw"}


def test_the_numbers_survive_closing(path: Path) -> None:
    register = make_register(path)
    register.coverage.eligible.add(DISTRICT, 160_000, BEFORE, "BPS", Segment.BPU)
    register.coverage.targets.add(Target(5140, date(2026, 12, 31), "Bupati"))
    enrol(register, 1)
    register.close()
    again = make_register(path)
    ((_, area, segment, count),) = again.coverage.eligible.all()
    assert (area, segment, count.number, count.counted_on) == (DISTRICT, Segment.BPU, 160_000, BEFORE)
    assert [target.permyriad for target in again.coverage.targets.all()] == [5140]
    assert again.coverage.district(NOVEMBER).active == 1
    again.close()
