"""The list of enrolments on the screen: read in the background, narrowed by the row above it, many of them chosen."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.language import translate as _
from models.register import Register
from models.schemes.lines import EnrolmentFilter, EnrolmentLine
from ui.background import Job
from ui.look.spacing import SMALL
from ui.page import EmptyState
from ui.places import Place
from ui.schemes.life import words
from ui.schemes.life.filter import LifeFilter
from ui.schemes.life.table import EnrolmentsModel, EnrolmentsView
from ui.session import Session


class EnrolmentsList(QWidget):
    """Enter opens a record; an older question is given up for a newer one."""

    chosen_changed = Signal()
    chose = Signal(int)
    """So many of those whom another page named are chosen now."""

    def __init__(self, session: Session, narrowing: LifeFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register, self._filter = session, session.opened_register, narrowing
        self._reading: Job | None = None
        self._asked = 0
        self._wanted: tuple[int, ...] = ()
        """Who is to be chosen once the list is there."""
        self.is_complete = self._goes_in = False
        self.model = EnrolmentsModel(session.while_open(self._register.enrolment_lists.lines))
        self.model.failed.connect(session.message)
        self.view = EnrolmentsView(self.model)
        self.view.opened.connect(self._open_record)
        self.view.left.connect(partial(narrowing.begin_at, narrowing.scheme))
        self.view.chosen_changed.connect(self._chosen_changed)
        self.count = QLabel()
        self.empty = EmptyState("")
        self.empty.hide()
        narrowing.changed.connect(self.load)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.view, 1)
        rows.addWidget(self.empty, 1)
        rows.addWidget(self.count)

    @property
    def current(self) -> EnrolmentLine | None:
        """The line on which the person is."""
        return self.model.line(self.view.currentIndex().row())

    def go_in(self) -> None:
        """The focus into the list; where it is still being read, as soon as it is there."""
        if self.model.ids:
            self.view.setFocus()
            if self.view.currentIndex().row() < 0:
                self.view.go_to_row(0)
        else:
            self._goes_in = not self.is_complete
            self._filter.go_in()

    def choose(self, ids: Sequence[int]) -> None:
        """Reads the list, then chooses these of it."""
        self._wanted = tuple(ids)
        self.load()

    def load(self) -> None:
        """Reads the list that is wanted."""
        self._asked += 1
        if self._reading is not None:
            self._reading.cancel()
        self.is_complete = False
        self._describe()
        work = partial(_read_ids, self._register, self._filter.narrowed())
        self._reading = self._session.background.run(self, work, done=partial(self._loaded, self._asked))

    def _loaded(self, asked: int, ids: array[int]) -> None:
        if asked != self._asked:
            return
        self._reading, self.is_complete = None, True
        before, had_focus = self.view.currentIndex().row(), self.view.hasFocus()
        self.model.show_ids(ids)
        self.view.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        if not ids:
            self.empty.sentence.setText(self._nobody())
            if had_focus:
                self._filter.go_in()
        elif self.view.currentIndex().row() < 0:
            self.view.go_to_row(max(min(before, len(ids) - 1), 0))
        if self._goes_in and ids and self._filter.scheme.hasFocus() and not self._filter.scheme.text():
            self.view.setFocus()
        self._goes_in = False
        if self._wanted and ids:
            self.view.choose_ids(self._wanted)
            self.view.setFocus()
            self.chose.emit(self.view.chosen_count())
        self._wanted = ()
        self._describe()

    def _nobody(self) -> str:
        if not self._filter.is_empty:
            return _("No enrolment is like that. Empty one of the fields above.")
        return _("Nobody is enrolled yet. Choose workers on the workers page, then Ctrl+Shift+E enrols them.")

    def _describe(self) -> None:
        text = words.list_words(len(self.model.ids), self.view.chosen_count(), self.is_complete)
        self.count.setText(text)
        self.count.setAccessibleName(text)

    def _chosen_changed(self) -> None:
        self._describe()
        self.chosen_changed.emit()

    def _open_record(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self._session.go_to(Place.WORKERS, line.worker)


def _read_ids(register: Register, narrowed: EnrolmentFilter) -> array[int]:
    with register.twin(read_only=True) as twin:
        return twin.enrolment_lists.ids(narrowed)
