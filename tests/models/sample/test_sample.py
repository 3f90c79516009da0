"""The sample district: every record passes the program's own rules, and the same seed makes the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from models.legal.legal_basis import LegalKind
from models.people.kpj import parse_kpj
from models.people.nip import parse_nip
from models.people.rules import POTENTIAL, REGISTRATION, AgeRules, problems_of
from models.people.worker import Segment, Worker
from models.problems import StorageFailure, unexplained
from models.register import Register, open_register
from models.sample.district import District, SampleWorkers
from models.sample.making import make_sample
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.storage.check import check_file
from models.storage.inspecting import inspect_file
from models.values.months import Month

NOW = datetime(2026, 11, 22, 9, 0)
MONTH = Month(2026, 11)
COUNT = 3_000

Record = tuple[Worker, tuple[Enrolment, ...]]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a sample of 3,000 workers."""
    path = tmp_path_factory.mktemp("sample") / "contoh.db"
    make_sample(path, now=NOW, workers=COUNT, seed=7)
    return path


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    opened = open_register(path, user="rina", clock=lambda: NOW, read_only=True)
    yield opened
    opened.close()


def records(register: Register, count: int, seed: int = 7, month: Month = MONTH) -> list[Record]:
    district = District(
        register.regions.nagari(),
        register.regions.population(),
        register.schemes.all(),
        register.rates,
        register.occupations.all(),
    )
    return list(SampleWorkers(district, seed, month, min(NOW.date(), month.last_day)).records(count))


def test_every_record_passes_the_rules_that_a_clerk_meets(register: Register) -> None:
    office = register.office
    ages = AgeRules(office.min_age, office.max_age)
    for worker, enrolments in records(register, COUNT):
        for enrolment in enrolments or (None,):
            found = problems_of(
                worker,
                NOW.date(),
                ages,
                register.regions.is_known,
                office.regency,
                usual_regencies=office.usual_nik_regencies,
                first_month=enrolment.period.first if enrolment else None,
                required=REGISTRATION if enrolment else POTENTIAL,
            )
            assert unexplained(found, worker.reasons) == (), worker.nik


def test_numbers_that_belong_to_one_person_are_nobody_elses(register: Register) -> None:
    made = records(register, COUNT)
    assert len({worker.nik for worker, _ in made}) == COUNT
    cards = [worker.kpj for worker, _ in made if worker.kpj]
    assert len(set(cards)) == len(cards)
    assert all(parse_kpj(card) == (card, ()) for card in cards)
    assert len({worker.uid for worker, _ in made}) == COUNT
    for _, enrolments in made:
        for enrolment in enrolments:
            assert parse_nip(enrolment.payer_number, NOW.date())[1] == ()


def test_nobody_is_paid_for_twice_in_a_month(register: Register) -> None:
    for _, enrolments in records(register, COUNT):
        periods = sorted(
            enrolment.period
            for enrolment in enrolments
            if enrolment.state.counts
            and enrolment.segment is Segment.BPU
            and register.schemes.get(enrolment.scheme).is_subsidised
        )
        assert not any(first.overlaps(second) for first, second in pairwise(periods))


def test_an_enrolment_is_as_far_as_its_days_allow(register: Register) -> None:
    states: Counter[EnrolmentState] = Counter()
    for _, enrolments in records(register, COUNT):
        for enrolment in enrolments:
            states[enrolment.state] += 1
            assert enrolment.registered_on <= NOW.date()
            assert bool(enrolment.kpj) == (enrolment.paid_on is not None)
            assert enrolment.paid_on is None or enrolment.paid_on <= NOW.date()
            if enrolment.state is EnrolmentState.ENDED:
                assert enrolment.period.last < MONTH
            if enrolment.state in (EnrolmentState.REJECTED, EnrolmentState.CANCELLED):
                assert enrolment.state_reason
    assert set(states) == set(EnrolmentState) - {EnrolmentState.APPROVED}
    assert states[EnrolmentState.ENDED] > states[EnrolmentState.ACTIVE] > states[EnrolmentState.SUBMITTED]


def test_the_district_looks_like_itself(register: Register) -> None:
    made = records(register, COUNT)
    assert {worker.nagari for worker, _ in made} == {nagari.code for nagari in register.regions.nagari()}
    kinali = sum(worker.district == "13.12.05" for worker, _ in made)
    assert 0.12 < kinali / COUNT < 0.21, "a sixth of the inhabitants live in Kinali"
    first = Counter(register.schemes.get(its[0].scheme).code if its else "" for _, its in made)
    assert set(first) == {scheme.code for scheme in register.schemes.all()} | {""}
    assert 0.36 < first["SAWIT"] / COUNT < 0.47
    assert first["WALI"] <= 90
    assert 0.1 < first[""] / COUNT < 0.22
    names = Counter(worker.name for worker, _ in made)
    assert len(names) > COUNT * 0.6
    assert names.most_common(1)[0][1] > 5
    assert {"Nasution", "Lubis"} < {worker.name.split()[-1] for worker, _ in made}
    households = Counter(worker.family_card for worker, _ in made)
    assert 1.5 < COUNT / len(households) < 2.5
    for card in (card for card, members in households.items() if members > 2):
        assert len({worker.nagari for worker, _ in made if worker.family_card == card}) == 1
        break


def test_the_same_seed_makes_the_same_people_and_a_larger_sample_begins_with_them(register: Register) -> None:
    small = records(register, 200)
    assert records(register, 300)[:200] == small
    assert [worker.nik for worker, _ in records(register, 200, seed=8)] != [worker.nik for worker, _ in small]


@pytest.mark.parametrize("month", [Month(2022, 6), Month(2024, 2), Month(2025, 1)])
def test_a_sample_of_an_earlier_month_knows_nothing_later(register: Register, month: Month) -> None:
    for worker, enrolments in records(register, 300, month=month):
        assert worker.born_on is not None
        for enrolment in enrolments:
            assert enrolment.registered_on <= month.last_day
            assert enrolment.paid_on is None or enrolment.paid_on <= month.last_day


def test_the_file_is_clean_and_says_that_it_is_a_sample(path: Path, register: Register) -> None:
    assert check_file(path).is_clean
    assert register.is_sample
    assert register.workers.count() == COUNT
    assert all("Contoh" in count.source for _, _, _, count in register.coverage.eligible.all())
    assert all("Contoh" in count.source for _, _, _, count in register.coverage.bpjs_counts.all())
    assert {target.permyriad for target in register.coverage.targets.all()} >= {5140}
    assert all("Contoh" in target.source for target in register.coverage.targets.all())


def test_coverage_lies_where_the_district_is(register: Register) -> None:
    district = register.coverage.district(MONTH)
    assert district.share is not None
    assert 0.31 < district.share < 0.37
    assert sum(point.covered for point in register.coverage.kecamatan(MONTH)) == district.covered
    assert sum(point.covered for point in register.coverage.segments(MONTH)) == district.covered
    shares = [point.share for point in register.coverage.kecamatan(MONTH)]
    assert all(share is not None and 0.2 < share < 0.5 for share in shares)
    earlier = register.coverage.district(MONTH - 12)
    assert earlier.share is not None
    assert earlier.share < district.share


def test_the_palm_oil_funds_got_less_than_was_promised_and_pay_whom_the_decree_names(register: Register) -> None:
    palm = [fund for fund in register.funds.all() if fund.name.startswith("DBH Sawit")]
    assert [fund.is_open for fund in palm] == [True, False, False]
    ledgers = [register.funds.ledger(fund.id or 0) for fund in palm]
    assert all(ledger.heads and not ledger.is_over for ledger in ledgers)
    assert ledgers[0].received < ledgers[0].ceiling
    assert ledgers[1].received < ledgers[1].ceiling
    assert [ledger.due for ledger in ledgers[1:]] == [0, 0]
    assert ledgers[0].due > 0
    newest = register.funds.payments(palm[0].id or 0)[-1]
    assert register.funds.due(palm[0].id or 0, newest.period).after(newest.heads, newest.amount).heads == -12
    for fund in palm:
        basis = register.legal_bases.get(fund.legal_basis or 0)
        assert basis.kind is LegalKind.DECREE
        assert register.legal_bases.used_by(basis.id or 0)["enrolment"] > 0
    assert register.waiting.of_scheme(palm[0].scheme)
    assert register.enrolment_life.free_places(palm[0].scheme, palm[0].id)


def test_whoever_public_money_submits_stands_in_a_decree(register: Register) -> None:
    for id in range(1, COUNT + 1):
        for enrolment in register.enrolments.of_worker(id):
            is_public = register.schemes.get(enrolment.scheme).is_public_money
            if is_public and enrolment.state is EnrolmentState.SUBMITTED:
                assert enrolment.decree is not None
            if enrolment.state is EnrolmentState.PROPOSED:
                assert enrolment.decree is None
            assert bool(enrolment.rejection) == (enrolment.state is EnrolmentState.REJECTED)


def test_each_page_has_something_to_look_at_and_says_that_it_is_a_sample(register: Register) -> None:
    assert {basis.kind for basis in register.legal_bases.all()} == {
        LegalKind.MOU, LegalKind.CIRCULAR, LegalKind.DECREE
    }  # fmt: skip
    assert all("ontoh" in basis.number for basis in register.legal_bases.all())
    assert register.legal_bases.running_out(NOW.date())
    for code in ("WALI", "PERANGKAT", "STAF", "BAMUS", "KADER", "ASN", "KMP"):
        scheme = register.schemes.by_code(code)
        assert scheme is not None
        rows = register.obligations.board(scheme, MONTH)
        assert any(row.to_do for row in rows)
        assert all("Contoh" in row.source for row in rows if row.obliged is not None)
        if code in ("PERANGKAT", "KADER"):
            uncounted = next(row for row in rows if row.obliged is None)
            assert len(register.obligations.workers_of(scheme, uncounted.unit, MONTH)) == uncounted.done
    promised = register.obligations.promises(MONTH.year)
    assert [bool(one.open_heads or one.open_amount) for one in promised] == [True, True]
    agents = register.agents.all()
    assert {row.agent for row in register.agents.month(MONTH)} <= {agent.code for agent in agents}
    assert sum(row.workers for row in register.agents.month(MONTH)) > 0
    assert len(register.agents.events(date(2026, 1, 1), NOW.date())) == 5
    board = register.waiting.of_scheme(1)
    for entry in board:
        own = register.enrolments.of_worker(entry.worker)
        assert not any(MONTH in one.period for one in own if one.state.counts)


@pytest.mark.parametrize(("month", "workers"), [(Month(2022, 6), 40), (Month(2026, 1), 40), (Month(2026, 4), 20)])
def test_a_small_sample_and_one_of_another_month_have_their_money_too(
    tmp_path: Path, month: Month, workers: int
) -> None:
    made = make_sample(tmp_path / "contoh.db", now=NOW, workers=workers, month=month)
    assert check_file(made.path).is_clean
    opened = open_register(made.path, user="rina", clock=lambda: NOW, read_only=True)
    assert len(opened.funds.all()) == 4
    assert len({fund.name for fund in opened.funds.all()}) == 4
    assert not any(ledger.is_over for ledger in opened.funds.ledgers().values())
    opened.close()


def test_two_files_of_one_seed_hold_the_same(tmp_path: Path) -> None:
    made = []
    for name in ("a.db", "b.db"):
        make_sample(tmp_path / name, now=NOW, workers=300, seed=3)
        opened = open_register(tmp_path / name, user="rina", clock=lambda: NOW, read_only=True)
        made.append((
            [opened.workers.get(id) for id in range(1, 301)],
            [opened.enrolments.of_worker(id) for id in range(1, 301)],
            opened.coverage.kecamatan(MONTH),
            opened.coverage.targets.all(),
            opened.funds.ledgers(),
            [(basis.number, basis.dated_on) for basis in opened.legal_bases.all()],
        ))  # fmt: skip
        opened.close()
    assert made[0] == made[1]


@pytest.mark.parametrize("month", [Month(2022, 5), Month(2026, 12)])
def test_a_month_without_rates_or_not_yet_come_is_refused(tmp_path: Path, month: Month) -> None:
    with pytest.raises(ValueError, match="no sample"):
        make_sample(tmp_path / "contoh.db", now=NOW, workers=10, month=month)
    assert list(tmp_path.iterdir()) == []


def test_a_sample_is_never_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "data.db").write_bytes(b"")
    with pytest.raises(StorageFailure):
        make_sample(tmp_path / "data.db", now=NOW, workers=10)
    assert (tmp_path / "data.db").read_bytes() == b""


def test_making_checking_and_backing_up_count_the_same(tmp_path: Path) -> None:
    made = make_sample(tmp_path / "a.db", now=NOW, workers=200)
    checked, kept = check_file(made.path), inspect_file(made.path)
    assert (made.workers, made.enrolments) == (checked.workers, checked.enrolments) == (kept.workers, kept.enrolments)
    assert made.enrolments < checked.rows["enrolment"]
