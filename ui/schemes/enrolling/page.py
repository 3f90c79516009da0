"""Enrolling a list: what is asked for, who can be enrolled, who cannot and why, then all of them in one step."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.people.worker import Segment
from models.problems import Level, Problem, Rejected, StorageFailure
from models.register import Register
from models.schemes.enrolling import EnrolledMany, EnrolmentPreview
from models.schemes.enrolment import EnrolmentPlan
from models.values.formats import number, period_text
from models.values.rupiah import format_rupiah
from ui.background import Job
from ui.fields.form import FormGrid
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.papers.progress import ProgressLine
from ui.people.plan_fields import PlanFields
from ui.people.price_text import price_change, price_sources
from ui.schemes.enrolling.result import EnrolResult
from ui.schemes.enrolling.words import asked_words
from ui.session import Session

if TYPE_CHECKING:
    from models.storage.enrol_many import Progress


_FIRST = 1000
"""The form takes the height it needs before anything else does."""


class EnrolManyPage(QWidget):
    """Enter at the end of the form checks, F5 too; what was asked for is then one line, which F2 opens again, so that
    the result has the room. Ctrl+S enrols; Enter on a name opens the record; Esc leads back."""

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
        self._enrolled_ids: array[int] = array("q")
        """The list before it was enrolled last: taken back, it is there again."""
        self._job: Job | None = None
        self._build()
        session.changed.connect(self._follow_others)

    # What others use

    def show_list(self, ids: Iterable[int], plan: EnrolmentPlan | None = None) -> None:
        """Takes a list of workers; a `plan` fills the fields, for instance to go on where a period ends."""
        self._enrolled_ids = array("q")
        self._take(array("q", dict.fromkeys(ids)))
        self.form.clear(keep_pinned=False)
        self._plan.suggest_first_month()
        if plan is not None:
            self.form["scheme"].set_value(plan.scheme)
            self.form["first_month"].set_value(plan.first)
            self.form["month_count"].set_value(plan.month_count)
        self._show_payer()
        self._forget()
        self._say("")
        self._fold(False)

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
        self._say("")
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

    def change(self) -> None:
        """F2: what is asked for can be changed again."""
        if self._job is None:
            self._fold(False)
            self.form.go_to(self.form.fields[0])

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
            elif self._preview is not None and not self.form.isHidden():
                self._fold(True)  # nothing was changed: back to what was checked
                self._go_on()
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
        self.asked = heading("", "strong")
        self.asked.setWordWrap(True)
        self.message = MessageBar()
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.stop)
        self.result = EnrolResult(self._register)
        self.result.record_wanted.connect(self.record_wanted)
        words = (_("Change (F2)"), _("Check (F5)"), _("Enrol (Ctrl+S)"), _("Back (Esc)"))
        marked = assign_letters(words)
        self.change_button = button(marked[0], self.change, icon="edit")
        self.check_button = button(marked[1], self.check, icon="search")
        self.enrol_button = button(marked[2], self.enrol, icon="save", primary=True)
        self.back_button = button(marked[3], self.left.emit, icon="back")
        self.form.set_buttons(taken_letters="".join(letters_in(marked)))
        acts = QHBoxLayout()
        acts.setSpacing(MEDIUM)
        acts.addStretch()
        for act in self._buttons:
            acts.addWidget(act)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self._title)
        rows.addWidget(self.form, _FIRST)
        rows.addWidget(self.asked)
        rows.addLayout(acts)
        rows.addWidget(self.message)
        rows.addWidget(self.progress)
        rows.addWidget(self.result, 1)
        self._rest = QWidget()
        rows.addWidget(self._rest, 1)
        again = QShortcut(QKeySequence("F2"), self)
        again.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.activated.connect(self.change)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.change_button, self.check_button, self.enrol_button, self.back_button)

    # What happens

    def _read_plan(self) -> EnrolmentPlan | None:
        self.form.tidy()
        problems = [*self.form.reading_problems(), *self._plan.problems()]
        if self._plan.scheme is None:
            message = N_("The scheme is still empty. Type its code or the beginning of its name.")
            problems.append(Problem("scheme", "scheme_missing", message))
        self.form.show_problems(problems, everywhere=True)
        if problems:
            self._fold(False)
            self.form.go_to_first_problem()
            return None
        return self._plan.plan()

    def _take(self, ids: array[int]) -> None:
        self._ids = ids
        words = _("Enrol {count} workers").format(count=number(len(ids)))
        self._title.setText(words if ids else _("Nobody of the list is left to be enrolled"))

    def _say(self, text: str, level: Level | str = "") -> None:
        """The line is there only while it says something: names need the room."""
        self.message.say(text, level)
        self.message.setVisible(bool(text))

    def _fold(self, folded: bool) -> None:
        """The fields, or one line that says what was typed there."""
        self.form.setVisible(not folded)
        self.asked.setVisible(folded)
        self.change_button.setVisible(folded)
        self.result.setVisible(folded)
        self._rest.setVisible(not folded)

    def _go_on(self) -> None:
        """The focus on what comes next after a check."""
        can = self._preview is not None and bool(self._preview.able)
        (self.enrol_button if can else self.result.table).setFocus()

    def _follow_others(self, subject: str) -> None:
        """What was enrolled here is taken back: the list is whole again, and nothing says otherwise any more."""
        if subject == "taken_back" and self._enrolled_ids and self._job is None:
            self._take(self._enrolled_ids)
            self._enrolled_ids = array("q")
            self._say("")
            self._forget()
            self._fold(False)

    def _follow(self, name: str) -> None:
        scheme = self._plan.scheme
        self._show_payer()
        if name == "scheme" and scheme is not None:
            self.form["month_count"].fill(scheme.usual_months, _("the scheme"))

    def _show_payer(self) -> None:
        """The form is as high as the fields that the scheme asks for, and what it says may take two lines."""
        self._plan.show_payer()
        self.form.setMaximumHeight(self.form.needed_height() + self.form.fontMetrics().height())

    def _run(self, work: Callable[..., object], done: Callable[[Any], None]) -> None:
        self._show_running(True)
        self._job = self._session.background.run(
            self, work, done=done, failed=self._failed, progress=self.progress.step, cancelled=self._stopped
        )

    def _checked_now(self, plan: EnrolmentPlan, found: tuple[EnrolmentPreview, int]) -> None:
        self._end()
        self._preview, self._checked = found[0], plan
        scheme = self._register.schemes.get(plan.scheme)
        price = self._register.rates.price(scheme, found[0].period, None)
        change = sources = ""
        if not isinstance(price, Problem):
            change = price_change(price, found[0].period)
            if {each for each, _heads in self._preview.prices} == {price.total}:  # others stand in other lines of it
                sources = "; ".join(price_sources(price).splitlines())
        office_limit = self._register.office.max_age
        self.result.show_preview(*found, change, sources, min(office_limit, scheme.max_age or office_limit))
        self.asked.setText(asked_words(self._register, plan))
        if self._preview.fund_problem is not None:
            self._say(self._preview.fund_problem.text, Level.WARNING)
        elif plan.fund is None and (funds := self._register.funds.of_scheme(plan.scheme)) and self._preview.able:
            words = _("No fund is chosen, so nothing of this is counted on {fund}. F2 leads back to choose one.")
            self._say(words.format(fund=", ".join(fund.name for fund in funds)), Level.WARNING)
        self._fold(True)
        self._go_on()

    def _enrolled(self, made: EnrolledMany) -> None:
        self._end()
        assert self._preview is not None
        words = _("Enrolled: {count} workers, {period}, {cost}. Ctrl+Alt+Z takes all of it back.").format(
            count=number(len(made.enrolments)),
            period=period_text(self._preview.period),
            cost=format_rupiah(made.cost),
        )
        self._session.message(words)
        following = _("Next: under Schemes & Funds (Ctrl+3), Enrolments, they are approved in a decree (F2).")
        self._say(f"{words} {following}", "good")
        self._session.tell("workers")
        self._session.tell("coverage")
        done = set(self._register.enrolment_lists.owners(made.enrolments))
        self._enrolled_ids = self._ids
        self._take(array("q", (id for id in self._ids if id not in done)))
        self._preview = self._checked = None
        self.result.forget_summary()
        self.back_button.setFocus()

    def _failed(self, refused: Rejected | StorageFailure) -> None:
        self._end()
        if isinstance(refused, Rejected) and any(problem.field in self.form for problem in refused.problems):
            self._fold(False)
            self.form.show_problems(refused.problems, everywhere=True)
            self.form.go_to_first_problem()
        else:
            self._say(refused.text, Level.ERROR)
            self._come_back()

    def _stopped(self) -> None:
        self._end()
        self._say(_("Stopped. Nobody was enrolled."), Level.WARNING)
        self._come_back()

    def _come_back(self) -> None:
        """To the result that still holds, or to the form; the button that stopped has gone with the focus."""
        self._fold(self._preview is not None)
        if self._preview is not None:
            self._go_on()
        else:
            self.form.go_to_first()

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        for act in self._buttons:
            act.setEnabled(not running)

    def _forget(self) -> None:
        """What was checked is not what stands in the form any more."""
        self._preview = self._checked = None
        self.result.clear()


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
