"""Lists in, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from models.exchange.checked import CheckedList
from models.exchange.importing import (
    ChangedField,
    ImportPreview,
    ListImport,
    Outcome,
    RowPreview,
    TouchedSince,
)
from models.exchange.mistakes import MISTAKES, NAMES, NOTES
from models.exchange.table import LeftOut, ListTable, RowKind
from models.language import N_, translate_count
from models.language import translate as _
from models.people.masking import PROTECTED, masked
from models.people.phone import format_phone
from models.people.worker import MaritalStatus, Sex
from models.problems import Problem
from models.values.formats import NOTHING, date_short, number
from models.values.rupiah import format_rupiah
from ui.people.worker_fields import LABELS

if TYPE_CHECKING:
    from datetime import date

    from models.register import Register


def table_words(table: ListTable) -> str:
    """What was found in a sheet, and what of it is nobody."""
    people = translate_count("{count} person", "{count} people", len(table)).format(count=number(len(table)))
    told = _("{file}: {people} below the headings in row {row}.").format(
        file=table.source.path.name, people=people, row=_rows(table.heading_rows)
    )
    left_out = [one for one in table.left_out if one.kind not in (RowKind.BLANK, RowKind.TITLE)]
    if not left_out:
        return told
    return told + " " + _("Not taken for people: {rows}.").format(rows=left_out_words(left_out))


def left_out_words(rows: list[LeftOut], most: int = 4) -> str:
    """The rows that are nobody, with the beginning of what stands there."""
    shown = [
        _("row {row} ({kind}: “{text}”)").format(row=one.row, kind=_(one.kind.label), text=_begun(one.text))
        for one in rows[:most]
    ]
    if len(rows) > most:
        shown.append(_("{count} more").format(count=number(len(rows) - most)))
    return ", ".join(shown)


def change_words(register: Register, change: ChangedField) -> str:
    """One field: what the register says, and what the list says."""
    label = _(LABELS[change.name]) if change.name in LABELS else change.name
    before, after = (value_words(register, change.name, value) for value in (change.before, change.after))
    return f"{label}: {before} → {after}"


def value_words(register: Register, name: str, value: str | int | None) -> str:
    """A stored value of the register as people read it; masked where it identifies the person."""
    if value is not None and value != "" and name in PROTECTED:
        return masked(name, str(value))
    return typed_words(register, name, value)


def typed_words(register: Register, name: str, value: str | int | None) -> str:
    """A value of the list as people read it; in full, since the sender wrote it."""
    if value is None or value == "":
        return NOTHING
    if name == "phone":
        return format_phone(str(value))
    if name == "sex":
        return _(Sex(str(value)).label)
    if name == "marital_status":
        return _(MaritalStatus(str(value)).label)
    if name == "nagari":
        return register.regions.name(str(value))
    if name == "income":
        return format_rupiah(int(value))
    if name == "occupation":
        return register.occupations.name(str(value))
    if name == "born_on":
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    return str(value)


def row_words(register: Register, row: RowPreview, names: Mapping[int, str]) -> str:
    """What becomes of a person, in words; `names` of the registered workers."""
    parts: list[str] = []
    match row.outcome:
        case Outcome.CHANGED:
            parts += [change_words(register, change) for change in row.changes]
        case Outcome.DOUBTFUL:
            why = _(row.doubt.label) if row.doubt is not None else ""
            name = names.get(row.worker, "") if row.worker is not None else ""
            who = f": {name}" if name else ""
            parts.append(_("{why}{who}. Enter compares the two.").format(why=why, who=who))
        case Outcome.UNCHANGED:
            parts.append(_("registered already, nothing differs"))
    parts += [problem.text for problem in row.problems]
    if row.enrolment_problems:
        why = " ".join(problem.text for problem in row.enrolment_problems)
        parts.append(_("not enrolled: {why}").format(why=why))
    return "; ".join(parts)


def outcome_words(preview: ImportPreview, *, is_enrolling: bool = False) -> str:
    """What would be written, in a sentence; who asked for a scheme hears of those whom it does not take."""
    counts = preview.counts
    told = _("{new} new, {changed} changed, {unchanged} unchanged, {doubtful} doubtful, {left_out} left out.").format(
        **{str(outcome): number(counts.get(outcome, 0)) for outcome in Outcome}
    )
    if preview.enrolled:
        told += " " + _("Enrolled: {count}, {cost}.").format(
            count=number(preview.enrolled), cost=format_rupiah(preview.cost)
        )
    registered = sum(counts.get(outcome, 0) for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED))
    refused = registered - preview.enrolled if is_enrolling else 0
    if refused > 0:
        told += " " + _("Not enrolled: {count}; why stands in each row.").format(count=number(refused))
    return told


def before_words(days: tuple[date, ...]) -> str:
    """That the very same file was taken in already."""
    if not days:
        return ""
    return _(
        "This very file was taken in before, on {days}. Take it in again only for those who were left out then, or if "
        "that one was taken back."
    ).format(days=", ".join(date_short(day) for day in days))


def import_words(one: ListImport) -> str:
    """What an import did, by its counts."""
    shown = [f"{_(outcome.label)} {number(one.counts[outcome])}" for outcome in Outcome if one.counts.get(outcome)]
    return ", ".join(shown) or NOTHING


def _begun(text: str, most: int = 30) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _rows(rows: tuple[int, ...]) -> str:
    if not rows:
        return NOTHING
    return str(rows[0]) if len(rows) == 1 else f"{rows[0]}-{rows[-1]}"


def kind_words(problem: Problem) -> str:
    """A kind of finding in few words; one without a name of its own is called by the field it is about."""
    if problem.code in KIND_NAMES:
        return _(KIND_NAMES[problem.code])
    number_of = MISTAKES.get(problem.code, 0)
    if number_of in NAMES:
        return _(NAMES[number_of])
    return _(LABELS[problem.field]) if problem.field in LABELS else problem.field


def note_words(checked: CheckedList) -> str:
    """What is doubtful about the list as a whole, and what was put right in it without a question."""
    doubts = [doubt.text for doubt in checked.doubts]
    notes = [_(NOTES[code]).format(count=number(count)) for code, count in checked.noted.items() if code in NOTES]
    return " ".join([*doubts, *notes])


def touched_words(touched: TouchedSince) -> str:
    """What keeps an import from being taken back: some by name, the rest by their number."""
    shown = [_("{name}: {what}").format(name=one.name, what=one.problem.text) for one in touched.first]
    further = touched.count - len(touched.first)
    if further > 0:
        shown.append(_("{count} more").format(count=number(further)))
    told = translate_count(
        "{count} record of this list was changed since, so the list stays.",
        "{count} records of this list were changed since, so the list stays.",
        touched.count,
    )
    return told.format(count=number(touched.count)) + " " + " ".join(shown)


KIND_NAMES: Mapping[str, str] = {
    "nik_missing": N_("NIK empty"),
    "nik_length": N_("NIK with too few or too many digits"),
    "nik_letters": N_("NIK with letters"),
    "nik_scientific": N_("NIK turned into a number"),
    "nik_birth_date_differs": N_("NIK says another birth date"),
    "nik_sex_differs": N_("NIK says the other sex"),
    "nik_registered": N_("NIK registered already"),
    "born_on_missing": N_("Birth date empty"),
    "nagari_missing": N_("Nagari empty"),
    "sex_missing": N_("Sex empty"),
    "name_missing": N_("Name empty"),
}
"""Short names of the commonest findings: code -> English message id."""
