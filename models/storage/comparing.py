"""A backup against the file that is in use: what a restore would lose, what it would bring back."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from models.storage.contents import Contents
from models.storage.driver import Connection, address_of, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.inspecting import contents_of, head_in
from models.storage.keys import Key
from models.storage.row_text import WITHOUT

MOST_LINES = 20_000
"""Changes that are named one by one; the rest is only counted."""
UNTOUCHED = ("log_in", "log_in_refused", "log_out", "show", "print", "export", "drill", "restore")
"""Actions of audit rows that leave every record as it is."""
_MARKS = ("entry", "save", "backup", "register")
"""Kinds of audit rows that stand for no record of their own."""
_RECORDS = ("worker", "enrolment")
_NUMBERED = ("worker", "merged_into")
"""Columns that name a worker by its number, which may be another one in the other file."""
_AT_ONCE = 500


class Relation(StrEnum):
    """How the audit trail of a backup lies to that of the file in use."""

    SAME = "same"
    """Both end alike."""
    BEGINNING = "beginning"
    """The file goes on from where the backup ends."""
    AHEAD = "ahead"
    """The backup goes on from where the file ends."""
    BRANCH = "branch"
    """Both went on from a common beginning, each its own way: one of them was restored since."""
    FOREIGN = "foreign"
    """Nothing in common: another register."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One record that was changed, to be read by a person."""

    kind: str
    action: str
    record: int
    at: datetime | None
    user: str
    name: str = ""
    """Of the worker; empty for what is no worker's."""
    nik: str = ""
    """In full: whoever shows it masks it."""
    scheme: str = ""
    """Code of the scheme of an enrolment."""
    fields: tuple[str, ...] = ()
    """Names of the attributes that were changed; empty for a new record."""
    entry: int = 0
    """Number of its latest audit row; 0 where that could not be read."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What one of the two has and the other has not."""

    saves: int = 0
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Kind and action of the records, and how many; those of `lines` and those left out of them."""
    lines: tuple[ChangeLine, ...] = ()
    """Newest first, at most `MOST_LINES`."""

    @property
    def total(self) -> int:
        """Changed records."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both, side by side."""

    backup: Contents
    present: Contents | None
    """None where the file in use cannot be read or there is none."""
    relation: Relation = Relation.FOREIGN
    common: int = 0
    """Rows that both audit trails begin with."""
    lost: Changes = field(default_factory=Changes)
    """Saved in the file in use since then."""
    regained: Changes = field(default_factory=Changes)
    """In the backup, and in the file in use not at all or otherwise."""
    drafts: int = 0
    """Half-typed forms in the file in use."""


def compare(
    backup: Path, held: Contents, present: Path, *, key: Key | None = None, present_key: Key | None = None
) -> Comparison:
    """Compares a backup, found to hold `held`, with the file in use; nothing is written.

    Both are read as they are at one moment, over connections of their own. Raises StorageFailure where the file in
    use cannot be read.
    """
    roll_back_leftover(present, present_key)
    with contextlib.ExitStack() as stack:
        with failures_named(present):
            now = contents_of(present, present_key)
            ours = stack.enter_context(contextlib.closing(connect(present, key=present_key, read_only=True)))
            ours.execute("BEGIN")
        with failures_named(backup):
            theirs = stack.enter_context(contextlib.closing(connect(backup, key=key, read_only=True)))
            common, relation = relate(ours, theirs)
            regained = changes_after(theirs, common)
        with failures_named(present):
            lost = changes_after(ours, common)
            drafts = ours.execute("SELECT count(*) FROM draft").fetchone()[0]
        ours.execute("ROLLBACK")
        if relation is not Relation.FOREIGN:
            with failures_named(present):
                strays = _otherwise(present, present_key, backup, key, common)
            regained = _with(regained, strays)
    return Comparison(held, now, relation, common, lost, regained, drafts)


def relate(ours: Connection, theirs: Connection) -> tuple[int, Relation]:
    """How many audit rows both begin with, and what that means. A seal stands for all rows before it."""
    ends = (_end(ours), _end(theirs))
    common = 0
    if head_in(ours) is not None and head_in(theirs) is not None:
        common = _last_common(min(ends), lambda id: _seal(ours, id) == _seal(theirs, id))
    if (
        not common
    ):  # a file from before the seals, or one that was sealed again when it was brought to the present form
        common = _last_common(min(ends), lambda id: said_alike(ours, theirs, id))
        first = ours.execute("SELECT min(id) FROM audit WHERE kind IN ('worker', 'enrolment')").fetchone()[0]
        if first is None or first > common:  # the making of a register looks alike in every office
            common = 0
    if not common:
        return 0, Relation.FOREIGN
    if ends == (common, common):
        return common, Relation.SAME
    if ends[1] == common:
        return common, Relation.BEGINNING
    return common, Relation.AHEAD if ends[0] == common else Relation.BRANCH


def changes_after(connection: Connection, entries: int) -> Changes:
    """What was saved after so many audit rows."""
    # a list that was sent is remembered as a record of its own
    unmarked = f"kind NOT IN ({_quoted(_MARKS)}) AND (action NOT IN ({_quoted(UNTOUCHED)}) OR kind = 'sent_list')"
    saves = connection.execute(
        f"SELECT count(DISTINCT save) FROM audit WHERE id > ? AND {unmarked}", (entries,)
    ).fetchone()[0]
    counts = {
        (kind, action): count
        for kind, action, count in connection.execute(
            f"SELECT kind, action, count(*) FROM audit WHERE id > ? AND {unmarked} GROUP BY kind, action", (entries,)
        )
    }
    rows = connection.execute(
        f"SELECT kind, action, record, at, user, fields FROM audit WHERE id > ? AND {unmarked} "
        f"ORDER BY id DESC LIMIT {MOST_LINES}",
        (entries,),
    ).fetchall()
    named = _names(connection, ((row[0], row[2]) for row in rows))
    lines = tuple(
        ChangeLine(kind, action, record, moment_of_row(at), user, *named.get((kind, record), ("", "", "")),
                   fields=() if action == "add" else changed_fields(fields))
        for kind, action, record, at, user, fields in rows
    )  # fmt: skip
    return Changes(saves, counts, lines)


def changed_fields(text: str) -> tuple[str, ...]:
    """The names in the fields of an audit row; none where they were erased."""
    with contextlib.suppress(ValueError, TypeError):
        return tuple(str(name) for name, _old, _new in json.loads(text or "[]"))
    return ()


def moment_of_row(text: str) -> datetime | None:
    """The moment of an audit row; None for what is no moment."""
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(text)
    return None


# Details


def _end(connection: Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM audit").fetchone()[0])


def _seal(connection: Connection, id: int) -> object:
    found = connection.execute("SELECT hash FROM audit WHERE id = ?", (id,)).fetchone()
    return found and found[0]


def said_alike(ours: Connection, theirs: Connection, id: int) -> bool:
    """Whether the row says the same in both, whatever seals it; values that were erased meanwhile count as the same."""
    sql = "SELECT at, user, action, kind, record, fields FROM audit WHERE id = ?"
    pair = [connection.execute(sql, (id,)).fetchone() for connection in (ours, theirs)]
    return are_alike(pair[0], pair[1])


def are_alike(one: tuple[object, ...] | None, other: tuple[object, ...] | None) -> bool:
    """The same of two rows: what was done when by whom, and last the fields."""
    if one is None or other is None:
        return False
    return one[:-1] == other[:-1] and (one[-1] == other[-1] or not one[-1] or not other[-1])


def _last_common(most: int, is_alike: Callable[[int], bool]) -> int:
    """The last row that both have; rows before it are alike as well."""
    known, unknown = 0, most
    while known < unknown:
        middle = (known + unknown + 1) // 2
        if is_alike(middle):
            known = middle
        else:
            unknown = middle - 1
    return known


def _names(connection: Connection, wanted: Iterator[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str, str]]:
    """Name and NIK of the worker and code of the scheme, for records of the two kinds that have them."""
    ids: dict[str, set[int]] = {kind: set() for kind in _RECORDS}
    for kind, record in wanted:
        if kind in ids:
            ids[kind].add(record)
    found: dict[tuple[str, int], tuple[str, str, str]] = {}
    queries = {
        "worker": "SELECT id, name, nik, '' FROM worker WHERE id IN (SELECT value FROM json_each(?))",
        "enrolment": "SELECT enrolment.id, worker.name, nik, scheme.code FROM enrolment "
        "JOIN worker ON worker.id = worker JOIN scheme ON scheme.id = scheme "
        "WHERE enrolment.id IN (SELECT value FROM json_each(?))",
    }
    for kind, sql in queries.items():
        for id, *name in connection.execute(sql, (json.dumps(sorted(ids[kind])),)).fetchall():
            found[kind, id] = (name[0], name[1], name[2])
    return found


def _otherwise(
    present: Path, present_key: Key | None, backup: Path, key: Key | None, common: int
) -> tuple[ChangeLine, ...]:
    """Records of the backup that the file in use lacks or has otherwise although neither trail says why."""
    with contextlib.closing(connect(present, key=present_key, read_only=True)) as both:
        secret = "" if key is None else f"x'{key.raw.hex()}{key.salt.hex()}'"
        both.execute("ATTACH ? AS copy KEY ?", (address_of(backup.absolute()) + "?mode=ro", secret))
        lines: list[ChangeLine] = []
        for kind in _RECORDS:
            lines += _strays(both, kind, common)
    return tuple(lines)


def _strays(both: Connection, kind: str, common: int) -> Iterator[ChangeLine]:
    names = [
        name
        for (name,) in both.execute(
            f"SELECT name FROM pragma_table_info('{kind}', 'copy') INTERSECT "
            f"SELECT name FROM pragma_table_info('{kind}', 'main')"
        )
        if name not in WITHOUT[kind] and name not in _NUMBERED
    ]
    theirs, ours = (", ".join(f"{side}.{name}" for name in names) for side in ("theirs", "ours"))
    pairs = both.execute(
        f"SELECT theirs.id, ours.id, theirs.uid FROM copy.{kind} AS theirs LEFT JOIN main.{kind} AS ours "
        f"ON ours.uid = theirs.uid WHERE ours.id IS NULL OR ({theirs}) IS NOT ({ours})"
    ).fetchall()
    for theirs_id, ours_id, _uid in pairs:
        if ours_id is not None and _is_changed(both, "main", kind, ours_id, common):
            continue  # saved since: it stands among what would be lost
        if _is_changed(both, "copy", kind, theirs_id, common):
            continue  # saved in the backup after the common beginning: counted there
        at, user = both.execute(
            "SELECT at, user FROM copy.audit WHERE kind = ? AND record = ? ORDER BY id DESC LIMIT 1",
            (kind, theirs_id),
        ).fetchone() or ("", "")
        worker = theirs_id
        if kind == "enrolment":
            worker = both.execute("SELECT worker FROM copy.enrolment WHERE id = ?", (theirs_id,)).fetchone()[0]
        name, nik = both.execute("SELECT name, nik FROM copy.worker WHERE id = ?", (worker,)).fetchone()
        how = "missing" if ours_id is None else "otherwise"
        yield ChangeLine(kind, how, theirs_id, moment_of_row(at), user, name, nik)


def _is_changed(both: Connection, side: str, kind: str, record: int, common: int) -> bool:
    found = both.execute(
        f"SELECT 1 FROM {side}.audit WHERE kind = ? AND record = ? AND id > ? LIMIT 1", (kind, record, common)
    )
    return found.fetchone() is not None


def _with(changes: Changes, more: tuple[ChangeLine, ...]) -> Changes:
    if not more:
        return changes
    counts = Counter(changes.counts)
    counts.update((line.kind, line.action) for line in more)
    return Changes(changes.saves, dict(counts), (*changes.lines, *more)[:MOST_LINES])


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)
