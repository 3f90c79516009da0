"""A legal basis: an agreement, circular, decree or regulation that enrolments, funds and papers point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.language import N_
from models.problems import Problem
from models.values.formats import Written, date_short

WARN_BEFORE = timedelta(days=60)
"""So long before its end a legal basis is shown as one to be renewed."""
LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; a scanned decree has one or two million."""
_EARLIEST = date(1945, 8, 18)
_BEGINNINGS = (
    (b"%PDF-", ".pdf"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
)  # fmt: skip
"""How a file of each kind begins, whatever its name says."""


class LegalKind(StrEnum):
    """What kind of paper it is."""

    MOU = "mou"
    CIRCULAR = "circular"
    DECREE = "decree"
    DRAFT_PERDA = "draft_perda"
    PERDA = "perda"
    OTHER = "other"

    @property
    def label(self) -> str:
        """English message id."""
        return _LABELS[self]


_LABELS = {
    LegalKind.MOU: N_("Agreement (MoU)"),
    LegalKind.CIRCULAR: N_("Circular"),
    LegalKind.DECREE: N_("Decree (SK)"),
    LegalKind.DRAFT_PERDA: N_("Draft regional regulation"),
    LegalKind.PERDA: N_("Regional regulation (Perda)"),
    LegalKind.OTHER: N_("Other basis"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """One paper of the register of legal bases."""

    id: int | None = None
    uid: str = ""
    office: str = ""
    revision: int = 0
    kind: LegalKind
    number: str
    dated_on: date
    title: str
    parties: str = ""
    """Who made it: the signatories of an agreement, the authority of a decree."""
    valid_from: date | None = None
    valid_until: date | None = None
    """None: until it is replaced."""
    replaces: int | None = None
    """Id of the one that it replaces."""
    attachment: str = ""
    """SHA-256 of the attached file in hexadecimal; empty: none."""
    notes: str = ""

    @property
    def short(self) -> str:
        """As a sentence names it: ``SK 500.15.14.1/172/2025``."""
        return self.number or self.title

    def is_valid_on(self, day: date) -> bool:
        """Whether it is in force."""
        begins = self.valid_from or self.dated_on
        return begins <= day and (self.valid_until is None or day <= self.valid_until)

    def runs_out_soon(self, today: date) -> bool:
        """Whether it ends within `WARN_BEFORE`, or has ended."""
        return self.valid_until is not None and self.valid_until - today <= WARN_BEFORE


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is kept inside the register."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """``.pdf``, ``.png``, ``.jpg`` or ``.tif`` by what is in it; empty where it is none of them."""
        return next((suffix for begin, suffix in _BEGINNINGS if self.content.startswith(begin)), "")


def problems_of_legal_basis(basis: LegalBasis, today: date, others: Iterable[LegalBasis]) -> tuple[Problem, ...]:
    """A legal basis needs number, date and title; a draft may be without a number."""
    return tuple(_of(basis, today, tuple(others)))


def problem_of_attachment(attachment: Attachment) -> Problem | None:
    """Why a file is not kept."""
    if not attachment.content:
        message = N_("The file {name} is empty. Scan the paper once more, then attach it.")
        return Problem("attachment", "attachment_empty", message, {"name": attachment.name})
    if len(attachment.content) > LARGEST_FILE:
        message = N_(
            "The file {name} is larger than {most} MB. Scan it in black and white at 200 dpi, then attach it."
        )
        about = {"name": attachment.name, "most": LARGEST_FILE // (1024 * 1024)}
        return Problem("attachment", "attachment_large", message, about)
    if not attachment.suffix:
        message = N_(
            "{name} is neither a PDF file nor a picture. Scan the paper as PDF, PNG, JPEG or TIFF, then attach it."
        )
        return Problem("attachment", "attachment_kind", message, {"name": attachment.name})
    return None


def _of(basis: LegalBasis, today: date, others: tuple[LegalBasis, ...]) -> Iterator[Problem]:
    if not basis.number.strip() and basis.kind is not LegalKind.DRAFT_PERDA:
        yield Problem(
            "number", "number_missing", N_("The number is empty. Copy it from the paper as it stands there.")
        )
    if not basis.title.strip():
        yield Problem("title", "title_missing", N_("The title is empty. Write what it is about (tentang ...)."))
    if basis.dated_on > today and basis.kind is not LegalKind.DRAFT_PERDA:
        message = N_("{day} has not come yet. A paper carries the day on which it was signed.")
        yield Problem("dated_on", "dated_future", message, {"day": Written(basis.dated_on, date_short)})
    if basis.dated_on < _EARLIEST:
        message = N_("{day} is too long ago. Correct the year.")
        yield Problem("dated_on", "dated_past", message, {"day": Written(basis.dated_on, date_short)})
    if basis.valid_until is not None and basis.valid_until < (basis.valid_from or basis.dated_on):
        message = N_("It would end on {day}, before it begins. Correct one of the two days.")
        yield Problem("valid_until", "validity_backwards", message, {"day": Written(basis.valid_until, date_short)})
    same = next(
        (
            other
            for other in others
            if other.id != basis.id
            and other.kind is basis.kind
            and other.number.strip().casefold() == basis.number.strip().casefold()
            and other.dated_on == basis.dated_on
            and basis.number.strip()
        ),
        None,
    )
    if same is not None:
        message = N_("{number} of the same day is in the register already. Open that one instead.")
        yield Problem("number", "same_basis", message, {"number": same.number})
    if basis.replaces is not None and basis.replaces == basis.id:
        yield Problem("replaces", "replaces_itself", N_("A paper cannot replace itself. Choose the earlier one."))
