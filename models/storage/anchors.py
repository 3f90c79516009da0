"""What left the computer and remembers the audit trail: codes on papers, heads in the manifests of backups."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from models.language import N_
from models.problems import Problem, Rejected
from models.storage.audit_chain import Head, head_at, head_of
from models.storage.driver import Connection

_CODE = re.compile(r"([0-9]+)-([0-9A-F]{16})")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", ".": "", "\u00a0": "", "\u2013": "-", "\u2014": "-"})
"""What an eye or a word processor takes for another sign; a hash has none of these letters."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What was once known of the trail: after so many entries its hash began like this."""

    entries: int
    hash: bytes
    """All 32 bytes, or the first eight, as paper has them."""
    source: str = ""
    """Name of the backup whose manifest says so; empty for a code from paper."""
    made_at: datetime | None = None

    @property
    def code(self) -> str:
        """As on paper."""
        return Head(self.entries, self.hash).code


def anchor_of(code: str) -> Anchor:
    """The anchor that a printed code means: ``12345-8F3A-91C2-77AB-04DE``, typed with or without its hyphens and dots.

    Raises Rejected, a problem of the field ``anchor``, where it cannot be one.
    """
    number, _hyphen, digits = code.strip().upper().translate(_MISREAD).partition("-")
    found = _CODE.fullmatch(f"{number}-{digits.replace('-', '')}")
    if found is None:
        message = N_(
            "{code} is no trail code. It stands at the foot of a coverage summary: a number and four groups of four "
            "signs (0 to 9, A to F), for instance 12345-8F3A-91C2-77AB-04DE."
        )
        raise Rejected([Problem("anchor", "no_code", message, {"code": code.strip()})])
    return Anchor(int(found[1]), bytes.fromhex(found[2]))


@dataclass(frozen=True, slots=True)
class Misfit:
    """An anchor that the trail does not hold on."""

    how: str
    """``cut``: the trail is shorter than the anchor knows. ``rewritten``: the entry it names is another one."""
    anchor: Anchor
    head: Head
    """Of the trail as it is."""


def misfits(connection: Connection, anchors: Iterable[Anchor]) -> Iterator[Misfit]:
    """The anchors that do not fit.

    A backup made before another one took the file's place, or before the register itself was made, says nothing.
    """
    head, begins_at = head_of(connection), None
    for anchor in anchors:
        how = misfit_of(connection, anchor)
        if not how:
            continue
        if begins_at is None:
            begins_at = _latest(connection, "id = 1"), _latest(connection, "action = 'restore'")
        if anchor.made_at is None or (anchor.made_at >= begins_at[0] and anchor.made_at > begins_at[1]):
            yield Misfit(how, anchor, head)


def misfit_of(connection: Connection, anchor: Anchor) -> str:
    """``cut``, ``rewritten``, or empty where the anchor holds."""
    then = head_at(connection, anchor.entries) if anchor.entries else Head(0, anchor.hash)
    if then is None:
        return "cut"
    return "" if then.hash.startswith(anchor.hash) else "rewritten"


def _latest(connection: Connection, where: str) -> datetime:
    """Moment of the newest of some entries."""
    found = datetime.min
    for (at,) in connection.execute(f"SELECT at FROM audit WHERE {where}").fetchall():
        with contextlib.suppress(ValueError):  # it may be what was tampered with
            found = max(found, datetime.fromisoformat(at))
    return found
