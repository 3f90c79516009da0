"""What all fields have in common: a name, a reader, a problem, a pin, and Enter that leads to the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, cast

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from models.language import translate as _
from models.people.names import Name, read_name, tidy
from models.problems import Problem
from models.values.parsed import Parsed
from ui.look import icons
from ui.look.spacing import ICON, MEDIUM, SMALL
from ui.look.style import current, restyle

PIN_KEY = "Ctrl+L"
"""L for *lekatkan*; F4 opens a list, Ctrl+P prints."""
_EDITING_KEYS = frozenset(
    (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Left,
     Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Insert)
)  # fmt: skip
"""With Ctrl, these belong to the field, all others to the window (Qt would take Ctrl+K for deleting)."""
_NOT_LEFT = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class Field(QLineEdit):
    """A line of text that knows which attribute of the record it is.

    Subclasses override `read` (text to value), `written` (value to text, shown when the field is left) and, where the
    person should edit something plainer than what is shown, `editable`.
    """

    edited = Signal()
    """The person changed the text, at each key."""
    entered = Signal()
    left = Signal()
    """The focus went to another field; the text is already tidied."""
    stepped = Signal(int)
    """Enter (1) or Shift+Enter (-1)."""
    pinned_changed = Signal(bool)

    shows_good: ClassVar[bool] = False
    """Whether a text that could be read gets a green tick."""
    help_topic: ClassVar[str] = ""
    """Anchor in the help page of the form, for F1."""

    def __init__(
        self, name: str, label: str, *, required: bool = False, pinnable: bool = False, parent: QWidget | None = None
    ) -> None:
        """`label` is the translated word, without an ampersand: the form hands out the Alt letters."""
        super().__init__(parent)
        self.name = name
        self.label = label
        self.required = required
        self.pinnable = pinnable
        self.was_edited = False
        """The person typed here since the form was cleared or filled."""
        self.filled_by = ""
        """Where the text came from when the person did not type it, for instance ``NIK``; Enter passes by."""
        self._problem: Problem | None = None
        self._is_pinned = False
        self._description = ""
        self.setAccessibleName(_("{label}, required").format(label=label) if required else label)
        self.textEdited.connect(self._on_edited)

    # What subclasses say

    def read(self, text: str) -> Parsed[Any]:
        """The value of a text and what is wrong with it; empty text is (None, ())."""
        return text.strip() or None, ()

    def written(self, value: Any) -> str:
        """A value as it is shown once the field is left."""
        return str(value)

    def editable(self, text: str) -> str:
        """The shown text as the person should find it when entering."""
        return text

    def note(self) -> str:
        """A few quiet words at the right end of the field."""
        return _("from {source}").format(source=self.filled_by) if self.filled_by else ""

    # What forms and pages use

    def value(self) -> Any:
        """The value read from the text, None when empty or unreadable."""
        return self.read(self.text_as_typed())[0]

    def reading_problem(self) -> Problem | None:
        """What keeps the text from being read, None when empty or readable."""
        problems = self.read(self.text_as_typed())[1]
        return problems[0] if problems else None

    def set_value(self, value: Any) -> None:
        """Shows a value that comes from a record; None or "" empties the field."""
        self.set_text_as_typed("" if value is None or value == "" else self.written(value))

    def fill(self, value: Any, source: str) -> bool:
        """Fills in what follows from another field (`source`: its label), unless the person typed something here."""
        if self.is_pinned or (self.was_edited and self.text()):
            return False
        self.set_value(value)
        self.filled_by = source if self.text() else ""
        self.update()
        return True

    def text_as_typed(self) -> str:
        """What the person typed, for a draft: `set_text_as_typed` brings the field back to it."""
        return self.text()

    def set_text_as_typed(self, text: str) -> None:
        self.setText(text)
        self.was_edited = False
        self.filled_by = ""
        self.show_problem(None)
        if not self.hasFocus():
            self.tidy()

    def tidy(self) -> None:
        """Shows the value in its usual form, if the text can be read; otherwise leaves the text alone."""
        value = self.value()
        if value is not None and (shown := self.written(value)) != self.text():
            self.setText(shown)
        if not self.hasFocus():
            self.home(False)  # of a text too long for the field its beginning is seen
        self.update()

    @property
    def is_concealed(self) -> bool:
        """Only the mask of its value is on show (see `MaskedField`)."""
        return False

    @property
    def holds_protected(self) -> bool:
        """Whether what is copied from here identifies a person (see `PassingClipboard`)."""
        return False

    @property
    def is_locked(self) -> bool:
        """Masked, and to be shown before it can be changed."""
        return False

    @property
    def problem(self) -> Problem | None:
        """The problem on show."""
        return self._problem

    def show_problem(self, problem: Problem | None) -> None:
        """Frame, icon and the words for a screen reader; the form's message bar says the words on the screen."""
        if problem == self._problem:
            return
        self._problem = problem
        self.setAccessibleDescription(problem.text if problem else self._description)
        self.setToolTip(problem.text if problem else "")
        self.setProperty("level", str(problem.level) if problem else "")
        restyle(self)
        self._make_room()

    def describe(self, text: str) -> None:
        """Further words for a screen reader, given while there is no problem."""
        self._description = text
        if self._problem is None:
            self.setAccessibleDescription(text)

    @property
    def is_pinned(self) -> bool:
        """Kept for the next record."""
        return self._is_pinned

    def set_pinned(self, pinned: bool) -> None:
        if pinned != self._is_pinned and (self.pinnable or not pinned):
            self._is_pinned = pinned
            self._make_room()
            self.pinned_changed.emit(pinned)

    @property
    def is_passed_by(self) -> bool:
        """Whether Enter goes past it: filled from elsewhere or pinned, and nothing wrong with it."""
        return bool(self.text()) and self._problem is None and (bool(self.filled_by) or self._is_pinned)

    # What Qt calls

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _belongs_to_window(cast(QKeyEvent, event)):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if modifiers == Qt.KeyboardModifier.NoModifier:
                self.stepped.emit(1)
            elif modifiers == Qt.KeyboardModifier.ShiftModifier:
                self.stepped.emit(-1)
            else:
                event.ignore()  # Ctrl+Enter is the page's
        elif event.key() == Qt.Key.Key_L and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.set_pinned(not self._is_pinned)
        elif _belongs_to_window(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _NOT_LEFT:
            plain = self.editable(self.text())
            if plain != self.text():
                self.setText(plain)
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _NOT_LEFT:
            self.tidy()
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_pinned and self._pin_place().contains(event.position().toPoint()):
            self.set_pinned(False)
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        right = self.width() - MEDIUM
        for name, role in self._marks():
            right -= ICON
            painter.drawPixmap(right, (self.height() - ICON) // 2, icons.pixmap(name, role, ICON, ratio))
            right -= SMALL
        note = self.note()
        if note:
            metrics = self.fontMetrics()
            left = metrics.horizontalAdvance(self.text()) + 3 * MEDIUM
            if metrics.horizontalAdvance(note) + left < right:
                painter.setPen(QColor(current().muted))
                flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(QRect(0, 0, right - SMALL, self.height()), flags, note)
        painter.end()

    # Details

    def _marks(self) -> list[tuple[str, str]]:
        """Icons at the right end, from the edge inwards: name and role of the palette."""
        marks = []
        if self._problem is not None:
            level = str(self._problem.level)
            marks.append((level, level))
        elif self.shows_good and self.text() and self.value() is not None:
            marks.append(("good", "good"))
        if self._is_pinned:
            marks.append(("pin", "accent"))
        return marks

    def _pin_place(self) -> QRect:
        names = [name for name, _role in self._marks()]
        if "pin" not in names:
            return QRect()
        right = self.width() - MEDIUM - names.index("pin") * (ICON + SMALL)
        return QRect(right - ICON, 0, ICON, self.height())

    def _make_room(self) -> None:
        """Keeps the text from running under the icons."""
        self.setTextMargins(0, 0, len(self._marks()) * (ICON + SMALL), 0)
        self.update()

    def _on_edited(self, _text: str) -> None:
        self.was_edited = True
        self.filled_by = ""
        self._make_room()
        self.edited.emit()


def _belongs_to_window(event: QKeyEvent) -> bool:
    """Ctrl with a key that edits nothing here. Ctrl and Alt together are AltGr, which types characters."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return held == Qt.KeyboardModifier.ControlModifier and event.key() not in _EDITING_KEYS


class TextField(Field):
    """Free text; runs of spaces become one when it is left."""

    def read(self, text: str) -> Parsed[str]:
        return " ".join(text.split()) or None, ()


class NameField(Field):
    """Reads a `Name`: the name apart from its titles."""

    def read(self, text: str) -> Parsed[Name]:
        if not text.strip():
            return None, ()
        name = read_name(text, field=self.name)
        return (None if any(p.is_error for p in name.problems) else name), name.problems

    def written(self, value: Any) -> str:
        if not isinstance(value, Name):
            return str(value)
        front = f"{value.title_before} {value.name}".strip()
        return f"{front}, {value.title_after}" if value.title_after else front

    def tidy(self) -> None:
        if (plain := tidy(self.text())) != self.text():
            self.setText(plain)
        self.update()


class ParsedField(Field):
    """Any reader of models/ in a field, for instance ``parse_nip`` with ``group_nip``."""

    def __init__(
        self,
        name: str,
        label: str,
        reader: Callable[..., Parsed[Any]],
        writer: Callable[[Any], str] = str,
        **options: Any,
    ) -> None:
        """`reader(text, field=name)` reads, `writer(value)` shows."""
        super().__init__(name, label, **options)
        self._reader, self._writer = reader, writer

    def read(self, text: str) -> Parsed[Any]:
        return self._reader(text, field=self.name)

    def written(self, value: Any) -> str:
        return self._writer(value)
