"""Work at the entry form: what follows from keys, saving, taking back, clearing, drafts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from models.language import translate as _
from models.people.lines import LookAlike
from models.problems import Problem, Rejected, StorageFailure
from models.storage.drafts import Draft
from models.storage.entries import EntryLine
from models.values.formats import date_short
from ui.people.draft_keeper import CLEARED, PUT_ASIDE, DraftKeeper
from ui.people.entry_form import EntryForm
from ui.people.entry_record import EntryRecord, Origin
from ui.people.entry_words import saved_words
from ui.people.failures import saying_failures
from ui.people.look_alike_search import LookAlikeSearch
from ui.session import Session

_LOOKED_AT = frozenset(("nik", "name", "born_on", "nagari"))


class EntryDesk(QObject):
    """Form, record, draft and look-alikes of one page, kept together; it speaks through the form's message line."""

    changed = Signal()
    """What stands beside the form may be another now."""
    look_alikes_changed = Signal()
    day_changed = Signal()
    """A record was saved or taken back, or a draft came or went."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self.register = session.opened_register
        self.form = EntryForm(self.register, session.today)
        self.record = EntryRecord(self.form, self.register, session.today)
        self.keeper = DraftKeeper(session, self.read_draft, self)
        self.search = LookAlikeSearch(session, self)
        self.focus = "nik"
        """Name of the field that had the focus last."""
        self._trouble = ""
        """What the disk refused last, until it obeys again."""
        self._cleared: int | None = None
        """Draft of what was cleared last, as long as nothing was saved since."""
        self._asked_twice = False
        self.form.edited.connect(self._edited)
        self.form.completed.connect(self._completed)
        self.form.left.connect(self._left)
        self.form.reached_end.connect(self._reached_end)
        self.search.found.connect(self._found)
        self.keeper.failed.connect(self._draft_failed)
        self.keeper.kept.connect(self.day_changed)

    @property
    def look_alikes(self) -> tuple[LookAlike, ...]:
        """Who may be the same person as the one in the form."""
        return self.record.look_alikes

    # Saving

    @saying_failures
    def save(self) -> bool:
        """The form stays; True when everything in it is in the register."""
        self.form.tidy()
        self._tidy(self.form.focused.name if self.form.focused is not None else "")
        if self.record.is_saved:
            self.form.say(_("This is saved already. Ctrl+Enter begins the next one."), "good")
            return True
        self.search.find_now()
        problems = self.judge(everywhere=True)
        if problems:
            self._go_to_problem(problems)
            return False
        if self.record.has_nothing_new:
            self.form.say(_("Nothing is new here. Choose a scheme to enrol this worker, or correct a field."))
            return False
        return self._write()

    def save_and_next(self) -> None:
        """Saves, then begins the next record with the pinned fields."""
        if self.save():
            said = self.form.message_bar.text
            self.begin()
            self.form.say(said, "good")

    def _write(self) -> bool:
        worker, plan = self.record.worker(), self.record.plan()
        try:
            entry = self.register.entries.save(worker, plan, draft=self.keeper.id)
        except Rejected as rejected:
            self.form.show_problems(rejected.problems, everywhere=True)
            self._go_to_problem(rejected.problems)
            return False
        except StorageFailure as failure:
            self._trouble = _("{failure} What you typed is still here; Ctrl+S tries again.").format(
                failure=failure.text
            )
            self.form.say(self._trouble, "error")
            return False
        self.keeper.forget()
        self._trouble, self._cleared, self._asked_twice = "", None, False
        self.form.keep_pins()
        self.record.know_saved(entry, plan)
        words = saved_words(entry, self.register)
        self.refresh()
        self.form.say(words, "good")
        self.session.message(words)
        self.session.tell("workers")
        return True

    # Taking back

    @saying_failures
    def undo(self) -> None:
        """What was cleared last comes back, otherwise what was saved last."""
        cleared = next((draft for draft in self.keeper.waiting() if draft.id == self._cleared), None)
        if cleared is not None:
            self.take_up(cleared)
        else:
            self._undo_save()

    def _undo_save(self) -> None:
        line = self.register.entries.last()
        if line is None:
            self.form.say(_("There is nothing to take back."))
            return
        if line.at.date() != self.session.today() and not self._asked_twice:
            self._asked_twice = True
            message = _("Your last save is of {day}: {name}. Press Ctrl+U once more to take it back.")
            self.form.say(message.format(day=date_short(line.at.date()), name=line.name))
            return
        if self.read_draft() is None or self.keeper.write(PUT_ASIDE):
            self._show_again(line)

    def _show_again(self, line: EntryLine) -> None:
        try:
            show = self.record.show_again(line)
            self.register.entries.undo_last()
        except (StorageFailure, Rejected) as failure:
            self.keeper.write()
            self.form.say(failure.text, "error")
            return
        self._asked_twice = False
        self.keeper.forget()
        self.search.forget()
        show()
        self.keeper.write()
        self.refresh()
        self.form.go_to_first()
        self.form.say(_("The save of {name} was taken back; its text is in the form again.").format(name=line.name))
        self.session.tell("workers")

    # Beginning and drafts

    @saying_failures
    def begin(self) -> None:
        """An empty form for the next record."""
        self.form.go_to("nik")  # while the field that is left still has its text: emptied, it would be called missing
        self.keeper.forget()
        self.search.forget()
        self.record.begin()
        self.form.start_next()
        self.refresh()
        self.day_changed.emit()
        self.form.go_to_first()

    @saying_failures
    def clear(self) -> None:
        """An empty form; what was typed is kept as a draft and comes back with `undo`."""
        if self.read_draft() is None:
            self.begin()
        elif self.keeper.write(CLEARED):
            self._cleared = self.keeper.id
            self.begin()
            self.form.say(_("Cleared. Ctrl+U brings it back."))

    @saying_failures
    def put_aside(self) -> None:
        """Keeps an unfinished record and begins the next one."""
        if self.read_draft() is None:
            self.form.say(_("Nothing is typed yet that could be put aside."))
        elif self.make_room():
            self.form.say(_("Put aside as a draft. F3 lists the drafts."), "good")

    def make_room(self) -> bool:
        """Puts aside what is typed; False when it cannot be kept, and then it stays."""
        if self.read_draft() is not None and not self.keeper.put_aside(PUT_ASIDE):
            return False
        self.begin()
        return True

    @saying_failures
    def take_up(self, draft: Draft) -> bool:
        """Goes on with a draft, the same field in focus; what is typed now is put aside."""
        if not self.make_room():
            return False
        self.record.show_draft(draft.fields)
        self.keeper.take_up(draft)
        if draft.id == self._cleared:
            self._cleared = None
        self.return_to(draft.focus)
        self.keeper.write()
        self.refresh()
        self._look()
        return True

    @saying_failures
    def use_known(self, id: int) -> None:
        """Goes on with the record of a registered worker; what is typed now is put aside as a draft."""
        if self.read_draft() is not None and not self.keeper.put_aside(PUT_ASIDE):
            return
        self.search.forget()
        self.record.show_known(id)
        self.refresh()
        self.form.go_to_first()
        self.keeper.touch()

    @saying_failures
    def type_nik(self, nik: str) -> None:
        """As if it had been typed."""
        self.form["nik"].set_text_as_typed(nik)
        self.form["nik"].was_edited = True
        self._completed("nik")
        self.keeper.touch()

    def read_draft(self) -> tuple[dict[str, str], str] | None:
        """What is worth keeping, and the field in focus; None while nobody typed anything that is not saved."""
        if self.form.is_empty or self.record.is_saved:
            return None
        return self.record.texts(), self.form.focused.name if self.form.focused is not None else self.focus

    def return_to(self, name: str) -> None:
        """Puts the focus back as it was: behind the last letter, nothing selected."""
        field = self.form[name if name in self.form and not self.form[name].isHidden() else "nik"]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.deselect()
        field.setCursorPosition(len(field.text()))

    @saying_failures
    def accept(self, problem: Problem, reason: str) -> None:
        """A warning may stand for this reason."""
        self.record.accept(problem, reason)
        self.refresh()
        self.keeper.touch()

    # What happens in the form

    def judge(self, *, everywhere: bool = False) -> tuple[Problem, ...]:
        """Shows what is wrong in the fields that were left, or everywhere."""
        problems = self.record.problems()
        if everywhere:
            self.form.open_others_if_needed(problems)
        self.form.show_problems(problems, everywhere=everywhere)
        if self._trouble and self.form.spoken is None:
            self.form.say(self._trouble, "error")
        return problems

    def refresh(self) -> None:
        """Judges again and tells those beside the form."""
        self.judge()
        self.changed.emit()

    @saying_failures
    def _edited(self, name: str) -> None:
        self.focus = name
        was_known = self.record.base.id, self.record.same_nik
        self.record.follow_edit(name)
        if was_known != (self.record.base.id, self.record.same_nik):
            self.changed.emit()
        self.keeper.touch()
        if name in _LOOKED_AT:
            self._look()

    @saying_failures
    def _completed(self, name: str) -> None:
        if name == "nik":
            self.record.follow_nik()
            known = self.record.origin is Origin.KNOWN
            self.form.say(
                _("Already registered: a change is a correction, a scheme a new enrolment.") if known else ""
            )
        elif name == "family_card":
            self.record.follow_family()
        else:
            return
        self.refresh()
        self._look()

    @saying_failures
    def _left(self, name: str) -> None:
        self._tidy(name)
        if self.form.focused is not None:
            self.focus = self.form.focused.name
        self.refresh()
        self._look()
        if not self.form.is_empty:
            self.keeper.touch()

    def _tidy(self, name: str) -> None:
        """What a field does to itself and to others once it is left."""
        match name:
            case "nik":
                self.record.follow_nik()
            case "family_card":
                self.record.follow_family()
            case "scheme":
                self.form.follow_scheme()
            case "name":
                self.form.split_titles()
        if name:
            self.form.give_capitals(name)

    def _reached_end(self) -> None:
        if not self.form.problems and not self._trouble:
            self.form.say(_("This was the last field. Ctrl+S saves; Ctrl+Enter saves and begins the next one."))

    def _go_to_problem(self, problems: tuple[Problem, ...]) -> None:
        self.form.open_others_if_needed(problems)
        self.form.go_to_first_problem()

    def _look(self) -> None:
        self.search.look(self.form.worker(self.record.base))

    def _found(self, found: tuple[LookAlike, ...]) -> None:
        self.record.look_alikes = found
        self.look_alikes_changed.emit()

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """What was to be read or written could not be; nothing in the form has changed."""
        self.form.say(failure.text, "error")

    def _draft_failed(self, text: str) -> None:
        self.form.say(_("{failure} The draft is not kept either.").format(failure=text), "error")
