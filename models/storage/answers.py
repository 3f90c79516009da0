"""Answers taken in: each row finds its worker and enrolment, all of them are written in one transaction or none."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from models.exchange.answers import AnswerOutcome, AnswerPreview, AnswerRow, Verdict, rejection_of
from models.exchange.checked import CheckedList
from models.exchange.importing import ListImport, origin_text
from models.exchange.mapping import Purpose
from models.language import N_
from models.offices.users import Right
from models.people.names import fold
from models.people.worker import Segment
from models.problems import Problem, Rejected
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.schemes.life import NEXT, Rejection, problem_of_change
from models.schemes.rules import problems_of_confirmation
from models.storage import enrolment_rows
from models.storage.answer_cards import cards_of
from models.storage.audit import Change
from models.storage.before_lists import back_up_before, days_taken_in
from models.storage.coverage import PublishedCounts
from models.storage.enrolments import Enrolments
from models.storage.former_niks import kept_by_former_nik
from models.storage.opening import OpenFile
from models.storage.uids import new_uid
from models.storage.workers import correct_worker, get_worker

Progress = Callable[[int, int], None]
"""Told how many rows of how many are done; what it raises (a cancel) undoes all."""
_O, _State = AnswerOutcome, EnrolmentState
_CAN_BE_ACTIVE = frozenset(state for state, after in NEXT.items() if _State.ACTIVE in after)
_NIK_VERDICTS = {one.value: one for one in Verdict if one not in (Verdict.MEMBER, Verdict.NO_MEMBER)}
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    nik: str
    name_key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked besides the list itself."""

    scheme: int | None = None
    """Only enrolments of this scheme are meant."""
    paid_on: date | None = None
    """The day of payment of rows that have none of their own."""
    verified_on: date | None = None
    """The day of the answer; today where it is None."""
    counts_for: str = ""
    """Code of the area whose BPJS count the active members of the list are; empty: they are not kept as a count."""


class Answers:
    """The way back: what BPJS and Disdukcapil said of those whom the office sent."""

    def __init__(self, file: OpenFile, enrolments: Enrolments, bpjs_counts: Callable[[], PublishedCounts]) -> None:
        self._file = file
        self._enrolments = enrolments
        self._bpjs_counts = bpjs_counts

    def preview(
        self, checked: CheckedList, asked: Asked | None = None, progress: Progress | None = None
    ) -> AnswerPreview:
        """What would become of each row; nothing is written."""
        with self._file.reading():
            return self._preview(checked, asked or Asked(), progress)

    def take_in(
        self,
        checked: CheckedList,
        asked: Asked | None = None,
        progress: Progress | None = None,
        *,
        seen: AnswerPreview | None = None,
        backups: Path | None = None,
    ) -> ListImport:
        """Writes what the preview says, in one transaction, after a backup where the newest one lacks anything.

        Raises Rejected, with nothing changed, for the right, where nothing would be written, and where the register
        no longer is as it was for the preview that was `seen`; StorageFailure for the disk.
        """
        self._file.require(Right.CORRECT)
        back_up_before(self._file, backups, lambda _stage: None)
        with self._file.change(Right.CORRECT) as change:
            preview = self._preview(checked, asked or Asked(), progress)
            if preview.problems:
                raise Rejected(preview.problems)
            if seen is not None and tuple(seen.rows) != tuple(preview.rows):
                message = N_(
                    "The register was changed since the preview, so nothing was written. Look at the preview once "
                    "more, then take the list in."
                )
                raise Rejected([Problem("list", "changed_meanwhile", message)])
            counts = (asked or Asked()).counts_for and preview.members
            if not preview.written and not counts:
                message = N_("Nothing of this list would be written. The preview says why, beside each row.")
                raise Rejected([Problem("list", "nothing_to_write", message)])
            made = self._note(change, checked, preview)
            done = 0
            for row in preview.rows:
                if row.outcome.is_written:
                    change.origin = origin_text(made.id, checked.table.rows[row.place], made.hash, made.file)
                    self._write(change, row, checked, asked or Asked())
                    done += 1
                    if progress is not None and done % 100 == 0:
                        progress(done, preview.written)
            if counts:
                self._count(change, checked, preview, asked or Asked())
            return replace(made, save=change.save)

    # Before anything is written

    def _preview(self, checked: CheckedList, asked: Asked, progress: Progress | None) -> AnswerPreview:
        blocked = checked.blocked()
        by_nik, by_name = self._people(checked)
        enrolments = self._enrolments_of([one.id for one in by_nik.values()] + [
            one.id for people in by_name.values() for one in people
        ])  # fmt: skip
        cards = cards_of(self._file, checked)
        rows: list[AnswerRow] = []
        taken: set[int] = set()
        for place in range(len(checked)):
            if progress is not None and place % _AT_ONCE == 0:
                progress(place, len(checked))
            if place in blocked:
                rows.append(AnswerRow(place, _O.LEFT_OUT))
                continue
            person = self._person(checked, place, by_nik, by_name)
            if isinstance(person, AnswerRow):
                rows.append(person)
                continue
            row = cards.judged(self._row(checked, place, person, enrolments.get(person.id, []), asked))
            meant = row.enrolment or -person.id
            if row.outcome.is_written and meant in taken:
                message = N_("The same person stands in this list already. Keep one of the two rows.")
                row = AnswerRow(place, _O.REFUSED, person.id, problem=Problem("nik", "person_twice", message))
            elif row.outcome.is_written:
                taken.add(meant)
            rows.append(row)
        return AnswerPreview(
            tuple(rows),
            Counter(row.outcome for row in rows),
            Counter(row.rejection for row in rows if row.outcome is _O.REJECTED and row.rejection is not None),
            _members(checked, blocked),
            checked.stops,
            days_taken_in(self._file, checked.table.source.hash),
        )

    def _people(self, checked: CheckedList) -> tuple[dict[str, _Person], dict[str, list[_Person]]]:
        """The workers whom NIK or name of the list can mean; the NIK of a merged record leads to the one kept."""
        niks = sorted({str(nik) for nik in checked.values.get("nik", ()) if nik})
        former = kept_by_former_nik(self._file, niks)
        by_nik = {nik: found[0] for nik, id in former.items() if (found := self._living("id", [id]))}
        by_nik |= {person.nik: person for person in self._living("nik", niks)}
        by_name: dict[str, list[_Person]] = defaultdict(list)
        if "nik" not in checked.values or not all(checked.values["nik"]):
            keys = sorted({fold(str(name)) for name in checked.values.get("name", ()) if name})
            for person in self._living("name_key", keys):
                by_name[person.name_key].append(person)
        return by_nik, by_name

    def _living(self, column: str, wanted: Sequence[Any]) -> list[_Person]:
        rows = self._file.rows(
            f"SELECT id, nik, name_key FROM worker WHERE living = 1 AND {column} IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        return [_Person(*row) for row in rows]

    def _enrolments_of(self, workers: Sequence[int]) -> dict[int, list[Enrolment]]:
        found: dict[int, list[Enrolment]] = defaultdict(list)
        for row in self._file.rows(
            f"{enrolment_rows.SELECT} WHERE worker IN (SELECT value FROM json_each(?)) ORDER BY first_month, id",
            (json.dumps(sorted(set(workers))),),
        ):
            enrolment = enrolment_rows.enrolment_of(row)
            found[enrolment.worker or 0].append(enrolment)
        return found

    def _person(
        self,
        checked: CheckedList,
        place: int,
        by_nik: Mapping[str, _Person],
        by_name: Mapping[str, list[_Person]],
    ) -> _Person | AnswerRow:
        nik, name = _text(checked, "nik", place), _text(checked, "name", place)
        if nik:
            person = by_nik.get(nik)
            if person is None:
                message = N_("Nobody in the register has this NIK. Compare with the list that was sent.")
                return AnswerRow(place, _O.UNKNOWN, problem=Problem("nik", "person_unknown", message))
            return person
        people = by_name.get(fold(name), [])
        if len(people) == 1:
            return people[0]
        if people:
            message = N_("{count} people are called so. Put the NIK into the list to say who is meant.")
            problem = Problem("name", "person_unclear", message, {"count": len(people)})
            return AnswerRow(place, _O.UNCLEAR, problem=problem)
        message = N_("Nobody in the register is called so, and the row has no NIK.")
        return AnswerRow(place, _O.UNKNOWN, problem=Problem("name", "person_unknown", message))

    def _row(
        self, checked: CheckedList, place: int, person: _Person, enrolments: list[Enrolment], asked: Asked
    ) -> AnswerRow:
        match checked.mapping.purpose:
            case Purpose.NIK_MATCH:
                return _of_nik(checked, place, person, enrolments)
            case Purpose.MEMBERSHIP:
                return _of_membership(checked, place, person, enrolments)
        today = self._file.clock().date()
        return _of_bpjs(checked, place, person, enrolments, asked, today)

    # Writing

    def _note(self, change: Change, checked: CheckedList, preview: AnswerPreview) -> ListImport:
        source = checked.table.source
        counts = {str(outcome): count for outcome, count in preview.counts.items()}
        values: dict[str, Any] = {
            "purpose": str(checked.mapping.purpose), "file": source.name, "hash": source.hash,
            "sheet": source.sheet, "mapping": checked.mapping.name, "mode": "", "rows": len(checked),
            "counts": json.dumps(counts), "imported_on": change.at.date().isoformat(),
        }  # fmt: skip
        id = change.execute(
            f"INSERT INTO list_import (uid, {', '.join(values)}) VALUES (?, {', '.join('?' * len(values))})",
            (new_uid(), *values.values()),
        )
        told = [(name, None, value.hex() if isinstance(value, bytes) else value) for name, value in values.items()]
        change.record("add", "list_import", id, told)
        return ListImport(
            id=id, purpose=checked.mapping.purpose, file=source.name, hash=source.hash, sheet=source.sheet,
            mapping=checked.mapping.name, mode="", rows=len(checked), counts=counts, imported_on=change.at.date(),
            imported_by=change.user,
        )  # fmt: skip

    def _write(self, change: Change, row: AnswerRow, checked: CheckedList, asked: Asked) -> None:
        if row.outcome is _O.VERIFIED:
            self._verify(change, row, checked, asked)
            return
        assert row.enrolment is not None
        assert row.worker is not None
        old = self._enrolments.get(row.enrolment)
        if row.outcome is _O.REJECTED:
            target = replace(old, state=_State.REJECTED, rejection=str(row.rejection), state_reason=row.note)
            self._enrolments.correct_within(change, old, target, "reject")
            return
        if row.outcome is _O.ACTIVATED:
            target = replace(old, state=_State.ACTIVE, kpj=row.kpj, paid_on=row.paid_on)
            self._enrolments.correct_within(change, old, target, "confirm")
        else:
            self._enrolments.correct_within(change, old, replace(old, kpj=row.kpj), "correct")
        worker = get_worker(self._file, row.worker)
        if row.kpj and not worker.kpj:
            correct_worker(change, worker, replace(worker, kpj=row.kpj))

    def _verify(self, change: Change, row: AnswerRow, checked: CheckedList, asked: Asked) -> None:
        day = asked.verified_on or change.at.date()
        values = {
            "worker": row.worker, "kind": str(checked.mapping.purpose), "outcome": str(row.verdict),
            "details": row.note, "verified_on": day.isoformat(), "source": checked.table.source.name,
        }  # fmt: skip
        id = change.execute(
            f"INSERT INTO verification (uid, {', '.join(values)}) VALUES (?, {', '.join('?' * len(values))})",
            (new_uid(), *values.values()),
        )
        change.record("add", "verification", id, [(name, None, value) for name, value in values.items()])

    def _count(self, change: Change, checked: CheckedList, preview: AnswerPreview, asked: Asked) -> None:
        """The members of each segment as what BPJS counted, for the coverage of the area."""
        self._file.require(Right.APPROVE)
        day = asked.verified_on or change.at.date()
        source = checked.table.source.name
        for segment, number in sorted(preview.members.items(), key=lambda entry: str(entry[0] or "")):
            self._bpjs_counts().add_within(change, asked.counts_for, number, day, source, segment)


def _members(checked: CheckedList, blocked: frozenset[int]) -> dict[Segment | None, int]:
    """Nobody is counted twice, whatever the list says."""
    if checked.mapping.purpose is not Purpose.MEMBERSHIP:
        return {}
    seen: set[str] = set()
    found: Counter[Segment | None] = Counter()
    for place in range(len(checked)):
        nik = _text(checked, "nik", place)
        if place in blocked or _text(checked, "active", place) == "no" or (nik and nik in seen):
            continue
        seen.add(nik)
        segment = _text(checked, "segment", place)
        found[Segment(segment) if segment in list(Segment) else None] += 1
    return dict(found)


def _text(checked: CheckedList, field: str, place: int) -> str:
    column = checked.values.get(field)
    value = column[place] if column is not None else None
    return "" if value is None else str(value)


def _day(checked: CheckedList, field: str, place: int) -> date | None:
    text = _text(checked, field, place)
    return date.fromisoformat(text) if text else None


def _of_bpjs(
    checked: CheckedList, place: int, person: _Person, enrolments: list[Enrolment], asked: Asked, today: date
) -> AnswerRow:
    """Accepted, rejected, paid, or only a card."""
    word, kpj = _text(checked, "outcome", place), _text(checked, "kpj", place)
    reason = _text(checked, "reason", place)
    paid_on = _day(checked, "paid_on", place) or asked.paid_on
    of_scheme = [one for one in enrolments if asked.scheme in (None, one.scheme)]
    is_rejected = word == "rejected" or (not word and bool(reason) and not kpj)
    meant = _meant(of_scheme, is_rejected=is_rejected, kpj=kpj)
    if isinstance(meant, Problem):
        outcome = _O.UNCLEAR if meant.code == "enrolment_unclear" else _O.REFUSED
        return AnswerRow(place, outcome, person.id, problem=meant, note=reason)
    row = partial(AnswerRow, place, worker=person.id, enrolment=meant.id, note=reason)
    if is_rejected:
        if meant.state is _State.REJECTED:
            return row(outcome=_O.UNCHANGED)
        problem = problem_of_change(meant, _State.REJECTED)
        if problem is not None:
            return row(outcome=_O.REFUSED, problem=problem)
        rejection = rejection_of(reason) if reason else Rejection.OTHER
        if rejection is Rejection.OTHER and not reason.strip():
            message = N_("Rejected without a reason. Ask BPJS why, and write it into the list.")
            problem = Problem("reason", "reason_missing", message)
            return row(outcome=_O.REFUSED, problem=problem)
        return row(outcome=_O.REJECTED, rejection=rejection)
    if word == "pending":
        return row(outcome=_O.UNCHANGED)
    if kpj and meant.kpj not in ("", kpj) and meant.state is not _State.ACTIVE:
        message = N_("The enrolment has the KPJ {kpj} already. Compare with the card, and confirm it at the worker.")
        return row(outcome=_O.REFUSED, problem=Problem("kpj", "kpj_other", message, {"kpj": meant.kpj}))
    kpj = kpj or meant.kpj
    if meant.state is _State.ACTIVE:
        if kpj in ("", meant.kpj):
            return row(outcome=_O.UNCHANGED)
        message = N_("The enrolment is active with another KPJ. Compare with the card, and correct it at the worker.")
        return row(outcome=_O.REFUSED, problem=Problem("kpj", "kpj_other", message))
    if kpj and paid_on is None:
        if kpj == meant.kpj:
            return row(outcome=_O.UNCHANGED)
        return row(outcome=_O.CARD, kpj=kpj)
    problems = problems_of_confirmation(meant, kpj, paid_on, today)
    change = problem_of_change(meant, _State.ACTIVE)
    if problems or change is not None:
        problem = change if change is not None else problems[0]
        return row(outcome=_O.REFUSED, problem=problem)
    return row(outcome=_O.ACTIVATED, kpj=kpj, paid_on=paid_on)


def _meant(enrolments: list[Enrolment], *, is_rejected: bool, kpj: str) -> Enrolment | Problem:
    """The enrolment that BPJS speaks of: one that waits for its answer, the submitted ones first."""
    waiting = [one for one in enrolments if one.state in _CAN_BE_ACTIVE]
    for state in (_State.SUBMITTED, _State.APPROVED, _State.PROPOSED):
        found = [one for one in waiting if one.state is state]
        if len(found) == 1:
            return found[0]
        if found:
            message = N_(
                "{count} enrolments of this worker wait for an answer. Choose the scheme above, or settle them at the "
                "worker."
            )
            return Problem("nik", "enrolment_unclear", message, {"count": len(found)})
    same = [one for one in enrolments if kpj and one.kpj == kpj]
    wanted = _State.REJECTED if is_rejected else _State.ACTIVE
    settled = [one for one in enrolments if one.state is wanted]
    if same or settled:
        return (same or settled)[-1]
    if enrolments:
        return enrolments[-1]
    message = N_("This worker has no enrolment that could be answered. Enrol the worker first.")
    return Problem("nik", "enrolment_missing", message)


def _of_nik(checked: CheckedList, place: int, person: _Person, enrolments: list[Enrolment]) -> AnswerRow:
    """Disdukcapil: its word, or where it says none, whether its name is the registered one."""
    word, name, reason = (_text(checked, field, place) for field in ("outcome", "name", "reason"))
    verdict = _NIK_VERDICTS.get(word)
    if verdict is None and name:
        verdict = Verdict.MATCH if fold(name) == person.name_key else Verdict.DIFFERS
    if verdict is None:
        message = N_("The row says neither an outcome nor a name, so there is nothing to keep.")
        return AnswerRow(place, _O.REFUSED, person.id, problem=Problem("outcome", "outcome_missing", message))
    note = reason or (name if verdict is Verdict.DIFFERS else "")
    return _verified(place, person, enrolments, verdict, note)


def _of_membership(checked: CheckedList, place: int, person: _Person, enrolments: list[Enrolment]) -> AnswerRow:
    active = _text(checked, "active", place)
    told = (_text(checked, field, place) for field in ("segment", "employer", "kpj", "reason"))
    note = ", ".join(part for part in told if part)
    if not active and not note:
        message = N_("The row does not say whether this is an active member.")
        return AnswerRow(place, _O.REFUSED, person.id, problem=Problem("active", "outcome_missing", message))
    kpj = _text(checked, "kpj", place)
    if active != "no" and kpj and any(one.kpj == kpj and one.state.counts for one in enrolments):
        return AnswerRow(place, _O.UNCHANGED, person.id, note=note)  # the membership that this register itself keeps
    verdict = Verdict.NO_MEMBER if active == "no" else Verdict.MEMBER
    return _verified(place, person, enrolments, verdict, note)


def _verified(place: int, person: _Person, enrolments: list[Enrolment], verdict: Verdict, note: str) -> AnswerRow:
    running = not verdict.is_good and any(one.state in _CAN_BE_ACTIVE for one in enrolments)
    return AnswerRow(place, _O.VERIFIED, person.id, verdict=verdict, note=note, is_running=running)
