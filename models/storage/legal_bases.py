"""The register of legal bases as stored, with the attached files."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from models.language import N_
from models.legal.legal_basis import (
    Attachment,
    LegalBasis,
    LegalKind,
    problem_of_attachment,
    problems_of_legal_basis,
)
from models.offices.users import Right
from models.problems import Problem, Rejected
from models.storage.audit import Change, differences
from models.storage.opening import OpenFile
from models.storage.uids import new_uid, uid_text

_FIELDS = (
    "kind", "number", "dated_on", "title", "parties", "valid_from", "valid_until", "replaces", "attachment", "notes",
)  # fmt: skip
_SELECT = f"SELECT id, uid, office, revision, {', '.join(_FIELDS)} FROM legal_basis"
_POINT_AT = (
    ("fund", "SELECT count(*) FROM fund WHERE legal_basis = ? AND living = 1"),
    ("enrolment", "SELECT count(*) FROM enrolment WHERE decree = ? AND counts = 1"),
    ("promise", "SELECT count(*) FROM promise WHERE legal_basis = ? AND living = 1"),
)


class LegalBases:
    """Keeping legal bases; nothing is deleted, a mistake is withdrawn."""

    def __init__(self, file: OpenFile, office: str) -> None:
        self._file = file
        self._office = office

    def all(self) -> tuple[LegalBasis, ...]:
        """Newest first."""
        return tuple(
            _basis(row) for row in self._file.rows(f"{_SELECT} WHERE living = 1 ORDER BY dated_on DESC, id DESC")
        )

    def get(self, id: int) -> LegalBasis:
        """The legal basis of an id; LookupError when there is none."""
        row = self._file.row(f"{_SELECT} WHERE id = ?", (id,))
        if row is None:
            raise LookupError(f"no legal basis {id}")
        return _basis(row)

    def running_out(self, today: date) -> tuple[LegalBasis, ...]:
        """Those that end soon or have ended, and that nothing has replaced yet; the first to end first."""
        bases = self.all()
        replaced = {basis.replaces for basis in bases}
        soon = [basis for basis in bases if basis.runs_out_soon(today) and basis.id not in replaced]
        return tuple(sorted(soon, key=lambda basis: (basis.valid_until or today, basis.id or 0)))

    def used_by(self, id: int) -> dict[str, int]:
        """How many funds, enrolments and promises point at it, by kind; kinds without any are left out."""
        counts = {kind: self._file.rows(sql, (id,))[0][0] for kind, sql in _POINT_AT}
        return {kind: count for kind, count in counts.items() if count}

    def save(self, basis: LegalBasis, attachment: Attachment | None = None) -> LegalBasis:
        """Adds or corrects a legal basis; a new `attachment` takes the place of the one it had. Raises Rejected."""
        self._require_sound(basis, attachment)
        with self._file.change(Right.APPROVE) as change:
            return self._save_within(change, basis, attachment)

    def add_within(self, change: Change, basis: LegalBasis) -> LegalBasis:
        """Adds one in the transaction of a change that rests on it. Raises Rejected, of a lacking right too."""
        self._file.require(Right.APPROVE)
        self._require_sound(basis, None)
        return self._save_within(change, basis, None)

    def _require_sound(self, basis: LegalBasis, attachment: Attachment | None) -> None:
        problems = list(problems_of_legal_basis(basis, self._file.clock().date(), self.all()))
        if attachment is not None and (problem := problem_of_attachment(attachment)) is not None:
            problems.append(problem)
        if problems:
            raise Rejected(problems)

    def _save_within(self, change: Change, basis: LegalBasis, attachment: Attachment | None) -> LegalBasis:
        if attachment is not None:
            digest = hashlib.sha256(attachment.content).digest()
            change.execute(
                "INSERT OR IGNORE INTO attachment (hash, name, size, content) VALUES (?, ?, ?, ?)",
                (digest, attachment.name, len(attachment.content), attachment.content),
            )
            basis = replace(basis, attachment=digest.hex())
        row = _row(basis)
        if basis.id is None:
            uid = new_uid()
            id = change.execute(
                f"INSERT INTO legal_basis (uid, office, revision, {', '.join(_FIELDS)}) "
                f"VALUES ({', '.join('?' * (3 + len(_FIELDS)))})",
                (uid, self._office, 1, *row),
            )
            named = zip(_FIELDS, _told(row), strict=True)
            change.record(
                "add", "legal_basis", id, [(n, None, value) for n, value in named if value not in ("", None)]
            )
            return replace(basis, id=id, uid=uid_text(uid), office=self._office, revision=1)
        old = self.get(basis.id)
        if old.revision != basis.revision:
            message = N_("Somebody else corrected this paper meanwhile. Open it again and correct it once more.")
            raise Rejected([Problem("number", "corrected_meanwhile", message)])
        changes = differences(
            dict(zip(_FIELDS, _told(_row(old)), strict=True)), dict(zip(_FIELDS, _told(row), strict=True))
        )
        if not changes:
            return old
        change.execute(
            f"UPDATE legal_basis SET revision = ?, {', '.join(f'{name} = ?' for name in _FIELDS)} WHERE id = ?",
            (old.revision + 1, *row, old.id),
        )
        change.record("correct", "legal_basis", basis.id, changes)
        return replace(basis, uid=old.uid, office=old.office, revision=old.revision + 1)

    def withdraw(self, id: int) -> None:
        """Takes a legal basis back that was entered by mistake. Raises Rejected while something points at it."""
        with self._file.change(Right.APPROVE) as change:
            used = self.used_by(id)
            if used:
                message = N_(
                    "{count} records point at this paper (funds, enrolments, promises), so it stays. Let them point at "
                    "another one first."
                )
                raise Rejected([Problem("number", "basis_used", message, {"count": sum(used.values())})])
            change.execute("UPDATE legal_basis SET living = 0, revision = revision + 1 WHERE id = ?", (id,))
            change.record("withdraw", "legal_basis", id, [("living", 1, 0)])

    def attachment(self, basis: LegalBasis) -> Attachment | None:
        """The attached file, compared with its hash; None where there is none. Raises Rejected where it was altered."""
        if not basis.attachment:
            return None
        row = self._file.row(
            "SELECT name, content FROM attachment WHERE hash = ?", (bytes.fromhex(basis.attachment),)
        )
        if row is None or hashlib.sha256(row[1]).hexdigest() != basis.attachment:
            message = N_("The attached file of {number} is not as it was attached. Attach the scan once more.")
            raise Rejected([Problem("attachment", "attachment_altered", message, {"number": basis.short})])
        return Attachment(row[0], row[1])


def _row(basis: LegalBasis) -> tuple[Any, ...]:
    return (
        basis.kind, " ".join(basis.number.split()), basis.dated_on.isoformat(), " ".join(basis.title.split()),
        basis.parties.strip(), basis.valid_from.isoformat() if basis.valid_from else None,
        basis.valid_until.isoformat() if basis.valid_until else None, basis.replaces,
        bytes.fromhex(basis.attachment) if basis.attachment else None, basis.notes.strip(),
    )  # fmt: skip


def _told(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same for an audit row, which is text: a hash in hexadecimal."""
    return tuple(value.hex() if isinstance(value, bytes) else value for value in row)


def _basis(row: tuple[Any, ...]) -> LegalBasis:
    values: dict[str, Any] = dict(zip(_FIELDS, row[4:], strict=True))
    values["kind"] = LegalKind(values["kind"])
    values["attachment"] = values["attachment"].hex() if values["attachment"] else ""
    values["dated_on"] = date.fromisoformat(values["dated_on"])
    for name in ("valid_from", "valid_until"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return LegalBasis(id=row[0], uid=uid_text(row[1]), office=row[2], revision=row[3], **values)
