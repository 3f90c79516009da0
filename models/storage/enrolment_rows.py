"""How an enrolment stands in its row."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.coverage.changes import Span
from models.people.worker import Segment
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.schemes.scheme import Programme
from models.storage.rows import from_rows
from models.storage.uids import uid_bytes, uid_text
from models.values.months import Month, Period

FIELDS = (
    "worker", "scheme", "segment", "programmes", "first_month", "last_month", "base", "prices", "contribution",
    "is_subsidised", "state", "counts", "payer_name", "payer_number", "payer_office", "kpj", "paid_on",
    "registered_on", "state_reason", "fund", "decree", "replaces", "rejection",
)  # fmt: skip
SELECT = f"SELECT id, uid, office, revision, {', '.join(FIELDS)} FROM enrolment"
INSERT = (
    f"INSERT INTO enrolment (uid, office, revision, {', '.join(FIELDS)}) "
    f"VALUES (?, ?, ?, {', '.join('?' * len(FIELDS))})"
)
UPDATE = f"UPDATE enrolment SET revision = ?, {', '.join(f'{field} = ?' for field in FIELDS)} WHERE id = ?"


def row_of(enrolment: Enrolment, is_subsidised: bool) -> tuple[Any, ...]:
    """The stored values of `FIELDS`."""
    return (
        enrolment.worker, enrolment.scheme, enrolment.segment, " ".join(enrolment.programmes),
        enrolment.period.first.index, enrolment.period.last.index, enrolment.base, prices_text(enrolment.monthly),
        enrolment.contribution, int(is_subsidised), enrolment.state, int(enrolment.state.counts), enrolment.payer_name,
        enrolment.payer_number, enrolment.payer_office, enrolment.kpj,
        enrolment.paid_on.isoformat() if enrolment.paid_on else None, enrolment.registered_on.isoformat(),
        enrolment.state_reason, enrolment.fund, enrolment.decree, enrolment.replaces, enrolment.rejection,
    )  # fmt: skip


@from_rows
def enrolment_of(row: tuple[Any, ...]) -> Enrolment:
    """The enrolment of a row that `SELECT` gave."""
    values: dict[str, Any] = dict(zip(FIELDS, row[4:], strict=True))
    return Enrolment(
        id=row[0],
        uid=uid_text(row[1]),
        office=row[2],
        revision=row[3],
        worker=values["worker"],
        scheme=values["scheme"],
        segment=Segment(values["segment"]),
        programmes=tuple(Programme(word) for word in values["programmes"].split()),
        period=Period(Month.from_index(values["first_month"]), Month.from_index(values["last_month"])),
        base=values["base"],
        monthly=prices_of(values["prices"]),
        state=EnrolmentState(values["state"]),
        payer_name=values["payer_name"],
        payer_number=values["payer_number"],
        payer_office=values["payer_office"],
        kpj=values["kpj"],
        paid_on=date.fromisoformat(values["paid_on"]) if values["paid_on"] else None,
        registered_on=date.fromisoformat(values["registered_on"]),
        state_reason=values["state_reason"],
        fund=values["fund"],
        decree=values["decree"],
        replaces=values["replaces"],
        rejection=values["rejection"],
    )


def with_values(enrolment: Enrolment, is_subsidised: bool, stored: dict[str, Any]) -> Enrolment:
    """The enrolment with some fields set from their stored values, as an audit row keeps them."""
    values = {**dict(zip(FIELDS, row_of(enrolment, is_subsidised), strict=True)), **stored}
    row = (enrolment.id, uid_bytes(enrolment.uid), enrolment.office, enrolment.revision)
    return enrolment_of((*row, *(values[field] for field in FIELDS)))


def span_of(enrolment: Enrolment) -> Span:
    """What coverage needs to know of an enrolment that counts."""
    return Span(
        enrolment.scheme,
        enrolment.segment.value,
        enrolment.period.first.index,
        enrolment.period.last.index,
        enrolment.is_confirmed,
        enrolment.monthly,
    )


def prices_text(monthly: tuple[int, ...]) -> str:
    """Amounts of the months in runs: ``3x16800`` or ``2x8400 1x16800``."""
    runs: list[list[int]] = []
    for amount in monthly:
        if runs and runs[-1][1] == amount:
            runs[-1][0] += 1
        else:
            runs.append([1, amount])
    return " ".join(f"{count}x{amount}" for count, amount in runs)


_MOST_MONTHS = 1_200
"""More than any period has: a number that nobody wrote must not fill the memory."""


@from_rows
def prices_of(text: str) -> tuple[int, ...]:
    """The amounts that `prices_text` wrote."""
    monthly: list[int] = []
    for run in text.split():
        count, _, amount = run.partition("x")
        if int(count) > _MOST_MONTHS:
            raise ValueError(text)
        monthly.extend([int(amount)] * int(count))
    return tuple(monthly)
