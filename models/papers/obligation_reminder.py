"""A letter that reminds a unit or a company of whom it still has to register, as frozen data and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.language import translate as _
from models.language import translate_count
from models.papers.letterhead import Letterhead, Signatory
from models.papers.printed import Printed
from models.schemes.scheme import PayerKind
from models.values.formats import NOTHING, date_short, month_long, number
from models.values.months import Month
from models.values.rupiah import format_rupiah

KIND = "obligation_reminder"
"""Its name in the audit row of the printing."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody who is registered already."""

    name: str
    nik: str
    """Masked: the letter is for the unit, which knows its people by name."""
    nagari: str
    payer: str = ""
    """The civil servant who protects the worker; empty where the unit itself does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationReminder:
    """Everything the letter says."""

    letterhead: Letterhead
    signatory: Signatory
    number: str
    """By the office's pattern, with dots where the secretary writes the running number."""
    dated_on: date
    payer_kind: PayerKind
    unit: str
    """Name of the office, nagari, cooperative or company."""
    scheme: str
    month: Month
    """The month whose registrations are counted; of a company the last one of the year."""
    obliged: int | None
    """How many there are, or were promised; None: nobody has counted, or only rupiah were promised."""
    done: int
    counted_on: date | None = None
    source: str = ""
    promised_rupiah: int | None = None
    """Of a company: what it promised for the year."""
    paid_rupiah: int = 0
    people: tuple[Reminded, ...] = ()
    """Those who are registered, by name; perhaps only the first of them."""
    people_count: int = 0
    printed: Printed
    is_sample: bool = False

    @property
    def to_do(self) -> int | None:
        """How many are still missing; None while nobody has counted."""
        return None if self.obliged is None else max(0, self.obliged - self.done)

    @property
    def open_rupiah(self) -> int | None:
        return None if self.promised_rupiah is None else max(0, self.promised_rupiah - self.paid_rupiah)

    @property
    def is_done(self) -> bool:
        """Nothing is left to remind of."""
        return (
            (self.obliged is not None or self.promised_rupiah is not None)
            and not self.to_do
            and (not self.open_rupiah)
        )


def addressee(letter: ObligationReminder) -> str:
    """Who is written to."""
    words = {
        PayerKind.CIVIL_SERVANT: _("Head of {unit}") if _has_a_head(letter.unit) else _("Management of {unit}"),
        PayerKind.NAGARI: _("Wali Nagari {unit}"),
        PayerKind.COOPERATIVE: _("Chair of {unit}"),
    }.get(letter.payer_kind, _("Management of {unit}"))
    return words.format(unit=letter.unit)


def _has_a_head(unit: str) -> bool:
    """An office whose first person is called its head (Kepala); of a secretariat or a district it is somebody else."""
    return unit.casefold().startswith(("dinas ", "badan ", "kantor ", "bagian ", "puskesmas "))


def subject(letter: ObligationReminder) -> str:
    return _("Reminder: registration for {scheme}").format(scheme=letter.scheme)


def opening(letter: ObligationReminder) -> str:
    """What the figures below it are."""
    if letter.payer_kind is PayerKind.COMPANY:
        words = _("By our register, what {unit} promised for {scheme} in {year} stands as follows:")
        return words.format(unit=letter.unit, scheme=letter.scheme, year=letter.month.year)
    words = _("By our register, {scheme} stands at {unit} in {month} as follows:")
    return words.format(unit=letter.unit, scheme=letter.scheme, month=month_long(letter.month))


def facts(letter: ObligationReminder) -> tuple[tuple[str, str], ...]:
    """The figures: what each is, and the figure."""
    found: list[tuple[str, str]] = []
    is_company = letter.payer_kind is PayerKind.COMPANY
    if letter.obliged is not None or not is_company:
        there_are = NOTHING if letter.obliged is None else number(letter.obliged)
        if letter.counted_on is not None:
            counted = _("{count} (counted on {day}, source: {source})")
            there_are = counted.format(count=there_are, day=date_short(letter.counted_on), source=letter.source)
        to_do = NOTHING if letter.to_do is None else number(letter.to_do)
        done = number(letter.done)
        if letter.obliged:
            done = f"{done} ({share(letter.done, letter.obliged)})"
        found += [
            (_("Promised workers") if is_company else _("How many there are"), there_are),
            (_("Fulfilled") if is_company else _("Registered"), done),
            (_("Still to do"), to_do),
        ]
    if letter.promised_rupiah is not None:
        found += [
            (_("Promised rupiah"), format_rupiah(letter.promised_rupiah)),
            (_("Fulfilled"), format_rupiah(letter.paid_rupiah)),
            (_("Still open"), format_rupiah(letter.open_rupiah or 0)),
        ]
    return tuple(found)


def request(letter: ObligationReminder) -> str:
    """What is asked for."""
    if letter.is_done:
        return _("Everything is fulfilled, for which we thank you.")
    if letter.obliged is None and letter.promised_rupiah is None:
        return _("How many there are has not been told to us yet. We ask for the number, and the day it stands for.")
    if letter.payer_kind is PayerKind.COMPANY:
        heads = translate_count("{count} worker", "{count} workers", letter.to_do or 0)
        still = [
            heads.format(count=number(letter.to_do or 0)) if letter.to_do else "",
            format_rupiah(letter.open_rupiah) if letter.open_rupiah else "",
        ]
        words = _("We ask for your help so that what is still open of the promise ({open}) is fulfilled soon.")
        return words.format(open=", ".join(part for part in still if part))
    if letter.payer_kind is PayerKind.CIVIL_SERVANT:
        words = _("We ask for your help so that the {count} civil servants who protect nobody yet each register a "
                  "worker. Where the number is no longer right, please tell us the right one.")  # fmt: skip
    else:
        words = _("We ask for your help so that the {count} who are not registered yet are registered soon. Where the "
                  "number is no longer right, please tell us the right one.")  # fmt: skip
    return words.format(count=number(letter.to_do or 0))


def people_words(letter: ObligationReminder, shown: int) -> str:
    """Above the names: how many they are, and how many of them stand there."""
    if shown < letter.people_count:
        words = _("Registered already: the first {shown} of {count} names. The whole list can be had from us.")
        return words.format(shown=number(shown), count=number(letter.people_count))
    return _("Registered already: {count} names.").format(count=number(letter.people_count))


def share(part: int, whole: int | None) -> str:
    """``31,6 %``; nothing of nothing is nothing."""
    if not whole:
        return NOTHING
    return f"{part * 1000 // whole / 10:.1f} %".replace(".", ",")


def as_text(letter: ObligationReminder) -> str:
    """The letter as lines for a text of one's own."""
    lines = [
        f"{_('To')}: {addressee(letter)}",
        f"{_('Subject')}: {subject(letter)}",
        "",
        opening(letter),
        *(f"{label}: {value}" for label, value in facts(letter)),
        "",
        request(letter),
    ]
    if letter.people:
        lines += ["", people_words(letter, len(letter.people))]
        lines += ["\t".join(part for part in (one.name, one.nik, one.nagari, one.payer) if part)
                  for one in letter.people]  # fmt: skip
    return "\n".join(lines)
