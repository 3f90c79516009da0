"""Making the file of a sample district."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.offices.office import OfficeSettings
from models.people.worker import Worker
from models.register import new_register
from models.sample import EARLIEST, USUAL_WORKERS
from models.sample.district import District, SampleWorkers
from models.sample.money import SampleMoney
from models.sample.obliged import oblige
from models.sample.published import publish
from models.schemes.enrolment import Enrolment
from models.values.months import Month

USER = "contoh"
"""Whom the audit rows name."""
SETTINGS = OfficeSettings(
    is_sample=True,
    address="Jalan Contoh Nomor 1, Simpang Empat",
    contact="Contoh: bukan surat resmi",
    signatory_name="Nama Pejabat Contoh",
    signatory_rank="Pembina",
    legal_basis=(
        "Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial",
        "Peraturan Pemerintah Nomor 44 Tahun 2015 tentang Penyelenggaraan Program Jaminan Kecelakaan Kerja dan "
        "Jaminan Kematian",
    ),
    cc=("Kepala Kantor BPJS Ketenagakerjaan",),
)


@dataclass(frozen=True, slots=True)
class SampleReport:
    """A finished sample."""

    path: Path
    workers: int
    enrolments: int
    """As a backup counts them: without those rejected or cancelled."""
    seed: int
    month: Month


def make_sample(
    path: Path,
    *,
    now: datetime,
    workers: int = USUAL_WORKERS,
    seed: int = 1,
    month: Month | None = None,
    progress: Callable[[int], None] | None = None,
) -> SampleReport:
    """Writes a new register with so many invented workers, as the district might look in `month` (or in that of `now`).

    The same workers, seed and month make the same records. Raises StorageFailure where there is a file already or the
    disk refuses, ValueError for a month after that of `now` or before `EARLIEST`; nothing is left behind then.
    """
    today = now.date()
    month = month or Month.of(today)
    if not EARLIEST <= month <= Month.of(today):
        raise ValueError(f"no sample of {month}")
    as_of = min(today, month.last_day) if month == Month.of(today) else month.last_day
    with new_register(path, user=USER, clock=lambda: now, settings=SETTINGS) as register:
        district = District(
            nagari=register.regions.nagari(),
            population=register.regions.population(),
            schemes=register.schemes.all(),
            rates=register.rates,
            occupations=register.occupations.all(),
        )
        sample = SampleWorkers(district, seed, month, as_of)
        money = SampleMoney(register, month, as_of)
        counted = 0

        def records() -> Iterator[tuple[Worker, tuple[Enrolment, ...]]]:
            nonlocal counted
            for worker, enrolments in sample.records(workers):
                counted += sum(one.state.counts for one in enrolments)
                yield worker, money.completed(enrolments)

        made, _all = register.load(records(), progress)
        money.enter()
        oblige(register, sample.agents, month, as_of, money.agreement.id)
        publish(register, workers, month, as_of)
    return SampleReport(path, made, counted, seed, month)
