"""Who of a list would be enrolled as well: the rules of enrolling many, asked of people who are not registered yet."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from models.exchange.checked import CheckedList
from models.exchange.importing import Outcome
from models.language import N_
from models.people.rules import REGISTRATION
from models.people.worker import Segment, Worker
from models.problems import Problem, unexplained
from models.schemes.eligibility import LOOKS_AT
from models.schemes.enrolment import EnrolmentPlan
from models.schemes.rules import problems_of_plan
from models.schemes.scheme import Scheme
from models.storage import enrolment_rows
from models.storage.enrol_rules import STANDING, EnrolRules, Payer, standing_enrolments
from models.storage.import_matching import AT_ONCE, Intention, Progress, Stored, column_of, listed_fields
from models.storage.opening import OpenFile

_PAYER = ("payer_name", "payer_number", "payer_office")


class Enrolling:
    """The enrolments that a list would bring."""

    def __init__(self, file: OpenFile, rules: EnrolRules, intention: Intention, progress: Progress | None) -> None:
        self._file = file
        self._rules = rules
        self._intention = intention
        self._progress = progress
        self._payers = _Payers(intention.checked, rules.plan, rules.scheme)
        intention.patterns = [None] * len(intention.outcomes)

    def registered(self, workers: Mapping[int, Worker]) -> None:
        """Judges registered workers, by their place in the list, as they would be after the list is taken in."""
        ids = json.dumps([worker.id for worker in workers.values()])
        standing = standing_enrolments(self._file.rows(STANDING, (ids,)))
        for place, worker in workers.items():
            others = standing.get(worker.id or 0, [])
            problems = (*self._rules.problems_of_person(worker), *self._rules.problems_of_enrolment(worker, others))
            self._take(place, worker.income, problems, worker.reasons)
            if others:
                self._intention.spans[place] = tuple(enrolment_rows.span_of(one) for one in others)

    def new(self, places: Sequence[int]) -> None:
        """Judges people who would be registered with the list."""
        checked = self._intention.checked
        names = listed_fields(checked)
        columns = [column_of(checked, name) for name in names]
        person = _NewPerson()
        worker = cast(Worker, person)
        values, days = person.__dict__, _Days()
        reasons = checked.reasons
        nothing: dict[str, str] = {}
        person_problems, problems_of = self._rules.problems_of_person, self._rules.problems_of_enrolment
        asked = self._to_be_asked()
        key_of = self._rules.eligibility_key
        eligible: set[object] = set()
        for place, row in zip(places, self._rows(columns, places), strict=True):
            values.update(zip(names, row, strict=True))
            values["born_on"] = days[values.get("born_on")]
            values["segment"] = _SEGMENTS[values.get("segment", "BPU")]
            problems = person_problems(worker) if asked is None or place in asked else ()
            key = key_of(*[values.get(name) for name in LOOKS_AT])
            if key not in eligible:
                found = problems_of(worker)
                if found:
                    problems += found
                else:
                    eligible.add(key)
            self._take(place, person.income, problems, reasons.get(place, nothing))
            if self._progress is not None and place % AT_ONCE == 0:
                self._progress("enrol", place, len(checked))

    def _to_be_asked(self) -> Container[int] | None:
        """Of which places it is still to be asked what being enrolled asks of a person (None: of all): checking the
        list for this very plan has asked it already, and found nothing at the others."""
        checked, plan = self._intention.checked, self._rules.plan
        context = checked.context
        if context is None or context.plan != plan or context.today != self._rules.today:
            return None
        if not set(context.required) >= REGISTRATION or checked.absent:
            return None
        return {finding.place for finding in checked.findings}

    @staticmethod
    def _rows(columns: list[list[Stored]], places: Sequence[int]) -> Iterable[tuple[Stored, ...]]:
        if columns and len(places) == len(columns[0]):
            return zip(*columns, strict=True)
        return (tuple([column[place] for column in columns]) for place in places)

    def _take(
        self, place: int, income: int | None, problems: tuple[Problem, ...], reasons: Mapping[str, str]
    ) -> None:
        if problems:
            problems = unexplained(problems, reasons)
        payer = self._payers.of(place)
        if payer == _NOBODY:
            problems = (*problems, _payer_missing(self._rules.scheme))
        pattern = self._rules.pattern(income, payer)
        if isinstance(pattern, Problem):
            problems = (*problems, pattern)
        elif not problems:
            self._intention.patterns[place] = pattern
        if problems:
            self._intention.enrolment_problems[place] = problems


class _NewPerson:
    """What the rules look at of somebody who is no worker yet: one object for a whole list, filled row by row."""

    id = None
    nik = family_card = name = birth_place = mother_name = address = jorong = nagari = occupation = work_place = ""
    source_list = ""
    born_on: date | None = None
    sex: str | None = None
    income: int | None = None
    segment = Segment.BPU


_SEGMENTS = {segment.value: segment for segment in Segment}


class _Days(dict[Any, Any]):
    """Days by their stored text; many people share one."""

    def __missing__(self, text: str | None) -> date | None:
        day = self[text] = date.fromisoformat(text) if text else None
        return day


_NOBODY: Payer = ("", "", "")


class _Payers:
    """Who pays for each row: as the list says, where it does; otherwise as the plan does."""

    def __init__(self, checked: CheckedList, plan: EnrolmentPlan, scheme: Scheme) -> None:
        self._columns = [column_of(checked, name) for name in _PAYER] if "payer_name" in checked.values else None
        self._is_asked = "payer_name" in scheme.asks
        self._is_planned = bool(plan.payer_name.strip())

    def of(self, place: int) -> Payer | None:
        """None: the plan's; three empty texts: nobody, although the scheme asks for one."""
        if self._columns is None:
            return None
        name, number, office = (str(column[place] or "").strip() for column in self._columns)
        if name:
            return name, number, office
        return _NOBODY if self._is_asked and not self._is_planned else None


def problems_of_whole(checked: CheckedList, plan: EnrolmentPlan, scheme: Scheme, today: date) -> tuple[Problem, ...]:
    """What is wrong with the plan itself; a list that names the payers spares it naming one."""
    found = problems_of_plan(plan, scheme, today)
    if "payer_name" in checked.values:
        found = tuple(problem for problem in found if problem.code != "payer_missing")
    return found


def enrolled_outcomes() -> tuple[Outcome, ...]:
    """Whose rows are enrolled: everybody who is or becomes registered."""
    return Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED


def _payer_missing(scheme: Scheme) -> Problem:
    message = N_("The scheme {scheme} needs the name of the one who pays, and this row names nobody.")
    return Problem("payer_name", "payer_missing", message, {"scheme": scheme.name})
