"""How a worker stands in its row."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from models.people.names import fold
from models.people.worker import MaritalStatus, Segment, Sex, Worker
from models.storage.rows import from_rows
from models.storage.uids import uid_bytes, uid_text

FIELDS = (
    "nik", "family_card", "name", "title_before", "title_after", "birth_place", "born_on", "sex", "marital_status",
    "mother_name", "address", "jorong", "nagari", "postcode", "phone", "email", "occupation", "work_place", "income",
    "segment", "source_list", "source_decile", "proof_kind", "proof_number", "perisai_agent", "heir_name",
    "heir_relation", "heir_nik", "kpj", "notes", "reasons",
)  # fmt: skip
"""The worker's own fields in the order of `row_of` and `SELECT`."""

SELECT = f"SELECT id, uid, office, revision, {', '.join(FIELDS)} FROM worker"
INSERT = (
    f"INSERT INTO worker (uid, office, revision, name_key, {', '.join(FIELDS)}) "
    f"VALUES (?, ?, ?, ?, {', '.join('?' * len(FIELDS))})"
)
UPDATE = f"UPDATE worker SET revision = ?, name_key = ?, {', '.join(f'{field} = ?' for field in FIELDS)} WHERE id = ?"


def row_of(worker: Worker) -> tuple[Any, ...]:
    """The stored values of `FIELDS`."""
    return (
        worker.nik, worker.family_card, worker.name, worker.title_before, worker.title_after, worker.birth_place,
        worker.born_on.isoformat() if worker.born_on else None, worker.sex, worker.marital_status, worker.mother_name,
        worker.address, worker.jorong, worker.nagari, worker.postcode, worker.phone, worker.email, worker.occupation,
        worker.work_place, worker.income, worker.segment, worker.source_list, worker.source_decile, worker.proof_kind,
        worker.proof_number, worker.perisai_agent, worker.heir_name, worker.heir_relation, worker.heir_nik, worker.kpj,
        worker.notes, json.dumps(dict(worker.reasons), ensure_ascii=False) if worker.reasons else "",
    )  # fmt: skip


@from_rows
def worker_of(row: tuple[Any, ...]) -> Worker:
    """The worker of a row that `SELECT` gave."""
    values: dict[str, Any] = dict(zip(FIELDS, row[4:], strict=True))
    values["born_on"] = date.fromisoformat(values["born_on"]) if values["born_on"] else None
    values["sex"] = Sex(values["sex"]) if values["sex"] else None
    values["marital_status"] = MaritalStatus(values["marital_status"]) if values["marital_status"] else None
    values["segment"] = Segment(values["segment"])
    values["reasons"] = json.loads(values["reasons"]) if values["reasons"] else {}
    return Worker(id=row[0], uid=uid_text(row[1]), office=row[2], revision=row[3], **values)


def with_values(worker: Worker, stored: dict[str, Any]) -> Worker:
    """The worker with some fields set from their stored values, as an audit row keeps them."""
    values = {**dict(zip(FIELDS, row_of(worker), strict=True)), **stored}
    row = (worker.id, uid_bytes(worker.uid), worker.office, worker.revision, *(values[field] for field in FIELDS))
    return worker_of(row)


def name_key_of(worker: Worker) -> str:
    """What lists are ordered by and first letters are looked up in."""
    return fold(worker.name)
