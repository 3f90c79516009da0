"""What keeps a roster, a promise, an agent or an event from being taken as typed, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from models.language import N_
from models.obligations.records import Agent, Outreach, Promise, Roster
from models.people.nik import parse_nik
from models.people.phone import parse_phone
from models.problems import Problem
from models.values.formats import Written, date_short
from models.values.rupiah import LARGEST

MOST_PEOPLE = 1_000_000
_YEARS = range(1992, 2100)
_EARLIEST = date(1992, 2, 17)


def problems_of_roster(roster: Roster, today: date) -> tuple[Problem, ...]:
    """A count needs its unit, a number that can be, its day and its source."""
    return tuple(_of_roster(roster, today))


def problems_of_promise(promise: Promise) -> tuple[Problem, ...]:
    """A promise names a company and heads or rupiah."""
    return tuple(_of_promise(promise))


def problems_of_agent(agent: Agent, today: date, is_nagari: Callable[[str], bool]) -> tuple[Problem, ...]:
    """An agent needs code, name and the day of the beginning; the areas must exist."""
    return tuple(_of_agent(agent, today, is_nagari))


def problems_of_outreach(event: Outreach, today: date, is_nagari: Callable[[str], bool]) -> tuple[Problem, ...]:
    """An event has a day that is past, a nagari, a topic and how many came."""
    return tuple(_of_outreach(event, today, is_nagari))


def _of_roster(roster: Roster, today: date) -> Iterator[Problem]:
    if not roster.unit.strip():
        yield Problem(
            "unit", "unit_missing", N_("Whose number is it? Name the office, the nagari or the cooperative.")
        )
    if not 0 <= roster.number <= MOST_PEOPLE:
        message = N_("{number} people cannot be right. Enter the number as it stands in the source.")
        yield Problem("number", "number_range", message, {"number": roster.number})
    yield from _of_day("counted_on", roster.counted_on, today)
    if not roster.source.strip():
        yield Problem("source", "source_missing", N_("The source is empty. Name the letter or list it stands in."))


def _of_promise(promise: Promise) -> Iterator[Problem]:
    if not promise.company.strip():
        yield Problem("company", "company_missing", N_("Which company promised it? Write its name as on the letter."))
    if promise.year not in _YEARS:
        message = N_("{year} cannot be the budget year: it lies between {first} and {last}. Correct the year.")
        yield Problem("year", "promise_year", message, {"year": promise.year, "first": _YEARS[0], "last": _YEARS[-1]})
    if promise.heads is None and promise.amount is None:
        yield Problem("heads", "promise_empty", N_("What was promised? Enter the heads, the rupiah, or both."))
    if promise.heads is not None and not 1 <= promise.heads <= MOST_PEOPLE:
        message = N_("{number} people cannot be right. Enter the number as it stands in the source.")
        yield Problem("heads", "number_range", message, {"number": promise.heads})
    if promise.amount is not None and not 1 <= promise.amount <= LARGEST:
        message = N_("The amount must be more than nothing. Enter whole rupiah, for instance 389.239.200.")
        yield Problem("amount", "amount_range", message)


def _of_agent(agent: Agent, today: date, is_nagari: Callable[[str], bool]) -> Iterator[Problem]:
    if not agent.code.strip():
        yield Problem("code", "code_missing", N_("The agent has no code yet. Copy it from the agent's card."))
    if not agent.name.strip():
        yield Problem("name", "name_missing", N_("The name is still empty. Write it as on the KTP."))
    if agent.nik:
        yield from parse_nik(agent.nik, today)[1]
    if agent.phone:
        yield from parse_phone(agent.phone)[1]
    gone = [code for code in agent.areas if not is_nagari(code)]
    if gone:
        message = N_("There is no nagari {codes} (any more). Choose the agent's areas from the list.")
        yield Problem("areas", "area_unknown", message, {"codes": ", ".join(gone)})
    if agent.active_from < _EARLIEST:
        message = N_("{day} is too long ago. Correct the year.")
        yield Problem("active_from", "day_past", message, {"day": Written(agent.active_from, date_short)})
    if agent.active_until is not None and agent.active_until < agent.active_from:
        message = N_("The last day is before the first. Correct one of the two.")
        yield Problem("active_until", "days_backwards", message)


def _of_outreach(event: Outreach, today: date, is_nagari: Callable[[str], bool]) -> Iterator[Problem]:
    yield from _of_day("held_on", event.held_on, today)
    if not is_nagari(event.nagari):
        message = N_("There is no nagari with the code {code}. Type the beginning of its name and choose it.")
        yield Problem("nagari", "nagari_unknown", message, {"code": event.nagari})
    if not event.topic.strip():
        yield Problem("topic", "topic_missing", N_("The topic is empty. Write what was talked about."))
    if not 0 <= event.attendance <= MOST_PEOPLE:
        message = N_("{number} people cannot be right. Enter the number as it stands in the source.")
        yield Problem("attendance", "number_range", message, {"number": event.attendance})


def _of_day(field: str, day: date, today: date) -> Iterator[Problem]:
    if day > today:
        message = N_("{day} has not come yet. Enter the day on the proof.")
        yield Problem(field, "day_future", message, {"day": Written(day, date_short)})
    elif day < _EARLIEST:
        message = N_("{day} is too long ago. Correct the year.")
        yield Problem(field, "day_past", message, {"day": Written(day, date_short)})
