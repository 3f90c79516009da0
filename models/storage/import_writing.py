"""Writing a list: workers, changed fields, enrolments, coverage, audit rows, all inside the caller's transaction."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from json.encoder import encode_basestring as _quoted
from typing import Any

from models.coverage.changes import Span
from models.exchange.importing import ListImport, Outcome, Resolution, origin_text
from models.language import N_
from models.people.duplicates import same_nik_problem
from models.people.names import fold
from models.problems import Problem, Rejected
from models.storage import audit, enrol_rules, worker_rows
from models.storage.audit import Change
from models.storage.coverage_changes import UPSERT
from models.storage.driver import IntegrityError
from models.storage.enrol_rules import Pattern, difference
from models.storage.import_correcting import Correcting
from models.storage.import_matching import AT_ONCE, Intention, Likely, Progress, column_of, row_subject
from models.storage.row_text import texts_of_columns
from models.storage.uids import new_uid

_WORKER = (
    "INSERT INTO worker (id, uid, office, revision, name_key, schemes, covered_from, covered_until, "
    f"{', '.join(worker_rows.FIELDS)}) VALUES ({', '.join('?' * (8 + len(worker_rows.FIELDS)))})"
)
_TEXT = (
    "INSERT INTO worker_text (rowid, name_key, nik, family_card) "
    "SELECT id, name_key, nik, family_card FROM worker WHERE id > ?"
)
_IMPORT = (
    "INSERT INTO list_import (uid, purpose, file, hash, sheet, mapping, mode, rows, counts, imported_on) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Writing:
    """One list on its way into the file."""

    def __init__(
        self,
        change: Change,
        intention: Intention,
        resolutions: Mapping[int, Resolution],
        office: str,
        progress: Progress | None,
    ) -> None:
        self._change = change
        self._connection = change.connection
        self._intention = intention
        self._checked = intention.checked
        self._resolutions = resolutions
        self._office = office
        self._progress = progress
        self._new = intention.places(Outcome.NEW)
        self._changed = intention.places(Outcome.CHANGED)
        self._patterns = intention.patterns
        self._ids = array("q", bytes(8 * len(intention.outcomes)))
        """Ids of the new workers by their place; 0 for all others."""
        self._coverage: Counter[tuple[str, str, int]] = Counter()
        self._done = 0
        enrolled = sum(pattern is not None for pattern in self._patterns)
        self._every = len(self._new) + len(self._changed) + enrolled

    def write(self) -> ListImport:
        """Everything, in the order in which it is needed."""
        made = self._note_import()
        self._made = made
        self._write_new()
        self._write_changed()
        self._write_enrolments()
        self._connection.executemany(UPSERT, [(*key, one) for key, one in self._coverage.items() if one])
        self._write_pairs()
        return made

    # The list itself

    def _note_import(self) -> ListImport:
        table, counts = self._checked.table, self._intention.counts()
        enrolled = [pattern for pattern in self._patterns if pattern is not None]
        facts = {outcome.value: counts[outcome] for outcome in Outcome if counts[outcome]}
        facts |= {"enrolled": len(enrolled), "cost": sum(pattern.contribution for pattern in enrolled)}
        today = self._change.at.date()
        mapping = self._checked.mapping
        values = (mapping.purpose.value, table.source.name, table.source.hash, table.source.sheet, mapping.name,
                  self._intention.mode.value, len(table), json.dumps(facts), today.isoformat())  # fmt: skip
        id = self._change.execute(_IMPORT, (new_uid(), *values))
        told = (("file", table.source.name), ("rows", len(table)), ("mode", self._intention.mode.value),
                *facts.items())  # fmt: skip
        self._change.record("add", "list_import", id, [(name, None, value) for name, value in told])
        return ListImport(
            id=id, purpose=mapping.purpose, file=table.source.name, hash=table.source.hash,
            sheet=table.source.sheet, mapping=mapping.name, mode=self._intention.mode.value, rows=len(table),
            counts=facts, imported_on=today, imported_by=self._change.user, save=self._change.save,
        )  # fmt: skip

    def _origin(self, place: int) -> str:
        return origin_text(self._made.id, self._checked.table.rows[place], self._made.hash, self._made.file)

    # New workers

    def _write_new(self) -> None:
        places = self._new
        if not places:
            return
        before = self._last_id("worker")
        for id, place in enumerate(places, before + 1):
            self._ids[place] = id
        columns = self._columns(places)
        names, niks, nagari = (columns[worker_rows.FIELDS.index(name)] for name in ("name", "nik", "nagari"))
        summaries: dict[Pattern, tuple[str, int, int]] = {}
        begun: Counter[tuple[Pattern, Any]] = Counter()
        for start in range(0, len(places), AT_ONCE):
            part = places[start : start + AT_ONCE]
            ids = range(before + 1 + start, before + 1 + start + len(part))
            uids = [new_uid() for _ in part]
            cut = [column[start : start + AT_ONCE] for column in columns]
            keys = [fold(name) for name in names[start : start + AT_ONCE]]
            covered = self._summaries(part, nagari[start : start + AT_ONCE], begun, summaries)
            try:
                self._connection.executemany(_WORKER, zip(
                    ids, uids, repeat(self._office), repeat(1), keys, *covered, *cut, strict=False
                ))  # fmt: skip
            except IntegrityError as error:
                raise self._same_nik(part, before, error) from error
            told = _told(
                names[start : start + AT_ONCE], niks[start : start + AT_ONCE], nagari[start : start + AT_ONCE]
            )
            origins = [self._origin(place) for place in part]
            same: dict[str, list[Any]] = {"office": [self._office] * len(part), "living": [1] * len(part)}
            contents = texts_of_columns(
                "worker", {"uid": uids, **same, **dict(zip(worker_rows.FIELDS, cut, strict=True))}
            )
            self._audit("add", "worker", zip(ids, origins, told, contents, strict=True))
            self._tell("write", len(part))
        for (pattern, code), heads in begun.items():
            for counted, month, one in difference((), pattern.span)[0]:
                self._coverage[counted, code, month] += one * heads
        self._say("index")
        self._change.execute(_TEXT, (before,))

    def _columns(self, places: Sequence[int]) -> list[list[Any]]:
        """The stored columns of the new workers."""
        is_all = len(places) == len(self._checked)
        columns = []
        for name in worker_rows.FIELDS[:-1]:
            column = column_of(self._checked, name)
            columns.append(column if is_all else [column[place] for place in places])
        columns.append([self._reasons(place) for place in places])
        return columns

    def _reasons(self, place: int) -> str:
        given = {code: text.strip() for code, text in self._checked.reasons.get(place, {}).items() if text.strip()}
        return json.dumps(given, ensure_ascii=False) if given else ""

    def _summaries(
        self,
        part: Sequence[int],
        nagari: Sequence[Any],
        begun: Counter[tuple[Pattern, Any]],
        known: dict[Pattern, tuple[str, int, int]],
    ) -> tuple[Iterable[str], Iterable[int | None], Iterable[int | None]]:
        """Schemes and months of the new workers, who have no other enrolment than that of the list."""
        patterns = [self._patterns[place] for place in part] if self._patterns else []
        if not self._patterns:
            return repeat(""), repeat(None), repeat(None)
        rows: list[tuple[str, int | None, int | None]] = []
        for pattern, code in zip(patterns, nagari, strict=True):
            if pattern is None:
                rows.append(("", None, None))
                continue
            if pattern not in known:
                known[pattern] = difference((), pattern.span)[1]
            rows.append(known[pattern])
            begun[pattern, code] += 1
        schemes, first, last = zip(*rows, strict=True)
        return schemes, first, last

    def _same_nik(self, part: Sequence[int], before: int, error: Exception) -> Exception:
        """Somebody has the NIK already: the last wall, for matching has looked."""
        niks = column_of(self._checked, "nik")
        seen: set[Any] = set()
        for place in part:
            row = self._connection.execute(
                "SELECT worker.name, coalesce(region.name, nagari), worker.id FROM worker LEFT JOIN region "
                "ON region.code = nagari WHERE nik = ? AND living = 1", (niks[place],)
            ).fetchone()  # fmt: skip
            if row is not None and (row[2] != self._ids[place] or niks[place] in seen):
                return Rejected([same_nik_problem(str(niks[place]), row[0], row[1])], self._subject(place))
            seen.add(niks[place])
        return error

    # Changed workers

    def _write_changed(self) -> None:
        correcting = Correcting(self._change, self._intention, self._origin)
        for start in range(0, len(self._changed), AT_ONCE):
            part = self._changed[start : start + AT_ONCE]
            correcting.write(part)
            self._tell("write", len(part))

    # Enrolments

    def _write_enrolments(self) -> None:
        places = [place for place, pattern in enumerate(self._patterns) if pattern is not None]
        first = self._last_id("enrolment") + 1
        nagari = self._nagari_of_registered(places)
        for start in range(0, len(places), AT_ONCE):
            part = places[start : start + AT_ONCE]
            rows, audits, summaries = [], [], []
            for id, place in enumerate(part, first + start):
                pattern = self._patterns[place]
                assert pattern is not None
                worker = self._ids[place]
                if not worker:
                    worker = self._intention.workers[place]
                    changes, summary = difference(self._spans(place), pattern.span)
                    for counted, month, one in changes:
                        self._coverage[counted, nagari[worker], month] += one
                    summaries.append((*summary, worker))
                uid = new_uid()
                rows.append((id, uid, self._office, 1, worker, *pattern.rest))
                audits.append((id, self._origin(place), pattern.short_fields(worker), pattern.content(uid, worker)))
            try:
                self._connection.executemany(enrol_rules.INSERT, rows)
            except IntegrityError as error:
                raise self._second_subsidy(part, error) from error
            self._connection.executemany(
                "UPDATE worker SET schemes = ?, covered_from = ?, covered_until = ? WHERE id = ?", summaries
            )
            self._audit("add", "enrolment", audits)
            self._tell("enrol", len(part))

    def _spans(self, place: int) -> tuple[Span, ...]:
        return self._intention.spans.get(place, ())

    def _nagari_of_registered(self, places: Sequence[int]) -> dict[int, str]:
        """As it is now, after the changed fields were written."""
        ids = json.dumps([self._intention.workers[place] for place in places if not self._ids[place]])
        return dict(self._connection.execute(
            "SELECT id, nagari FROM worker WHERE id IN (SELECT value FROM json_each(?))", (ids,)
        ).fetchall())  # fmt: skip

    def _second_subsidy(self, part: Sequence[int], error: Exception) -> Exception:
        """The last wall of the file against money paid twice, for the rules have looked."""
        for place in part:
            pattern = self._patterns[place]
            worker = self._ids[place] or self._intention.workers[place]
            assert pattern is not None
            row = self._connection.execute(
                "SELECT count(*) FROM enrolment WHERE worker = ? AND counts = 1 AND is_subsidised = 1 "
                "AND segment = 'BPU' AND first_month <= ? AND last_month >= ?",
                (worker, pattern.span.last, pattern.span.first),
            ).fetchone()
            if row[0]:
                message = N_(
                    "This worker already has a subsidised enrolment in these months, so the list was not taken in. "
                    "Leave the row out, or choose other months."
                )
                return Rejected([Problem("first_month", "second_subsidy", message)], self._subject(place))
        return error

    # Pairs that are two persons

    def _write_pairs(self) -> None:
        for place, likely in self._intention.doubts.items():
            decided = self._resolutions.get(place)
            if not self._ids[place] or decided is None or decided.worker is not None:
                continue
            for other in self._others(likely):
                one, two = sorted((self._ids[place], other))
                today = self._change.at.date().isoformat()
                id = self._change.execute(
                    "INSERT INTO not_same (uid, one, other, reason, decided_on) VALUES (?, ?, ?, ?, ?)",
                    (new_uid(), one, two, decided.reason.strip(), today),
                )
                told = (("one", one), ("other", two), ("reason", decided.reason.strip()), ("decided_on", today))
                self._change.record("add", "not_same", id, [(name, None, value) for name, value in told])

    def _others(self, likely: Likely) -> tuple[int, ...]:
        """Everybody whom the row looks like and who is registered by now."""
        workers = (likely.worker, *likely.further)
        rows = (self._ids[place] for place in (likely.place, *likely.further_places) if place is not None)
        return tuple(dict.fromkeys(id for id in (*workers, *rows) if id))

    # Small

    def _audit(self, action: str, kind: str, rows: Iterable[tuple[int, str, str, bytes]]) -> None:
        self._connection.executemany(audit.INSERT, self._change.seal_many(action, kind, rows))

    def _last_id(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])

    def _subject(self, place: int) -> str:
        return row_subject(self._checked, place)

    def _tell(self, stage: str, more: int) -> None:
        self._done += more
        if self._progress is not None:
            self._progress(stage, self._done, self._every)

    def _say(self, stage: str) -> None:
        if self._progress is not None:
            self._progress(stage, 0, 0)


def _told(names: Sequence[Any], niks: Sequence[Any], nagari: Sequence[Any]) -> Iterator[str]:
    """The fields of the audit rows of new workers: what each was added as; the rest is the record itself."""
    for name, nik, code in zip(names, niks, nagari, strict=True):
        yield f'[["name",null,{_quoted(name)}],["nik",null,{_quoted(nik)}],["nagari",null,{_quoted(code)}]]'
