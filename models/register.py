"""The one door to what is kept: a small object for each subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from models.offices.office import OfficeSettings
from models.offices.users import Right, Role, User
from models.people.registration import Registration
from models.people.worker import Worker
from models.schemes.enrolment import Enrolment
from models.schemes.pricing import RateTable
from models.storage.annexes import Annexes
from models.storage.answers import Answers
from models.storage.audit_trail import AuditTrail
from models.storage.bulk import load, unguard, whole_new_file
from models.storage.coverage import Coverage
from models.storage.disclosures import Disclosures
from models.storage.drafts import Drafts
from models.storage.enrol_many import EnrolMany
from models.storage.enrolment_life import EnrolmentLife
from models.storage.enrolment_lists import EnrolmentLists
from models.storage.enrolments import Enrolments
from models.storage.entries import Entries
from models.storage.families import Families
from models.storage.funds import Funds
from models.storage.importing import Lists, Rules
from models.storage.keys import Key
from models.storage.legal_bases import LegalBases
from models.storage.lists_out import ListsOut
from models.storage.lock import WriterLock
from models.storage.look_alikes import LookAlikes
from models.storage.mappings import Mappings
from models.storage.obligations import Agents, Obligations
from models.storage.opening import OpenFile, open_file
from models.storage.pairs import Pairs
from models.storage.papers import Papers
from models.storage.periods import Periods
from models.storage.place import require_fixed_disk
from models.storage.rates import Rates
from models.storage.reference import load_reference, load_regions
from models.storage.regions import Regions
from models.storage.register_backups import Backups
from models.storage.register_workers import Workers
from models.storage.rekeying import Protection
from models.storage.replacing import sweep
from models.storage.requests import Requests
from models.storage.retention import Retention
from models.storage.schemes import Occupations, Schemes
from models.storage.settings import Settings, write_first_settings
from models.storage.undo import Undo
from models.storage.unlocking import fitting_key
from models.storage.users import Users, first_person
from models.storage.verifications import Verifications
from models.storage.waiting import Waiting
from models.storage.worker_search import WorkerSearch


def open_register(
    path: Path,
    *,
    user: str,
    clock: Callable[[], datetime],
    read_only: bool = False,
    must_exist: bool = False,
    new: OfficeSettings | None = None,
    key: Key | None = None,
) -> Register:
    """Opens the register of an office, making it first (with the settings `new`) where there is none.

    One program writes at a time, and only on a disk of this computer that stays where it is: whoever opens for writing
    holds the file's lock until `close`; where no lock can be had the file is opened for reading. A new file gets its
    name when it is whole. Raises StorageFailure in words when that is impossible, with nothing changed; its code is
    ``encrypted`` where a key is needed and ``wrong_passphrase`` where this one does not fit. `user` is who stands in
    the audit rows of a file that knows no users; any other file waits for `Users.log_in`.
    """
    if not read_only and (path.exists() or not must_exist):
        require_fixed_disk(path)
    if not (read_only or must_exist or path.exists()):
        with new_register(path, user=user, clock=clock, settings=new or OfficeSettings(), key=key):
            pass
    lock = None if read_only else WriterLock(path, person=user, now=clock())
    is_held = lock is not None and lock.acquire()
    try:
        if is_held:
            sweep(path)
        with fitting_key(path, key) as fitting:
            file = open_file(path, user=user, clock=clock, read_only=not is_held, must_exist=must_exist, key=fitting)
        try:
            file.person = first_person(file, user)
            if not file.is_read_only:
                _load_reference_once(file, new or OfficeSettings())
        except BaseException:
            file.close()
            raise
    except BaseException:
        if lock is not None:
            lock.withdraw()
        raise
    if lock is not None and file.person is not None:
        lock.tell(file.person.shown_name)
    return Register(file, lock)


@contextmanager
def new_register(
    path: Path, *, user: str, clock: Callable[[], datetime], settings: OfficeSettings, key: Key | None = None
) -> Iterator[Register]:
    """A register to be filled quickly: nothing waits for the disk until the block ends, and only then is it at `path`.

    Raises StorageFailure where there is a file already; whatever the block raises leaves nothing behind.
    """
    with whole_new_file(path) as part:
        file = open_file(part, user=user, clock=clock, key=key)
        try:
            file.person = User(user, Role.ADMINISTRATOR)
            unguard(file)
            _load_reference_once(file, settings)
            yield Register(file, None)
        finally:
            file.close()


class Register:
    """Everything one office keeps, used by the thread that opened it."""

    def __init__(self, file: OpenFile, lock: WriterLock | None) -> None:
        self._file = file
        self._lock = lock

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def user(self) -> str:
        """Who is written into the audit rows."""
        return self._file.user

    @property
    def person(self) -> User | None:
        """Who works with the register; None until somebody has logged in."""
        return self._file.person

    @property
    def key(self) -> Key | None:
        """What opens the file; None for a file that is not encrypted."""
        return self._file.key

    def may(self, right: Right) -> bool:
        """Whether the person who works with the register may use this function."""
        return self.person is not None and self.person.may(right)

    def require(self, right: Right) -> None:
        """Raises Rejected in words where the person may not."""
        self._file.require(right)

    @property
    def is_read_only(self) -> bool:
        return self._file.is_read_only

    @property
    def is_sample(self) -> bool:
        """Made by the demo command."""
        return self.office.is_sample

    def today(self) -> date:
        """The day of the register's clock."""
        return self._file.clock().date()

    def now(self) -> datetime:
        """The moment of the register's clock."""
        return self._file.clock()

    def close(self) -> None:
        """Closes the file and lets go of its lock; the register must not be used afterwards."""
        self._file.close()
        if self._lock is not None:
            self._lock.release()

    @contextmanager
    def twin(self, *, read_only: bool = False) -> Iterator[Register]:
        """The same register on a connection of the calling thread's own, for work in the background.

        With `read_only` it asks for no lock that a save could be waiting for, and takes little memory.
        """
        file = open_file(
            self.path,
            user=self.user,
            clock=self._file.clock,
            read_only=read_only or self.is_read_only,
            must_exist=True,
            key=self.key,
        )
        file.person = self.person
        try:
            if read_only:
                file.keep_few_pages()
            yield Register(file, None)
        finally:
            file.close()

    def load(
        self, records: Iterable[tuple[Worker, Iterable[Enrolment]]], progress: Callable[[int], None] | None = None
    ) -> tuple[int, int]:
        """Adds many new workers with their enrolments, all or none, unchecked; returns how many of each.

        `progress` is told how many workers are written; what it raises (a cancel) undoes all.
        """
        return load(self._file, records, office=self.office.office_code, progress=progress)

    @property
    def office(self) -> OfficeSettings:
        """The office's settings, read once and kept; `change_office` renews them."""
        return self._office

    def change_office(self, settings: OfficeSettings) -> None:
        """Saves the settings; another regency brings its own regions."""
        if settings.regency != self.office.regency:
            with self._file.change(Right.SETTINGS) as change:
                load_regions(change, settings.regency)
                change.record("load", "region", 0, [("regency", self.office.regency, settings.regency)])
        self.settings.save(settings)
        self._forget_office()

    def _forget_office(self) -> None:
        """What was made from settings, schemes and rates is made again."""
        for name in (
            "_office",
            "schemes",
            "rates",
            "regions",
            "coverage",
            "funds",
            "legal_bases",
            "obligations",
            "agents",
            "papers",
            "retention",
            "entries",
            "enrolments",
            "enrol_many",
            "enrolment_life",
            "enrolment_lists",
            "lists",
            "annexes",
            "lists_out",
            "answers",
            "undo",
            "pairs",
            "families",
            "workers",
            "_search",
            "_look_alikes",
        ):
            self.__dict__.pop(name, None)

    @cached_property
    def _office(self) -> OfficeSettings:
        return self.settings.load()

    @cached_property
    def settings(self) -> Settings:
        return Settings(self._file)

    @cached_property
    def users(self) -> Users:
        return Users(self._file, None if self._lock is None else self._lock.tell)

    @cached_property
    def protection(self) -> Protection:
        return Protection(self._file)

    @cached_property
    def audit(self) -> AuditTrail:
        return AuditTrail(self._file)

    @cached_property
    def disclosures(self) -> Disclosures:
        return Disclosures(self._file)

    @cached_property
    def backups(self) -> Backups:
        return Backups(self._file)

    @cached_property
    def retention(self) -> Retention:
        return Retention(self._file, self.regions, lambda: self.office.retention_years)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self._file)

    @cached_property
    def regions(self) -> Regions:
        return Regions(self._file, self.office.regency)

    @cached_property
    def occupations(self) -> Occupations:
        return Occupations(self._file)

    @cached_property
    def schemes(self) -> Schemes:
        return Schemes(self._file, self._forget_office)

    @cached_property
    def rates(self) -> RateTable:
        return self.dated_rates.table

    @cached_property
    def dated_rates(self) -> Rates:
        return Rates(self._file, self._forget_office)

    @cached_property
    def enrolments(self) -> Enrolments:
        return Enrolments(
            self._file,
            self.schemes,
            self.rates,
            self.occupations,
            self.funds,
            self._registration,
            self.office.office_code,
        )

    @cached_property
    def enrol_many(self) -> EnrolMany:
        return EnrolMany(
            self._file,
            self.schemes,
            self.rates,
            self.occupations,
            self.funds,
            self._registration,
            self.office.office_code,
        )

    @cached_property
    def waiting(self) -> Waiting:
        return Waiting(self._file)

    @cached_property
    def enrolment_life(self) -> EnrolmentLife:
        return EnrolmentLife(self._file, self.enrolments, self.waiting, self.schemes, self.legal_bases)

    @cached_property
    def enrolment_lists(self) -> EnrolmentLists:
        return EnrolmentLists(self._file, self.regions, self.schemes)

    @cached_property
    def lists(self) -> Lists:
        rules = Rules(
            lambda: self.office,
            self._registration,
            self.regions,
            self.occupations,
            self.schemes,
            self.rates,
            self.funds,
        )
        return Lists(self._file, rules, self.undo)

    @cached_property
    def mappings(self) -> Mappings:
        return Mappings(self._file)

    @cached_property
    def answers(self) -> Answers:
        return Answers(self._file, self.enrolments, lambda: self.coverage.bpjs_counts)

    @cached_property
    def verifications(self) -> Verifications:
        return Verifications(self._file)

    @cached_property
    def lists_out(self) -> ListsOut:
        return ListsOut(self._file, self.regions, self.occupations, self.schemes, self.legal_bases)

    @cached_property
    def annexes(self) -> Annexes:
        return Annexes(
            self._file,
            lambda: self.office,
            self.legal_bases,
            self.enrolment_life,
            self.regions,
            self.schemes,
            self.occupations,
        )

    @cached_property
    def legal_bases(self) -> LegalBases:
        return LegalBases(self._file, self.office.office_code)

    @cached_property
    def obligations(self) -> Obligations:
        return Obligations(self._file, self.schemes, self.regions)

    @cached_property
    def agents(self) -> Agents:
        return Agents(self._file, self.regions, self.office.office_code)

    @cached_property
    def periods(self) -> Periods:
        return Periods(self._file)

    @cached_property
    def funds(self) -> Funds:
        return Funds(self._file, self.office.office_code)

    @cached_property
    def coverage(self) -> Coverage:
        return Coverage(self._file, self.regions, self.schemes)

    @cached_property
    def papers(self) -> Papers:
        return Papers(
            self._file,
            lambda: self.office,
            self.regions,
            self.occupations,
            self.schemes,
            self.enrolments,
            self.coverage,
            self.rates,
        )

    @cached_property
    def workers(self) -> Workers:
        return Workers(self._file, self._search, self._registration, self._look_alikes)

    @cached_property
    def entries(self) -> Entries:
        return Entries(
            self._file,
            self._registration,
            self.enrolments,
            self.schemes,
            self.undo,
            self.office.office_code,
            lambda worker: self.workers.look_alikes(worker),
        )

    @cached_property
    def requests(self) -> Requests:
        return Requests(self._file, lambda worker: self.workers.problems_of(worker))

    @cached_property
    def undo(self) -> Undo:
        return Undo(self._file, self.enrolments, self._forget_office)

    @cached_property
    def pairs(self) -> Pairs:
        return Pairs(self._file, self.enrolments, self._registration, self.undo, self._search)

    @cached_property
    def families(self) -> Families:
        return Families(self._file, self._registration, self._search)

    @cached_property
    def _search(self) -> WorkerSearch:
        return WorkerSearch(self._file, self.regions, self.schemes)

    @cached_property
    def _look_alikes(self) -> LookAlikes:
        return LookAlikes(self._file, self._search.lines)

    @cached_property
    def _registration(self) -> Registration:
        return Registration(
            lambda: self.office, lambda code: self.regions.is_known(code), lambda nik: self._search.find_nik(nik)
        )


def _load_reference_once(file: OpenFile, settings: OfficeSettings) -> None:
    """Fills a new file with the reference data and the settings it starts with."""
    if file.row("SELECT 1 FROM scheme LIMIT 1") is not None:
        return
    with file.change() as change:
        load_reference(change, settings.regency)
        write_first_settings(change, settings)
        change.record("create", "register", 0, [("regency", None, settings.regency)])
        change.record("load", "reference", 0, [])
        change.record("load", "region", 0, [])
        change.record("add", "settings", 0, [])
