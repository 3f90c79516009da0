"""The row above the workers list: what is searched for and what the list is narrowed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from models.language import translate as _
from models.people.lines import Standing, WorkerFilter, WorkerOrder
from models.values.months import Month
from ui.fields.choice import Choice, ChoiceField
from ui.fields.field import Field, TextField
from ui.look.spacing import COLUMN_GAP, HAIR
from ui.people.worker_fields import choices_of_nagari

if TYPE_CHECKING:
    from models.register import Register


class SearchField(TextField):
    """Any part of a name, NIK or KK, or a nagari; the results follow each key."""

    went_down = Signal()
    """Down: into the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.edited.emit()
        else:
            super().keyPressEvent(event)

    def _marks(self) -> list[tuple[str, str]]:
        return [("search", "muted"), *super()._marks()]


class FilterRow(QWidget):
    """Search field and four choices; an empty one narrows nothing."""

    changed = Signal()
    """Another list is wanted."""
    went_down = Signal()
    """On to the list."""
    entered = Signal()
    """Enter in the search field: the list, or the record if it is the only one."""

    def __init__(self, register: Register, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register, self._month = register, month
        self.search = SearchField("search", _("Search"))
        self.search.setPlaceholderText(_("Name, NIK, KK or nagari"))
        self.search.describe(_("Results follow each key. Down leads into the list."))
        regions, schemes = register.regions, register.schemes.all()
        self.kecamatan = ChoiceField(
            "kecamatan", _("Kecamatan"), [Choice(one.code, one.name) for one in regions.kecamatan()]
        )
        self.nagari = ChoiceField("nagari", _("Nagari"), choices_of_nagari(register))
        self.scheme = ChoiceField("scheme", _("Scheme"), [Choice(one.id, one.name, one.code) for one in schemes])
        standings = [Choice(one, _(one.label), str(number)) for number, one in enumerate(Standing, 1)]
        self.standing = ChoiceField("standing", _("Status this month"), standings)
        self.kecamatan.edited.connect(self._follow_kecamatan)  # before the list is asked for
        self._last: WorkerFilter | None = None
        self.labels = [QLabel() for _field in self.fields]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(HAIR)
        for column, (field, label) in enumerate(zip(self.fields, self.labels, strict=True)):
            label.setText(field.label)
            label.setBuddy(field)
            field.setMinimumWidth(field.fontMetrics().averageCharWidth() * 10)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 5 if field is self.search else 3)
            field.edited.connect(self._edited)
            field.left.connect(lambda field=field: field.show_problem(field.reading_problem()))
            if field is not self.search:
                field.setPlaceholderText(_("All"))
                field.stepped.connect(lambda _by: self.went_down.emit())
        self.search.went_down.connect(self.went_down)
        self.search.stepped.connect(lambda _by: self.entered.emit())

    @property
    def fields(self) -> tuple[Field, ...]:
        """From left to right."""
        return (self.search, self.kecamatan, self.nagari, self.scheme, self.standing)

    def narrowed(self, order: WorkerOrder, descending: bool) -> WorkerFilter:
        """What is wanted now."""
        standing = self.standing.value()
        return WorkerFilter(
            text=self.search.text().strip(),
            kecamatan=self.kecamatan.value() or "",
            nagari=self.nagari.value() or "",
            scheme=self.scheme.value(),
            standing=standing,
            month=self._month if standing is not None else None,
            order=order,
            descending=descending,
        )

    @property
    def is_empty(self) -> bool:
        """Everybody is wanted."""
        return not any(field.text().strip() for field in self.fields)

    def clear(self) -> None:
        """Everybody, from now on."""
        for field in self.fields:
            field.set_text_as_typed("")
        self.nagari.set_choices(choices_of_nagari(self._register))
        self._edited()

    def search_for(self, text: str) -> None:
        """Begins another search as if it had been typed."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)
        self.search.edited.emit()

    def _follow_kecamatan(self) -> None:
        kecamatan = self.kecamatan.value() or ""
        chosen = self.nagari.value()
        self.nagari.set_choices(choices_of_nagari(self._register, kecamatan))
        if chosen is not None and not str(chosen).startswith(kecamatan):
            self.nagari.set_text_as_typed("")

    def _edited(self) -> None:
        """Only where it makes another list: half a word of a choice that means nothing changes nothing."""
        now = self.narrowed(WorkerOrder.NAME, False)
        if now != self._last:
            self._last = now
            self.changed.emit()
