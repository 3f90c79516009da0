"""Finding workers: by NIK or family card, by name, by nagari, for a list."""

from __future__ import annotations

from array import array
from datetime import date
from typing import Any

from models.people.lines import WorkerFilter, WorkerLine
from models.people.names import fold
from models.people.worker import Sex
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.rows import from_rows
from models.storage.schemes import Schemes
from models.storage.worker_filter import (
    END,
    FORMER,
    FORMER_FROM,
    TRIGRAM,
    beginnings_query,
    digits_of,
    ids_query,
    matching,
)
from models.values.months import Month

_LINE = (
    "SELECT worker.id, worker.nik, worker.name, born_on, sex, nagari, worker.family_card, schemes, covered_from, "
    "covered_until FROM worker"
)

BOUND = 2_000
"""Hits of a word that are looked at more closely; a clerk who gets too many types another letter."""


class WorkerSearch:
    """Reading workers as lines; every query is bounded, so that a key press stays quick at a million workers."""

    def __init__(self, file: OpenFile, regions: Regions, schemes: Schemes) -> None:
        self._file = file
        self._regions = regions
        self._schemes = schemes

    def find_nik(self, nik: str) -> WorkerLine | None:
        """The living worker with this NIK."""
        found = self._lines("WHERE nik = ? AND living = 1", (nik,))
        return found[0] if found else None

    def by_former_nik(self, first: str, end: str, limit: int) -> tuple[WorkerLine, ...]:
        """Living workers who stood in the register a second time, under a NIK from `first` up to before `end`, until
        the two records were merged."""
        return self._lines(f"WHERE id IN ({FORMER}) AND living = 1 LIMIT ?", (first, end, limit))

    def family(self, family_card: str) -> tuple[WorkerLine, ...]:
        """The living workers with this family card, oldest first."""
        if not family_card:
            return ()
        return self._lines(
            "WHERE family_card = ? AND family_card <> '' AND living = 1 ORDER BY born_on LIMIT 50", (family_card,)
        )

    def count(self) -> int:
        """How many living workers there are."""
        row = self._file.row("SELECT count(*) FROM worker WHERE living = 1")
        return int(row[0]) if row else 0

    def lines(self, ids: list[int]) -> list[WorkerLine]:
        """The workers of some ids (at most some hundred), in the same order; unknown ids are left out."""
        marks = ",".join("?" * len(ids))
        by_id = {line.id: line for line in self._lines(f"WHERE id IN ({marks})", tuple(ids))}
        return [by_id[id] for id in ids if id in by_id]

    def starting_with(self, text: str, limit: int = 50) -> tuple[WorkerLine, ...]:
        """Workers whose NIK, family card or name begins with the text: what a key press shows at once."""
        if digits := digits_of(text):
            found = self._lines(
                "WHERE nik >= ? AND nik < ? AND living = 1 ORDER BY nik LIMIT ?", (digits, digits + ":", limit)
            )
            if len(found) < limit and len(digits) >= FORMER_FROM:
                found = _joined(found, self.by_former_nik(digits, digits + ":", limit), limit)
            return found or self._lines(
                "WHERE family_card >= ? AND family_card < ? AND family_card <> '' AND living = 1 "
                "ORDER BY family_card LIMIT ?",
                (digits, digits + ":", limit),
            )
        key = fold(text)
        if not key:
            return ()
        return self._lines(
            "WHERE name_key >= ? AND name_key < ? AND living = 1 ORDER BY name_key, id LIMIT ?",
            (key, key + END, limit),
        )

    def search(self, text: str, limit: int = 50) -> tuple[WorkerLine, ...]:
        """The same first, then those with the text anywhere in NIK, family card or name, and by nagari.

        A name may be followed by a nagari: ``siti kinali``. Texts under three letters are looked for at the beginning
        alone. Every step looks at a bounded number of rows, so the last of many hits may be missing.
        """
        found = self.starting_with(text, limit)
        if len(found) == limit:
            return found
        digits = digits_of(text)
        if digits:
            if len(digits) >= TRIGRAM:
                found = _joined(found, self._by_text(f'{{nik family_card}} : "{digits}"', "", limit), limit)
            return found
        words = fold(text).split()
        if any(len(word) >= TRIGRAM for word in words):
            found = _joined(found, self._by_words(words, (), limit), limit)
        for place in range(len(words)):
            if len(found) == limit:
                break
            nagari = " ".join(words[place:])
            if len(nagari) >= TRIGRAM:
                codes = tuple(region.code for region in self._regions.nagari_named(nagari)[:20])
                if codes:
                    found = _joined(found, self._by_words(words[:place], codes, limit), limit)
        return found

    def ids(self, narrowed: WorkerFilter, limit: int | None = None) -> array[int]:
        """The ids of a narrowed list, in its order, 8 bytes a worker; with `limit` only its beginning.

        Everybody whom the text may mean is in it, however many: unlike `search` it is meant for the background.
        """
        beginnings = beginnings_query(narrowed.text)
        many_begin = beginnings is not None and self._file.row(*beginnings) is not None
        return self._file.ids(*ids_query(narrowed, self._regions, limit, many_begin=many_begin))

    def _by_words(self, words: list[str], nagari: tuple[str, ...], limit: int) -> tuple[WorkerLine, ...]:
        """Workers with every word somewhere in the name, in one of the nagari where some are given."""
        within = f"nagari IN ({','.join(repr(code) for code in nagari)})" if nagari else "1"
        long = [word for word in words if len(word) >= TRIGRAM]
        short = [word for word in words if len(word) < TRIGRAM]
        if long:
            further = "".join(f" AND instr(' ' || worker.name_key, ' {word}') > 0" for word in short)
            return self._by_text(matching(long), f"AND {within}{further}", limit)
        if not words:
            return self._lines(f"WHERE {within} AND living = 1 LIMIT ?", (limit,))
        start = " ".join(words)
        return self._lines(
            "WHERE id IN (SELECT id FROM worker WHERE name_key >= ? AND name_key < ? AND living = 1 "
            f"AND {within} LIMIT ?) ORDER BY name_key",
            (start, start + END, limit),
        )

    def _by_text(self, match: str, further: str, limit: int) -> tuple[WorkerLine, ...]:
        """Workers of a full-text match, in no order: sorting every hit of a short word would take long."""
        return tuple(
            self._line(row)
            for row in self._file.rows(
                "SELECT worker.id, worker.nik, worker.name, born_on, sex, nagari, worker.family_card, schemes, "
                "covered_from, covered_until "
                "FROM (SELECT rowid AS hit FROM worker_text WHERE worker_text MATCH ? LIMIT ?) "
                f"CROSS JOIN worker ON worker.id = hit WHERE 1 {further} LIMIT ?",
                (match, BOUND if further else limit, limit),
            )
        )

    def _lines(self, where: str, parameters: tuple[object, ...]) -> tuple[WorkerLine, ...]:
        return tuple(self._line(row) for row in self._file.rows(f"{_LINE} {where}", parameters))

    @from_rows
    def _line(self, row: tuple[Any, ...]) -> WorkerLine:
        id, nik, name, born_on, sex, nagari, family_card, schemes, first, last = row
        return WorkerLine(
            id,
            nik,
            name,
            date.fromisoformat(born_on) if born_on else None,
            Sex(sex) if sex else None,
            nagari,
            self._regions.name(nagari),
            family_card,
            tuple(self._schemes.get(int(scheme)).code for scheme in schemes.split()),
            None if first is None else Month.from_index(first),
            None if last is None else Month.from_index(last),
        )


def _joined(found: tuple[WorkerLine, ...], more: tuple[WorkerLine, ...], limit: int) -> tuple[WorkerLine, ...]:
    """The lines found first, then the others, none twice."""
    known = {line.id for line in found}
    return (*found, *(line for line in more if line.id not in known))[:limit]
