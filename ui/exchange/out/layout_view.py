"""A layout column by column: order, heading, what stands there, how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.exchange.layouts import SOURCES, ColumnLayout, LayoutColumn, Written
from models.language import translate as _
from models.problems import Level, Problem
from ui.exchange.out.words import source_words
from ui.fields.choice import Choice, ChoiceField
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.schemes.choices import yes_or_no
from ui.table import Column, FigureTable, Row

_FIELDS = ("heading", "source", "form", "constant", "words", "required")


class LayoutView(QWidget):
    """Enter on a column leads to its fields, Enter at their end takes them; Alt+Up and Alt+Down move it, Insert adds
    one below, Delete takes it away. Ctrl+S saves, Esc gives up."""

    saving = Signal(object)
    """The `ColumnLayout`."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = ColumnLayout()
        self._columns: list[LayoutColumn] = []
        self._shown = -1
        self.table: FigureTable
        self.column: FormGrid
        self._build()

    def show_layout(self, layout: ColumnLayout) -> None:
        """A layout to be changed."""
        self._layout, self._columns = layout, list(layout.columns)
        self.form.clear(keep_pinned=False)
        self.form["name"].set_value(layout.name)
        self.form["notes"].set_text_as_typed(layout.notes)
        self._show_columns(0)
        self.message.say("")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Ctrl+S: hands the layout over."""
        self.take()
        self.form.tidy()
        self.saving.emit(replace(
            self._layout, name=self.form["name"].text().strip(), notes=self.form["notes"].text().strip(),
            columns=tuple(self._columns),
        ))  # fmt: skip

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """What keeps it from being saved."""
        self.message.say(problems[0].text, Level.ERROR)
        if problems[0].field == "name":
            self.form.go_to("name")

    @property
    def at(self) -> int:
        """Place of the column on which the person is."""
        return self.table.currentRow()

    def shift(self, by: int) -> None:
        """Alt+Up, Alt+Down: the column changes places with its neighbour."""
        self.take()
        at, to = self.at, self.at + by
        if 0 <= at < len(self._columns) and 0 <= to < len(self._columns):
            self._columns[at], self._columns[to] = self._columns[to], self._columns[at]
            self._show_columns(to)

    def add(self) -> None:
        """Insert: an empty column below."""
        self.take()
        self._columns.insert(self.at + 1, LayoutColumn(""))
        self._show_columns(self.at + 1)
        self.column.go_to("heading")

    def remove(self) -> None:
        """Delete: the column goes."""
        if 0 <= self.at < len(self._columns):
            self._shown = -1
            at = self.at
            del self._columns[at]
            self._show_columns(min(at, len(self._columns) - 1))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """What stands in the fields becomes the column that is shown in them."""
        if not 0 <= self._shown < len(self._columns):
            return
        self.column.tidy()
        values = self.column.values()
        source = str(values["source"] or "")
        form = values["form"]
        if source and (form is None or form not in SOURCES[source][1].forms):
            form = SOURCES[source][1].forms[0]
        words = dict(pair.split("=", 1) for pair in self.column["words"].text().split("|") if "=" in pair)
        self._columns[self._shown] = LayoutColumn(
            self.column["heading"].text().strip(), source, form if isinstance(form, Written) else Written.TEXT,
            self.column["constant"].text().strip(), {key.strip(): word.strip() for key, word in words.items()},
            bool(values["required"]),
        )  # fmt: skip

    # Building

    def _build(self) -> None:
        self._title = heading(_("Columns of a list that leaves the office"), "section")
        self.form = FormGrid()
        self.form.add(TextField("name", _("Name of the layout"), required=True), 4)
        self.form.add(TextField("notes", _("Where it is from")), 8)
        self.form.reached_end.connect(lambda: self.table.setFocus())
        self.table = FigureTable(
            _("Columns in their order"),
            (Column("", is_number=True), Column(_("Heading")), Column(_("What stands there"), takes_room=True),
             Column(_("Written as")), Column(_("May be empty"))),
        )  # fmt: skip
        self.table.chosen.connect(lambda _key: self.column.go_to("heading"))
        self.table.currentCellChanged.connect(lambda *_cells: self._show_column())
        self.column = FormGrid()
        sources = (Choice("", _("the same everywhere, or nothing"), "0"), *(
            Choice(name, _(label)) for name, (label, _kind) in SOURCES.items()
        ))  # fmt: skip
        self.column.add(TextField("heading", _("Heading")), 2)
        self.column.add(ChoiceField("source", _("What stands there"), sources), 2)
        self.column.add(ChoiceField("form", _("Written as"), self._forms), 2)
        self.column.add(TextField("constant", _("Otherwise")), 2)
        self.column.add(TextField("words", _("Their words (L=1|P=2)")), 2)
        self.column.add(ChoiceField("required", _("Must be filled"), yes_or_no()), 2)
        self.column.left.connect(self._follow)
        self.column.reached_end.connect(self._take_and_go_on)
        self.message = MessageBar()
        words = assign_letters([
            _("Give up (Esc)"), _("Add (Insert)"), _("Take away (Delete)"), _("Up (Alt+Up)"), _("Down (Alt+Down)"),
            _("Save (Ctrl+S)"),
        ])  # fmt: skip
        self.back_button = button(words[0], self.left.emit, icon="back")
        self.add_button = button(words[1], self.add, icon="add")
        self.remove_button = button(words[2], self.remove, icon="close")
        self.up_button = button(words[3], lambda: self.shift(-1))
        self.down_button = button(words[4], lambda: self.shift(1), icon="down")
        self.save_button = button(words[5], self.save, icon="save", primary=True)
        for form in (self.form, self.column):
            form.leave_words_to_page()
            form.set_buttons(taken_letters="".join(letters_in(words)))
        acts = QHBoxLayout()
        acts.setSpacing(MEDIUM)
        acts.addWidget(self.back_button)
        acts.addStretch()
        for act in (self.add_button, self.remove_button, self.up_button, self.down_button, self.save_button):
            acts.addWidget(act)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self._title)
        rows.addWidget(self.form)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.column)
        rows.addWidget(self.message)
        rows.addLayout(acts)
        on_table: QWidget = self.table
        keys: tuple[tuple[str, Callable[[], None], QWidget], ...] = (
            ("Alt+Up", lambda: self.shift(-1), self), ("Alt+Down", lambda: self.shift(1), self),
            ("Ins", self.add, on_table), ("Del", self.remove, on_table), ("Ctrl+S", self.save, self),
        )  # fmt: skip
        for key, run, where in keys:
            shortcut = QShortcut(QKeySequence(key), where)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for form in (self.form, self.column):
            form.setMaximumHeight(form.needed_height())

    # Details

    def _forms(self) -> tuple[Choice, ...]:
        source = str(self.column["source"].value() or "") if "source" in self.column else ""
        forms = SOURCES[source][1].forms if source in SOURCES else (Written.TEXT, Written.UPPER)
        return tuple(Choice(one, _(one.label), str(at)) for at, one in enumerate(forms, 1))

    def _follow(self, name: str) -> None:
        if name == "source":
            form = self.column["form"]
            form.set_choices(self._forms())  # type: ignore[attr-defined]
            if form.value() is None:
                form.set_value(self._forms()[0].value)

    def _take_and_go_on(self) -> None:
        self.take()
        self._show_columns(min(self._shown + 1, len(self._columns) - 1))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_columns(self, at: int) -> None:
        self._shown = -1
        self.table.set_rows([
            Row((str(place), one.heading, source_words(SOURCES[one.source][0] if one.source in SOURCES else "",
                 one.constant), _(one.form.label) if one.source else "", _("no") if one.is_required else ""), key=place)
            for place, one in enumerate(self._columns, 1)
        ])  # fmt: skip
        if self._columns:
            self.table.setCurrentCell(max(at, 0), 0)
        self._show_column()

    def _show_column(self) -> None:
        """The fields show the column at the cursor; what was typed for another one is kept."""
        at = self.at
        if at == self._shown or not 0 <= at < len(self._columns):
            return
        if 0 <= self._shown < len(self._columns) and any(field.was_edited for field in self.column.fields):
            self.take()
        self._shown = at
        one = self._columns[at]
        self.column.clear(keep_pinned=False)
        self.column["heading"].set_text_as_typed(one.heading)
        self.column["source"].set_value(one.source)
        self.column["form"].set_choices(self._forms())  # type: ignore[attr-defined]
        self.column["form"].set_value(one.form)
        self.column["constant"].set_text_as_typed(one.constant)
        self.column["words"].set_text_as_typed("|".join(f"{key}={word}" for key, word in one.words.items()))
        self.column["required"].set_value(one.is_required)
