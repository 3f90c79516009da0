"""One person once: what was decided on two who look alike, merging two records, and taking them apart again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from models.language import N_
from models.offices.users import Right
from models.people.lines import WorkerLine
from models.people.merging import Carried, Merge, MergePreview, combined, fields_of, kept_in_the_end, overlaps_of
from models.people.pairs import DoubtfulPair, NotSame, PairDecision, PairState, in_order
from models.people.registration import Registration
from models.people.worker import Worker
from models.problems import Level, Problem, Rejected
from models.storage import merging
from models.storage.audit import Change
from models.storage.enrolments import Enrolments
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.undo import Step, Undo
from models.storage.worker_search import WorkerSearch
from models.storage.workers import get_worker
from models.values.formats import Written, date_short

_NOT_SAME = "SELECT id, one, other, reason, decided_on FROM not_same WHERE living = 1"
_MERGE = (
    "SELECT id, kept, merged, reason, fields, merged_on, living, (SELECT min(save) FROM audit "
    "WHERE kind = 'worker_merge' AND record = worker_merge.id) FROM worker_merge"
)
_ABOUT_EACH_OTHER = frozenset({"nik_registered", "looks_registered"})
"""Codes of problems that end with the merging itself."""


class Pairs:
    """What is known of two workers together."""

    def __init__(
        self, file: OpenFile, enrolments: Enrolments, registration: Registration, undo: Undo, search: WorkerSearch
    ) -> None:
        self._file = file
        self._enrolments = enrolments
        self._registration = registration
        self._undo = undo
        self._search = search

    # Not the same

    def not_same(self, one: int, other: int, reason: str) -> NotSame:
        """Two who look alike are two persons: they are never asked about again.

        Raises Rejected without a reason, for one and the same record, and where one of the two is not in sight.
        """
        with self._file.change(Right.ENTER) as change:
            return self.note_not_same(change, one, other, reason)

    def note_not_same(self, change: Change, one: int, other: int, reason: str) -> NotSame:
        """The same inside the caller's transaction; a pair that was decided already keeps its first reason."""
        reason = " ".join(reason.split())
        if not reason:
            message = N_("Say why they are two persons, for instance “twins”: whoever asks again reads it.")
            raise Rejected([Problem("reason", "reason_missing", message)])
        problems = self._not_two(one, other)
        if problems:
            raise Rejected(problems)
        known = self.decided(one, other)
        if known is not None:
            return known
        return self.decision(merging.note_not_same(change, one, other, reason))

    def ask_again(self, id: int) -> None:
        """Takes back that two are not the same; the pair is asked about again."""
        with self._file.change(Right.ENTER) as change:
            row = self._file.row("SELECT living FROM not_same WHERE id = ?", (id,))
            if row is not None and row[0]:
                change.execute("UPDATE not_same SET living = 0 WHERE id = ?", (id,))
                change.record("withdraw", "not_same", id, [("living", 1, 0)])

    def decided(self, one: int, other: int) -> NotSame | None:
        """The decision that two are not the same; None where none was made."""
        row = self._file.row(f"{_NOT_SAME} AND one = ? AND other = ?", in_order(one, other))
        return None if row is None else _not_same(row)

    def decision(self, id: int) -> NotSame:
        """The decision of a number, also one that was taken back; LookupError when there is none."""
        row = self._file.row(f"{_NOT_SAME.partition(' WHERE')[0]} WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no decision {id}")
        return _not_same(row)

    def not_same_as(self, worker: int) -> tuple[NotSame, ...]:
        """All decisions about one worker, the newest first."""
        rows = self._file.rows(f"{_NOT_SAME} AND ? IN (one, other) ORDER BY id DESC", (worker,))
        return tuple(_not_same(row) for row in rows)

    def all_not_same(self) -> frozenset[tuple[int, int]]:
        """Every pair that must not be asked about again, the smaller id first."""
        return frozenset(self._file.rows("SELECT one, other FROM not_same WHERE living = 1"))

    # Many of them

    def doubtful(self, progress: Callable[[int, int], None] | None = None) -> tuple[DoubtfulPair, ...]:
        """Looks through the whole register for people who stand in it twice, the most probable first; takes seconds
        for a hundred thousand, so ask a twin that only reads. What `progress` raises (a cancel) ends it."""
        from models.storage.sweep import sweep

        return tuple(sweep(self._file, progress))

    def states(self, pairs: Sequence[DoubtfulPair]) -> tuple[PairState, ...]:
        """What became of each pair since it was found."""
        decided = self.all_not_same()
        merged = self._merged()
        asked = sorted({id for pair in pairs for id in (pair.one, pair.other)})
        rows = self._file.rows(
            "SELECT id FROM worker WHERE living = 1 AND id IN (SELECT value FROM json_each(?))", (json.dumps(asked),)
        )
        living = {row[0] for row in rows}

        def state(pair: DoubtfulPair) -> PairState:
            one, other = kept_in_the_end(merged, pair.one), kept_in_the_end(merged, pair.other)
            if one == other:
                return PairState.SAME
            if in_order(one, other) in decided:
                return PairState.NOT_SAME
            return PairState.OPEN if pair.one in living and pair.other in living else PairState.GONE

        return tuple(state(pair) for pair in pairs)

    def carried_over(self, pairs: Sequence[DoubtfulPair]) -> tuple[DoubtfulPair, ...]:
        """Pairs of which one side was merged into a third worker meanwhile, as they are now: the question goes over
        to that one. None that is among `pairs`."""
        merged = self._merged()
        known = {(pair.one, pair.other) for pair in pairs}
        found: dict[tuple[int, int], DoubtfulPair] = {}
        for pair in pairs:
            now = in_order(*(kept_in_the_end(merged, id) for id in (pair.one, pair.other)))
            if now[0] != now[1] and now not in known:
                found.setdefault(now, DoubtfulPair(*now, pair.score, pair.reasons))
        return tuple(found.values())

    def papers_of(self, worker: int) -> tuple[tuple[str, date], ...]:
        """Number and day of each letter that was issued for a worker, the newest first."""
        rows = self._file.rows(
            "SELECT number, dated_on FROM paper WHERE enrolment IN (SELECT id FROM enrolment WHERE worker = ?) "
            "ORDER BY id DESC",
            (worker,),
        )
        return tuple((number, date.fromisoformat(day)) for number, day in rows)

    def decisions(self, limit: int = 500) -> tuple[PairDecision, ...]:
        """What was decided and still stands, the newest first."""
        first = (
            "SELECT '{state}', {table}.id, {one}, {other}, reason, {day}, min(save) AS save, user FROM {table} "
            "JOIN audit ON audit.kind = '{table}' AND audit.record = {table}.id WHERE living = 1 GROUP BY {table}.id"
        )
        same = first.format(state="same", table="worker_merge", one="kept", other="merged", day="merged_on")
        two = first.format(state="not_same", table="not_same", one="one", other="other", day="decided_on")
        rows = self._file.rows(
            f"SELECT * FROM ({same}) UNION ALL SELECT * FROM ({two}) ORDER BY save DESC LIMIT ?", (limit,)
        )
        return tuple(_decision(row) for row in rows)

    # The same

    def preview_merge(
        self,
        kept: int,
        merged: int,
        choices: Mapping[str, str] | None = None,
        overlap_choices: Mapping[int, str] | None = None,
    ) -> MergePreview:
        """What merging the second into the first would come to. LookupError where there is no such worker.

        `choices`: name of a field -> ``kept`` or ``merged``, whose value is taken; `overlap_choices`: number of an
        overlap -> whose enrolments stand.
        """
        one, other = get_worker(self._file, kept), get_worker(self._file, merged)
        fields = fields_of(one, other, choices or {})
        result = combined(one, other, fields)
        overlaps = overlaps_of(
            self._enrolments.of_worker(kept),
            self._enrolments.of_worker(merged),
            self._subsidised(kept, merged),
            overlap_choices,
        )
        problems = [*self._not_two(kept, merged), *self._against(one, other, result)]
        for overlap in overlaps:
            if overlap.stands is None:
                message = N_("Both are enrolled in the same months. Choose which enrolment stands.")
                problems.append(Problem(f"overlap:{overlap.number}", "overlap_open", message))
            elif overlap.is_paid_twice:
                message = N_("Both enrolments were paid for the same months. Ask BPJS for what was paid twice.")
                problems.append(Problem(f"overlap:{overlap.number}", "paid_twice", message, level=Level.WARNING))
        decided = self.decided(kept, merged)
        if decided is not None:
            message = N_("On {day} it was decided that they are two persons: {reason}. Merging ends that decision.")
            about = {"day": Written(decided.decided_on, date_short), "reason": decided.reason}
            problems.append(Problem("reason", "decided_otherwise", message, about, Level.WARNING))
        carried = Carried(**merging.counted(self._file.connection, other))
        return MergePreview(one, other, fields, result, carried, overlaps, tuple(problems))

    def merge(
        self,
        kept: int,
        merged: int,
        choices: Mapping[str, str],
        overlap_choices: Mapping[int, str],
        reason: str,
    ) -> Merge:
        """Makes one worker of two, in one transaction: the second goes out of sight, and all that hangs on it goes
        over to the first. Nothing is deleted; letters stay as they were printed.

        The reason is kept for what is odd about the chosen values together as well. Raises Rejected without one, and
        for everything that the preview says stands in the way.
        """
        reason = " ".join(reason.split())
        with self._file.change(Right.CORRECT) as change:
            preview = self.preview_merge(kept, merged, choices, overlap_choices)
            problems = list(preview.in_the_way)
            if not reason:
                message = N_("Say how you know that it is one person, for instance “same KTP shown”.")
                problems.append(Problem("reason", "reason_missing", message))
            if problems:
                raise Rejected(problems)
            odd = {one.code: reason for one in self._against(preview.kept, preview.merged, preview.result)}
            result = replace(preview.result, reasons={**preview.result.reasons, **odd})
            id = merging.write_merge(change, replace(preview, result=result), reason)
        return self.get(id)

    def take_apart(self, merge: int) -> None:
        """Takes a merge back completely: both workers and all their records are as they were before.

        Raises Rejected, with nothing changed, where something later touched them, and says what.
        """
        step = self.step_of(merge)
        if step is None or self.get(merge).is_taken_apart:
            message = N_("These two records were taken apart already. Nothing was changed.")
            raise Rejected([Problem("save", "apart_already", message)])
        self._undo.undo(step)

    def problems_of_taking_apart(self, merge: int) -> tuple[Problem, ...]:
        """What keeps a merge from being taken back; nothing is written."""
        step = self.step_of(merge)
        return () if step is None else merging.problems_since(self._file.connection, step.entries)

    def step_of(self, merge: int) -> Step | None:
        """The save that made a merge."""
        return self._undo.step_of(self.get(merge).save)

    def get(self, id: int) -> Merge:
        """The merge of a number; LookupError when there is none."""
        row = self._file.row(f"{_MERGE} WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no merge {id}")
        return _merge(row)

    def merges_of(self, worker: int) -> tuple[Merge, ...]:
        """The merges that stand and in which a worker was kept or merged, the newest first."""
        rows = self._file.rows(f"{_MERGE} WHERE living = 1 AND ? IN (kept, merged) ORDER BY id DESC", (worker,))
        return tuple(_merge(row) for row in rows)

    def kept_of(self, worker: int) -> int:
        """The worker into whom this one was merged in the end; itself where it was not."""
        row = self._file.row(
            "WITH RECURSIVE chain (id, into_, step) AS ("
            "SELECT id, merged_into, 0 FROM worker WHERE id = ? "
            "UNION SELECT worker.id, worker.merged_into, step + 1 FROM worker JOIN chain ON worker.id = into_ "
            "WHERE step < 1000) SELECT id FROM chain ORDER BY step DESC LIMIT 1",
            (worker,),
        )
        return worker if row is None else int(row[0])

    def find_former_nik(self, nik: str) -> WorkerLine | None:
        """The living worker who stood in the register under this NIK as well, until two records of it were merged."""
        found = self._search.by_former_nik(nik, nik + ":", 1)
        return found[0] if found else None

    def former_niks(self) -> dict[str, int]:
        """Every such NIK with the worker it belongs to: for matching a whole list."""
        rows = self._file.rows(
            "SELECT other_nik, kept FROM worker_merge WHERE living = 1 AND other_nik <> '' ORDER BY id"
        )
        merged = self._merged()
        return {nik: kept_in_the_end(merged, kept) for nik, kept in rows}

    # Details

    def _merged(self) -> dict[int, int]:
        """Into whom each merged worker went over."""
        return dict(self._file.rows("SELECT id, merged_into FROM worker WHERE merged_into IS NOT NULL"))

    def _not_two(self, one: int, other: int) -> tuple[Problem, ...]:
        """Why two numbers are not two workers in sight."""
        if one == other:
            message = N_("This is one and the same record. Choose two.")
            return (Problem("other", "one_record", message),)
        rows = self._file.rows("SELECT name, living, merged_into FROM worker WHERE id IN (?, ?)", (one, other))
        for name, living, merged_into in rows:
            if merged_into is not None:
                message = N_("The record of {name} was merged into another one already.")
                return (Problem("other", "merged", message, {"name": name}),)
            if not living:
                message = N_(
                    "The record of {name} was taken back or anonymised. There is nothing to compare any more."
                )
                return (Problem("other", "withdrawn", message, {"name": name}),)
        if len(rows) < 2:
            message = N_("One of the two workers is not in this register. Look for the pairs again.")
            return (Problem("other", "missing", message),)
        return ()

    def _against(self, kept: Worker, merged: Worker, result: Worker) -> tuple[Problem, ...]:
        """What the rules say against the chosen values and did not say against the kept record before."""
        today = self._file.clock().date()
        known = {(one.field, one.code) for one in self._registration.problems_of(kept, None, today)}
        known |= {(one.field, one.code) for one in self._registration.problems_of(merged, None, today)}
        return tuple(
            one
            for one in self._registration.problems_of(result, None, today)
            if (one.field, one.code) not in known and one.code not in _ABOUT_EACH_OTHER
            and (one.is_error or not result.reasons.get(one.code))
        )  # fmt: skip

    def _subsidised(self, kept: int, merged: int) -> frozenset[int]:
        rows = self._file.rows(
            "SELECT id FROM enrolment WHERE worker IN (?, ?) AND is_subsidised = 1 AND segment = 'BPU'",
            (kept, merged),
        )
        return frozenset(row[0] for row in rows)


@from_rows
def _not_same(row: tuple[Any, ...]) -> NotSame:
    return NotSame(row[0], row[1], row[2], row[3], date.fromisoformat(row[4]))


@from_rows
def _decision(row: tuple[Any, ...]) -> PairDecision:
    state, id, one, other, reason, decided_on, _save, user = row
    return PairDecision(PairState(state), id, one, other, reason, date.fromisoformat(decided_on), user)


@from_rows
def _merge(row: tuple[Any, ...]) -> Merge:
    id, kept, merged, reason, taken, merged_on, living, save = row
    fields = tuple(json.loads(taken)) if taken else ()
    return Merge(id, kept, merged, reason, fields, date.fromisoformat(merged_on), save, is_taken_apart=not living)
