"""Legal bases, and the names in and out of a decree, as rows of tables and as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.language import translate as _
from models.language import translate_count
from models.legal.legal_basis import LegalBasis, LegalKind
from models.values.formats import NOTHING, date_long, date_short, number
from ui.legal.reading import BasisLine, NameLine, Names
from ui.table import Column, Row


def basis_columns() -> list[Column]:
    """Heads for `basis_row`."""
    return [
        Column(_("Kind")),
        Column(_("Number")),
        Column(_("Date")),
        Column(_("About"), takes_room=True),
        Column(_("Valid")),
        Column(_("File")),
        Column(_("What points at it")),
    ]


def basis_row(line: BasisLine, today: date) -> Row:
    """A legal basis; one that ended or was replaced is dim, and its words say so."""
    basis = line.basis
    about, valid = basis.title, validity(basis)
    is_over = basis.valid_until is not None and basis.valid_until < today
    if line.replaced_by is not None:
        valid = _("replaced by {number}").format(number=line.replaced_by.short)
    elif is_over:
        valid = _("ended {day}").format(day=date_short(basis.valid_until or today))
    attached = _("Yes") if basis.attachment else _("none")
    cells = (_(basis.kind.label), basis.number or NOTHING, date_short(basis.dated_on), about, valid, attached)
    return Row(
        (*cells, used_words(line.used) or NOTHING),
        key=basis.id,
        tips=("", "", "", f"{about}. {basis.parties}".strip(), validity(basis)),
        is_dim=is_over or line.replaced_by is not None,
    )


def validity(basis: LegalBasis) -> str:
    """From when until when it is in force."""
    begins = date_short(basis.valid_from or basis.dated_on)
    if basis.valid_until is None:
        return _("since {day}").format(day=begins)
    return _("{first} to {last}").format(first=begins, last=date_short(basis.valid_until))


def used_words(used: dict[str, int]) -> str:
    """``2 dana, 7.723 kepesertaan``."""
    counts = {
        "fund": lambda count: translate_count("{count} fund", "{count} funds", count),
        "enrolment": lambda count: translate_count("{count} enrolment", "{count} enrolments", count),
        "promise": lambda count: translate_count("{count} promise", "{count} promises", count),
    }
    return ", ".join(counts[kind](count).format(count=number(count)) for kind, count in used.items())


def running_out_words(bases: Sequence[LegalBasis], today: date) -> str:
    """What ends within sixty days or has ended, and what to do."""
    named = [_end_words(basis, today) for basis in bases[:3]]
    if len(bases) > 3:
        named.append(_("{count} more").format(count=number(len(bases) - 3)))
    text = _('Runs out: {papers}. Enter the paper that takes its place, with this one under "replaces".')
    return text.format(papers="; ".join(named))


def _end_words(basis: LegalBasis, today: date) -> str:
    assert basis.valid_until is not None
    days = (basis.valid_until - today).days
    shown = {"number": basis.short, "day": date_short(basis.valid_until), "count": number(abs(days))}
    if days < 0:
        return _("{number} ended on {day}").format(**shown)
    if days == 0:
        return _("{number} ends today").format(**shown)
    words = translate_count("{number} ends on {day}, in {count} day", "{number} ends on {day}, in {count} days", days)
    return words.format(**shown)


def detail_words(line: BasisLine) -> str:
    """What the list has no room for."""
    basis = line.basis
    parts = [f"{_(basis.kind.label)} {basis.number}".strip(), date_long(basis.dated_on), basis.title, basis.parties]
    if line.replaces is not None:
        parts.append(_("replaces {number}").format(number=line.replaces.short))
    parts.append(basis.notes)
    return "; ".join(part for part in parts if part)


def names_words(line: BasisLine, names: Names) -> str:
    """How many come in and go out, and why nobody is listed where nobody is."""
    if names.left_count:
        text = _("Names in: {came}, names out: {left}; the NIK is masked.")
        return text.format(came=number(names.came_count), left=number(names.left_count))
    if names.came_count:
        text = translate_count(
            "{count} enrolment stands in this decree; it takes nobody's place.",
            "{count} enrolments stand in this decree; they take nobody's place.",
            names.came_count,
        )
        return text.format(count=number(names.came_count))
    if line.basis.kind is LegalKind.DECREE:
        return _("No enrolment stands in this decree yet.")
    return ""


def name_columns() -> list[Column]:
    """Heads for `name_rows`."""
    return [Column(_("NIK")), Column(_("Name"), takes_room=True), Column(_("Nagari"))]


def name_rows(lines: Sequence[NameLine], count: int) -> list[Row]:
    """The people, and how many there are more."""
    rows = [Row((line.nik, line.name, line.nagari), key=line.worker) for line in lines]
    if count > len(lines):
        words = _("{count} more, on the annex").format(count=number(count - len(lines)))
        rows.append(Row(("", words, ""), is_sum=True))
    return rows
