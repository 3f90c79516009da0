"""The query for a narrowed list of workers: everybody whom a typed text may mean, in any order of the list."""

from __future__ import annotations

from typing import NamedTuple

from models.people.lines import Standing, WorkerFilter, WorkerOrder
from models.people.names import fold
from models.storage.regions import Regions
from models.values.months import Month

END = "\U0010ffff"
"""Sorts after every letter: the end of a range of words with the same beginning."""
TRIGRAM = 3
"""Letters from which on the name index finds a part of a word."""
FORMER = (
    "WITH RECURSIVE chain (id) AS ("
    "SELECT kept FROM worker_merge WHERE other_nik >= ? AND other_nik < ? AND living = 1 "
    "UNION SELECT merged_into FROM worker JOIN chain ON worker.id = chain.id WHERE merged_into IS NOT NULL"
    ") SELECT id FROM chain"
)
"""Ids of those into whom records with such a NIK were merged."""
FORMER_FROM = 6
"""So many digits of a NIK lead to records that were merged as well."""
_MOST_NAGARI = 20
_MANY = 5_000
_ORDERS = {
    WorkerOrder.NAME: ("worker_name", "name_key {way}, id {way}"),
    WorkerOrder.NIK: ("worker_nik", "nik {way}"),
    WorkerOrder.NAGARI: ("worker_nagari", "nagari {way}, born_on {way}, id {way}"),
    WorkerOrder.NEWEST: ("", "id {other}"),
    WorkerOrder.COVERED_UNTIL: ("worker_covered_until", "covered_until {way}, id {way}"),
}
"""The index that has the order, and the order. The planner knows nothing of how rare a standing or a nagari is."""

Query = tuple[str, tuple[object, ...]]
"""SQL and its parameters."""


def ids_query(narrowed: WorkerFilter, regions: Regions, limit: int | None, *, many_begin: bool = False) -> Query:
    """The query for the ids of a narrowed list.

    In the order of names, those come first whose NIK, family card or name begins with the text. `many_begin`: so
    many NIK begin with the digits of the text (`beginnings_query`) that nothing else is looked for.
    """
    index, order = _ORDERS[narrowed.order]
    order = order.format(way="DESC" if narrowed.descending else "ASC", other="ASC" if narrowed.descending else "DESC")
    where, parameters = _narrowing(narrowed)
    ranking: list[object] = []
    if narrowed.text.strip():
        index = ""
        by_nearness = narrowed.order is WorkerOrder.NAME and not narrowed.descending
        digits = digits_of(narrowed.text)
        if digits and many_begin:
            where += ["nik >= ?", "nik < ?"]
            parameters += [digits, digits + ":"]
            order = "nik" if by_nearness else order
        else:
            meant = _meant(narrowed.text, regions)
            where.append(f"id IN ({meant.sql})")
            parameters += meant.parameters
            if by_nearness:
                order, ranking = f"{meant.rank}, {order}", meant.rank_parameters
    elif where and narrowed.order is not WorkerOrder.NAME:
        where = [f"id IN (SELECT id FROM worker INDEXED BY worker_name WHERE {' AND '.join(['living = 1', *where])})"]
    sql = f"SELECT id FROM worker {'INDEXED BY ' + index if index else ''} "
    sql += f"WHERE {' AND '.join(['living = 1', *where])} ORDER BY {order}"
    if limit is not None:
        sql += f" LIMIT {limit}"
    return sql, (*parameters, *ranking)


def beginnings_query(text: str) -> Query | None:
    """Gives a row when the text is the beginning of very many NIK; None where it is no number."""
    digits = digits_of(text)
    if not digits:
        return None
    return f"SELECT 1 FROM worker WHERE nik >= ? AND nik < ? AND living = 1 LIMIT 1 OFFSET {_MANY}", (
        digits,
        digits + ":",
    )


def _narrowing(narrowed: WorkerFilter) -> tuple[list[str], list[object]]:
    """Conditions that the index of names answers by itself, and their parameters."""
    where: list[str] = []
    parameters: list[object] = []
    if area := narrowed.nagari or narrowed.kecamatan:
        where.append("nagari >= ? AND nagari < ?")
        parameters += [area, area + END]
    if narrowed.scheme is not None:
        where.append("instr(' ' || schemes || ' ', ?)")
        parameters.append(f" {narrowed.scheme} ")
    if narrowed.standing is not None:
        month = (narrowed.month or Month(1900, 1)).index
        where.append(
            {
                Standing.NOT_ENROLLED: "covered_until IS NULL",
                Standing.ENDED: f"covered_until < {month}",
                Standing.ENROLLED: f"covered_until >= {month}",
            }[narrowed.standing]
        )
    return where, parameters


def digits_of(text: str) -> str:
    """The digits of a number or its beginning, typed with or without separators; empty for anything else."""
    digits = "".join(text.split()).replace(".", "").replace("-", "")
    return digits if digits.isascii() and digits.isdigit() else ""


def matching(words: list[str]) -> str:
    """An FTS5 query for names that hold every word somewhere."""
    return "{name_key} : (" + " AND ".join(f'"{word}"' for word in words) + ")"


class _Meant(NamedTuple):
    """A query for the ids of everybody whom a text means, and an expression that is smallest for the nearest."""

    sql: str
    parameters: list[object]
    rank: str
    rank_parameters: list[object]


def _meant(text: str, regions: Regions) -> _Meant:
    digits = digits_of(text)
    if digits:
        return _meant_by_digits(digits)
    key = fold(text)
    return _meant_by_words(key, regions) if key else _Meant("SELECT id FROM worker WHERE 0", [], "NULL", [])


def _meant_by_digits(digits: str) -> _Meant:
    parts: list[str] = []
    parameters: list[object] = []
    for field in ("nik", "family_card"):
        parts.append(f"SELECT id FROM worker WHERE {field} >= ? AND {field} < ? AND {field} <> '' AND living = 1")
        parameters += [digits, digits + ":"]
    if len(digits) >= FORMER_FROM:
        parts.append(f"SELECT id FROM ({FORMER})")
        parameters += [digits, digits + ":"]
    if len(digits) >= TRIGRAM:
        parts.append("SELECT rowid FROM worker_text WHERE worker_text MATCH ?")
        parameters.append(f'{{nik family_card}} : "{digits}"')
    rank = "CASE WHEN nik >= ? AND nik < ? THEN 0 WHEN family_card >= ? AND family_card < ? THEN 1 ELSE 2 END"
    return _Meant(" UNION ".join(parts), parameters, rank, [digits, digits + ":"] * 2)


def _meant_by_words(key: str, regions: Regions) -> _Meant:
    """By the beginning of the name, by all words anywhere in it, by nagari, and by name words before a nagari."""
    words = key.split()
    parts = [_STARTS]
    parameters: list[object] = [key, key + END]
    if any(len(word) >= TRIGRAM for word in words):
        sql, of_words = _holding(words)
        parts.append(sql)
        parameters += of_words
    for place in range(len(words)):
        before, after = words[:place], " ".join(words[place:])
        if len(after) < TRIGRAM:
            break  # a letter or two would name half of all nagari
        codes = [region.code for region in regions.nagari_named(after)][:_MOST_NAGARI]
        if not codes:
            continue
        lies_there = f"nagari IN ({','.join('?' * len(codes))})"
        if not before:
            parts.append(f"SELECT id FROM worker WHERE {lies_there} AND living = 1")
        elif any(len(word) >= TRIGRAM for word in before):
            sql, of_words = _holding(before)
            parts.append(f"SELECT id FROM worker WHERE id IN ({sql}) AND {lies_there} AND living = 1")
            parameters += of_words
        else:
            parts.append(f"{_STARTS} AND {lies_there}")
            parameters += [" ".join(before), " ".join(before) + END]
        parameters += codes
    rank = "CASE WHEN name_key >= ? AND name_key < ? THEN 0 WHEN instr(name_key, ?) THEN 1 ELSE 2 END"
    return _Meant(" UNION ".join(parts), parameters, rank, [key, key + END, words[0]])


_STARTS = "SELECT id FROM worker WHERE name_key >= ? AND name_key < ? AND living = 1"


def _holding(words: list[str]) -> tuple[str, list[object]]:
    """A query for the ids of names that hold every word: long ones anywhere, short ones at the start of a word."""
    long = [word for word in words if len(word) >= TRIGRAM]
    short = [word for word in words if len(word) < TRIGRAM]
    if not short:
        return "SELECT rowid FROM worker_text WHERE worker_text MATCH ?", [matching(long)]
    starts = " AND ".join("instr(' ' || worker.name_key, ?)" for _ in short)
    sql = (
        "SELECT worker.id FROM worker_text JOIN worker ON worker.id = worker_text.rowid "
        f"WHERE worker_text MATCH ? AND {starts}"
    )
    return sql, [matching(long), *(f" {word}" for word in short)]
