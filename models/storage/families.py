"""Families by the number of their card: who belongs to one, and moving members to another, with every value kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from models.language import N_
from models.offices.users import Right
from models.people.family import Family, FamilyMove
from models.people.family_card import parse_family_card
from models.people.registration import Registration
from models.people.worker import Worker
from models.problems import Problem, Rejected
from models.storage.opening import OpenFile
from models.storage.worker_search import WorkerSearch
from models.storage.workers import correct_worker, get_worker
from models.values.digits import strip_separators

_HOME = ("address", "jorong", "nagari", "postcode")


class Families:
    """Who lives on one family card."""

    def __init__(self, file: OpenFile, registration: Registration, search: WorkerSearch) -> None:
        self._file = file
        self._registration = registration
        self._search = search

    def of(self, card: str) -> Family:
        """The family of a card; without members where nobody has the number."""
        return Family(card, self._search.family(card), self._search.find_nik(card) if card else None)

    def of_worker(self, worker: int) -> Family:
        """The family of a worker, who is alone where no card is known. LookupError when there is no such worker."""
        card = get_worker(self._file, worker).family_card
        return self.of(card) if card else Family("", tuple(self._search.lines([worker])))

    def preview_move(self, workers: Iterable[int], card: str) -> FamilyMove:
        """What moving these workers to a card would come to."""
        ids = tuple(dict.fromkeys(workers))
        moving = [get_worker(self._file, id) for id in ids]
        digits = strip_separators(card)
        joined = tuple(line for line in self._search.family(digits) if line.id not in ids)
        staying = {
            line.id: line for one in moving for line in self._search.family(one.family_card) if line.id not in ids
        }
        return FamilyMove(
            digits,
            tuple(self._search.lines(list(ids))),
            tuple(line for line in staying.values() if line not in joined),
            joined,
            get_worker(self._file, joined[0].id) if joined else None,
            self._problems(moving, digits),
        )

    def move(
        self, workers: Iterable[int], card: str, *, with_address: bool = False, reason: str = ""
    ) -> tuple[Worker, ...]:
        """Gives these workers another card, in one transaction, each with its audit row; `with_address` also the home
        of the family that has it. The reason is kept for what the rules warn of.

        Raises Rejected: nobody to move, a number that cannot be one, a warning without a reason, the role.
        """
        reason = " ".join(reason.split())
        with self._file.change(Right.CORRECT) as change:
            ids = tuple(dict.fromkeys(workers))
            preview = self.preview_move(ids, card)
            wrong = [problem for problem in preview.problems if problem.is_error or not reason]
            if wrong:
                raise Rejected(wrong)
            given = {problem.code: reason for problem in preview.problems}
            home = {name: getattr(preview.home, name) for name in _HOME} if with_address and preview.home else {}
            moved = []
            for id in ids:
                old = get_worker(self._file, id)
                new = replace(old, family_card=preview.card, reasons={**old.reasons, **given}, **home)
                moved.append(correct_worker(change, old, new))
        return tuple(moved)

    def _problems(self, moving: list[Worker], card: str) -> tuple[Problem, ...]:
        if not moving:
            message = N_("Choose who moves: Space marks a member.")
            return (Problem("moving", "nobody_moves", message),)
        today = self._file.clock().date()
        parsed, problems = parse_family_card(card, today)
        if parsed is None:
            message = N_("Type the number of the new family card: 16 digits, at the top of the card.")
            return problems or (Problem("family_card", "family_card_missing", message),)
        if all(one.family_card == card for one in moving):
            message = N_("They are on this family card already. Type the number of the other one.")
            return (Problem("family_card", "same_card", message),)
        found: dict[str, Problem] = {}
        for one in moving:
            for problem in self._registration.problems_of(replace(one, family_card=card), None, today):
                if problem.field == "family_card" and not one.reasons.get(problem.code):
                    found.setdefault(problem.code, problem)
        return tuple(found.values())
