"""Beside the form: who may be the same person, the family, what the worker has already, the price, the day's work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.people.lines import LookAlike, WorkerLine
from models.schemes.enrolment import Enrolment
from models.schemes.pricing import Price
from models.schemes.scheme import Scheme
from models.storage.entries import EntryLine
from models.values.formats import date_short, month_short, number
from models.values.months import Period
from models.values.rupiah import format_rupiah
from ui.look.spacing import MEDIUM, SIDE_WIDTH
from ui.people.card import Card
from ui.people.price_text import price_lines, price_notes, price_sources, span_text

ENTRIES_SHOWN, FAMILY_SHOWN, ENROLMENTS_SHOWN = 6, 5, 4
REASONS_SHOWN = 3
"""Why somebody may be the same person, the strongest reasons; the comparison says all of them."""


class EntryPanel(QScrollArea):
    """Cards that come and go; nothing in it takes the focus while somebody types."""

    compare_wanted = Signal()
    drafts_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(SIDE_WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.known, self.look_alikes = Card("user", "accent"), Card("warning", "warning")
        self.family, self.price = Card("family"), Card("money")
        self.reasons, self.day = Card("edit"), Card("entry")
        self.look_alikes.add_button(_("Compare (F6)"), self.compare_wanted.emit)
        self.day.add_button(_("Open the drafts (F3)"), self.drafts_wanted.emit)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        for card in (self.look_alikes, self.known, self.family, self.price, self.reasons, self.day):
            column.addWidget(card)
        column.addStretch()
        self.setWidget(inside)

    def show_known(self, line: WorkerLine | None, enrolments: Sequence[Enrolment], schemes: Sequence[Scheme]) -> None:
        """The registered worker whose record is in the form, with its enrolments."""
        if line is None:
            self.known.show_lines("")
            return
        codes = {scheme.id: scheme.code for scheme in schemes}
        rows = [
            f"{codes.get(one.scheme, '')} · {span_text(one.period)} · {_(one.state.label)}"
            for one in enrolments[:ENROLMENTS_SHOWN]
        ]
        rows += _further(len(enrolments) - ENROLMENTS_SHOWN)
        who = f"{line.name} · {line.nagari_name}"
        self.known.show_lines(_("Already registered"), (who, *(rows or [_("No enrolment yet.")])))

    def show_look_alikes(self, found: Sequence[LookAlike], same_nik: WorkerLine | None = None) -> None:
        """Those who may be the same person; `same_nik` certainly is."""
        rows = [_who(one.line, ", ".join(map(_, one.reasons[:REASONS_SHOWN]))) for one in found]
        if same_nik is not None:
            rows.insert(0, _who(same_nik, _("the same NIK")))
        title = _("Possibly the same person ({count})").format(count=len(rows)) if rows else ""
        self.look_alikes.show_lines(title, rows)

    def show_family(self, lines: Sequence[WorkerLine]) -> None:
        """The registered workers of the family card."""
        rows = [_member(line) for line in lines[:FAMILY_SHOWN]] + _further(len(lines) - FAMILY_SHOWN)
        self.family.show_lines(_("Same family card ({count})").format(count=len(lines)) if rows else "", rows)

    def show_price(self, price: Price | None, period: Period | None, note: str = "") -> None:
        """The sum and how it came about, and a `note` on the months; nothing while it cannot be said."""
        if price is None or period is None:
            self.price.show_lines("")
            return
        title = _("Contribution {amount}").format(amount=format_rupiah(price.total))
        self.price.show_lines(title, (*price_lines(price, period), *([note] if note else [])))
        self.price.setToolTip("\n".join(filter(None, (price_sources(price), price_notes(price)))))

    def show_reasons(self, reasons: Iterable[tuple[str, str]]) -> None:
        """Warnings that were accepted: the field's word and the reason."""
        rows = [f"{label}: {reason}" if label else reason for label, reason in reasons]
        self.reasons.show_lines(_("Saved with a reason") if rows else "", rows)

    def show_day(self, entries: Sequence[EntryLine], count: int, drafts: int) -> None:
        """What was saved today, newest first, and how many drafts wait."""
        words = (
            translate_count("{count} entry", "{count} entries", count).format(count=number(count)),
            translate_count("{count} draft", "{count} drafts", drafts).format(count=number(drafts)),
        )
        rows = [_entry(line) for line in entries[:ENTRIES_SHOWN]]
        self.day.show_lines(_("Today: {count}").format(count=" · ".join(words)), rows)
        self.day.show_button(drafts > 0)


def _who(line: WorkerLine, reason: str) -> str:
    born = date_short(line.born_on) if line.born_on else ""
    return " · ".join(filter(None, (line.name, line.nagari_name, born, reason)))


def _member(line: WorkerLine) -> str:
    covered = ""
    if line.covered_until is not None:
        covered = _("{schemes} until {month}").format(
            schemes=" ".join(line.schemes), month=month_short(line.covered_until)
        )
    name = f"{line.name} ({line.born_on.year})" if line.born_on else line.name
    return " · ".join(filter(None, (name, covered)))


def _entry(line: EntryLine) -> str:
    text = " · ".join(filter(None, (f"{line.at:%H:%M} {line.name}", line.scheme)))
    return _("{entry} (taken back)").format(entry=text) if line.is_undone else text


def _further(count: int) -> list[str]:
    return [_("and {count} more").format(count=number(count))] if count > 0 else []
