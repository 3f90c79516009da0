"""A form: labelled fields in sections on a grid of twelve columns, walked through with Enter, judged by its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Problem
from ui.fields.columns import Columns
from ui.fields.field import Field
from ui.fields.letters import assign_letters, without_letter
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.look.style import set_role

F = TypeVar("F", bound=Field)


class FormGrid(QWidget):
    """Fields, their order, their problems. It knows no record: its page turns values into one and judges it."""

    edited = Signal(str)
    """Name of the field in which a key was typed."""
    completed = Signal(str)
    """Name of the number field (NIK, KK) whose last digit was just typed."""
    left = Signal(str)
    """Name of the field that was left, tidied and read: the moment to show the record's problems."""
    spoke = Signal()
    """The message bar speaks of another problem, or of none: see `spoken`."""
    reached_end = Signal()
    """Enter in the last field. Nothing is saved by that."""
    pins_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._buttons: list[QPushButton] = []
        self._button_words: list[str] = []
        self._hint_words = ""
        self._taken_letters = ""
        self._touched: set[str] = set()
        self._judged: dict[str, Problem] = {}
        self._elsewhere: tuple[Problem, ...] = ()
        self._accepted: frozenset[str] = frozenset()
        self._held: Problem | None = None
        self._spoken: Problem | None = None
        self._letters_stale = False
        self._make()

    # Building

    def add_section(self, title: str) -> None:
        """Begins a section; sections are numbered as they come."""
        self._scroll.add_section(title)

    def add(self, field: F, columns: int = 4, *, new_row: bool = False) -> F:
        """Adds a field in the order of Enter, over `columns` of twelve; it wraps to the next row by itself."""
        assert field.name not in self._fields, f"two fields are called {field.name}"
        self._fields[field.name] = field
        self._scroll.add(field, columns, new_row)
        field.edited.connect(lambda: self.edited.emit(field.name))
        field.entered.connect(lambda: self._entered(field))
        field.left.connect(lambda: self._left(field))
        field.stepped.connect(lambda by: self._step(field, by))
        field.pinned_changed.connect(lambda _on: self.pins_changed.emit())
        if hasattr(field, "completed"):
            field.completed.connect(lambda: self._completed(field))
        self._letters_stale = True
        return field

    def set_buttons(self, *buttons: QPushButton, hint: str = "", taken_letters: str = "") -> None:
        """The row below the fields, outside the scrolling part; their Alt letters never clash with those of fields.

        `taken_letters` are Alt letters in use elsewhere on the page.
        """
        self._hint_words = hint
        for button in buttons:
            button.setAutoDefault(False)
            self._button_row.addWidget(button)
        self._buttons = list(buttons)
        self._button_words = [without_letter(button.text()) for button in buttons]
        self._taken_letters, self._letters_stale = taken_letters, True

    def leave_words_to_page(self) -> None:
        """Only fields from now on: what `spoken` says is shown by the page, in a line of its own."""
        self.message_bar.hide()
        self._hint.hide()
        rows = self.layout()
        assert rows is not None
        rows.setSpacing(0)

    def set_visible(self, name: str, visible: bool) -> None:
        """Shows or hides a field with its label; Enter goes past what is hidden."""
        self._scroll.set_visible(self._fields[name], visible)

    def needed_height(self) -> int:
        """Pixels with which nothing has to be scrolled, one line of what the form says included."""
        said = self.message_bar.fontMetrics().height() + 2 * SMALL  # its own wish is for words in a narrow column
        fields = max(self._scroll.needed_height(), self._scroll.minimumSizeHint().height())
        return fields + said + self._button_row.sizeHint().height() + 2 * MEDIUM

    # Texts and values

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of Enter."""
        return tuple(self._fields.values())

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        """The names; without it Python, and Qt's binding, would count through the form from 0 on."""
        return iter(self._fields)

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def texts(self) -> dict[str, str]:
        """What is typed in each field that is not empty: a draft."""
        return {name: text for name, field in self._fields.items() if (text := field.text_as_typed())}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Brings a draft back; fields it does not name are emptied, names it does not know are left out."""
        for name, field in self._fields.items():
            field.set_text_as_typed(texts.get(name, ""))
            field.was_edited = bool(texts.get(name))

    def values(self) -> dict[str, Any]:
        """The value of each field; None where it is empty or cannot be read."""
        return {name: field.value() for name, field in self._fields.items()}

    def clear(self, *, keep_pinned: bool = True) -> None:
        """Empties the form for the next record; pinned fields keep their text."""
        self._touched.clear()
        self._judged, self._elsewhere = {}, ()
        for field in self._fields.values():
            if not (keep_pinned and field.is_pinned):
                field.set_text_as_typed("")
            field.was_edited = False
            field.show_problem(None)
        self._speak()

    def tidy(self) -> None:
        """Reads the field that has the focus as if it had been left: call it before saving."""
        field = self.focused
        if field is not None:
            self._touched.add(field.name)
            field.tidy()

    @property
    def is_empty(self) -> bool:
        """Whether nobody typed anything (pinned and filled texts do not count)."""
        return not any(field.was_edited and field.text() for field in self._fields.values())

    # Problems

    def reading_problems(self) -> tuple[Problem, ...]:
        """What the fields themselves cannot read."""
        return tuple(problem for field in self.fields if (problem := self._own_problem(field)) is not None)

    def accept(self, codes: Iterable[str]) -> None:
        """From now on these warnings are explained and no longer shown; the next judgement of the page shows it."""
        self._accepted = frozenset(codes)

    @property
    def spoken(self) -> Problem | None:
        """The problem in the message bar."""
        return self._spoken

    def hold(self, problem: Problem | None) -> None:
        """Keeps the message bar at one problem, while its reason is typed, until None is held."""
        self._held = problem
        self._speak()

    def show_problems(self, problems: Iterable[Problem], *, everywhere: bool = False) -> None:
        """Shows the record's problems in the fields that were left, filled or pinned, or `everywhere` (on saving).

        The first error of a field counts, or its first warning that was not accepted; what the field cannot read at
        all goes before.
        """
        found: dict[str, Problem] = {}
        for problem in (*self.reading_problems(), *problems):
            first = found.setdefault(problem.field, problem)
            if problem.is_error and not first.is_error:
                found[problem.field] = problem
        self._judged = found
        self._elsewhere = tuple(problem for name, problem in found.items() if name not in self._fields)
        if everywhere:
            self._touched.update(self._fields)
        for name, field in self._fields.items():
            if name in self._touched or (field.text() and (field.filled_by or field.is_pinned)):
                field.show_problem(found.get(name))
        self._speak()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those on show, in the order of the fields, then those of no field."""
        shown = (field.problem for field in self.fields if not field.isHidden())
        return (*(problem for problem in shown if problem is not None), *self._elsewhere)

    def say(self, text: str, level: str = "") -> None:
        """Words in the message bar until a field speaks again: ``good``, ``warning``, ``error`` or plain."""
        self.message_bar.say(text, level)

    # The focus

    @property
    def focused(self) -> Field | None:
        field = self.focusWidget()
        return field if isinstance(field, Field) and field.hasFocus() and field in self.fields else None

    def go_to(self, field: str | Field) -> None:
        """Puts the focus into a field, its text selected, and scrolls to it."""
        target = self._fields[field] if isinstance(field, str) else field
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.selectAll()

    def reveal(self, first: str, last: str) -> None:
        """Scrolls so that the fields from one to another are seen, as many as there is room for."""

        def scroll() -> None:
            for name in (last, first):
                self._scroll.keep_in_sight(self._fields[name], label=False)

        QTimer.singleShot(0, self, scroll)  # once fields just shown have their places

    def go_to_first_problem(self, *, errors_only: bool = False) -> bool:
        """False when there is none on show."""
        for field in self.fields:
            if field.problem is not None and not field.isHidden() and (field.problem.is_error or not errors_only):
                self.go_to(field)
                return True
        return False

    def go_to_next_problem(self) -> bool:
        """The next field with a problem after the focus, around the end (F8)."""
        fields = self.fields
        start = fields.index(self.focused) + 1 if self.focused in fields else 0
        for field in (*fields[start:], *fields[:start]):
            if field.problem is not None and not field.isHidden():
                self.go_to(field)
                return True
        return False

    def go_to_first(self) -> None:
        """The first field that is neither filled nor pinned."""
        self.go_to(next((f for f in self._open_fields(self.fields) if not f.is_passed_by), self.fields[0]))

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._give_letters()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "message_bar"):
            self.message_bar.dress()

    # Details

    def _make(self) -> None:
        self._scroll = Columns()
        self.message_bar = MessageBar()
        self._hint = QLabel()
        set_role(self._hint, "muted")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button_row = QHBoxLayout()
        self._button_row.setSpacing(SMALL)
        self._button_row.addWidget(self._hint, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addWidget(self._scroll, 1)
        rows.addWidget(self.message_bar)
        rows.addLayout(self._button_row)
        next_problem = QShortcut(QKeySequence("F8"), self)
        next_problem.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        next_problem.activated.connect(self.go_to_next_problem)

    def _show_hint(self) -> None:
        """The words beside the buttons, where there is room for all of them."""
        taken = sum(button.sizeHint().width() + SMALL for button in self._buttons if not button.isHidden())
        fits = self._hint.fontMetrics().horizontalAdvance(self._hint_words) < self.width() - taken
        self._hint.setText(self._hint_words if fits else "")

    def _give_letters(self) -> None:
        if not self._letters_stale:
            return
        self._letters_stale = False
        words = [*self._button_words, *(field.label for field in self.fields)]
        marked = assign_letters(words, self._taken_letters)
        for button, word in zip(self._buttons, marked, strict=False):
            button.setText(word)
        for field, word in zip(self.fields, marked[len(self._buttons) :], strict=True):
            self._scroll.labels[field.name].setText(f"{word} *" if field.required else word)

    def _open_fields(self, fields: Iterable[Field]) -> list[Field]:
        return [field for field in fields if not field.isHidden() and field.isEnabled() and not field.isReadOnly()]

    def _step(self, field: Field, by: int) -> None:
        """Enter goes past what is filled already, Shift+Enter past nothing."""
        if by < 0:
            before = self._open_fields(self.fields[: self.fields.index(field)])
            self.go_to(before[-1] if before else field)
            return
        target = self._next(field)
        if target is None:
            field.tidy()
            self._left(field)
            target = self._next(field)  # leaving may open others, as a scheme does that asks for its payer
        if target is not None:
            self.go_to(target)
        else:
            self.reached_end.emit()

    def _next(self, field: Field) -> Field | None:
        """Where Enter leads; the field itself may be one that only shows its text."""
        after = self.fields[self.fields.index(field) + 1 :]
        return next((one for one in self._open_fields(after) if not one.is_passed_by), None)

    def _entered(self, field: Field) -> None:
        self._scroll.keep_in_sight(field)
        if field.problem is not None:
            self._speak()

    def _left(self, field: Field) -> None:
        self._touched.add(field.name)
        own = self._own_problem(field)
        if own is not None or (field.problem is not None and field.was_edited):
            field.show_problem(own)
        self._speak()
        self.left.emit(field.name)

    def _completed(self, field: Field) -> None:
        self._touched.add(field.name)
        field.show_problem(self._own_problem(field))
        self._speak()
        self.completed.emit(field.name)

    def _own_problem(self, field: Field) -> Problem | None:
        """What the field cannot read, or finds odd, unless that was accepted."""
        problem = field.reading_problem()
        return None if problem is None or (not problem.is_error and problem.code in self._accepted) else problem

    def _speak(self) -> None:
        """One line: the problem of the field with the focus, else the first one, and how many more there are."""
        problems = self.problems
        field = self.focused
        problem = field.problem if field is not None and field.problem is not None else next(iter(problems), None)
        if self._held is not None:
            problem = self._held
        if problem != self._spoken:
            self._spoken = problem
            self.spoke.emit()
        if problem is None:
            if self.message_bar.level in ("error", "warning"):
                self.message_bar.say("")
            return
        owner = self._fields.get(problem.field)
        text = f"{owner.label}: {problem.text}" if owner is not None else problem.text
        if len(problems) > 1:
            text = _("{text}  (F8 to the next of {count})").format(text=text, count=len(problems))
        elif owner is not None and owner is not field:
            text = _("{text}  (F8 goes there)").format(text=text)
        self.message_bar.say(text, problem.level)
