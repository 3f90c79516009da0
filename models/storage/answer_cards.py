"""Whose the cards of an answer are: one person has one, and a column that slipped gives everybody the next one's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.exchange.answers import AnswerOutcome, AnswerRow
from models.exchange.checked import CheckedList
from models.language import N_
from models.people.names import fold
from models.problems import Problem
from models.storage.opening import OpenFile

_OWNERS = (
    "SELECT worker.kpj, id, name FROM worker WHERE living = 1 AND worker.kpj <> '' "
    "AND worker.kpj IN (SELECT value FROM json_each(?1)) "
    "UNION SELECT enrolment.kpj, worker.id, name FROM enrolment JOIN worker ON worker.id = enrolment.worker "
    "WHERE counts = 1 AND living = 1 AND enrolment.kpj <> '' AND enrolment.kpj IN (SELECT value FROM json_each(?1))"
)


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of one answer."""

    owners: Mapping[str, Mapping[int, str]]
    """KPJ -> the workers who have it, with their names."""
    twice: frozenset[str]
    """KPJ that stand beside several people of the list."""

    def judged(self, row: AnswerRow) -> AnswerRow:
        """The row, refused where the card that it would write is somebody else's."""
        if row.outcome not in (AnswerOutcome.CARD, AnswerOutcome.ACTIVATED):
            return row
        if row.kpj in self.twice:
            message = N_("The KPJ {kpj} stands beside several people of this list. Compare with the cards.")
            return _refused(row, Problem("kpj", "kpj_twice", message, {"kpj": row.kpj}))
        others = [name for id, name in self.owners.get(row.kpj, {}).items() if id != row.worker]
        if others:
            message = N_("{name} has the KPJ {kpj} already. Compare with both cards before anything is written.")
            return _refused(row, Problem("kpj", "kpj_of_other", message, {"name": others[0], "kpj": row.kpj}))
        return row


def cards_of(file: OpenFile, checked: CheckedList) -> Cards:
    """Who has the cards of a list, in the register and by the list itself."""
    people: dict[str, set[str]] = defaultdict(set)
    nothing = [None] * len(checked)
    kpj, nik, names = (checked.values.get(name, nothing) for name in ("kpj", "nik", "name"))
    for card, number, name in zip(kpj, nik, names, strict=True):
        if card:
            people[str(card)].add(str(number or fold(str(name or ""))))
    owners: dict[str, dict[int, str]] = defaultdict(dict)
    for card, id, name in file.rows(_OWNERS, (json.dumps(sorted(people)),)) if people else ():
        owners[card][id] = name
    return Cards(owners, frozenset(card for card, found in people.items() if len(found) > 1))


def _refused(row: AnswerRow, problem: Problem) -> AnswerRow:
    return AnswerRow(
        row.place, AnswerOutcome.REFUSED, row.worker, enrolment=row.enrolment, problem=problem, note=row.note
    )
