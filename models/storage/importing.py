"""Taking lists in: what would become of each row, all of it in one transaction or none, and the way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.exchange.checked import CheckedList
from models.exchange.context import CheckContext
from models.exchange.importing import (
    ImportPreview,
    ListImport,
    ListOrigin,
    Mode,
    Outcome,
    Resolution,
    RowPreview,
    RowPreviews,
    TouchedSince,
    read_origin,
)
from models.exchange.mapping import Purpose
from models.language import N_
from models.offices.office import OfficeSettings
from models.offices.users import Right
from models.people.registration import Registration
from models.people.rules import POTENTIAL, REGISTRATION, AgeRules
from models.problems import Problem, Rejected
from models.schemes.enrolment import EnrolmentPlan
from models.schemes.pricing import RateTable
from models.schemes.scheme import Scheme
from models.storage import worker_rows
from models.storage.before_lists import back_up_before, days_taken_in
from models.storage.enrol_rules import EnrolRules, fund_problem
from models.storage.funds import Funds
from models.storage.import_doubts import look_for_doubts
from models.storage.import_enrolling import Enrolling, enrolled_outcomes, problems_of_whole
from models.storage.import_matching import Intention, Matching, masked_places, row_subject
from models.storage.import_touched import touched_since
from models.storage.import_writing import Writing
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.rows import from_rows
from models.storage.schemes import Occupations, Schemes
from models.storage.undo import Undo
from models.storage.verifications import speaking_against

Progress = Callable[[str, int, int], None]
"""Told what is being done (``backup``, ``match``, ``look_alikes``, ``enrol``, ``write``, ``index``), how many of how
many are done (0 of 0 where that is not known); what it raises (a cancel) undoes all."""
_IMPORT = (
    "SELECT list_import.id, purpose, file, list_import.hash, sheet, mapping, mode, rows, counts, imported_on, "
    "audit.user, audit.save, living FROM list_import JOIN audit ON audit.kind = 'list_import' "
    "AND audit.record = list_import.id AND audit.action = 'add'"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of every row, by the office's own settings."""

    settings: Callable[[], OfficeSettings]
    registration: Registration
    regions: Regions
    occupations: Occupations
    schemes: Schemes
    rates: RateTable
    funds: Funds


class Lists:
    """The lists that were and are to be taken in."""

    def __init__(self, file: OpenFile, rules: Rules, undo: Undo) -> None:
        self._file = file
        self._rules = rules
        self._undo = undo

    def context(self, plan: EnrolmentPlan | None = None) -> CheckContext:
        """What checking a list asks of the register; with a plan, for being enrolled so."""
        rules, settings, regions = self._rules, self._rules.settings(), self._rules.regions
        nagari = regions.nagari()
        return CheckContext(
            today=self._file.clock().date(),
            home_regency=settings.regency,
            usual_regencies=settings.usual_nik_regencies,
            ages=AgeRules(settings.min_age, settings.max_age),
            known_regions=regions.known,
            kecamatan={region.code: region.name for region in regions.kecamatan()},
            nagari={region.code: region.name for region in nagari},
            aliases={region.code: found for region in nagari if (found := regions.aliases(region.code))},
            occupations=rules.occupations.all(),
            rates=rules.rates,
            scheme=None if plan is None else rules.schemes.get(plan.scheme),
            plan=plan,
            required=POTENTIAL if plan is None else REGISTRATION,
            family_cards=self._family_cards,
        )

    def preview(
        self,
        checked: CheckedList,
        mode: Mode,
        resolutions: Mapping[int, Resolution] | None = None,
        plan: EnrolmentPlan | None = None,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """What would become of each row; nothing is written. `resolutions` are of doubtful rows, by their place."""
        with self._file.reading():
            intention, problems = self._intend(checked, mode, resolutions or {}, plan, progress)
            return _preview_of(intention, problems, days_taken_in(self._file, checked.table.source.hash))

    def take_in(
        self,
        checked: CheckedList,
        mode: Mode,
        resolutions: Mapping[int, Resolution] | None = None,
        plan: EnrolmentPlan | None = None,
        progress: Progress | None = None,
        *,
        seen: ImportPreview | None = None,
        backups: Path | None = None,
    ) -> ListImport:
        """Writes all rows that are neither doubtful nor left out, in one transaction, after a backup into `backups`
        (``cadangan`` beside the file unless told otherwise) where the newest one there lacks anything.

        Raises Rejected, with nothing changed, for a right, a stop of the list, a scheme or fund that does not allow
        it, and where the register no longer is as it was for the preview that was `seen`; StorageFailure for the disk.
        While a long list is written, whoever else reads the file waits.
        """
        resolutions = resolutions or {}
        self._file.require(Right.ENTER)
        if mode is Mode.UPDATE:
            self._file.require(Right.CORRECT)
        if checked.stops:
            raise Rejected(checked.stops)
        _refuse_masks(checked)
        self._back_up(backups, progress)
        with self._file.spilling(), self._file.change(Right.ENTER) as change:
            intention, problems = self._intend(checked, mode, resolutions, plan, progress)
            if problems:
                raise Rejected(problems)
            _refuse_without_reason(intention, resolutions)
            if seen is not None:
                _refuse_other(intention, seen)
            if not (intention.places(Outcome.NEW, Outcome.CHANGED) or any(intention.patterns)):
                message = N_("Nothing of this list would be written. The preview says why, beside each row.")
                raise Rejected([Problem("list", "nothing_to_write", message)])
            office = self._rules.settings().office_code
            return Writing(change, intention, resolutions, office, progress).write()

    @from_rows
    def imports(self, limit: int = 200) -> tuple[ListImport, ...]:
        """The lists that were taken in, newest first, with those taken back."""
        rows = self._file.rows(f"{_IMPORT} ORDER BY list_import.id DESC LIMIT ?", (limit,))
        return tuple(_import_of(row) for row in rows)

    @from_rows
    def get(self, list_import: int) -> ListImport:
        """The import of an id; LookupError when there is none."""
        row = self._file.row(f"{_IMPORT} WHERE list_import.id = ?", (list_import,))
        if row is None:
            raise LookupError(f"no import {list_import}")
        return _import_of(row)

    def touched_since(self, list_import: int, most: int = 5) -> TouchedSince:
        """What keeps an import from being taken back; nothing while its `count` is 0."""
        return touched_since(self._file.connection, self.get(list_import).save, most)

    def undo(self, list_import: int, progress: Progress | None = None) -> None:
        """Takes a whole import back. Raises Rejected, with nothing changed, where something later touched its rows."""
        made = self.get(list_import)
        if made.imported_by != self._file.user:
            self._file.require(Right.CORRECT)
        if made.is_undone:
            message = N_("This list was taken back already.")
            raise Rejected([Problem("save", "undone_already", message)])
        step = self._undo.step_of(made.save)
        assert step is not None
        self._undo.undo(step, progress)

    def origin_of(self, worker: int) -> ListOrigin | None:
        """The list that a worker came in on; where it did not come from a list, the one that changed it last."""
        rows = self._file.rows(
            "SELECT origin, at, user FROM audit WHERE kind = 'worker' AND record = ? AND origin LIKE 'list:%' "
            "AND action IN ('add', 'correct') ORDER BY action = 'add' DESC, id DESC LIMIT 1",
            (worker,),
        )
        for origin, at, user in rows:
            found = read_origin(origin)
            if found is not None:
                list_import, row, file_hash, file = found
                return ListOrigin(file, file_hash, row, datetime.fromisoformat(at), user, list_import)
        return None

    # Before anything is written

    def _intend(
        self,
        checked: CheckedList,
        mode: Mode,
        resolutions: Mapping[int, Resolution],
        plan: EnrolmentPlan | None,
        progress: Progress | None,
    ) -> tuple[Intention, tuple[Problem, ...]]:
        """What would become of each row, and what keeps the whole list out."""
        today = self._file.clock().date()
        problems = checked.stops
        if plan is not None:
            problems += problems_of_whole(checked, plan, self._rules.schemes.get(plan.scheme), today)
        rules = None if plan is None or len(problems) > len(checked.stops) else self._rules_of(plan, today)
        matching = Matching(self._file, checked, mode, resolutions, progress)
        intention = matching.intention
        matching.by_number()
        enrolling = None if rules is None else Enrolling(self._file, rules, intention, progress)
        judge = self._rules.registration.judge_record(today)
        for part in matching.registered():
            workers = matching.compare(part, is_enrolled=rules is not None)
            before = dict(part)
            for place, worker in tuple(workers.items()):
                if intention.outcomes[place] is Outcome.CHANGED:
                    after = judge(worker)
                    if after and not matching.judge_changed(
                        place, judge(worker_rows.worker_of(before[place])), after, worker.reasons
                    ):
                        del workers[place]
            if enrolling is not None:
                enrolling.registered(workers)
        new = matching.new_places()
        look_for_doubts(self._file, intention, new, resolutions, progress)
        if rules is not None and enrolling is not None and plan is not None:
            enrolling.new([place for place in new if intention.outcomes[place] is Outcome.NEW])
            problems += self._problems_of_fund(plan, rules.scheme, intention)
        return intention, problems

    def _rules_of(self, plan: EnrolmentPlan, today: date) -> EnrolRules:
        rules = self._rules
        office = rules.settings().office_code
        against = speaking_against(self._file)
        return EnrolRules(
            plan, today, rules.schemes, rules.rates, rules.occupations, rules.registration, office, against
        )

    def _problems_of_fund(self, plan: EnrolmentPlan, scheme: Scheme, intention: Intention) -> tuple[Problem, ...]:
        costs = [
            pattern.contribution
            for pattern, outcome in zip(intention.patterns, intention.outcomes, strict=True)
            if pattern is not None and outcome in enrolled_outcomes()
        ]
        trouble, _fits = fund_problem(self._rules.funds, plan, scheme, costs)
        return () if trouble is None else (trouble,)

    def _back_up(self, folder: Path | None, progress: Progress | None) -> None:
        def tell(_stage: str) -> None:
            if progress is not None:
                progress("backup", 0, 0)

        back_up_before(self._file, folder, tell)

    def _family_cards(self, numbers: Any) -> frozenset[str]:
        rows = self._file.rows(
            "SELECT DISTINCT family_card FROM worker WHERE living = 1 AND family_card <> '' "
            "AND family_card IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return frozenset(row[0] for row in rows)


def _preview_of(intention: Intention, problems: tuple[Problem, ...], before: tuple[date, ...]) -> ImportPreview:
    patterns = [pattern for pattern in intention.patterns if pattern is not None]
    return ImportPreview(
        rows=RowPreviews(len(intention.outcomes), lambda place: _row_of(intention, place)),
        counts=intention.counts(),
        enrolled=len(patterns),
        cost=sum(pattern.contribution for pattern in patterns),
        problems=problems,
        taken_in_before=before,
    )


def _row_of(intention: Intention, place: int) -> RowPreview:
    likely = intention.doubts.get(place)
    worker = intention.workers[place] or (likely.worker if likely else None)
    return RowPreview(
        place=place,
        outcome=intention.outcomes[place],
        worker=worker,
        changes=intention.changes.get(place, ()),
        enrolment_problems=intention.enrolment_problems.get(place, ()),
        is_enrolled=bool(intention.patterns) and intention.patterns[place] is not None,
        problems=intention.problems.get(place, ()),
        doubt=likely.doubt if likely else None,
        like_place=likely.place if likely else None,
        score=likely.score if likely else 0.0,
        like_reason=likely.reason if likely else "",
    )


def _refuse_masks(checked: CheckedList) -> None:
    for place, problem in masked_places(checked):
        raise Rejected([problem], row_subject(checked, place))


def _refuse_without_reason(intention: Intention, resolutions: Mapping[int, Resolution]) -> None:
    """Who says that two who look alike are two must say why, for it is never asked again."""
    for place in intention.doubts:
        decided = resolutions.get(place)
        is_new = intention.outcomes[place] is Outcome.NEW and decided is not None and decided.worker is None
        if is_new and decided is not None and not decided.reason.strip():
            message = N_("Say why they are two persons, for instance “twins”: whoever asks again reads it.")
            raise Rejected([Problem("reason", "reason_missing", message)], row_subject(intention.checked, place))


def _refuse_other(intention: Intention, seen: ImportPreview) -> None:
    """Nobody must be shown one thing and get another."""
    now = _preview_of(intention, (), ())
    if (now.enrolled, now.cost) != (seen.enrolled, seen.cost):
        message = N_(
            "The prices were changed since the preview, so the sum would be another one. Nothing was written. Look at "
            "the preview once more, then take the list in."
        )
        raise Rejected([Problem("list", "changed_meanwhile", message)])
    for one, other in zip(now.rows, seen.rows, strict=True):
        if one != other:
            message = N_(
                "The register was changed since the preview: for this row something else would be written now. "
                "Nothing was written. Look at the preview once more, then take the list in."
            )
            raise Rejected([Problem("list", "changed_meanwhile", message)], row_subject(intention.checked, one.place))


def _import_of(row: tuple[Any, ...]) -> ListImport:
    return ListImport(
        id=row[0], purpose=Purpose(row[1]), file=row[2], hash=row[3], sheet=row[4], mapping=row[5], mode=row[6],
        rows=row[7], counts=json.loads(row[8]), imported_on=date.fromisoformat(row[9]), imported_by=row[10],
        save=row[11], is_undone=not row[12],
    )  # fmt: skip
