"""Obligations as stored, and the board: how many there are, how many are done, unit by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from models.language import N_
from models.obligations.records import Agent, AgentMonth, BoardRow, Outreach, Promise, PromiseRow, Roster
from models.obligations.rules import (
    problems_of_agent,
    problems_of_outreach,
    problems_of_promise,
    problems_of_roster,
)
from models.offices.users import Right
from models.people.names import fold
from models.problems import Problem, Rejected
from models.schemes.scheme import PayerKind, Scheme
from models.storage.audit import Change, differences
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.schemes import Schemes
from models.storage.uids import new_uid, uid_text
from models.values.months import Month, Period

_AGENT = ("code", "name", "nik", "phone", "areas", "active_from", "active_until", "notes")


class Obligations:
    """Rosters and promises, and what has been done about them."""

    def __init__(self, file: OpenFile, schemes: Schemes, regions: Regions) -> None:
        self._file = file
        self._schemes = schemes
        self._regions = regions

    # Entering

    def count(self, roster: Roster) -> Roster:
        """Notes how many there are at a unit; the number before stays readable in the audit. Raises Rejected."""
        return replace(roster, id=self._add("roster", problems_of_roster(roster, self._today()), {
            "scheme": roster.scheme, "unit": " ".join(roster.unit.split()), "number": roster.number,
            "counted_on": roster.counted_on.isoformat(), "source": roster.source.strip(),
        }))  # fmt: skip

    def promise(self, promise: Promise) -> Promise:
        """Notes what a company promised. Raises Rejected."""
        return replace(promise, id=self._add("promise", problems_of_promise(promise), {
            "scheme": promise.scheme, "company": " ".join(promise.company.split()), "year": promise.year,
            "heads": promise.heads, "amount": promise.amount, "legal_basis": promise.legal_basis,
            "notes": promise.notes.strip(),
        }))  # fmt: skip

    def withdraw_count(self, id: int) -> None:
        """Takes a number back that was entered by mistake."""
        _withdraw(self._file, "roster", id)

    def withdraw_promise(self, id: int) -> None:
        """Takes a promise back that was entered by mistake."""
        _withdraw(self._file, "promise", id)

    # Reading

    def rosters(self, scheme: int) -> tuple[Roster, ...]:
        """The newest number of each unit of a scheme, in the order of the units."""
        newest: dict[str, Roster] = {}
        for row in self._file.rows(
            "SELECT id, unit, number, counted_on, source FROM roster WHERE scheme = ? AND living = 1 "
            "ORDER BY counted_on, id",
            (scheme,),
        ):
            newest[fold(row[1])] = Roster(
                id=row[0], scheme=scheme, unit=row[1], number=row[2], counted_on=date.fromisoformat(row[3]),
                source=row[4],
            )  # fmt: skip
        return tuple(sorted(newest.values(), key=lambda roster: fold(roster.unit)))

    def board(self, scheme: Scheme, month: Month) -> tuple[BoardRow, ...]:
        """Every unit of a scheme, counted or only registered: the most to do first.

        Civil servants (ASN) count once however many workers they protect; officials and officers are counted
        themselves, by nagari or by cooperative.
        """
        assert scheme.id is not None
        done = self._done(scheme, month)
        rows = []
        for roster in self.rosters(scheme.id):
            unit, number = done.pop(fold(roster.unit), (roster.unit, 0))
            name = self._name(scheme, unit)
            rows.append(BoardRow(roster.unit, name, roster.number, number, roster.counted_on, roster.source))
        rows += [BoardRow(unit, self._name(scheme, unit), None, number) for unit, number in done.values()]
        return tuple(sorted(rows, key=lambda row: (-(row.to_do or 0), row.obliged is None, row.name)))

    def workers_of(self, scheme: Scheme, unit: str, month: Month) -> tuple[int, ...]:
        """Ids of the workers behind a row of the board, in the order of their names."""
        column = _COLUMN[scheme.payer_kind]
        same = [name for name in self._units(scheme) if fold(name) == fold(unit)] or [unit]
        rows = self._file.rows(
            "SELECT DISTINCT worker.id FROM enrolment JOIN worker ON worker.id = enrolment.worker WHERE scheme = ? "
            f"AND counts = 1 AND first_month <= ? AND last_month >= ? AND {column} IN "
            f"({', '.join('?' * len(same))}) ORDER BY name_key, worker.id",
            (scheme.id, month.index, month.index, *same),
        )
        return tuple(row[0] for row in rows)

    def promises(self, year: int) -> tuple[PromiseRow, ...]:
        """What companies promised for a year, and what of it stands in the register."""
        period = Period(Month(year, 1), Month(year, 12))
        rows = self._file.rows(
            "SELECT id, scheme, company, heads, amount, legal_basis, notes FROM promise WHERE year = ? AND living = 1 "
            "ORDER BY company, id",
            (year,),
        )
        promises = [
            Promise(id=row[0], scheme=row[1], company=row[2], year=year, heads=row[3], amount=row[4],
                    legal_basis=row[5], notes=row[6])
            for row in rows
        ]  # fmt: skip
        fulfilled = {scheme: self._fulfilled(scheme, period) for scheme in {one.scheme for one in promises}}
        return tuple(PromiseRow(one, *fulfilled[one.scheme].get(fold(one.company), (0, 0))) for one in promises)

    def _fulfilled(self, scheme: int, period: Period) -> dict[str, tuple[int, int]]:
        """Heads and rupiah by company, of enrolments that begin in the period."""
        found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for company, heads, amount in self._file.rows(
            "SELECT payer_name, count(DISTINCT worker), sum(contribution) FROM enrolment WHERE scheme = ? "
            "AND counts = 1 AND first_month BETWEEN ? AND ? GROUP BY payer_name",
            (scheme, period.first.index, period.last.index),
        ):
            before = found[fold(company)]
            found[fold(company)] = (before[0] + heads, before[1] + amount)
        return found

    def _done(self, scheme: Scheme, month: Month) -> dict[str, tuple[str, int]]:
        """What is registered in a month, by folded unit: (unit as written most, number)."""
        column = _COLUMN[scheme.payer_kind]
        counted = "payer_number" if scheme.payer_kind is PayerKind.CIVIL_SERVANT else "enrolment.worker"
        join = "JOIN worker ON worker.id = enrolment.worker" if column == "nagari" else ""
        done: dict[str, tuple[str, int]] = {}
        for unit, number in self._file.rows(
            f"SELECT {column}, count(DISTINCT {counted}) AS number FROM enrolment {join} WHERE scheme = ? "
            f"AND counts = 1 AND first_month <= ? AND last_month >= ? GROUP BY {column} ORDER BY number DESC",
            (scheme.id, month.index, month.index),
        ):
            name, before = done.get(fold(unit), (unit, 0))
            done[fold(unit)] = (name, before + number)
        return done

    def _units(self, scheme: Scheme) -> list[str]:
        column = _COLUMN[scheme.payer_kind]
        if column == "nagari":
            return []
        rows = self._file.rows(
            f"SELECT DISTINCT {column} FROM enrolment WHERE scheme = ? AND counts = 1", (scheme.id,)
        )
        return [row[0] for row in rows]

    def _name(self, scheme: Scheme, unit: str) -> str:
        return self._regions.name(unit) if scheme.payer_kind is PayerKind.NAGARI else unit

    def _add(self, table: str, problems: tuple[Problem, ...], values: Mapping[str, object]) -> int:
        if problems:
            raise Rejected(problems)
        with self._file.change(Right.APPROVE) as change:
            return _insert(change, table, values)

    def _today(self) -> date:
        return self._file.clock().date()


_COLUMN = {
    PayerKind.CIVIL_SERVANT: "payer_office",
    PayerKind.NAGARI: "nagari",
    PayerKind.COOPERATIVE: "payer_name",
    PayerKind.COMPANY: "payer_name",
    PayerKind.GOVERNMENT: "nagari",
    PayerKind.SELF: "nagari",
}
"""What a unit is, by who pays."""


class Agents:
    """Perisai agents, whom they brought, and the events held for people."""

    def __init__(self, file: OpenFile, regions: Regions, office: str) -> None:
        self._file = file
        self._regions = regions
        self._office = office

    def all(self) -> tuple[Agent, ...]:
        """In the order of their names; those who stopped are there too."""
        return tuple(_agent(row) for row in self._file.rows(f"{_SELECT_AGENT} WHERE living = 1 ORDER BY name, id"))

    def get(self, id: int) -> Agent:
        """The agent of an id; LookupError when there is none."""
        row = self._file.row(f"{_SELECT_AGENT} WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no agent {id}")
        return _agent(row)

    def save(self, agent: Agent) -> Agent:
        """Adds or corrects an agent. Raises Rejected."""
        problems = list(problems_of_agent(agent, self._file.clock().date(), self._is_nagari))
        same = next((other for other in self.all() if other.code.casefold() == agent.code.strip().casefold()), None)
        if same is not None and same.id != agent.id:
            message = N_("The code {code} belongs to {name}. Copy the code from the agent's card once more.")
            problems.append(Problem("code", "same_code", message, {"code": same.code, "name": same.name}))
        if problems:
            raise Rejected(problems)
        row = _agent_row(agent)
        with self._file.change(Right.APPROVE) as change:
            if agent.id is None:
                values = {"office": self._office, "revision": 1, **dict(zip(_AGENT, row, strict=True))}
                return replace(agent, id=_insert(change, "agent", values), office=self._office, revision=1)
            old = self.get(agent.id)
            changes = differences(
                dict(zip(_AGENT, _agent_row(old), strict=True)), dict(zip(_AGENT, row, strict=True))
            )
            if not changes:
                return old
            change.execute(
                f"UPDATE agent SET revision = ?, {', '.join(f'{name} = ?' for name in _AGENT)} WHERE id = ?",
                (old.revision + 1, *row, old.id),
            )
            change.record("correct", "agent", agent.id, changes)
            return replace(agent, uid=old.uid, office=old.office, revision=old.revision + 1)

    def hold(self, event: Outreach) -> Outreach:
        """Notes an event. Raises Rejected."""
        problems = problems_of_outreach(event, self._file.clock().date(), self._is_nagari)
        if problems:
            raise Rejected(problems)
        with self._file.change(Right.ENTER) as change:
            id = _insert(change, "outreach", {
                "agent": event.agent, "held_on": event.held_on.isoformat(), "nagari": event.nagari,
                "topic": event.topic.strip(), "attendance": event.attendance, "notes": event.notes.strip(),
            })  # fmt: skip
        return replace(event, id=id)

    def withdraw_event(self, id: int) -> None:
        """Takes an event back that was entered by mistake."""
        _withdraw(self._file, "outreach", id)

    def events(self, first: date, last: date) -> tuple[Outreach, ...]:
        """The events of some days, newest first."""
        return tuple(
            Outreach(id=row[0], agent=row[1], held_on=date.fromisoformat(row[2]), nagari=row[3], topic=row[4],
                     attendance=row[5], notes=row[6])
            for row in self._file.rows(
                "SELECT id, agent, held_on, nagari, topic, attendance, notes FROM outreach "
                "WHERE living = 1 AND held_on BETWEEN ? AND ? ORDER BY held_on DESC, id DESC",
                (first.isoformat(), last.isoformat()),
            )
        )  # fmt: skip

    def month(self, month: Month) -> tuple[AgentMonth, ...]:
        """What each agent did in a month, the most workers first; codes without an agent are there too."""
        first, last = month.first_day.isoformat(), (month + 1).first_day.isoformat()
        workers: dict[str, int] = dict(
            self._file.rows(
                "SELECT perisai_agent, count(*) FROM worker WHERE living = 1 AND perisai_agent <> '' AND id IN "
                "(SELECT record FROM audit WHERE kind = 'worker' AND action = 'add' AND at >= ? AND at < ?) "
                "GROUP BY perisai_agent",
                (first, last),
            )
        )
        events: dict[str, tuple[int, int]] = {
            row[0]: (row[1], row[2])
            for row in self._file.rows(
                "SELECT code, count(*), sum(attendance) FROM outreach JOIN agent ON agent.id = outreach.agent "
                "WHERE outreach.living = 1 AND held_on >= ? AND held_on < ? GROUP BY code",
                (first, last),
            )
        }
        codes = {*workers, *events, *(agent.code for agent in self.all() if agent.is_active_on(month.first_day))}
        rows = [AgentMonth(code, workers.get(code, 0), *events.get(code, (0, 0))) for code in codes]
        return tuple(sorted(rows, key=lambda row: (-row.workers, -row.events, row.agent)))

    def _is_nagari(self, code: str) -> bool:
        return code.count(".") == 3 and self._regions.is_known(code)


_SELECT_AGENT = f"SELECT id, uid, office, revision, {', '.join(_AGENT)} FROM agent"


def _agent_row(agent: Agent) -> tuple[Any, ...]:
    return (
        agent.code.strip(), " ".join(agent.name.split()), agent.nik, agent.phone, " ".join(agent.areas),
        agent.active_from.isoformat(), agent.active_until.isoformat() if agent.active_until else None,
        agent.notes.strip(),
    )  # fmt: skip


def _agent(row: tuple[Any, ...]) -> Agent:
    values: dict[str, Any] = dict(zip(_AGENT, row[4:], strict=True))
    values["areas"] = tuple(values["areas"].split())
    values["active_from"] = date.fromisoformat(values["active_from"])
    values["active_until"] = date.fromisoformat(values["active_until"]) if values["active_until"] else None
    return Agent(id=row[0], uid=uid_text(row[1]), office=row[2], revision=row[3], **values)


def _insert(change: Change, table: str, values: Mapping[str, object]) -> int:
    id = change.execute(
        f"INSERT INTO {table} (uid, {', '.join(values)}) VALUES (?, {', '.join('?' * len(values))})",
        (new_uid(), *values.values()),
    )
    named = [(name, None, value) for name, value in values.items() if value not in ("", None)]
    change.record("add", table, id, [one for one in named if one[0] not in ("office", "revision")])
    return id


def _withdraw(file: OpenFile, table: str, id: int) -> None:
    with file.change(Right.APPROVE) as change:
        change.execute(f"UPDATE {table} SET living = 0 WHERE id = ?", (id,))
        change.record("withdraw", table, id, [("living", 1, 0)])
