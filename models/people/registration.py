"""The rules of one office, ready to be asked about a worker and what it is to be enrolled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from models.offices.office import OfficeSettings
from models.people.duplicates import card_of_nik_warning, same_nik_problem
from models.people.lines import WorkerLine
from models.people.rules import POTENTIAL, REGISTRATION, AgeRules, problems_of, problems_when_enrolling
from models.people.worker import Worker
from models.problems import Problem
from models.schemes.enrolment import EnrolmentPlan


class Registration:
    """Asks every rule with the office's own limits, and whether the NIK is taken."""

    def __init__(
        self,
        load_settings: Callable[[], OfficeSettings],
        is_known_region: Callable[[str], bool],
        find_nik: Callable[[str], WorkerLine | None],
    ) -> None:
        self._load_settings = load_settings
        self._is_known_region = is_known_region
        self._find_nik = find_nik

    def judge(self, plan: EnrolmentPlan, today: date) -> Callable[[Worker], tuple[Problem, ...]]:
        """What is asked of many registered workers who are to be enrolled; the settings are read once."""
        settings = self._load_settings()
        ages = AgeRules(settings.min_age, settings.max_age)
        known = cache(self._is_known_region)

        usual, home = settings.usual_nik_regencies, settings.regency

        def judged(worker: Worker) -> tuple[Problem, ...]:
            return problems_when_enrolling(worker, today, ages, known, home, usual, plan.first)

        return judged

    def judge_record(self, today: date) -> Callable[[Worker], tuple[Problem, ...]]:
        """What is asked of many records that are to be kept without being enrolled; the settings are read once, and
        whether another has the NIK is not asked."""
        settings = self._load_settings()
        ages = AgeRules(settings.min_age, settings.max_age)
        known = cache(self._is_known_region)
        home, usual = settings.regency, settings.usual_nik_regencies

        def judged(worker: Worker) -> tuple[Problem, ...]:
            return problems_of(worker, today, ages, known, home, usual_regencies=usual, required=POTENTIAL)

        return judged

    def problems_of(self, worker: Worker, plan: EnrolmentPlan | None, today: date) -> tuple[Problem, ...]:
        """Errors and warnings of the worker; with a plan it needs all that a registration needs, at the first month."""
        settings = self._load_settings()
        problems = problems_of(
            worker,
            today,
            AgeRules(settings.min_age, settings.max_age),
            self._is_known_region,
            settings.regency,
            usual_regencies=settings.usual_nik_regencies,
            first_month=plan.first if plan is not None else None,
            required=REGISTRATION if plan is not None else POTENTIAL,
        )
        taken = self._find_nik(worker.nik) if len(worker.nik) == 16 else None
        if taken is not None and taken.id != worker.id:
            problems = (same_nik_problem(taken.nik, taken.name, taken.nagari_name), *problems)
        card = worker.family_card
        owner = self._find_nik(card) if len(card) == 16 and card != worker.nik else None
        if owner is not None and owner.id != worker.id:
            at = next((at for at, one in enumerate(problems) if one.field == "family_card"), len(problems))
            problems = (*problems[:at], card_of_nik_warning(owner), *problems[at:])
        return problems
