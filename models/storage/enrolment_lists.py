"""Lists of enrolments: which ones, in which order, and the lines of those that are looked at."""

from __future__ import annotations

import json
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from models.language import N_
from models.problems import Problem
from models.schemes.cards import CardRow
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import NEXT
from models.schemes.lines import EnrolmentFilter, EnrolmentLine
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.rows import from_rows
from models.storage.schemes import Schemes
from models.values.months import Month, Period

_END = "\U0010ffff"
"""Sorts after every letter: the end of a range of codes with the same beginning."""
_MANY = 1 << 32
"""Below it an id is eight hexadecimal digits."""
_CAN_BE_ACTIVE = frozenset(state for state, after in NEXT.items() if EnrolmentState.ACTIVE in after)


class EnrolmentLists:
    """Reading alone."""

    def __init__(self, file: OpenFile, regions: Regions, schemes: Schemes) -> None:
        self._file = file
        self._regions = regions
        self._schemes = schemes

    def ids(self, narrowed: EnrolmentFilter, limit: int | None = None) -> array[int]:
        """Ids of a narrowed list in the order of nagari and name, 8 bytes each; with `limit` only its beginning."""
        if limit is None and narrowed == EnrolmentFilter(area=narrowed.area) and self._last_id() < _MANY:
            return self._of_places(narrowed.area)
        where = ["worker.living = 1"]
        parameters: list[object] = []
        for column, value in (
            ("scheme", narrowed.scheme),
            ("fund", narrowed.fund),
            ("decree", narrowed.decree),
            ("state", narrowed.state),
        ):
            if value is not None:
                where.append(f"enrolment.{column} = ?")
                parameters.append(value)
        if narrowed.area:
            where.append("nagari >= ? AND nagari < ?")
            parameters += [narrowed.area, narrowed.area + _END]
        sql = (
            "SELECT enrolment.id AS id FROM enrolment JOIN worker ON worker.id = enrolment.worker "
            f"WHERE {' AND '.join(where)} ORDER BY nagari, name_key, worker.id, enrolment.id"
        )
        return self._file.ids(sql if limit is None else f"{sql} LIMIT {limit}", tuple(parameters))

    def lines(self, ids: Sequence[int]) -> tuple[EnrolmentLine, ...]:
        """The lines of some ids, in their order; those that are gone are left out."""
        rows = self._file.rows(
            "SELECT enrolment.id, worker, nik, name, nagari, scheme, first_month, last_month, contribution, state, "
            "enrolment.kpj, coalesce((SELECT CASE number WHEN '' THEN title ELSE number END FROM legal_basis "
            "WHERE legal_basis.id = decree), ''), state_reason, rejection "
            "FROM enrolment JOIN worker ON worker.id = enrolment.worker "
            "WHERE enrolment.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        lines = {row[0]: self._line(row) for row in rows}
        return tuple(lines[id] for id in ids if id in lines)

    def owners(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Ids of the workers of some enrolments, none twice, in the order of the list."""
        wanted = list(ids)
        rows = self._file.rows(
            "SELECT id, worker FROM enrolment WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
        )
        found = dict(rows)
        return tuple(dict.fromkeys(found[id] for id in wanted if id in found))

    def decrees(self, ids: Iterable[int]) -> tuple[int | None, ...]:
        """The decrees that name some enrolments, each once; None where one of them stands in none."""
        rows = self._file.rows(
            "SELECT DISTINCT decree FROM enrolment WHERE id IN (SELECT value FROM json_each(?)) ORDER BY decree",
            (json.dumps(list(ids)),),
        )
        return tuple(row[0] for row in rows)

    def with_cards(self, ids: Iterable[int], rows: Sequence[CardRow]) -> tuple[tuple[CardRow, int | Problem], ...]:
        """For each pasted line the enrolment of the list `ids` that it means, or why none can be told."""
        among = set(ids)
        by_key: dict[str, list[tuple[int, EnrolmentState]]] = defaultdict(list)
        keys = json.dumps([row.nik for row in rows if row.nik])
        names = json.dumps([row.name_key for row in rows if row.name_key])
        for column, wanted in (("nik", keys), ("name_key", names)):
            for key, id, state in self._file.rows(
                f"SELECT {column}, enrolment.id, state FROM worker JOIN enrolment ON enrolment.worker = worker.id "
                f"WHERE {column} IN (SELECT value FROM json_each(?)) AND living = 1",
                (wanted,),
            ):
                if id in among:
                    by_key[key].append((id, EnrolmentState(state)))
        return tuple((row, row.problem or _meant(row, by_key[row.nik or row.name_key])) for row in rows)

    def _last_id(self) -> int:
        row = self._file.row("SELECT coalesce(max(id), 0) FROM enrolment")
        return int(row[0]) if row else 0

    def _of_places(self, area: str) -> array[int]:
        """Everybody, or all of an area: millions come in the order of names from the index alone, and are then laid
        out by nagari here. Sorted by SQLite they would take three times as long.
        """
        found = self._file.row(
            "SELECT group_concat(printf('%08x%08x', id, place), '') FROM ("
            "SELECT enrolment.id AS id, coalesce(region.rowid, 0) AS place FROM worker INDEXED BY worker_name "
            "LEFT JOIN region ON region.code = nagari CROSS JOIN enrolment ON enrolment.worker = worker.id "
            "WHERE worker.living = 1 AND nagari >= ? AND nagari < ? ORDER BY name_key, worker.id, enrolment.id)",
            (area, area + _END),
        )
        if found is None or not found[0]:
            return array("q")
        numbers = array("I", bytes.fromhex(found[0]))
        if sys.byteorder == "little":
            numbers.byteswap()
        by_place: defaultdict[int, array[int]] = defaultdict(lambda: array("q"))
        for id, place in zip(numbers[::2], numbers[1::2], strict=True):
            by_place[place].append(id)
        codes = dict(self._file.rows("SELECT rowid, code FROM region WHERE level = 4"))
        ids = array("q")
        for place in sorted(by_place, key=lambda place: codes.get(place, "")):
            ids.extend(by_place[place])
        return ids

    @from_rows
    def _line(self, row: tuple[Any, ...]) -> EnrolmentLine:
        id, worker, nik, name, nagari, scheme, first, last, contribution, state, kpj, decree, reason, rejection = row
        return EnrolmentLine(
            id,
            worker,
            nik,
            name,
            self._regions.name(nagari),
            self._schemes.get(scheme).code,
            Period(Month.from_index(first), Month.from_index(last)),
            contribution,
            EnrolmentState(state),
            kpj,
            decree,
            reason,
            rejection,
        )


def _meant(row: CardRow, found: list[tuple[int, EnrolmentState]]) -> int | Problem:
    open_ = [id for id, state in found if state in _CAN_BE_ACTIVE]
    chosen = open_ or [id for id, _state in found]
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        message = N_(
            "Nobody in the list is called so or has this NIK. Compare with the list, or narrow it otherwise."
        )
        return Problem("cards", "person_unknown", message)
    message = N_("{count} enrolments in the list fit. Paste the NIK instead of the name, or narrow the list.")
    return Problem("cards", "person_unclear", message, {"count": len(chosen)})
