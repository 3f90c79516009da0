"""What would become of each row of a list: whom of the register it is, which fields change, what is in doubt."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.coverage.changes import Span
from models.exchange.checked import CheckedList
from models.exchange.importing import ChangedField, Doubt, Mode, Outcome, Resolution
from models.language import N_
from models.language import translate as _
from models.people.name_likeness import ComparedName, NameLikeness, name_likeness
from models.people.names import fold
from models.people.rules import problem_of_missing, problems_of_masks
from models.people.worker import Worker
from models.problems import Problem, unexplained
from models.storage import import_refusals as refusals
from models.storage import worker_rows
from models.storage.enrol_rules import Pattern
from models.storage.former_niks import kept_by_former_nik
from models.storage.opening import OpenFile

Progress = Callable[[str, int, int], None]
AT_ONCE = 2_000
"""Rows after which the progress is told."""
Stored = str | int | None
_NO_TEXT = frozenset({"born_on", "sex", "marital_status", "income", "source_decile"})
"""Fields that are None where they are unknown; all others are empty texts."""
_DEFAULTS: Mapping[str, Stored] = {"segment": "BPU"}
_NAMES = frozenset({"name", "mother_name", "heir_name"})


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who may be the person of a row."""

    doubt: Doubt
    worker: int | None = None
    place: int | None = None
    score: float = 0.0
    reason: str = ""
    further: tuple[int, ...] = ()
    """Other registered workers who are like the row too."""
    further_places: tuple[int, ...] = ()
    """Other rows."""


@dataclass(slots=True)
class Intention:
    """What would become of each row, column by column."""

    checked: CheckedList
    mode: Mode
    outcomes: list[Outcome]
    workers: array[int]
    """Id of the registered worker of each place, 0 for none."""
    changes: dict[int, tuple[ChangedField, ...]] = field(default_factory=dict)
    doubts: dict[int, Likely] = field(default_factory=dict)
    problems: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    enrolment_problems: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    patterns: list[Pattern | None] = field(default_factory=list)
    """The enrolment of each place; empty where none was asked for."""
    spans: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    """Of the other enrolments of those who have some."""

    def places(self, *outcomes: Outcome) -> list[int]:
        """The places of these outcomes, in order."""
        wanted = set(outcomes)
        return [place for place, outcome in enumerate(self.outcomes) if outcome in wanted]

    def leave_out(self, place: int, *problems: Problem) -> None:
        self.outcomes[place] = Outcome.LEFT_OUT
        if problems:
            self.problems[place] = problems

    def counts(self) -> Counter[Outcome]:
        return Counter(self.outcomes)


def column_of(checked: CheckedList, name: str) -> list[Stored]:
    """The stored values of a field for each place; its usual value where the list does not have it. Not to be
    changed: it is the list's own where nothing in it is empty."""
    given = checked.values.get(name)
    usual = None if name in _NO_TEXT else _DEFAULTS.get(name, "")
    if given is None:
        return [usual] * len(checked)
    if "" not in given and None not in given:
        return given
    return [usual if value is None or value == "" else value for value in given]


def listed_fields(checked: CheckedList) -> tuple[str, ...]:
    """The worker's fields that the list has, in the order of the row."""
    return tuple(name for name in worker_rows.FIELDS if name in checked.values and name != "reasons")


Registered = tuple[int, tuple[Any, ...]]
"""Place of a row, and the stored row (id, uid, office, revision, fields) of the worker it is."""


class Matching:
    """Finds out for one list whom of the register each row is."""

    def __init__(
        self,
        file: OpenFile,
        checked: CheckedList,
        mode: Mode,
        resolutions: Mapping[int, Resolution],
        progress: Progress | None,
    ) -> None:
        self._file = file
        self._checked = checked
        self._resolutions = resolutions
        self._progress = progress
        self.fields = listed_fields(checked)
        size = len(checked)
        self.intention = Intention(checked, mode, [Outcome.NEW] * size, array("q", bytes(8 * size)))
        self._registered: list[int] = []
        """Places whose worker is known."""

    def by_number(self) -> None:
        """Tells the rows that cannot be taken in, and the registered workers of the others by their NIK."""
        made = self.intention
        hard, gaps = _blocked(self._checked)
        known = self._known()
        exact = set(known.values())  # who stands in the list with its own NIK is no other row
        merged: dict[str, int] | None = None
        first: dict[str, int] = {}
        taken: set[int] = set()
        absent = tuple(problem_of_missing(name) for name in sorted(self._checked.absent))
        names = column_of(self._checked, "name")
        for place, nik in enumerate(self._niks()):
            decided = self._resolutions.get(place)
            if place in hard:
                made.leave_out(place)
                continue
            if decided is not None and decided.is_left_out:
                made.leave_out(place, refusals.left_out())
                continue
            if len(nik) != 16 or not nik.isdecimal():
                made.leave_out(place, problem_of_missing("nik") if not nik else refusals.no_number(nik))
                continue
            worker = known.get(nik)
            is_by_decision = worker is None and decided is not None and decided.worker is not None
            if is_by_decision and decided is not None:
                worker = decided.worker
            before = first.setdefault(nik, place)
            if before != place or worker in taken or (is_by_decision and worker in exact):
                made.outcomes[place] = Outcome.DOUBTFUL
                made.doubts[place] = Likely(Doubt.ROW, worker, before if before != place else None, 100.0, _TWICE)
            elif worker is not None:
                taken.add(worker)
                made.workers[place] = worker
                self._registered.append(place)
            elif absent or place in gaps:
                made.leave_out(place, *absent)
            elif not names[place]:
                made.leave_out(place, problem_of_missing("name"))
            else:
                merged = kept_by_former_nik(self._file, self._niks()) if merged is None else merged
                if nik in merged and decided is None:
                    made.outcomes[place] = Outcome.DOUBTFUL
                    made.doubts[place] = Likely(Doubt.MERGED, merged[nik], None, 100.0, _MERGED)
            self._tell("match", place)

    def registered(self) -> Iterator[list[Registered]]:
        """The rows whose worker is known, with the worker as stored, some at a time; those who are gone become
        doubtful."""
        made = self.intention
        for start in range(0, len(self._registered), AT_ONCE):
            part = self._registered[start : start + AT_ONCE]
            ids = json.dumps([made.workers[place] for place in part])
            rows = {
                row[0]: row
                for row in self._file.rows(f"{_LIVING} AND id IN (SELECT value FROM json_each(?))", (ids,))
            }
            found: list[Registered] = []
            for place in part:
                row = rows.get(made.workers[place])
                if row is None:  # a decision on somebody who was taken out of sight meanwhile
                    made.workers[place] = 0
                    made.leave_out(place, refusals.gone())
                else:
                    found.append((place, row))
            yield found
            self._tell("match", start, always=True)

    def compare(self, part: Sequence[Registered], *, is_enrolled: bool) -> dict[int, Worker]:
        """Tells what changes of some registered workers; gives those of them who change or are
        enrolled, by their place, as they would be afterwards."""
        made, checked = self.intention, self._checked
        columns = [(worker_rows.FIELDS.index(name), name, checked.values[name]) for name in self.fields]
        result = {}
        for place, row in part:
            old = row[4:]
            decided = self._resolutions.get(place)
            if (decided is None or decided.worker != row[0]) and self._is_other_name(place, old):
                made.doubts[place] = Likely(Doubt.OTHER_NAME, row[0], reason=_OTHER_NAME)
                if decided is None:
                    made.outcomes[place] = Outcome.DOUBTFUL
                else:
                    made.leave_out(place, refusals.of_somebody_else(old[_NAME]))
                continue
            if made.mode is Mode.ADD_ONLY:
                changes = []
            else:
                changes = [
                    ChangedField(name, old[at], new)
                    for at, name, values in columns
                    if (new := values[place]) is not None and new != "" and new != old[at]
                    and self._is_taken(name, old[at], new)
                ]  # fmt: skip
            reasons = self._reasons(place, old[-1], is_changed=bool(changes) or is_enrolled)
            if reasons is not None:
                changes.append(ChangedField("reasons", old[-1], reasons))
            if changes:
                made.changes[place] = tuple(changes)
            made.outcomes[place] = Outcome.CHANGED if changes else Outcome.UNCHANGED
            if changes or is_enrolled:
                values = list(row)
                for one in changes:
                    values[4 + worker_rows.FIELDS.index(one.name)] = one.after
                result[place] = worker_rows.worker_of(tuple(values))
        return result

    def judge_changed(
        self, place: int, before: Sequence[Problem], after: Sequence[Problem], reasons: Mapping[str, str]
    ) -> bool:
        """Leaves a changed row out where the record would be wrong in a way in which it is not wrong now."""
        known = {(problem.field, problem.code) for problem in before}
        blocking = [one for one in unexplained(after, reasons) if (one.field, one.code) not in known]
        if blocking:
            self.intention.leave_out(place, *blocking)
            self.intention.changes.pop(place, None)
        return not blocking

    def new_places(self) -> list[int]:
        """The rows of people whom the register does not know."""
        workers = self.intention.workers
        return [place for place in self.intention.places(Outcome.NEW) if not workers[place]]

    # Details

    def _niks(self) -> list[str]:
        return [str(value) for value in column_of(self._checked, "nik")]

    def _known(self) -> dict[str, int]:
        """The living workers among the NIK of the list."""
        if self._file.row("SELECT 1 FROM worker WHERE living = 1 LIMIT 1") is None:
            return {}
        return self._looked_up(
            "SELECT nik, id FROM worker WHERE living = 1 AND nik IN (SELECT value FROM json_each(?))"
        )

    def _looked_up(self, sql: str) -> dict[str, int]:
        niks = self._niks()
        found: dict[str, int] = {}
        for start in range(0, len(niks), 10_000):
            found.update(self._file.rows(sql, (json.dumps(niks[start : start + 10_000]),)))
        return found

    def _is_other_name(self, place: int, old: tuple[Any, ...]) -> bool:
        """A NIK whose name in the list is not like that in the register at all belongs to one of the two by mistake."""
        given = self._checked.values.get("name")
        name = str(given[place] or "") if given is not None else ""
        registered = old[_NAME]
        if not name or name == registered or fold(name) == fold(registered):
            return False
        return name_likeness(ComparedName.of(name), ComparedName.of(registered)) is NameLikeness.UNLIKE

    def _is_taken(self, name: str, old: Stored, new: Stored) -> bool:
        if self.intention.mode is Mode.FILL:
            return old is None or old == ""
        if isinstance(old, str) and isinstance(new, str) and old:
            if name in _NAMES:
                return fold(old) != fold(new)  # capitals and points alone are no news
            return old.casefold() != new.casefold()
        return True

    def _reasons(self, place: int, stored: str, *, is_changed: bool) -> str | None:
        """The reasons of the record with those given for the row; None where nothing is to be added."""
        given = self._checked.reasons.get(place)
        if not given or not is_changed:
            return None
        known: dict[str, str] = json.loads(stored) if stored else {}
        new = {**known, **{code: reason.strip() for code, reason in given.items() if reason.strip()}}
        return json.dumps(new, ensure_ascii=False) if new != known else None

    def _tell(self, stage: str, done: int, *, always: bool = False) -> None:
        if self._progress is not None and (always or done % AT_ONCE == 0):
            self._progress(stage, done, len(self._checked))


_TWICE = N_("the same person stands in the list twice")
_MERGED = N_("the NIK of a record that was merged into this one")
_OTHER_NAME = N_("the same NIK, quite another name")
_LIVING = f"{worker_rows.SELECT} WHERE living = 1"
_NAME = worker_rows.FIELDS.index("name")


def _blocked(checked: CheckedList) -> tuple[set[int], set[int]]:
    """The places that cannot be taken in at all, and those where a new person lacks something."""
    hard: set[int] = set()
    gaps: set[int] = set()
    for one in checked.findings:
        if one.is_error:
            (gaps if one.is_gap else hard).add(one.place)
        elif not checked.reasons.get(one.place, {}).get(one.problem.code, "").strip():
            hard.add(one.place)
    return hard, gaps


def masked_places(checked: CheckedList) -> Iterator[tuple[int, Problem]]:
    """Rows with a value of which only the mask is known."""
    names = [name for name in _PROTECTED if name in checked.values]
    for name in names:
        for place, value in enumerate(checked.values[name]):
            if value is not None and "*" in str(value):
                yield from ((place, problem) for problem in problems_of_masks(Worker(**{name: str(value)})))  # type: ignore[arg-type]


_PROTECTED = ("nik", "family_card", "phone", "mother_name", "heir_nik")


def row_subject(checked: CheckedList, place: int) -> str:
    """The row and the person, as a refusal names them."""
    name = column_of(checked, "name")[place]
    return _("Row {row} ({name})").format(row=checked.table.rows[place], name=name)
