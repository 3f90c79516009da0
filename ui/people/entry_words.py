"""Sentences of the entry page that are put together from records."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models.language import translate as _
from models.language import translate_count
from models.people.masking import PROTECTED, masked
from models.people.worker import Worker
from models.values.formats import period_text
from models.values.rupiah import format_rupiah
from ui.fields.choice import ChoiceField
from ui.fields.dates import DateField, MonthField
from ui.fields.field import Field
from ui.fields.numbers import PhoneField, RupiahField
from ui.people.compare_view import Compared, ComparedField
from ui.people.entry_form import EntryForm
from ui.people.entry_record import EntryRecord, Origin
from ui.people.worker_fields import LABELS

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.entries import Entry


def saved_words(entry: Entry, register: Register) -> str:
    """What a save did, in one line."""
    name, enrolment = entry.worker.full_name, entry.enrolment
    if enrolment is None:
        return _("Saved: {name}, without an enrolment.").format(name=name)
    return _("Saved: {name}, {scheme}, {period}, {amount}.").format(
        name=name,
        scheme=register.schemes.get(enrolment.scheme).code,
        period=period_text(enrolment.period),
        amount=format_rupiah(enrolment.contribution),
    )


def title_words(record: EntryRecord) -> str:
    """Whose record is in the form."""
    if record.origin is Origin.KNOWN:
        return _("Already registered: {name}").format(name=record.base.full_name)
    if record.origin is Origin.SAVED:
        return _("Saved: {name}").format(name=record.base.full_name)
    return _("New worker")


def state_words(record: EntryRecord, look_alikes: int, kept_at: datetime | None, *, alone: bool) -> str:
    """The quiet line at the right of the title; `alone` without the panel, it says the most needed of that as well."""
    parts = []
    if alone and look_alikes:
        words = translate_count("{count} look-alike (F6)", "{count} look-alikes (F6)", look_alikes)
        parts.append(words.format(count=look_alikes))
    price = record.price() if alone else None
    if price is not None:
        parts.append(format_rupiah(price[0].total))
    if kept_at is not None:
        parts.append(_("Draft kept {time}").format(time=f"{kept_at:%H:%M}"))
    return "  ·  ".join(parts)


def topic_of(field: Field | None) -> str:
    """The anchor in the page's help for a field."""
    if isinstance(field, ChoiceField):
        return "choice"
    if isinstance(field, DateField | MonthField | RupiahField | PhoneField):
        return "date"
    return "" if field is None else field.name


def _full(field: Field) -> str:
    """The text of a field as it would be shown once it is left, a masked one in full."""
    value = field.value()
    return field.text() if value in (None, "") else field.written(value)


def as_compared(form: EntryForm, worker: Worker, reason: str) -> Compared:
    """The typed texts beside those of a registered worker, as both would be shown in the fields; what identifies the
    registered one is masked, and compared in full all the same."""
    assert worker.id is not None
    shown = {"title_before": worker.title_before, "title_after": worker.title_after}
    rows = []
    for field in form.fields:
        if field.name not in LABELS and field.name not in shown:
            continue
        value = shown.get(field.name, getattr(worker, field.name, None))
        registered = "" if value in (None, "") else field.written(value)
        typed = field.text()
        if typed or registered:
            same = _full(field).casefold() == registered.casefold() if typed and registered else None
            if registered and field.name in PROTECTED:
                registered = masked(field.name, str(value))
            rows.append(ComparedField(field.label, typed, registered, same))
    return Compared(worker.id, worker.full_name, reason, tuple(rows))
