"""The record of one worker in the place of the list: to be read, corrected, enrolled again, and its history."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.people.lines import Standing
from models.people.masking import mask_number
from models.people.nik import group_nik
from models.problems import Problem, Rejected, StorageFailure
from models.values.formats import month_long
from models.values.months import Month
from ui.look.spacing import COLUMN_GAP, ICON, MEDIUM, SMALL
from ui.page import button, heading
from ui.people.correction import PROPOSAL, Correction
from ui.people.enrolment_forms import EnrolForm
from ui.people.enrolments_panel import EnrolmentsPanel
from ui.people.failures import not_shown
from ui.people.history_panel import HistoryPanel
from ui.people.history_words import history_of
from ui.people.reason_line import ReasonLine
from ui.people.request_line import RequestLine
from ui.people.worker_form import WorkerForm
from ui.people.workers_table import standing_icon
from ui.session import Session

SIDE = 28
"""Width of the panels beside the form, in heights of a line; below `BESIDE_FROM` the form is a panel like them."""
BESIDE_FROM = 58
NIK_FROM = 44
"""Heights of a line from which the head has room for the NIK, which stands in the form as well."""


class WorkerRecord(QWidget):
    """Form at the left, enrolments and history at the right; on a narrow window three panels behind each other."""

    left = Signal()
    """Back to the list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._register = session.opened_register
        self.form = WorkerForm(self._register, session.today)
        self.form.add_usual_sections()
        self.form.add_other_section()
        self.correction = Correction(session, self.form, self)
        self.enrolments = EnrolmentsPanel(session)
        self.history = HistoryPanel()
        self.reason = ReasonLine()
        self._focus = "name"
        self._is_beside = True
        self._build()
        self._connect()

    # What the page asks for

    def show_worker(self, id: int) -> None:
        """Shows a record; LookupError when there is none."""
        self.correction.show(id)
        self._show_beside()
        for field in self.form.fields:
            field.setReadOnly(self._register.is_read_only or field.is_locked)

    def focus_form(self) -> None:
        """The field a draft was left at, otherwise the first one; nothing is selected, so no key replaces a text."""
        self._show_form()
        field = self.form[self.correction.draft_focus or self.form.fields[0].name]
        self.form.go_to(field)
        field.end(False)

    @property
    def worker_id(self) -> int | None:
        """Id of the worker on show."""
        return self.correction.base.id

    @property
    def part(self) -> str:
        """Where the focus is: ``record`` (the form), ``enrolments`` or ``history``."""
        focus = self.focusWidget()
        if focus is self.history:
            return "history"
        return "enrolments" if focus is not None and self.enrolments.isAncestorOf(focus) else "record"

    def read_again(self) -> None:
        """Somebody else may have changed it: shows the register's state unless something is being typed here."""
        id = self.worker_id
        if id is not None and not self.correction.is_changed and self.enrolments.form is None:
            focus = self.form.focused
            self.correction.show(id)
            self._show_beside()
            if focus is not None:
                self.form.go_to(focus)

    def leave(self) -> bool:
        """What was typed stays as a draft, what was shown is masked again; False when it cannot be kept."""
        was_shown = self.correction.is_shown
        is_kept = self.correction.leave()
        if was_shown:
            self._show_protected()
        return is_kept

    def show_masked(self) -> None:
        """Ctrl+T: NIK, KK, phone and mother's name in full, which is recorded; once more, masked."""
        if self.correction.is_shown:
            self.correction.mask_again()
        else:
            try:
                self.correction.show_masked()
            except (Rejected, StorageFailure) as failure:
                self.form.say(not_shown(failure), "warning")
                return
            self.form.say(_("Shown in full; who looked and when is recorded. Leaving the record masks it again."))
        self._show_protected()

    def save(self) -> None:
        """Ctrl+S: the small form if one is worked at, otherwise the correction."""
        form = self.enrolments.form
        if form is not None and form.isAncestorOf(self.focusWidget() or self):
            form.save()
        elif self._register.is_read_only:
            self._session.message(_("This register is open for reading only. Nothing can be saved in it."))
        else:
            self._show_form()
            self.correction.save()

    def revert(self) -> None:
        """Ctrl+U."""
        if self.correction.is_changed:
            self.correction.revert()
            self.form.go_to(self._focus if self._focus in self.form else "name")

    def ask_reason(self) -> None:
        """F7: the warning in the message line may stand, for a reason typed there."""
        small = self.enrolments.form
        if isinstance(small, EnrolForm) and small.isAncestorOf(self.focusWidget() or self):
            small.ask_reason()
            return
        problem = self.form.spoken
        if problem is not None and not problem.is_error:
            self._note_focus()
            self.form.hold(problem)
            self.reason.ask(problem)

    def print_letters(self) -> None:
        """The letter of this worker's latest enrolment that counts."""
        if self.worker_id is not None:
            self._session.print_letters(workers=[self.worker_id])

    def enrol(self) -> None:
        """Asks for another enrolment."""
        self._note_focus()
        self._tabs.setCurrentWidget(self.enrolments)
        self.enrolments.add()

    def next_panel(self) -> None:
        """F6: form, enrolments, history, and around."""
        if self.part == "enrolments":
            self._tabs.setCurrentWidget(self.history)
            self.history.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.part == "history":
            self._show_form()
            self.form.go_to(self._focus if self._focus in self.form else "name")
        else:
            self._note_focus()
            self.show_enrolments()

    def show_enrolments(self) -> None:
        """The list of enrolments, or the small form below it."""
        self._tabs.setCurrentWidget(self.enrolments)
        small = self.enrolments.form
        if small is not None:
            small.go_to_first()
        else:
            self.enrolments.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()  # reached only when nothing inside had a use for it
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Building

    def _build(self) -> None:
        self._name = heading("")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._nik = heading("", "muted")
        self._in_full = button(_("Show in full (Ctrl+T)"), self.show_masked)
        self._in_full.setProperty("role", "link")
        self._in_full.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._standing_icon, self._standing = QLabel(), QLabel()
        self._standing_icon.setFixedSize(ICON, ICON)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(self._name, 1)
        head.addWidget(self._nik)
        head.addWidget(self._in_full)
        head.addWidget(self._standing_icon)
        head.addWidget(self._standing)
        self.requests = RequestLine()
        save_words = _("Save the correction (Ctrl+S)")
        if self.correction.proposes:
            save_words = _("Propose the correction (Ctrl+S)")
        self._revert = button(_("Take back (Ctrl+U)"), self.revert, icon="undo")
        self.form.set_buttons(
            button(_("Back to the list (Esc)"), self.left.emit, icon="back"),
            self._revert,
            button(save_words, self.save, icon="save", primary=True),
            hint=_("F6: next panel; Ctrl+H: history; Ctrl+G: family"),
        )
        self.form.message_bar.add_tail(self.reason)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        for widget in (self._tabs, self._tabs.tabBar()):
            widget.setAccessibleName(_("Parts of the record"))
        self._tabs.addTab(self.enrolments, _("Enrolment"))
        self._tabs.addTab(self.history, _("History"))
        self._row = QHBoxLayout()
        self._row.setSpacing(COLUMN_GAP)
        self._row.addWidget(self.form, 1)
        self._row.addWidget(self._tabs)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addLayout(head)
        rows.addWidget(self.requests)
        rows.addLayout(self._row, 1)

    def _connect(self) -> None:
        self.correction.saved.connect(self._show_beside)
        self.correction.changed.connect(self._show_name)
        self.correction.reason_wanted.connect(self._ask_why)
        self.enrolments.saved.connect(self._enrolments_saved)
        self.form.spoke.connect(lambda: self.reason.offer(self.form.spoken))
        self.form.show_wanted.connect(self._say_how_to_show)
        self.reason.given.connect(self._take_reason)
        self.reason.left.connect(self._leave_reason)

    def _arrange(self) -> None:
        """Beside each other where there is room for both."""
        line = self.fontMetrics().height()
        beside = self.width() >= BESIDE_FROM * line
        self._nik.setVisible(self.width() >= NIK_FROM * line)
        self._tabs.setMinimumWidth(SIDE * line if beside else 0)
        self._tabs.setMaximumWidth(SIDE * line if beside else 16_777_215)
        if beside == self._is_beside:
            return
        focus = self.form.focused
        self._is_beside = beside
        if beside:
            self._tabs.removeTab(self._tabs.indexOf(self.form))
            self._row.insertWidget(0, self.form, 1)
            self.form.show()
        else:
            self._row.removeWidget(self.form)
            self._tabs.insertTab(0, self.form, _("Data of the worker"))
            self._tabs.setCurrentIndex(0)
        self._row.setStretchFactor(self._tabs, 0 if beside else 1)
        if focus is not None:
            self.form.go_to(focus)

    # Details

    def _show_beside(self) -> None:
        base = self.correction.base
        assert base.id is not None
        self.enrolments.show_worker(base)
        self.requests.show_worker(self._register, base.id)
        self._show_protected()
        self._show_name()
        month = Month.of(self._session.today())
        line = self._register.workers.lines([base.id])[0]
        standing = line.standing(month)
        words = _(standing.label)
        if line.covered_until is not None:
            words = _("{standing}, until {month}").format(standing=words, month=month_long(line.covered_until))
        self._standing.setText(words)
        self._standing_icon.setPixmap(standing_icon(standing).pixmap(ICON, ICON))
        self._standing_icon.setVisible(standing in Standing)

    def _show_name(self) -> None:
        base = self.correction.base
        changed = self.correction.is_changed
        self._name.setText(
            _("{name} (corrected, not saved yet)").format(name=base.full_name) if changed else base.full_name
        )
        self._revert.setVisible(changed)

    def _show_protected(self) -> None:
        """What stands beside the form, masked or in full as the form is."""
        base, in_full = self.correction.base, self.correction.is_shown
        assert base.id is not None
        self._nik.setText(group_nik(base.nik) if in_full else mask_number(base.nik))
        self._in_full.setText(_("Mask again (Ctrl+T)") if in_full else _("Show in full (Ctrl+T)"))
        self.history.show_history(history_of(self._register, base.id, in_full=in_full))
        self.history.holds_protected = in_full

    def _say_how_to_show(self) -> None:
        self.form.say(_("This value is masked. Ctrl+T shows it in full, then it can be corrected."))

    def _enrolments_saved(self) -> None:
        id = self.worker_id
        assert id is not None
        if not self.correction.is_changed:
            self.correction.show(id)
        self._show_beside()

    def _show_form(self) -> None:
        if not self._is_beside:
            self._tabs.setCurrentWidget(self.form)

    def _note_focus(self) -> None:
        if self.form.focused is not None:
            self._focus = self.form.focused.name

    def _ask_why(self, problem: Problem) -> None:
        """A proposal needs a reason; it is typed in the message line."""
        self._note_focus()
        self.form.hold(problem)
        self.reason.ask(problem)

    def _take_reason(self, problem: Problem, reason: str) -> None:
        self.form.hold(None)
        if problem.code.startswith(PROPOSAL):
            if self.correction.propose(reason):
                self.form.go_to(self._focus if self._focus in self.form else "name")
            return
        self.correction.accept(problem, reason)
        self.form.go_to(problem.field if problem.field in self.form else self._focus)

    def _leave_reason(self) -> None:
        self.form.hold(None)
        if self.form.focused is None and self.isVisible():
            self.form.go_to(self._focus)
