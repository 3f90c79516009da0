"""Long lists written at once: many workers with their enrolments in one transaction, and new files made quickly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path

from models.coverage.changes import Span, changes_of
from models.language import N_
from models.offices.users import Right
from models.people.worker import Worker
from models.problems import StorageFailure
from models.schemes.enrolment import Enrolment
from models.storage import enrolment_rows, worker_rows
from models.storage.audit import INSERT, Change
from models.storage.coverage_changes import UPSERT
from models.storage.failures import failures_named
from models.storage.lock import WriterLock
from models.storage.opening import OpenFile
from models.storage.row_text import text_of
from models.storage.snapshot import flush, put_in_place
from models.storage.uids import new_uid, uid_bytes

Progress = Callable[[int], None]
"""Told how many workers are written; what it raises (a cancel) undoes all of them."""

_AT_ONCE = 2_000
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_WORKER = (
    "INSERT INTO worker (id, uid, office, revision, name_key, schemes, covered_from, covered_until, "
    f"{', '.join(worker_rows.FIELDS)}) VALUES ({', '.join('?' * (8 + len(worker_rows.FIELDS)))})"
)
_ENROLMENT = (
    f"INSERT INTO enrolment (id, uid, office, revision, {', '.join(enrolment_rows.FIELDS)}) "
    f"VALUES ({', '.join('?' * (4 + len(enrolment_rows.FIELDS)))})"
)
_TEXT = (
    "INSERT INTO worker_text (rowid, name_key, nik, family_card) "
    "SELECT id, name_key, nik, family_card FROM worker WHERE id > ?"
)
_WORKER_CONTENT = ("uid", "office", "living", *worker_rows.FIELDS)
_ENROLMENT_CONTENT = ("uid", "office", *enrolment_rows.FIELDS)


def load(
    file: OpenFile,
    records: Iterable[tuple[Worker, Iterable[Enrolment]]],
    *,
    office: str,
    progress: Progress | None = None,
) -> tuple[int, int]:
    """Adds new workers with their enrolments, all or none; returns how many of each.

    Nothing is checked here: the records must have passed the rules. A record's audit row names what it was added as;
    the whole first form is the record itself. Records are asked for as they are written, so memory stays flat where
    the file may spill (see `unguarded`); otherwise it grows with the changed pages.
    """
    with file.change(Right.ENTER) as change:
        loading = _Loading(change, office)
        remaining = iter(records)
        while batch := list(islice(remaining, _AT_ONCE)):
            loading.add(batch)
            if progress is not None:
                progress(loading.workers)
        loading.finish()
    return loading.workers, loading.enrolments


class _Loading:
    """The sums and counters of one load."""

    def __init__(self, change: Change, office: str) -> None:
        self._change = change
        self._office = office
        self._first_worker = self._last_id("worker")
        self._first_enrolment = self._last_id("enrolment")
        self._subsidised = {
            row[0]: bool(row[1])
            for row in change.connection.execute("SELECT id, is_subsidised FROM scheme").fetchall()
        }
        self._coverage: Counter[tuple[str, str, int]] = Counter()
        self.workers = 0
        self.enrolments = 0
        change.record("load", "register", 0, [])

    def add(self, batch: list[tuple[Worker, Iterable[Enrolment]]]) -> None:
        workers, enrolments, audits = [], [], []
        for worker, its_enrolments in batch:
            self.workers += 1
            id = self._first_worker + self.workers
            spans = []
            for enrolment in its_enrolments:
                self.enrolments += 1
                enrolment_id = self._first_enrolment + self.enrolments
                row = enrolment_rows.row_of(enrolment, self._subsidised[enrolment.scheme])
                uid = uid_bytes(enrolment.uid) if enrolment.uid else new_uid()
                row = (id, *row[1:])
                enrolments.append((enrolment_id, uid, self._office, 1, *row))
                content = text_of("enrolment", _ENROLMENT_CONTENT, (uid, self._office, *row))
                audits.append(self._change.sealed("add", "enrolment", enrolment_id, _added(
                    worker=id, scheme=enrolment.scheme, first_month=enrolment.period.first.index,
                    last_month=enrolment.period.last.index, contribution=enrolment.contribution, state=enrolment.state,
                ), content))  # fmt: skip
                if enrolment.state.counts:
                    spans.append(enrolment_rows.span_of(enrolment))
            for counted, month, difference in _changes(tuple(spans)):
                self._coverage[counted, worker.nagari, month] += difference
            uid = uid_bytes(worker.uid) if worker.uid else new_uid()
            worker_row = worker_rows.row_of(worker)
            workers.append((
                id,
                uid,
                self._office,
                1,
                worker_rows.name_key_of(worker),
                " ".join(str(scheme) for scheme in sorted({span.scheme for span in spans})),
                min((span.first for span in spans), default=None),
                max((span.last for span in spans), default=None),
                *worker_row,
            ))  # fmt: skip
            content = text_of("worker", _WORKER_CONTENT, (uid, self._office, 1, *worker_row))
            audits.append(self._change.sealed(
                "add", "worker", id, _added(name=worker.name, nik=worker.nik, nagari=worker.nagari), content
            ))  # fmt: skip
        self._change.connection.executemany(_WORKER, workers)
        self._change.connection.executemany(_ENROLMENT, enrolments)
        self._change.connection.executemany(INSERT, audits)

    def finish(self) -> None:
        """What is written once at the end: the text index and the coverage."""
        self._change.execute(_TEXT, (self._first_worker,))
        changes = [(*key, difference) for key, difference in self._coverage.items() if difference]
        self._change.connection.executemany(UPSERT, changes)

    def _last_id(self, table: str) -> int:
        return int(self._change.connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])


@lru_cache(maxsize=4_096)
def _changes(spans: tuple[Span, ...]) -> tuple[tuple[str, int, int], ...]:
    """Many workers of a list have the very same months."""
    return tuple((counted, month, difference) for (counted, month), difference in changes_of(spans).items())


def _added(**values: object) -> str:
    """The fields of an audit row for a new record."""
    return _JSON.encode([(name, None, value) for name, value in values.items()])


@contextmanager
def whole_new_file(path: Path) -> Iterator[Path]:
    """A name beside `path` to make a new file under; it gets its own name only when the block ends well.

    Raises StorageFailure where there is a file already, which is never touched.
    """
    part = path.with_name(f".{path.name}.new")
    lock = WriterLock(path)
    _refuse_existing(path)
    lock.acquire()
    try:
        with failures_named(path):
            part.unlink(missing_ok=True)
            try:
                yield part
                flush(part)
                _refuse_existing(path)
                put_in_place(part, path)
            except StorageFailure as failure:
                if failure.params.get("file") != part.name:
                    raise
                raise StorageFailure(
                    failure.code, failure.message, **{**failure.params, "file": path.name}
                ) from failure
            finally:
                part.unlink(missing_ok=True)
                part.with_name(part.name + "-journal").unlink(missing_ok=True)
    except BaseException:
        lock.withdraw()
        raise
    lock.release()


def unguard(file: OpenFile) -> None:
    """Writes the file without a journal and without waiting for the disk: only for one that is thrown away when its
    making fails (see `whole_new_file`)."""
    for statement in ("journal_mode=OFF", "synchronous=OFF", "cache_spill=ON", "locking_mode=EXCLUSIVE"):
        file.connection.execute(f"PRAGMA {statement}").fetchall()


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise StorageFailure(
            "exists",
            N_("There is a file {file} already, and it was left as it is. Choose another name for the new one."),
            file=str(path),
        )
