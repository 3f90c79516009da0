"""What the calendar of ends says, and how long somebody is protected without a gap."""

from __future__ import annotations

from datetime import date

from models.language import translate as _
from models.register import Register
from models.schemes.continuity import WAITING_MONTHS, Continuity
from models.values.formats import NOTHING, month_long, number
from models.values.months import Month
from ui.schemes.periods.reading import EndingLine
from ui.table import Column, Row


def calendar_columns() -> tuple[Column, ...]:
    """Heads for `calendar_rows`."""
    return (
        Column(_("Last month")),
        Column(_("Scheme"), takes_room=True),
        Column(_("Fund")),
        Column(_("End"), is_number=True),
        Column(_("Go on"), is_number=True),
        Column(_("Drop out"), is_number=True),
    )


def calendar_rows(lines: tuple[EndingLine, ...]) -> list[Row]:
    """A row for each month, scheme and fund, and all of them together."""
    rows = []
    for line in lines:
        ending = line.ending
        why = _("{heads} end, {continued} of them are covered in {month} by anything else: {dropping} drop out.")
        tip = why.format(
            heads=number(ending.heads),
            continued=number(ending.continued),
            month=month_long(ending.last_month + 1),
            dropping=number(ending.dropping),
        )
        cells = (
            month_long(ending.last_month), line.scheme, line.fund or NOTHING, number(ending.heads),
            number(ending.continued), number(ending.dropping),
        )  # fmt: skip
        rows.append(Row(cells, key=ending, tips=("", "", "", "", "", tip)))
    if rows:
        sums = [sum(values) for values in zip(
            *((one.ending.heads, one.ending.continued, one.ending.dropping) for one in lines), strict=True
        )]  # fmt: skip
        rows.append(Row((_("Together"), "", "", *map(number, sums)), is_sum=True))
    return rows


def continuity_words(run: Continuity, month: Month) -> str:
    """``Terlindung tanpa putus sejak …``, with the estimate of when a death pays in full, and why it is one."""
    if run.since > month:
        words = [_("Will be protected without a gap from {since} until {until}.")]
    elif run.until >= month:
        words = [_("Protected without a gap since {since}, until {until}.")]
    else:
        words = [_("Was protected without a gap from {since} until {until}; a gap since then.")]
    if run.until < month:
        words.append(_("A new period begins the waiting months anew (estimate)."))
    elif run.full_from <= month:
        words.append(_("The full death benefit is estimated to hold since {full}."))
    elif run.reaches_full:
        words.append(_("The full death benefit is estimated to begin in {full}."))
    else:
        words.append(_("The period ends before the full death benefit is estimated to begin ({full})."))
    words.append(
        _("An estimate: a death in the first {months} months of a BPU member pays only Rp10 million; whether a gap "
          "begins them anew is not published.")
    )  # fmt: skip
    return " ".join(words).format(
        since=month_long(run.since),
        until=month_long(run.until),
        full=month_long(run.full_from),
        months=WAITING_MONTHS,
    )


def words_of_worker(register: Register, worker: int, latest: Month, today: date) -> str:
    """The same for a worker as the register stands, perhaps of months to come; empty without BPU months.

    `latest` is a month up to which months are looked at where there is none up to today.
    """
    month = Month.of(today)
    run = register.periods.continuity(worker, month)
    if run is None or run.until < month:
        run = register.periods.continuity(worker, latest) or run
    return "" if run is None else continuity_words(run, month)
