"""A field that takes one of several: by its code, or by the start of its name or of any later word of it.

The completion stands in the field itself, selected, so that what one sees is what Enter takes; there is no pop-up
that could swallow a key. Down or F4 opens a list below, which never takes the focus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QMoveEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from models.language import N_
from models.language import translate as _
from models.problems import Problem
from models.values.parsed import Parsed
from ui.fields.field import Field
from ui.fields.matching import fold, rank
from ui.look.spacing import ICON, MEDIUM, SMALL

ROWS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be taken."""

    value: Any
    """What goes into the record, for instance `Sex.MALE` or a region's code."""
    text: str
    """As shown."""
    code: str = ""
    """Short and typed by hand, shown before the text; empty where there is none."""
    aliases: tuple[str, ...] = ()
    """Other names it is known by."""
    note: str = ""
    """Shown beside it in the list, for instance the kecamatan of a nagari."""

    @property
    def shown(self) -> str:
        return f"{self.code} {self.text}" if self.code else self.text


class ChoiceField(Field):
    """Reads the `value` of the choice whose code, name, or start of a word of its name was typed."""

    help_topic = "choice"

    def __init__(
        self, name: str, label: str, choices: Sequence[Choice] | Callable[[], Sequence[Choice]] = (), **options: Any
    ) -> None:
        """`choices` may be a function; it is asked when the field is first used."""
        self._choices: Sequence[Choice] | Callable[[], Sequence[Choice]] = choices
        self._keys: list[tuple[Choice, str, str, tuple[str, ...]]] | None = None
        self._typed = ""
        self._list: _List | None = None
        self._text_before_list = ""
        super().__init__(name, label, **options)
        self._make_room()
        self.describe(_("Type a code or the start of a word. Down or F4 opens the list."))

    # Choices

    def choices(self) -> Sequence[Choice]:
        """All that can be taken, in their order."""
        if callable(self._choices):
            self._choices = tuple(self._choices())
        return self._choices

    def set_choices(self, choices: Sequence[Choice] | Callable[[], Sequence[Choice]]) -> None:
        """Other choices from now on; what is typed is read again."""
        self._choices, self._keys = choices, None
        if not self.hasFocus():
            self.tidy()

    def chosen(self) -> Choice | None:
        """The choice that the text means."""
        return self._meant(self.text())

    def matching(self, text: str) -> list[Choice]:
        """What the text may mean, best first: whole code or name, start of the name, start of a later word."""
        wanted = fold(text)
        if not wanted:
            return []
        ranked: list[tuple[int, int, Choice]] = []
        for place, (choice, code, name, aliases) in enumerate(self._folded()):
            fit = rank(wanted, code, name, aliases)
            if fit is not None:
                ranked.append((fit, place, choice))
        return [choice for _fit, _place, choice in sorted(ranked, key=lambda entry: entry[:2])]

    # As a field

    def read(self, text: str) -> Parsed[Any]:
        if not text.strip():
            return None, ()
        choice = self._meant(text)
        if choice is None:
            message = N_("“{text}” is not in the list. Press Down to see the list.")
            return None, (Problem(self.name, "choice_unknown", message, {"text": text.strip()}),)
        return choice.value, ()

    def written(self, value: Any) -> str:
        return next((choice.shown for choice in self.choices() if choice.value == value), str(value))

    def tidy(self) -> None:
        choice = self.chosen()
        if choice is not None and choice.shown != self.text():
            self.setText(choice.shown)
        self._typed = self.text()
        self.setCursorPosition(0)
        self.update()

    def text_as_typed(self) -> str:
        return self.text() if not self.hasFocus() or not self._has_tail() else self._typed

    def value(self) -> Any:
        """The value of what stands in the field, completed or not."""
        choice = self.chosen()
        return None if choice is None else choice.value

    def reading_problem(self) -> Problem | None:
        problems = self.read(self.text())[1]
        return problems[0] if problems else None

    def set_text_as_typed(self, text: str) -> None:
        super().set_text_as_typed(text)
        self._typed = self.text()

    def note(self) -> str:
        """What would be taken, where the text itself does not show it."""
        if self.hasFocus() and self.was_edited:
            choice = self.chosen()
            if choice is not None and fold(self.text()) not in (fold(choice.shown), fold(choice.text)):
                return f"→ {choice.shown}"
        return super().note()

    # The list

    @property
    def is_list_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    def open_list(self) -> None:
        """Shows the choices below the field; the focus stays here."""
        if self.isReadOnly() or not self.choices():
            return
        if self._list is None or self._list.parent() is not self.window():
            self._list = _List(self)
        self._text_before_list = self.text()
        self._list.show_choices(self.choices(), self.chosen())

    def close_list(self) -> None:
        if self._list is not None:
            self._list.hide()

    def take(self, choice: Choice) -> None:
        """Puts a choice of the list into the field, as if its name had been typed."""
        self.setText(choice.shown)
        self.selectAll()
        self._typed = choice.shown
        super()._on_edited(choice.shown)

    # What Qt calls

    def event(self, event: QEvent) -> bool:
        """Esc closes an open list before it means anything to the page."""
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escapes and event.type() == QEvent.Type.ShortcutOverride and self.is_list_open:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        opened = self.is_list_open
        if key == Qt.Key.Key_F4 and modifiers == Qt.KeyboardModifier.NoModifier:
            self.close_list() if opened else self.open_list()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            if opened and self._list is not None:
                self._list.step(key)
            elif key == Qt.Key.Key_Down:
                self.open_list()
                if self._list is not None and self.is_list_open and not self.text().strip():
                    self._list.step(key)  # nothing was chosen: the first, as in any list that drops down
        elif key == Qt.Key.Key_Escape and opened:
            self.close_list()
            if self.text() != self._text_before_list:
                self.setText(self._text_before_list)
                self._typed = self.text()
                super()._on_edited(self._text_before_list)
        else:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close_list()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_list()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        arrow = QRect(self.width() - MEDIUM - ICON - SMALL, 0, ICON + SMALL + MEDIUM, self.height())
        if arrow.contains(event.position().toPoint()):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.close_list() if self.is_list_open else self.open_list()
            return
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the form, never the value."""
        self.close_list()
        event.ignore()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.close_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_list()

    # Details

    def _marks(self) -> list[tuple[str, str]]:
        return [("down", "muted"), *super()._marks()]

    def _folded(self) -> list[tuple[Choice, str, str, tuple[str, ...]]]:
        if self._keys is None:
            self._keys = [
                (choice, fold(choice.code), fold(choice.text), tuple(fold(alias) for alias in choice.aliases))
                for choice in self.choices()
            ]
        return self._keys

    def _meant(self, text: str) -> Choice | None:
        found = self.matching(text)
        return found[0] if found else None

    def _has_tail(self) -> bool:
        """Whether the end of the text is a completion nobody typed."""
        return self.hasSelectedText() and self.selectionEnd() == len(self.text()) and self.selectionStart() > 0

    def _on_edited(self, text: str) -> None:
        grew = len(text) > len(self._typed)
        self._typed = text
        if grew and self.cursorPosition() == len(text):
            self._complete(text)
        super()._on_edited(text)
        if self.is_list_open and self._list is not None:
            self._list.show_choices(self.matching(text) if text.strip() else self.choices(), self.chosen())

    def _complete(self, text: str) -> None:
        choice = self._meant(text)
        if choice is None:
            return
        for whole in (choice.shown, choice.text, *choice.aliases):
            if len(whole) > len(text) and whole.casefold().startswith(text.casefold()):
                self.setText(text + whole[len(text) :])
                self.setSelection(len(self.text()), len(text) - len(self.text()))
                return


class _List(QListWidget):
    """The choices below the field, over the rest of the window."""

    def __init__(self, field: ChoiceField) -> None:
        super().__init__(field.window())
        self._field = field
        self.setProperty("role", "choices")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(field.label)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._take)
        self.hide()

    def show_choices(self, choices: Sequence[Choice], current: Choice | None) -> None:
        self.clear()
        for choice in choices:
            item = QListWidgetItem(f"{choice.shown}  ·  {choice.note}" if choice.note else choice.shown)
            item.setData(Qt.ItemDataRole.UserRole, choice)
            self.addItem(item)
            if choice == current:
                self.setCurrentItem(item)
        if not self.count():
            self.hide()
            return
        self._place()
        self.raise_()
        self.show()
        self.scrollToItem(self.currentItem())

    def step(self, key: int) -> None:
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS_SHOWN, Qt.Key.Key_PageUp: -ROWS_SHOWN}
        row = min(max(self.currentRow() + by[Qt.Key(key)], 0), self.count() - 1)
        self.setCurrentRow(row)
        self._field.take(self.item(row).data(Qt.ItemDataRole.UserRole))

    def _take(self, item: QListWidgetItem) -> None:
        self.hide()
        self._field.take(item.data(Qt.ItemDataRole.UserRole))

    def _place(self) -> None:
        """Below the field, above it where there is more room, never wider than the window."""
        window = self._field.window()
        top_left = self._field.mapTo(window, QPoint(0, 0))
        below = window.height() - top_left.y() - self._field.height() - SMALL
        wanted = min(self.count(), ROWS_SHOWN) * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2
        width = min(max(self._field.width(), self.sizeHintForColumn(0) + 4 * MEDIUM), window.width() - 2 * SMALL)
        x = min(top_left.x(), window.width() - width - SMALL)
        if below >= wanted or below >= top_left.y():
            self.setGeometry(x, top_left.y() + self._field.height(), width, min(wanted, below))
        else:
            height = min(wanted, top_left.y() - SMALL)
            self.setGeometry(x, top_left.y() - height, width, height)


def choices_of(kind: Iterable[Any], *, numbered: bool = True) -> tuple[Choice, ...]:
    """The members of a StrEnum with `label`, numbered 1, 2, ... in their order."""
    return tuple(
        Choice(member, _(member.label), str(number) if numbered else "") for number, member in enumerate(kind, 1)
    )
