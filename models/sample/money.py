"""The papers and the money of the sample district: decrees, funds, what came in, what was paid to BPJS."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.funds.fund import Fund, Payment, Receipt
from models.legal.legal_basis import LegalBasis, LegalKind
from models.problems import Problem
from models.register import Register
from models.sample.membership import WAVES
from models.sample.stock import Places
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.schemes.life import Rejection
from models.values.months import Month, Period

DISTRICT = "Bupati Pasaman Barat (contoh)"
WAITING = 15
"""Workers who wait for a place in the palm-oil scheme."""
_NAGARI = ("WALI", "PERANGKAT", "STAF", "BAMUS", "KADER")
_REJECTIONS = (Rejection.NIK_NOT_FOUND, Rejection.MEMBER_ALREADY, Rejection.NOT_PALM_WORKER, Rejection.MOVED)
"""What the sample's words of a rejection are called, in the order of their list."""
_PLANNED = 11
"""Months for which the palm-oil money was promised; what came in paid for fewer."""
_UNPAID = 12
"""Workers whom the last monthly payment left out."""


@dataclass(frozen=True, slots=True)
class _Wave:
    """One decree of the palm-oil scheme and the fund that pays for it."""

    first: Month
    months: int
    decree: int
    fund: int


class SampleMoney:
    """Papers and funds are there before the enrolments that rest on them; the amounts follow from those."""

    def __init__(self, register: Register, month: Month, as_of: date) -> None:
        self._register, self._month, self._as_of = register, month, as_of
        places = Places()
        self._rejections = dict(zip(places["rejected"], _REJECTIONS, strict=True))
        self._company = places["company"][0]
        self._schemes = {scheme.code: scheme for scheme in register.schemes.all()}
        self._papers()
        self._waves = {wave.first: wave for wave in map(self._wave, WAVES)}
        self._csr = self._csr_fund()
        self._places = 0
        self.waiting: list[int] = []
        """Workers, by their place in the sample, who wait for a palm-oil place."""

    def completed(self, enrolments: tuple[Enrolment, ...]) -> tuple[Enrolment, ...]:
        """The enrolments of the next worker with decree, fund and named reason."""
        self._places += 1
        if len(self.waiting) < WAITING and self._would_wait(enrolments):
            self.waiting.append(self._places)
        return tuple(map(self._with_money, enrolments))

    def enter(self) -> None:
        """What came in and what was paid, once the enrolments are there."""
        for wave in self._waves.values():
            self._receive(wave)
            self._pay(wave)
        self._receive_csr()
        scheme = self._schemes["SAWIT"].id
        if self.waiting and scheme is not None:
            self._register.waiting.add(self.waiting, scheme)

    # Before the enrolments

    def _papers(self) -> None:
        bases, year = self._register.legal_bases, self._month.year
        begun = self._month.first_day - timedelta(days=700)
        self.agreement = bases.save(LegalBasis(
            kind=LegalKind.MOU, number=f"Contoh/180/{begun.year}", dated_on=begun,
            title="Kesepakatan bersama perlindungan pekerja rentan (contoh)",
            parties="Pemerintah kabupaten dan BPJS Ketenagakerjaan (contoh)", valid_from=begun,
            valid_until=self._as_of + timedelta(days=40),
        ))  # fmt: skip
        bases.save(LegalBasis(
            kind=LegalKind.CIRCULAR, number=f"Contoh/560/{year - 1}", dated_on=date(year - 1, 2, 3),
            title="Surat edaran satu ASN melindungi satu pekerja rentan (contoh)", parties=DISTRICT,
        ))  # fmt: skip
        self._of_nagari = bases.save(LegalBasis(
            kind=LegalKind.DECREE, number=f"Contoh/500.15.14.1/9/Kep-Disnakertrans/{year - 1}",
            dated_on=date(year - 1, 12, 15), title=f"Peserta dari pemerintah nagari tahun {year} (contoh)",
            parties=DISTRICT, valid_from=date(year, 1, 1), valid_until=date(year, 12, 31),
        ))  # fmt: skip

    def _wave(self, planned: tuple[int, int, float]) -> _Wave:
        start, months, _part = planned
        first, scheme = self._month + start, self._schemes["SAWIT"]
        number = f"Contoh/500.15.14.1/{first.month}/Kep-Disnakertrans/{first.year}"
        decree = self._register.legal_bases.save(LegalBasis(
            kind=LegalKind.DECREE, number=number, dated_on=first.first_day - timedelta(days=9),
            title=f"Penerima iuran DBH Sawit tahun {first.year} (contoh)", parties=DISTRICT,
            valid_from=first.first_day,
        ))  # fmt: skip
        same = [fund for fund in self._register.funds.all() if fund.year == first.year]
        name = f"DBH Sawit {first.year}" + (" tahap II" if same else "")
        fund = self._register.funds.save(Fund(
            scheme=scheme.id or 0, name=name, payer="APBD (contoh)", year=first.year, ceiling=1, legal_basis=decree.id,
        ))  # fmt: skip
        assert decree.id is not None
        assert fund.id is not None
        return _Wave(first, months, decree.id, fund.id)

    def _csr_fund(self) -> int:
        fund = self._register.funds.save(Fund(
            scheme=self._schemes["CSR"].id or 0, name=f"CSR {self._company} {(self._month - 8).year}",
            payer=self._company, year=(self._month - 8).year, ceiling=1, legal_basis=self.agreement.id,
        ))  # fmt: skip
        assert fund.id is not None
        return fund.id

    # The enrolments

    def _with_money(self, old: Enrolment) -> Enrolment:
        code = self._register.schemes.get(old.scheme).code
        new = old
        if old.state is EnrolmentState.REJECTED:
            new = replace(new, rejection=str(self._rejections[old.state_reason]))
        is_decreed = old.state is not EnrolmentState.PROPOSED
        if code == "SAWIT" and (wave := self._waves.get(old.period.first)) is not None:
            new = replace(new, fund=wave.fund, decree=wave.decree if is_decreed else None)
        elif code == "SAWIT" and old.state is EnrolmentState.SUBMITTED:
            new = replace(new, state=EnrolmentState.PROPOSED)  # for months that no decree names yet
        elif code in _NAGARI and is_decreed and old.period.first == Month(self._month.year, 1):
            new = replace(new, decree=self._of_nagari.id)
        elif code == "CSR" and old.payer_name == self._company and old.period.first == self._month - 8:
            new = replace(new, fund=self._csr)
        return new

    def _would_wait(self, enrolments: tuple[Enrolment, ...]) -> bool:
        """Whose palm-oil months are over, and who has none now."""
        palm = self._schemes["SAWIT"].id
        return any(one.scheme == palm for one in enrolments) and all(
            one.period.last < self._month - 4 and one.state.counts for one in enrolments
        )

    # After the enrolments

    def _receive(self, wave: _Wave) -> None:
        """In two instalments: what the places of the decree cost, also those that were rejected; promised was more."""
        funds = self._register.funds
        free = sum(one.number for one in funds.uses.free_places() if one.fund == wave.fund)
        price = self._register.rates.price(self._schemes["SAWIT"], Period.starting(wave.first, wave.months), None)
        assert not isinstance(price, Problem)
        received = _up(max(1, funds.ledger(wave.fund).committed + free * price.total))
        self._promise(wave.fund, _up(received * max(_PLANNED, wave.months) // wave.months))
        halves = (received * 3 // 5, received - received * 3 // 5)
        for number, (amount, day) in enumerate(
            zip(
                halves,
                (wave.first.first_day - timedelta(days=20), wave.first.first_day + timedelta(days=19)),
                strict=True,
            ),
            1,
        ):
            source = f"Contoh: SP2D {number:04d}/{day.year}"
            funds.receive(Receipt(fund=wave.fund, amount=amount, received_on=min(day, self._as_of), source=source))

    def _pay(self, wave: _Wave) -> None:
        """What is over at once, what still runs month by month; the last month not for all."""
        period = Period.starting(wave.first, wave.months)
        if period.last < self._month:
            self._pay_for(wave, period, 0)
            self._register.funds.close(wave.fund, min(period.last.last_day, self._as_of))
            return
        for month in period:
            if month < self._month:
                is_last = month + 1 == self._month
                self._pay_for(wave, Period(month, month), _UNPAID if is_last else 0)

    def _pay_for(self, wave: _Wave, period: Period, but: int) -> None:
        due = self._register.funds.due(wave.fund, period)
        heads = due.heads - min(but, due.heads - 1)
        if due.heads < 1:
            return
        code = f"88888{period.first.index:05d}{wave.fund:06d}"
        paid_on = min(period.first.first_day + timedelta(days=9), self._as_of)
        amount = due.rupiah * heads // due.heads
        self._register.funds.pay(
            Payment(fund=wave.fund, code=code, amount=amount, paid_on=paid_on, period=period, heads=heads)
        )

    def _receive_csr(self) -> None:
        funds = self._register.funds
        received = _up(max(1, funds.ledger(self._csr).committed))
        self._promise(self._csr, _up(received * 3 // 2))
        day = (self._month - 8).first_day - timedelta(days=12)
        source = f"Contoh: transfer {day.year}/07"
        funds.receive(Receipt(fund=self._csr, amount=received, received_on=day, source=source))

    def _promise(self, fund: int, ceiling: int) -> None:
        self._register.funds.save(replace(self._register.funds.get(fund), ceiling=ceiling))


def _up(amount: int) -> int:
    """To the next hundred thousand rupiah, as budgets are written."""
    return -(-amount // 100_000) * 100_000
