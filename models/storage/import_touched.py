"""What was done to the people of an import afterwards, and so keeps it from being taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from models.exchange.importing import Touched, TouchedSince
from models.language import N_, translate_count
from models.problems import Problem
from models.storage.driver import Connection
from models.storage.import_reversing import otherwise_now

_CHANGED = {
    ("worker", "correct"): N_("the record was corrected"),
    ("worker", "withdraw"): N_("the record was taken back"),
    ("worker", "merge"): N_("the record was merged with another one"),
    ("worker", "anonymise"): N_("the record was anonymised"),
    ("enrolment", "confirm"): N_("the enrolment was confirmed"),
    ("enrolment", "cancel"): N_("the enrolment was cancelled"),
    ("enrolment", "submit"): N_("the enrolment was submitted to BPJS"),
}
_OTHERWISE = {"worker": N_("the record was changed"), "enrolment": N_("the enrolment was changed")}
_ADDED = "SELECT min(record), max(record) FROM audit WHERE save = ? AND kind = ? AND action = 'add'"
"""The records that a save added; nothing comes between them, for one transaction wrote them."""
_OF_WORKERS = "worker BETWEEN :first AND :last"
_RESTS_ON_IT = (
    ("enrolment", f"SELECT worker, id FROM enrolment WHERE counts = 1 AND {_OF_WORKERS} "
                  "AND (:first_enrolment IS NULL OR id NOT BETWEEN :first_enrolment AND :last_enrolment)",
     N_("enrolled once more")),
    ("paper", "SELECT worker, paper.id FROM paper JOIN enrolment ON enrolment.id = paper.enrolment "
              "WHERE paper.enrolment BETWEEN :first_enrolment AND :last_enrolment", N_("a letter was issued")),
    ("waiting", f"SELECT worker, id FROM waiting WHERE living = 1 AND {_OF_WORKERS}", N_("put on a waiting list")),
    ("correction_request", f"SELECT worker, id FROM correction_request WHERE state = 'open' AND {_OF_WORKERS}",
     N_("a correction was proposed")),
    ("verification", f"SELECT worker, id FROM verification WHERE living = 1 AND {_OF_WORKERS}",
     N_("another authority has answered")),
    ("not_same", "SELECT iif(other BETWEEN :first AND :last, other, one), id FROM not_same "
                 "WHERE living = 1 AND (one BETWEEN :first AND :last OR other BETWEEN :first AND :last) "
                 "AND id NOT IN (SELECT record FROM audit WHERE kind = 'not_same' AND save = :save)",
     N_("compared with somebody else")),
    ("worker_merge", "SELECT kept, id FROM worker_merge WHERE living = 1 AND kept BETWEEN :first AND :last",
     N_("merged with another record")),
)  # fmt: skip
"""What may rest on a worker or an enrolment that the import added: kind, worker and record, in words."""
_NAMED = 3


def touched_since(connection: Connection, save: int, most: int = 5, *, is_thorough: bool = False) -> TouchedSince:
    """The workers of a save whose record, enrolment or papers were touched later; the newest `most` in words. Where it
    is thorough, also those that were changed without any audit row."""
    found: dict[int, Touched] = {}
    for worker, kind, record, words in _touched(connection, save, is_thorough=is_thorough):
        one = _told(connection, worker, kind, record, words)
        known = found.get(worker)
        if known is None or (one.at or datetime.min) > (known.at or datetime.min):
            found[worker] = one
    newest = sorted(found.values(), key=lambda one: one.at or datetime.min, reverse=True)
    return TouchedSince(len(found), tuple(newest[:most]))


def rests_on_it(connection: Connection, save: int) -> bool:
    """Whether something rests on what a save added; its records themselves are not looked at, which is quick."""
    return next(_resting(connection, save), None) is not None


def problem_of(touched: TouchedSince) -> Problem:
    """What keeps an import from being taken back, in one sentence."""
    named = "; ".join(f"{one.name} ({one.problem.text}{_by(one)})" for one in touched.first[:_NAMED])
    rest = touched.count - min(_NAMED, len(touched.first))
    if rest > 0:
        named += translate_count("; and {count} more", "; and {count} more", rest).format(count=rest)
    message = N_(
        "Something was done since with people of this list, so it cannot be taken back as a whole, and nothing was "
        "changed: {named}. Take those steps back first, or correct single records where they stand."
    )
    return Problem("save", "import_touched", message, {"named": named})


def _by(one: Touched) -> str:
    return f", {one.user}, {one.at:%d/%m/%Y %H:%M}" if one.at is not None else ""


def _touched(connection: Connection, save: int, *, is_thorough: bool) -> Iterator[tuple[int, str, int, str]]:
    """Worker, kind and number of the record, and the words where they are certain."""
    for id in otherwise_now(connection, save, "worker", is_thorough=is_thorough):
        yield id, "worker", id, ""
    changed = list(otherwise_now(connection, save, "enrolment", is_thorough=is_thorough))
    for id, worker in connection.execute(
        "SELECT id, worker FROM enrolment WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(changed),)
    ).fetchall():
        yield worker, "enrolment", id, ""
    yield from _resting(connection, save)


def _resting(connection: Connection, save: int) -> Iterator[tuple[int, str, int, str]]:
    first, last = connection.execute(_ADDED, (save, "worker")).fetchone()
    first_enrolment, last_enrolment = connection.execute(_ADDED, (save, "enrolment")).fetchone()
    about = {"first": first, "last": last, "first_enrolment": first_enrolment, "last_enrolment": last_enrolment,
             "save": save}  # fmt: skip
    for kind, sql, words in _RESTS_ON_IT:
        for worker, record in connection.execute(sql, about).fetchall():
            yield worker, kind, record, words


def _told(connection: Connection, worker: int, kind: str, record: int, words: str) -> Touched:
    row = connection.execute(
        "SELECT at, user, action FROM audit WHERE kind = ? AND record = ? "
        "AND action NOT IN ('show', 'print', 'export') ORDER BY id DESC LIMIT 1",
        (kind, record),
    ).fetchone()
    at, user, action = row or (None, "", "")
    words = words or _CHANGED.get((kind, action), _OTHERWISE.get(kind, _OTHERWISE["worker"]))
    name = connection.execute("SELECT name FROM worker WHERE id = ?", (worker,)).fetchone()
    moment = datetime.fromisoformat(at) if at else None
    return Touched(worker, name[0] if name else "", user, moment, Problem("save", "touched", words))
