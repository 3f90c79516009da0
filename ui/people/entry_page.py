"""The entry page: a worker and its enrolment typed from a paper form, without the mouse and without losing a key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.problems import Problem, Rejected, StorageFailure
from models.storage.drafts import Draft, worker_of
from ui.fields.columns import NARROW
from ui.look.spacing import COLUMN_GAP, MEDIUM, PAGE, RAIL_WIDTH, SIDE_FROM, SMALL
from ui.page import Page, button, heading
from ui.people.compare_view import CompareView
from ui.people.drafts_view import DraftsView
from ui.people.entry_desk import EntryDesk
from ui.people.entry_form import PINNED_AT_FIRST
from ui.people.entry_panel import EntryPanel
from ui.people.entry_words import as_compared, state_words, title_words, topic_of
from ui.people.failures import not_shown, saying_failures
from ui.people.reason_line import KEY as REASON_KEY
from ui.people.reason_line import ReasonLine
from ui.places import Place
from ui.session import Session

FORM = "entry"
_UNSET = "?"


class EntryPage(Page):
    """The form with its panel, and in their place now and then the comparison or the list of drafts."""

    title = N_("Entry")
    help_page = "entry"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.desk = EntryDesk(session, self)
        self.form, self.record = self.desk.form, self.desk.record
        self.panel, self.compare, self.drafts = EntryPanel(), CompareView(), DraftsView()
        self.reason = ReasonLine()
        self._thrown: Draft | None = None
        """The draft that was thrown away last."""
        self._was_shown = self._may_lose = False
        self._lay_out()
        self._add_actions()
        self._connect()
        self._pin_as_before()
        self.desk.begin()

    # As a page

    @saying_failures
    def shown(self) -> None:
        """The first time, what was being typed when the program ended is in the form again."""
        self._show_day()
        if not self._was_shown:
            self._was_shown = True
            interrupted = self.desk.keeper.interrupted()
            if interrupted is not None:
                self.desk.take_up(interrupted)
                self.form.say(_("What you were typing is back. Esc clears the form and keeps it as a draft."))
                return
        if self._stack.currentWidget() is self._entry and self.form.focused is None:
            self.desk.return_to(self.desk.focus)

    def keep(self) -> None:
        self._note_focus()
        self.desk.keeper.write()

    def leaving(self) -> bool:
        """The draft is written at once."""
        self._note_focus()
        self.desk.keeper.write()
        return True

    def closing(self) -> bool:
        """Stays once when the draft cannot be written; closing again gives it up."""
        self._note_focus()
        if self.desk.keeper.write() or self._may_lose:
            self.desk.search.forget()
            return True
        self._may_lose = True
        self.session.message(_("The draft could not be kept. Close once more if it may be lost."))
        return False

    @saying_failures
    def show_target(self, target: object) -> None:
        """A worker's id: its record, to be corrected or enrolled again. A NIK: as if it had been typed."""
        self._show_entry()
        if isinstance(target, int):
            self.desk.use_known(target)
        elif isinstance(target, str) and self.desk.make_room():
            self.desk.type_nik(target)

    def help_topic(self) -> str:
        """What the help says about the field in focus."""
        return topic_of(self.form.focused)

    # What the keys do

    def save(self) -> None:
        """Ctrl+S, from the reason of a warning as well."""
        self._show_entry()
        self.reason.give()
        self.desk.save()

    def save_and_next(self) -> None:
        """Ctrl+Enter."""
        self._show_entry()
        self.reason.give()
        self.desk.save_and_next()

    @saying_failures
    def undo(self) -> None:
        """Ctrl+U: the draft thrown away last, what was cleared last, or what was saved last."""
        if self._thrown is not None:
            draft, self._thrown = self._thrown, None
            self.session.opened_register.drafts.save(Draft(draft.form, draft.fields, draft.focus))
            self.open_drafts()
            return
        self._show_entry()
        self.desk.undo()

    def clear(self) -> None:
        """Esc."""
        self._show_entry()
        self.desk.clear()

    def put_aside(self) -> None:
        """Ctrl+D."""
        self._show_entry()
        self.desk.put_aside()

    def toggle_others(self) -> None:
        """F9: the seldom fields, the focus in the first of them; again, they fold away."""
        self._show_entry()
        shown = not self.form.shows_others
        self.form.show_others(shown)
        if shown:
            self.form.go_to("kpj")
            self.form.reveal("kpj", "notes")
        elif self.form.focused is None:
            self.form.go_to_first()

    @saying_failures
    def open_drafts(self) -> None:
        """F3: the drafts; again, the form."""
        if self._stack.currentWidget() is self.drafts and self._thrown is None and self.drafts.isVisible():
            self._show_entry()
            return
        self._note_focus()
        self.desk.keeper.write()
        self._list_drafts()
        self._stack.setCurrentWidget(self.drafts)

    @saying_failures
    def open_compare(self) -> None:
        """F6: the typed record beside those who may be the same person."""
        self.desk.search.find_now()
        candidates = [(one.line.id, ", ".join(map(_, one.reasons))) for one in self.desk.look_alikes]
        if self.record.same_nik is not None:
            candidates.insert(0, (self.record.same_nik.id, _("the same NIK")))
        if not candidates:
            self.form.say(_("Nobody registered looks like this person."))
            return
        self._note_focus()
        workers = self.session.opened_register.workers
        self.compare.compare([as_compared(self.form, workers.get(id), reason) for id, reason in candidates])
        self._stack.setCurrentWidget(self.compare)

    def show_masked(self) -> None:
        """Ctrl+T: what the form holds masked of a registered worker, in full; that is recorded."""
        try:
            shown = self.record.show_masked()
        except (Rejected, StorageFailure) as failure:
            self.form.say(not_shown(failure), "warning")
            return
        if shown:
            self.form.say(_("Shown in full; who looked and when is recorded."))
            self._show_day()
        else:
            self.form.say(_("Nothing is masked here."))

    def ask_reason(self) -> None:
        """F7: the warning in the message line may stand, for a reason typed there."""
        problem = self.form.spoken
        if problem is None or problem.is_error:
            return
        self._note_focus()
        self.form.hold(problem)
        self.reason.ask(problem, self.record.begun.get(problem.code, ""))

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()  # reached only when nothing inside had a use for it
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setVisible(self.window().width() >= SIDE_FROM)
        for act in self._less_needed:
            act.setVisible(self.window().width() >= NARROW + RAIL_WIDTH)
        self._show_state()

    # Building

    def _lay_out(self) -> None:
        self._name, self._state = heading(""), heading("", "muted")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        others, clear = button(_("&Other fields (F9)"), self.toggle_others), button(_("&Clear (Esc)"), self.clear)
        self._less_needed = (others, clear)
        self.form.set_buttons(
            others,
            clear,
            button(_("&Save (Ctrl+S)"), self.save, icon="save"),
            button(_("Save && &next (Ctrl+Enter)"), self.save_and_next, icon="next", primary=True),
            hint=_("Enter: next field · F1: help"),
        )
        self.form.message_bar.add_tail(self.reason)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addLayout(head)
        left.addWidget(self.form, 1)
        self._entry = QWidget()
        row = QHBoxLayout(self._entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(COLUMN_GAP)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        self._stack = QStackedWidget()
        for view in (self._entry, self.compare, self.drafts):
            self._stack.addWidget(view)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE - SMALL, MEDIUM, PAGE - SMALL, MEDIUM)
        rows.addWidget(self._stack)

    def _add_actions(self) -> None:
        self.add_action(_("Save"), self.save, keys="Ctrl+S", icon="save")
        next_keys = ("Ctrl+Return", "Ctrl+Enter")
        self.add_action(_("Save and begin the next record"), self.save_and_next, keys=next_keys, icon="next")
        self.add_action(_("Take back the last save or clearing"), self.undo, keys="Ctrl+U", icon="undo")
        self.add_action(
            _("Put aside as a draft and begin the next record"), self.put_aside, keys="Ctrl+D", icon="add"
        )
        self.add_action(_("Drafts"), self.open_drafts, keys="F3", icon="list")
        self.add_action(_("Compare with those who may be the same person"), self.open_compare, keys="F6", icon="user")
        self.add_action(_("Show masked values in full"), self.show_masked, keys="Ctrl+T", icon="user")
        self.add_action(_("Save with a reason"), self.ask_reason, keys=REASON_KEY, icon="warning")
        self.add_action(_("Other fields"), self.toggle_others, keys="F9", icon="down")
        self.add_action(_("Clear the form"), self.clear, icon="close")

    def _connect(self) -> None:
        self.desk.changed.connect(self._show_beside)
        self.desk.look_alikes_changed.connect(self._show_look_alikes)
        self.desk.day_changed.connect(self._show_day)
        self.form.spoke.connect(lambda: self.reason.offer(self.form.spoken))
        self.form.edited.connect(self._forgive)
        self.form.show_wanted.connect(self._say_how_to_show)
        self.form.pins_changed.connect(lambda: self.session.preferences.keep_pinned(FORM, self.form.pinned))
        self.reason.given.connect(self._take_reason)
        self.reason.typed.connect(self._keep_reason)
        self.reason.left.connect(self._leave_reason)
        self.panel.compare_wanted.connect(self.open_compare)
        self.panel.drafts_wanted.connect(self.open_drafts)
        self.compare.chosen.connect(self._use_known)
        self.drafts.chosen.connect(self._take_up)
        self.drafts.thrown_away.connect(self._throw_away)
        for view in (self.compare, self.drafts):
            view.left.connect(self._show_entry)
        self.session.changed.connect(self._follow)

    def _pin_as_before(self) -> None:
        kept = self.session.preferences.text(f"pins/{FORM}", _UNSET)
        self.form.pin(PINNED_AT_FIRST if kept == _UNSET else self.session.preferences.pinned(FORM))

    # Beside the form

    @saying_failures
    def _show_beside(self) -> None:
        register, record = self.session.register, self.record
        if register is None:  # closed while this was still to be shown
            return
        known = record.base.id
        self.panel.show_known(
            register.workers.lines([known])[0] if known is not None else None,
            register.enrolments.of_worker(known) if known is not None else (),
            register.schemes.all(),
        )
        self.panel.show_family(record.family)
        price, period = record.price() or (None, None)
        self.panel.show_price(price, period, record.note_on_age())
        self.panel.show_reasons(
            (self.form[field].label if field in self.form else "", reason)
            for field, reason in record.reasons.values()
        )
        self._name.setText(title_words(record))
        self._show_look_alikes()

    def _show_look_alikes(self) -> None:
        self.panel.show_look_alikes(self.desk.look_alikes, self.record.same_nik)
        self._show_state()

    def _show_state(self) -> None:
        count = len(self.desk.look_alikes) + (self.record.same_nik is not None)
        alone = not self.panel.isVisibleTo(self)
        self._state.setText(state_words(self.record, count, self.desk.keeper.kept_at, alone=alone))

    @saying_failures
    def _show_day(self) -> None:
        register, today = self.session.opened_register, self.session.today()
        drafts = len(self.desk.keeper.waiting_to_be_finished())
        self.panel.show_day(register.entries.of_day(today, 6), register.entries.count_of_day(today), drafts)
        self._show_state()

    # Details

    def _show_entry(self) -> None:
        if self._stack.currentWidget() is not self._entry:
            self._stack.setCurrentWidget(self._entry)
            self.desk.return_to(self.desk.focus)

    def _note_focus(self) -> None:
        if self.form.focused is not None:
            self.desk.focus = self.form.focused.name

    def _say_how_to_show(self) -> None:
        self.form.say(_("This value is masked. Ctrl+T shows it in full, then it can be corrected."))

    def _forgive(self) -> None:
        self._thrown, self._may_lose = None, False

    def _list_drafts(self) -> None:
        corrections = self.session.opened_register.drafts.corrections()
        self.drafts.show_drafts((*self.desk.keeper.waiting(), *corrections), self.session.today())

    def _take_up(self, draft: Draft) -> None:
        worker = worker_of(draft)
        if worker is not None:
            self.session.go_to(Place.WORKERS, worker)
            return
        self._show_entry()
        self.desk.take_up(draft)

    @saying_failures
    def _throw_away(self, draft: Draft) -> None:
        self.session.opened_register.drafts.remove(draft.id or 0)
        self._thrown = draft
        self._list_drafts()
        self._show_day()
        self.session.message(_("Draft thrown away. Ctrl+U brings it back."))

    def _use_known(self, id: int) -> None:
        self._show_entry()
        self.desk.use_known(id)

    def _take_reason(self, problem: Problem, reason: str) -> None:
        self.form.hold(None)
        self.desk.accept(problem, reason)
        self.desk.return_to(problem.field if problem.field in self.form else self.desk.focus)

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """In the message line, and in the status bar for when another view covers it."""
        self.desk.say_failure(failure)
        self.session.message(failure.text)

    def _keep_reason(self, problem: Problem, text: str) -> None:
        self.record.begun[problem.code] = text
        self.desk.keeper.touch()

    def _leave_reason(self) -> None:
        self.form.hold(None)
        if self.form.focused is None and self.isVisible():
            self.desk.return_to(self.desk.focus)

    def _follow(self, subject: str) -> None:
        if subject == "workers" and self.session.register is not None:
            self._show_day()
        elif subject == "settings" and self.session.register is not None:
            self.form.read_schemes_again()
        elif subject == "funds" and self.session.register is not None:
            self.form.follow_scheme()
