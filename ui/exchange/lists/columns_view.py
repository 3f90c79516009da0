"""What the columns of a list hold: guessed, looked at, corrected with the keys, remembered by a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.exchange.cells import text_of
from models.exchange.fields import field_named, fields_for, keys_of
from models.exchange.guessing import Guess
from models.exchange.list_file import ListFile
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.table import ListTable
from models.language import N_
from models.language import translate as _
from models.problems import Level, Problem
from models.values.formats import NOTHING
from ui.exchange.lists.words import table_words
from ui.fields.choice import Choice, ChoiceField
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.messages import MessageBar
from ui.fields.numbers import CountField
from ui.look.spacing import SMALL
from ui.page import heading
from ui.people.worker_fields import choices_of_nagari
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from models.exchange.list_file import Sheet
    from models.register import Register

SAMPLES = 3
"""Values of a column that are shown, different ones."""
_LOOKED_AT = 200
"""Rows that are searched for samples."""
_NOTHING = ""
"""The field of a column that means nothing to the register."""


class ColumnsView(QWidget):
    """Enter on a column leads to the field below it, where another one is chosen; Enter there to the next column."""

    changed = Signal()
    """Another column, name or constant: what was checked before is no longer true."""
    other_table_wanted = Signal(str, int)
    """Another sheet, or headings in another row (-1: to be found)."""
    other_purpose_wanted = Signal(object)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._file: ListFile | None = None
        self._table: ListTable | None = None
        self._guess: Guess | None = None
        self._fields: list[str] = []
        self._build()

    # What others use

    def show_table(self, file: ListFile, table: ListTable, guess: Guess) -> None:
        """A list that was just read, with the guess."""
        self._file, self._table, self._guess = file, table, guess
        mapping = guess.mapping
        self._fields = [one.field for one in guess.columns]
        self._title.setText(table_words(table))
        sheets = tuple(Choice(sheet.name, sheet.name, "", (), _sheet_note(sheet)) for sheet in file.sheets)
        self.form["sheet"].set_choices(sheets)  # type: ignore[attr-defined]
        self.form.set_visible("sheet", len(file.sheets) > 1)
        self.form["sheet"].set_value(table.source.sheet)
        self.form["heading_row"].set_value(table.heading_rows[0] if table.heading_rows else 0)
        self.form["purpose"].set_value(mapping.purpose)
        self.form["name"].set_text_as_typed(mapping.name)
        nagari = mapping.constants.get("nagari", "")
        self.form["nagari"].set_text_as_typed("")
        if nagari:
            self.form["nagari"].set_value(nagari)
        self.chooser["field"].set_choices(self._choices(mapping.purpose))  # type: ignore[attr-defined]
        self._show_columns()
        self._speak()

    def mapping(self) -> ColumnMapping | None:
        """What stands here; None while something cannot be read, which is then said."""
        assert self._table is not None
        assert self._guess is not None
        self.form.tidy()
        problems = [*self.form.reading_problems(), *self._problems()]
        self.form.show_problems(problems, everywhere=True)
        if problems:
            if not self.form.go_to_first_problem():
                self.message.say(problems[0].text, Level.ERROR)
            return None
        base = self._guess.mapping
        nagari = self.form["nagari"].value()
        constants = {name: value for name, value in base.constants.items() if name != "nagari"}
        return replace(
            base,
            name=str(self.form["name"].value() or ""),
            columns=dict(zip(keys_of(self._table.headings), self._fields, strict=True)),
            constants={**constants, **({"nagari": nagari} if nagari else {})},
        )

    def use_translations(self, translations: Mapping[str, Mapping[str, str]]) -> None:
        """What words of the list mean, as somebody said since."""
        assert self._guess is not None
        self._guess = replace(self._guess, mapping=replace(self._guess.mapping, translations=translations))

    def headings(self) -> tuple[str, ...]:
        """The words above the columns: the sender's own."""
        assert self._table is not None
        return tuple(
            head or _("Column {number}").format(number=at) for at, head in enumerate(self._table.headings, 1)
        )

    def begin(self) -> None:
        """The focus on the first column that a person should look at."""
        assert self._guess is not None
        unsure = next((one.column for one in self._guess.columns if not one.is_sure), 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentCell(unsure, 0)

    # Building

    def _build(self) -> None:
        self._title = heading("", "strong")
        self._title.setWordWrap(True)
        self.form = FormGrid()
        purposes = tuple(Choice(one, _(one.label), str(place)) for place, one in enumerate(Purpose, 1))
        self.form.add(ChoiceField("purpose", _("Taken in as"), purposes, required=True), 3)
        self.form.add(ChoiceField("sheet", _("Sheet")), 2)
        self.form.add(CountField("heading_row", _("Headings in row"), least=0, most=1_048_576), 2)
        self.form.add(
            ChoiceField("nagari", _("Nagari where none is written"), lambda: choices_of_nagari(self._register)), 3
        )
        self.form.add(TextField("name", _("Remember columns as")), 2)
        self.form.left.connect(self._follow)
        self.form.reached_end.connect(self.begin)
        self.form.set_buttons()
        self.table = FigureTable(
            _("Columns of the list"),
            (
                Column(_("Column of the list")),
                Column(_("What stands there"), takes_room=True),
                Column(_("Field of the register")),
                Column(_("Why")),
            ),
        )
        self.table.chosen.connect(lambda _key: self._choose_field())
        self.table.currentCellChanged.connect(lambda *_cells: self._show_choice())
        self.chooser = FormGrid()
        self.chooser.add(ChoiceField("field", _("This column holds")), 5)
        self.chooser.reached_end.connect(self._take_field)
        self.chooser.set_buttons()
        self.message = MessageBar()
        for form in (self.form, self.chooser):
            form.leave_words_to_page()
            form.spoke.connect(partial(self._speak_of, form))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self._title)
        rows.addWidget(self.form)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.chooser)
        rows.addWidget(self.message)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.setMaximumHeight(self.form.needed_height())
        self.chooser.setMaximumHeight(self.chooser.needed_height())

    # Details

    def _choices(self, purpose: Purpose) -> tuple[Choice, ...]:
        none = Choice(_NOTHING, _("nothing for the register"), "0")
        return (none, *(Choice(one.name, _(one.label)) for one in fields_for(purpose)))

    def _show_columns(self) -> None:
        assert self._guess is not None
        rows = []
        for one, field in zip(self._guess.columns, self._fields, strict=True):
            samples = " · ".join(self._samples(one.column)) or NOTHING
            word = _(field_named(field).label) if field else _("nothing")
            why = _("chosen by you") if field != one.field else one.why.text
            mark = "" if one.is_sure or field != one.field else "? "
            rows.append(Row((self.headings()[one.column], samples, mark + word, why), key=one.column,
                            is_dim=not field, tips=("", samples, "", why)))  # fmt: skip
        self.table.set_rows(rows)

    def _samples(self, column: int) -> list[str]:
        assert self._table is not None
        found: dict[str, None] = {}
        for cell in self._table.columns[column][:_LOOKED_AT]:
            text = text_of(cell).strip()
            if text:
                found.setdefault(text)
                if len(found) == SAMPLES:
                    break
        return list(found)

    def _show_choice(self) -> None:
        row = self.table.current
        if row is not None and isinstance(row.key, int):
            self.chooser["field"].set_value(self._fields[row.key])

    def _choose_field(self) -> None:
        self._show_choice()
        self.chooser.go_to("field")

    def _take_field(self) -> None:
        """What was chosen for the column; a field that another column had goes there from here."""
        row, field = self.table.current, self.chooser["field"].value()
        if row is None or not isinstance(row.key, int):
            return
        if field is None:
            return
        at = row.key
        if field and field in self._fields and self._fields.index(field) != at:
            self._fields[self._fields.index(field)] = _NOTHING
        self._fields[at] = str(field)
        self._show_columns()
        self._speak()
        self.changed.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentCell(min(at + 1, len(self._fields) - 1), 0)

    def _problems(self) -> list[Problem]:
        if "nik" not in self._fields:
            message = N_("No column holds the NIK. Choose the column in which it stands: Enter on its row.")
            return [Problem("columns", "nik_column_missing", message)]
        return []

    def _speak(self) -> None:
        """What contradicts itself, or what still has to be chosen."""
        assert self._guess is not None
        found = [*self._problems(), *self._guess.problems]
        if found:
            self.message.say(found[0].text, Level.WARNING)
        elif self._guess.remembered is not None and self._guess.remembered.name:
            is_own = self._guess.remembered.id is not None
            words = (
                _("Read as “{name}”, as last time. Ctrl+Enter checks the list.")
                if is_own
                else _("Read as “{name}”. Ctrl+Enter checks the list.")
            )
            self.message.say(words.format(name=self._guess.remembered.name), "good")
        else:
            self.message.say(_("Look through the columns marked “?”, then Ctrl+Enter checks the list."))

    def _speak_of(self, form: FormGrid) -> None:
        if form.spoken is not None:
            self.message.say(form.spoken.text, form.spoken.level)
        elif self._guess is not None:
            self._speak()

    def _follow(self, name: str) -> None:
        assert self._table is not None
        assert self._file is not None
        if name in ("sheet", "heading_row"):
            sheet, row = str(self.form["sheet"].value() or ""), self.form["heading_row"].value()
            is_other = len(self._file.sheets) > 1 and bool(sheet) and sheet != self._table.source.sheet
            now = self._table.heading_rows[0] if self._table.heading_rows else 0
            if is_other:
                self.other_table_wanted.emit(sheet, -1)
            elif row is not None and row != now:
                self.other_table_wanted.emit(self._table.source.sheet, row)
        elif name == "purpose":
            purpose = self.form["purpose"].value()
            if (
                isinstance(purpose, Purpose)
                and self._guess is not None
                and purpose is not self._guess.mapping.purpose
            ):
                self.other_purpose_wanted.emit(purpose)
        elif name == "nagari":
            self.changed.emit()


def _sheet_note(sheet: Sheet) -> str:
    people = _("{count} people").format(count=sheet.people)
    return _("{people}, hidden").format(people=people) if sheet.is_hidden else people
