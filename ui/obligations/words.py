"""Sentences and cells of the obligation board."""

from __future__ import annotations

from collections.abc import Sequence

from models.language import translate as _
from models.obligations.records import Agent, AgentMonth, BoardRow, PromiseRow
from models.papers.obligation_reminder import share
from models.schemes.scheme import PayerKind, Scheme
from models.values.formats import NOTHING, date_short, month_long, number
from models.values.months import Month
from models.values.rupiah import format_rupiah
from ui.table import Column, Row

OBLIGED = (PayerKind.CIVIL_SERVANT, PayerKind.NAGARI, PayerKind.COOPERATIVE)
"""Payers who are counted by a roster."""


def unit_word(scheme: Scheme) -> str:
    """What a unit of the scheme is called."""
    match scheme.payer_kind:
        case PayerKind.CIVIL_SERVANT:
            return _("Office (OPD)")
        case PayerKind.COOPERATIVE:
            return _("Cooperative")
        case _:
            return _("Nagari")


def board_columns(scheme: Scheme | None) -> tuple[Column, ...]:
    return (
        Column(_("Unit") if scheme is None else unit_word(scheme), takes_room=True),
        Column(_("How many there are"), is_number=True),
        Column(_("Registered"), is_number=True),
        Column(_("Percent"), is_number=True),
        Column(_("Still to do"), is_number=True),
        Column(_("Counted on")),
        Column(_("Source")),
    )


def board_row(row: BoardRow) -> Row:
    """One unit; the tip of the percentage says how it came about."""
    counted = "" if row.counted_on is None else date_short(row.counted_on)
    return Row(
        (
            row.name,
            NOTHING if row.obliged is None else number(row.obliged),
            number(row.done),
            share(row.done, row.obliged),
            NOTHING if row.to_do is None else number(row.to_do),
            counted,
            row.source or _("nobody has counted yet"),
        ),
        row.unit,
        tips=("", "", "", told(row), "", "", row.source),
    )


def told(row: BoardRow) -> str:
    """How the percentage of a unit came about."""
    if row.obliged is None:
        return _("{done} registered; how many there are has not been entered.").format(done=number(row.done))
    if row.surplus:
        words = _("{done} registered, {more} more than the {all} that were counted: count the unit anew.")
        return words.format(done=number(row.done), more=number(row.surplus), all=number(row.obliged))
    words = _("{done} of {all} = {share}; {left} still to do.")
    return words.format(
        done=number(row.done),
        all=number(row.obliged),
        share=share(row.done, row.obliged),
        left=number(row.to_do or 0),
    )


def sum_words(rows: Sequence[BoardRow], scheme: Scheme, month: Month) -> str:
    """The whole board in one line."""
    counted = [row for row in rows if row.obliged is not None]
    there_are, done = (
        sum(row.obliged or 0 for row in counted),
        sum(min(row.done, row.obliged or 0) for row in counted),
    )
    beside = sum(row.done for row in rows) - done
    if not counted:
        words = _("{scheme}, {month}: {beside} registered. Enter how many there are to see how many are missing.")
        return words.format(scheme=scheme.name, month=month_long(month), beside=number(beside))
    words = _("{scheme}, {month}: {done} of {all} = {share}, {left} still to do.").format(
        scheme=scheme.name,
        month=month_long(month),
        done=number(done),
        all=number(there_are),
        share=share(done, there_are),
        left=number(there_are - done),
    )
    if not beside:
        return words
    more = _("{count} more are registered where nobody counted, or beyond the count.").format(count=number(beside))
    return f"{words} {more}"


def reminder_words(row: BoardRow, scheme: Scheme, month: Month) -> str:
    """The data of a reminder letter, ready to be pasted."""
    lines = [
        f"{unit_word(scheme)}: {row.name}",
        _("Scheme: {scheme}").format(scheme=scheme.name),
        _("As of: {month}").format(month=month_long(month)),
        told(row),
    ]
    if row.counted_on is not None:
        source = _("Counted on {day}, source: {source}")
        lines.append(source.format(day=date_short(row.counted_on), source=row.source))
    return "\n".join(lines)


def promise_columns() -> tuple[Column, ...]:
    return (
        Column(_("Company"), takes_room=True),
        Column(_("Promised workers"), is_number=True),
        Column(_("Fulfilled"), is_number=True),
        Column(_("Open"), is_number=True),
        Column(_("Promised rupiah"), is_number=True),
        Column(_("Fulfilled"), is_number=True),
        Column(_("Open"), is_number=True),
    )


def promise_row(row: PromiseRow) -> Row:
    one = row.promise

    def heads(value: int | None) -> str:
        return NOTHING if value is None else number(value)

    def rupiah(value: int | None) -> str:
        return NOTHING if value is None else format_rupiah(value)

    return Row(
        (
            one.company, heads(one.heads), number(row.heads), heads(row.open_heads), rupiah(one.amount),
            format_rupiah(row.amount), rupiah(row.open_amount),
        ),
        one.id,
    )  # fmt: skip


def agent_columns() -> tuple[Column, ...]:
    return (
        Column(_("Code")),
        Column(_("Agent"), takes_room=True),
        Column(_("Workers in the month"), is_number=True),
        Column(_("Events"), is_number=True),
        Column(_("Attendance"), is_number=True),
        Column(_("Areas")),
        Column(_("Active")),
    )


def agent_row(row: AgentMonth, agent: Agent | None, areas: str, month: Month) -> Row:
    """An agent, or a code on workers' records that belongs to no agent."""
    if agent is None:
        name, active = _("unknown code: enter the agent, or correct the records"), NOTHING
    else:
        name = agent.name
        active = _("yes") if agent.is_active_on(month.last_day) else _("stopped")
    cells = (
        row.agent,
        name,
        number(row.workers),
        number(row.events),
        number(row.attendance),
        areas or NOTHING,
        active,
    )
    return Row(cells, row.agent, is_dim=active == _("stopped"))
