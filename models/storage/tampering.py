"""What was done to a file behind the program's back, each kind in its own words: what, which record, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from models.language import N_, translate
from models.problems import Problem
from models.storage.anchors import Anchor, Misfit, misfits
from models.storage.audit_chain import Break, Stray, breaks_in, strays_in
from models.storage.driver import Connection
from models.values.formats import date_short, number

_SHOWN = 20
"""Findings of one kind that are told one by one."""

KINDS = {
    "worker": N_("worker {record}"),
    "enrolment": N_("enrolment {record}"),
    "paper": N_("paper {record} of the number book"),
    "user": N_("user {record}"),
    "correction_request": N_("proposed correction {record}"),
    "eligible_workers": N_("number {record} of eligible workers"),
    "bpjs_count": N_("count {record} of BPJS"),
    "target": N_("target {record}"),
    "not_same": N_("decision {record} that two are not the same"),
    "worker_merge": N_("merging {record} of two records"),
    "verification": N_("result {record} of a check by another authority"),
    "list_import": N_("list {record} that was taken in"),
    "sent_list": N_("list {record} that was sent"),
    "column_mapping": N_("kind of list {record}"),
    "column_layout": N_("columns {record} of lists for others"),
    "legal_basis": N_("legal basis {record}"),
    "fund": N_("fund {record}"),
    "receipt": N_("receipt {record} of a fund"),
    "payment": N_("payment {record} of a fund"),
    "waiting": N_("place {record} on a waiting list"),
    "roster": N_("roster {record}"),
    "promise": N_("promise {record} of a company"),
    "agent": N_("Perisai agent {record}"),
    "outreach": N_("event {record} of a Perisai agent"),
    "settings": N_("the settings of the office"),
    "reference": N_("the table of schemes and rates"),
    "region": N_("the table of regions and occupations"),
    "entry": N_("saved form of worker {record}"),
    "save": N_("taking back of save {record}"),
    "register": N_("the register itself"),
}
"""Kind of a record -> English message id; names stay out of it, for a check is also written into logs."""

_BREAKS = {
    "changed": N_(
        "Audit entry {entry} of {moment} ({what}) was changed after it was written, or the entry just before it. "
        "All entries up to {good} ({since}) hold. Find out who had the file since then, and compare this record with "
        "a backup from before."
    ),
    "removed": N_(
        "Audit entries were removed: {good} ({since}) is followed by {entry} ({moment}), so {missing} are missing. "
        "Find out who had the file since then; a backup from before still holds them."
    ),
    "erased": N_(
        "The values of audit entry {entry} of {moment} ({what}) were erased, although nobody anonymised this record. "
        "A backup from before still holds them."
    ),
}
_MISFITS = {
    "cut": N_(
        "{source} knows {known} audit entries, the file holds only {held}, the last of {since}. The end of the trail "
        "was cut off, or this is an older copy of the file. Compare with the newest backup before anybody goes on."
    ),
    "rewritten": N_(
        "Audit entry {known} is another one than {source} says: the trail was written anew from that entry or an "
        "earlier one, with all its seals. A backup from before still holds the true one."
    ),
    "rewritten_paper": N_(
        "Audit entry {known} is another one than on the paper with the code {code}. Compare the code with the paper "
        "once more, sign by sign. If it is right, the trail was written anew from that entry or an earlier one, with "
        "all its seals; a backup from before still holds the true one."
    ),
}
_STRAYS = {
    "changed": N_(
        "Changed without the program: {what}. It is not as audit entry {entry} of {since} left it. Compare it with a "
        "backup from before and correct it in the program."
    ),
    "removed": N_(
        "Removed without the program: {what}. Audit entry {entry} of {since} still knew it. A backup from before "
        "still holds it."
    ),
    "added": N_(
        "Added without the program: {what}. No audit entry knows it. Find out where it comes from before it is paid "
        "for or printed."
    ),
}
_MORE = N_("The same is so of {count} more records or entries.")


def tampering_in(connection: Connection, anchors: Iterable[Anchor] = ()) -> Iterator[Problem]:
    """Every trace of a change that the program did not make, in the order: trail, anchors, records.

    Problems of the field ``audit`` or ``record``; `params` hold the kind and id of the record for a screen that may
    name it. Of many of one kind the first are told, then how many more.
    """
    yield from _first_of(_told_break(connection, one) for one in breaks_in(connection))
    yield from _first_of(_told_misfit(connection, one) for one in misfits(connection, anchors))
    yield from _first_of(_told_stray(connection, one) for one in strays_in(connection))


def _first_of(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first ones of each code, then their number."""
    seen: Counter[str] = Counter()
    fields = {}
    for problem in problems:
        seen[problem.code] += 1
        fields[problem.code] = problem.field
        if seen[problem.code] <= _SHOWN:
            yield problem
    for code, count in seen.items():
        if count > _SHOWN:
            yield Problem(fields[code], f"{code}_more", _MORE, {"count": number(count - _SHOWN)})


def _told_break(connection: Connection, found: Break) -> Problem:
    at, kind, record = connection.execute(
        "SELECT at, kind, record FROM audit WHERE id = ?", (found.entry,)
    ).fetchone()
    good = connection.execute("SELECT id, at FROM audit WHERE id < ? ORDER BY id DESC LIMIT 1", (found.entry,))
    good_entry, good_at = good.fetchone() or (0, "")
    about = {
        "entry": number(found.entry), "moment": _moment(at), "good": number(good_entry), "since": _moment(good_at),
        "missing": number(found.entry - good_entry - 1), "what": what(kind, record), "kind": kind, "record": record,
    }  # fmt: skip
    return Problem("audit", f"entry_{found.kind}", _BREAKS[found.kind], about)


def _told_misfit(connection: Connection, found: Misfit) -> Problem:
    last = connection.execute("SELECT at FROM audit WHERE id = ?", (found.head.entries,)).fetchone()
    anchor = found.anchor
    if anchor.source:
        source = translate(N_("The backup {file}")).format(file=anchor.source)
    else:
        source = translate(N_("The paper with the code {code}")).format(code=anchor.code)
    words = "rewritten_paper" if found.how == "rewritten" and not anchor.source else found.how
    about = {
        "source": source, "known": number(anchor.entries), "held": number(found.head.entries), "code": anchor.code,
        "since": _moment(last[0] if last else ""),
    }  # fmt: skip
    return Problem("audit", f"trail_{found.how}", _MISFITS[words], about)


def _told_stray(connection: Connection, found: Stray) -> Problem:
    entry, at = connection.execute(
        "SELECT id, at FROM audit WHERE kind = ? AND record = ? AND row_hash IS NOT NULL ORDER BY id DESC LIMIT 1",
        (found.kind, found.record),
    ).fetchone() or (0, "")
    about = {
        "what": what(found.kind, found.record), "entry": number(entry), "since": _moment(at), "kind": found.kind,
        "record": found.record,
    }  # fmt: skip
    return Problem("record", f"record_{found.how}", _STRAYS[found.how], about)


def what(kind: str, record: int) -> str:
    """A record by its kind and number, in the language in use."""
    return translate(KINDS[kind]).format(record=record) if kind in KINDS else f"{kind} {record}"


def _moment(at: str) -> str:
    """``22/11/2026 09.00``; a text that is no moment stays as it is: it may be what was tampered with."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at or "-"
    return f"{date_short(moment.date())} {moment:%H.%M}"
