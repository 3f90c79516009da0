"""Enrolling a list: what is asked for, who can be enrolled, who cannot and why, then all of them in one step."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.people.worker import Segment
from models.problems import Level, Problem, Rejected, StorageFailure
from models.register import Register
from models.schemes.enrolling import EnrolledMany, EnrolmentPreview, Refusal
from models.schemes.enrolment import EnrolmentPlan
from models.values.formats import number, period_text
from models.values.rupiah import format_rupiah
from ui.background import Job
from ui.fields.form import FormGrid
from ui.fields.messages import MessageBar
from ui.look.spacing import SMALL
from ui.page import button, heading
from ui.papers.progress import ProgressLine
from ui.people.plan_fields import PlanFields
from ui.schemes.enrolling.words import cost_words, reason_words, summary_words, waiting_words
from ui.session import Session
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from models.storage.enrol_many import Progress

_NO_LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""The buttons tell their own keys."""


class EnrolManyPage(QWidget):
    """Enter at the end of the form checks, F5 too; Ctrl+S enrols; Enter on a name opens the record; Esc leads back."""

    left = Signal()
    """Back to where the list came from."""
    record_wanted = Signal(int)
    """Id of a worker who cannot be enrolled: the record is to be seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._register = session.opened_register
        self._ids: array[int] = array("q")
        self._preview: EnrolmentPreview | None = None
        self._checked: EnrolmentPlan | None = None
        """The plan that the preview is of."""
        self._waiting = 0
        """Of those who can be enrolled, so many stay inside the months in which a death pays little."""
        self._job: Job | None = None
        self._build()

    # What others use

    def show_list(self, ids: Iterable[int], plan: EnrolmentPlan | None = None) -> None:
        """Takes a list of workers; a `plan` fills the fields, for instance to go on where a period ends."""
        self._ids = array("q", dict.fromkeys(ids))
        self._title.setText(_("Enrol {count} workers").format(count=number(len(self._ids))))
        self.form.clear(keep_pinned=False)
        self._plan.suggest_first_month()
        if plan is not None:
            self.form["scheme"].set_value(plan.scheme)
            self.form["first_month"].set_value(plan.first)
            self.form["month_count"].set_value(plan.month_count)
        self._show_payer()
        self._forget()
        self.message.say("")

    def begin(self) -> None:
        """The focus where work begins."""
        self.form.go_to_first()

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def check(self) -> None:
        """F5: who can be enrolled as asked; nothing is written."""
        plan = self._read_plan()
        if plan is None or self._job is not None:
            return
        self._forget()
        self.message.say("")
        self.progress.begin(_("Checking"))
        self._run(partial(_preview, self._register, self._ids, plan), partial(self._checked_now, plan))

    def enrol(self) -> None:
        """Ctrl+S: enrols all who can be; before that they are looked at once."""
        if self._job is not None:
            return
        plan = self._read_plan()
        if plan is None:
            return
        if self._preview is None or plan != self._checked:
            self.check()
            return
        only_fitting = self._preview.fund_problem is not None
        self.progress.begin(_("Enrolling"))
        self._run(partial(_enrol, self._register, self._ids, plan, only_fitting), self._enrolled)

    def stop(self) -> None:
        """Stops what runs; nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()
            self.progress.stopping()

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._job is not None:
                self.stop()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    # Building

    def _build(self) -> None:
        self._title = heading("")
        self.form = FormGrid()
        self._plan = PlanFields(self.form, self._register, self._session.today, required=True)
        self.form.left.connect(self._follow)
        self.form.reached_end.connect(self.check)
        self.form.edited.connect(lambda _name: self._forget())
        self.message = MessageBar()
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.stop)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self._refused_title = heading("", "section")
        self.table = FigureTable(
            _("Workers who cannot be enrolled"),
            (Column(_("Name")), Column(_("Nagari")), Column(_("Why not, and what to do"), takes_room=True)),
        )
        self.table.chosen.connect(self._open)
        self.check_button = button(_("Check (F5)"), self.check, icon="search")
        self.enrol_button = button(_("Enrol (Ctrl+S)"), self.enrol, icon="save", primary=True)
        self.back_button = button(_("Back (Esc)"), self.left.emit, icon="back")
        self.form.set_buttons(self.check_button, self.enrol_button, self.back_button, taken_letters=_NO_LETTERS)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        for part in (self._title, self.form, self.message, self.progress, self.summary, self._refused_title):
            rows.addWidget(part)
        rows.addWidget(self.table, 1)
        rows.addStretch()

    # What happens

    def _read_plan(self) -> EnrolmentPlan | None:
        self.form.tidy()
        problems = [*self.form.reading_problems(), *self._plan.problems()]
        if self._plan.scheme is None:
            message = N_("The scheme is still empty. Type its code or the beginning of its name.")
            problems.append(Problem("scheme", "scheme_missing", message))
        self.form.show_problems(problems, everywhere=True)
        if problems:
            self.form.go_to_first_problem()
            return None
        return self._plan.plan()

    def _follow(self, name: str) -> None:
        scheme = self._plan.scheme
        self._show_payer()
        if name == "scheme" and scheme is not None:
            self.form["month_count"].fill(scheme.usual_months, _("the scheme"))

    def _show_payer(self) -> None:
        """The form is as high as the fields that the scheme asks for."""
        self._plan.show_payer()
        self.form.setMaximumHeight(self.form.needed_height())

    def _run(self, work: Callable[..., object], done: Callable[[Any], None]) -> None:
        self._show_running(True)
        self._job = self._session.background.run(
            self, work, done=done, failed=self._failed, progress=self.progress.step, cancelled=self._stopped
        )

    def _checked_now(self, plan: EnrolmentPlan, found: tuple[EnrolmentPreview, int]) -> None:
        self._end()
        preview, self._waiting = found
        self._preview, self._checked = preview, plan
        self._show()
        (self.enrol_button if preview.able else self.table).setFocus()

    def _enrolled(self, made: EnrolledMany) -> None:
        self._end()
        assert self._preview is not None
        words = _("Enrolled: {count} workers, {period}, {cost}. Ctrl+Alt+Z takes all of it back.").format(
            count=number(len(made.enrolments)),
            period=period_text(self._preview.period),
            cost=format_rupiah(made.cost),
        )
        self._session.message(words)
        self.message.say(words, "good")
        self._session.tell("workers")
        self._session.tell("coverage")
        done = {self._register.enrolments.get(id).worker for id in made.enrolments}
        self._ids = array("q", (id for id in self._ids if id not in done))
        self._title.setText(_("Enrol {count} workers").format(count=number(len(self._ids))))
        self._preview = None
        self.summary.setText("")
        self.back_button.setFocus()

    def _failed(self, refused: Rejected | StorageFailure) -> None:
        self._end()
        if isinstance(refused, Rejected) and any(problem.field in self.form for problem in refused.problems):
            self.form.show_problems(refused.problems, everywhere=True)
            self.form.go_to_first_problem()
        else:
            self.message.say(refused.text, Level.ERROR)

    def _stopped(self) -> None:
        self._end()
        self.message.say(_("Stopped. Nobody was enrolled."), Level.WARNING)

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        for act in (self.check_button, self.enrol_button, self.back_button):
            act.setEnabled(not running)

    def _forget(self) -> None:
        """What was checked is not what stands in the form any more."""
        self._preview = self._checked = None
        self.summary.setText("")
        self._refused_title.hide()
        self.table.hide()

    def _show(self) -> None:
        preview = self._preview
        assert preview is not None
        lines = [
            summary_words(preview), cost_words(preview), waiting_words(self._waiting), *reason_words(preview),
        ]  # fmt: skip
        self.summary.setText("\n".join(line for line in lines if line))
        if preview.fund_problem is not None:
            self.message.say(preview.fund_problem.text, Level.WARNING)
        self.table.set_rows([self._row(refusal) for refusal in preview.refused])
        has_refused = bool(preview.refused)
        self._refused_title.setVisible(has_refused)
        self._refused_title.setText(
            _("{count} cannot be enrolled: Enter opens the record").format(count=number(len(preview.refused)))
        )
        self.table.setVisible(has_refused)

    def _row(self, refusal: Refusal) -> Row:
        why = " ".join(problem.text for problem in refusal.problems)
        return Row(
            (refusal.name, self._register.regions.name(refusal.nagari), why), refusal.worker, tips=("", "", why)
        )

    def _open(self, worker: object) -> None:
        if isinstance(worker, int):
            self.record_wanted.emit(worker)


def _preview(
    register: Register, ids: array[int], plan: EnrolmentPlan, progress: Progress | None = None
) -> tuple[EnrolmentPreview, int]:
    """In the background, on a connection of its own; with how many stay inside the waiting months of BPU."""
    with register.twin(read_only=True) as twin:
        preview = twin.enrol_many.preview(ids, plan, progress)
        is_bpu = twin.schemes.get(plan.scheme).segment is Segment.BPU
        return preview, twin.periods.still_waiting(preview.able, preview.period) if is_bpu else 0


def _enrol(
    register: Register, ids: array[int], plan: EnrolmentPlan, only_fitting: bool, progress: Progress | None = None
) -> EnrolledMany:
    with register.twin() as twin:
        return twin.enrol_many.enrol(ids, plan, progress, only_fitting=only_fitting)
