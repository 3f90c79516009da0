"""The bench: pairs that may be one person, best first; the same, not the same, or later, by one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QWidget,
)

from models.language import N_, translate_count
from models.language import translate as _
from models.offices.users import Right
from models.people.masking import PROTECTED
from models.people.pairs import USUAL_REASONS, DoubtfulPair, PairDecision, PairState
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import number
from ui.people.failures import not_shown, saying_failures
from ui.people.pairs.bench_frame import BenchFrame
from ui.people.pairs.decisions import taken_back_words
from ui.people.pairs.in_hand import PairsInHand
from ui.people.pairs.lines import Mark, differing, field_lines, further_lines
from ui.people.pairs.looking import Looking
from ui.session import Session
from ui.table import Row

if TYPE_CHECKING:
    from models.people.worker import Worker

_SAME_REASONS = (
    N_("same KTP shown"), N_("slip of the pen in the NIK"), N_("same family card"), N_("the worker says so"),
)  # fmt: skip


class PairsBench(BenchFrame):
    """S merges, B parts for good, L leaves for later, Ctrl+Z takes the last decision back; right and left go between
    list and comparison."""

    left = Signal()
    """Back to where one came from."""
    record_wanted = Signal(int)
    """Id of the worker whose record is to be seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.opened_register, parent)
        self._session, self._register = session, session.opened_register
        self._hand = PairsInHand(self._register)
        self._search = Looking(self._register, self)
        self._swept = False
        """Whether the pairs are those of the whole register."""
        self._in_full = False
        self._connect()

    # What the page asks for

    def begin(self, wanted: Sequence[DoubtfulPair] = ()) -> None:
        """It came to the front: with the pairs that are wanted, otherwise with those of the whole register."""
        self.message.say("")
        self._leave_merging()
        self.decisions.hide()
        if wanted:
            self.cancel()
            self._take(wanted)
            self._swept = False
        elif not self._swept and not self._search.is_running:
            self.look()
        else:
            self.read()
        self._focus_list()

    def look(self) -> None:
        """F5: looks through the whole register again, in the background."""
        self._bar.setValue(0)
        self._looking.show()
        self._empty.sentence.setText(_("Looking through the register for people who stand in it twice …"))
        self._search.start()
        self._show_counts()

    def cancel(self) -> None:
        """Ends the looking; what was found before stays."""
        self._search.cancel()
        self._looking.hide()

    def stop(self) -> None:
        """The program ends."""
        self._search.stop()

    def resume(self) -> None:
        """Somebody comes back from a record."""
        self.read()
        if self.is_showing_decisions:
            self.show_decisions()
        else:
            self._focus_list()

    @saying_failures
    def read(self) -> None:
        """What became of the pairs meanwhile, here or elsewhere."""
        self._hand.read()
        self._fill()
        self._show()

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """In the message line."""
        self.message.say(failure.text, Level.ERROR)

    @property
    def current(self) -> DoubtfulPair | None:
        """The pair in front."""
        row = self.list.currentRow()
        listed = self._hand.listed
        return listed[row] if 0 <= row < len(listed) else None

    @property
    def is_merging(self) -> bool:
        """Whether the fields of the pair are being chosen."""
        return self._stack.currentWidget() is self.merging

    @property
    def undecided(self) -> int:
        """How many pairs wait for a decision."""
        return self._hand.undecided

    # What can be decided

    @saying_failures
    def same(self) -> None:
        """S: the two are one person; what stays of each is chosen next."""
        pair = self._open_pair()
        if pair is None:
            return
        self._register.require(Right.CORRECT)
        self.message.say("")
        self._stack.setCurrentWidget(self.merging)
        self.list.hide()  # the values need the room
        self.merging.begin(pair.one, pair.other, in_full=self._in_full)
        self._show_buttons()

    @saying_failures
    def differ(self) -> None:
        """B: the two are two persons; why is asked, and they are never asked about again."""
        pair = self._open_pair()
        if pair is not None:
            self._register.require(Right.ENTER)
            self.message.say("")
            self.reason.ask(_("Why are they two persons?"), USUAL_REASONS)

    def later(self) -> None:
        """L: goes on to the next pair; this one comes last."""
        pair = self._open_pair()
        if pair is None:
            return
        self.message.say("")
        self._hand.put_later(pair)
        row = self.list.currentRow()
        self._fill()
        self._go_to_open(row)

    @saying_failures
    def take_back(self) -> None:
        """Ctrl+Z: the last decision of this visit no longer stands."""
        last = self._hand.last
        if last is None:
            self.message.say(_("Nothing was decided here yet."))
            return
        pair, save = last
        step = self._register.undo.step_of(save) if save else None
        if step is not None and not self._register.undo.is_undone(save):
            self._register.undo.undo(step)
        self._hand.forget_last()
        self._leave_merging()
        self.read()
        if pair in self._hand.listed:
            self.list.setCurrentCell(self._hand.listed.index(pair), 0)
        one, other = self._names(pair)
        self.message.say(_("Taken back: {one} and {other} are undecided again.").format(one=one, other=other), "good")
        if save:
            self._session.tell("workers")

    def show_masked(self) -> None:
        """Ctrl+T: the protected values of both in full, which is recorded; once more, masked."""
        pair = self.current
        if pair is None:
            return
        if not self._in_full:
            try:
                for worker in map(self._register.workers.get, (pair.one, pair.other)):
                    names = [name for name in PROTECTED if getattr(worker, name)]
                    self._register.disclosures.show(worker.id or 0, names)
            except (Rejected, StorageFailure) as failure:
                self.message.say(not_shown(failure), Level.WARNING)
                return
            self.message.say(_("Both are shown in full; who looked and when is recorded."))
        self._in_full = not self._in_full
        self._show_lines()

    def mask_again(self) -> None:
        """Protected values are masked again, where they stood in full."""
        if self._in_full:
            self._in_full = False
            self._show_lines()

    def open_record(self) -> None:
        """Enter in the list: the record of the left one."""
        if self.current is not None:
            self.record_wanted.emit(self._register.pairs.kept_of(self.current.one))

    @saying_failures
    def show_decisions(self) -> None:
        """F3: what was decided and still stands; Delete takes one of them back."""
        if self.is_merging or self.reason.is_asking:
            return
        self.message.say("")
        self.decisions.read()
        self.decisions.show()
        self._show_counts()
        self.decisions.focus()

    @property
    def is_showing_decisions(self) -> bool:
        """Whether earlier decisions are in front of the pairs."""
        return not self.decisions.isHidden()

    # What Qt calls

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z belongs to the bench while it is in front; in the field for a reason it belongs to the text."""
        is_ours = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_ours and event.matches(QKeySequence.StandardKey.Undo) and not self.reason.is_asking:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.back()
            return
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_S: self.same, Qt.Key.Key_B: self.differ, Qt.Key.Key_L: self.later,
        }  # fmt: skip
        if not self.is_merging and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to = self.list if event.key() == Qt.Key.Key_Left else self.sides
            to.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if event.key() == Qt.Key.Key_F3:
            self.show_decisions()
            return
        if self.is_showing_decisions:
            super().keyPressEvent(event)
            return
        act = keys.get(Qt.Key(event.key()))
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if act is not None and is_plain and not self.is_merging and not self.reason.is_asking:
            act()
        else:
            super().keyPressEvent(event)

    def back(self) -> None:
        """Esc: from the reason to what it is about, from the choosing to the pair, from the pair back."""
        if self.reason.is_asking:
            self._leave_reason()
        elif self.is_merging:
            self._leave_merging()
            self._focus_list()
        elif self.is_showing_decisions:
            self._leave_decisions()
        else:
            self._in_full = False
            self.left.emit()

    # Looking

    def stop_looking(self) -> None:
        """The button beside the progress."""
        self.cancel()
        self.message.say(_("Stopped. F5 looks through the register again."))
        self._show_counts()

    def _found(self, pairs: tuple[DoubtfulPair, ...]) -> None:
        if self._session.register is not self._register:  # closed while the answer was on its way
            return
        self._swept = True
        self._looking.hide()
        self._take(pairs)
        if self.isVisible() and self.focusWidget() in (None, self._back, self.list):
            self._focus_list()

    @saying_failures
    def _take(self, pairs: Sequence[DoubtfulPair]) -> None:
        self._leave_merging()
        self._hand.take(pairs)
        self._fill()
        if self._hand.listed:
            self.list.setCurrentCell(0, 0)
        self._show()

    def _step(self, done: int, of: int) -> None:
        self._bar.setMaximum(of)
        self._bar.setValue(done)

    def _failed(self, words: str) -> None:
        self._looking.hide()
        self.message.say(words, Level.ERROR)
        self._show_counts()

    # Details

    def _connect(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "back": self.back, "look": self.look, "show_masked": self.show_masked, "later": self.later,
            "differ": self.differ, "same": self.same, "confirm": self.merging.confirm,
            "stop_looking": self.stop_looking, "show_decisions": self.show_decisions,
            "take_decision_back": self.decisions.ask,
        }  # fmt: skip
        self.acted.connect(lambda name: acts[name]())
        self._search.found.connect(self._found)
        self._search.stepped.connect(self._step)
        self._search.failed.connect(self._failed)
        self.list.itemSelectionChanged.connect(self._show)
        self.list.chosen.connect(lambda _row: self.open_record())
        self.merging.confirmed.connect(self._ask_how)
        self.decisions.unwanted.connect(self._take_decision_back)
        self.decisions.record_wanted.connect(self.record_wanted)
        self.reason.given.connect(self._take_reason)
        self.reason.left.connect(self._leave_reason)

    def _fill(self) -> None:
        """The list, in the order of what is still to be decided."""
        hand = self._hand
        names = self._lines_of(hand.listed)
        self.list.set_rows([
            Row((f"{pair.score:.0f} %", names.get(pair.one, ""), names.get(pair.other, ""), self._decision(pair)),
                (pair.one, pair.other), is_dim=not hand.is_open(pair) or hand.is_later(pair))
            for pair in hand.listed
        ])  # fmt: skip
        self._show_counts()

    def _lines_of(self, pairs: Sequence[DoubtfulPair]) -> dict[int, str]:
        ids = list(dict.fromkeys(id for pair in pairs for id in (pair.one, pair.other)))
        return {line.id: line.name for line in self._register.workers.lines(ids)}

    def _decision(self, pair: DoubtfulPair) -> str:
        if self._hand.is_open(pair):
            return _("later") if self._hand.is_later(pair) else ""
        return _(self._hand.state(pair).label)

    def _show_counts(self) -> None:
        count = self.undecided
        words = translate_count("{count} pair undecided", "{count} pairs undecided", count)
        self.count.setText("" if self._hand.is_empty else words.format(count=number(count)))
        has_any = bool(self._hand.listed)
        self._empty.setVisible(not has_any and not self.is_showing_decisions)
        self._split.setVisible(has_any and not self.is_showing_decisions)
        if not has_any and not self._search.is_running:
            nobody = _("Nobody seems to stand in the register twice.")
            done = _("Every pair is decided.")
            unknown = _("The register was not looked through yet. F5 begins.")
            self._empty.sentence.setText(done if not self._hand.is_empty else nobody if self._swept else unknown)
        self._show_buttons()

    def _show_buttons(self) -> None:
        pair = self.current
        is_open = self._hand.is_open(pair)
        decides = not self.is_merging and not self.is_showing_decisions
        for one in (self._later_on, self._differ, self._same):
            one.setVisible(decides)
            one.setEnabled(is_open)
        for one in (self._again, self._decided_button):
            one.setVisible(decides)
        self._take_back.setVisible(self.is_showing_decisions)
        self._merge.setVisible(self.is_merging)
        self._full.setEnabled(pair is not None)
        self._full.setVisible(self._register.may(Right.SHOW) and not self.is_showing_decisions)
        self._arrange_buttons()

    def _open_pair(self) -> DoubtfulPair | None:
        pair = self.current
        if pair is None or self.is_merging or self.reason.is_asking:
            return None
        if not self._hand.is_open(pair):
            self.message.say(_("This pair is decided already. Ctrl+Z takes the last decision back."))
            return None
        return pair

    @saying_failures
    def _show(self) -> None:
        """The pair at the cursor, masked again."""
        self._in_full = False
        self._leave_merging()
        self._show_lines()
        self._show_buttons()

    @saying_failures
    def _show_lines(self) -> None:
        pair = self.current
        if pair is None:
            return
        if self.is_merging:
            self.merging.show_in_full(self._in_full)
            return
        one, other = self._both(pair)
        fields = field_lines(self._register, one, other, in_full=self._in_full)
        self.sides.name_sides(one.full_name, other.full_name)
        further = further_lines(self._register, pair.one, pair.other)
        unlike, alike = ([line for line in fields if (line.mark is Mark.SAME) is same] for same in (False, True))
        self.sides.show_lines((*unlike, *further, *alike))
        reasons = ", ".join(_(reason) for reason in pair.reasons)
        count = differing(fields)
        words = translate_count("{count} field differs", "{count} fields differ", count).format(count=number(count))
        sentence = _("Why it is asked: {reasons}. {differ}.")
        self.why.setText(sentence.format(reasons=reasons or _("chosen by hand"), differ=words))
        self.list.setAccessibleDescription(self.why.text())

    def _both(self, pair: DoubtfulPair) -> tuple[Worker, Worker]:
        workers = self._register.workers
        return workers.get(pair.one), workers.get(pair.other)

    def _names(self, pair: DoubtfulPair) -> tuple[str, str]:
        one, other = self._both(pair)
        return one.name, other.name

    def _ask_how(self) -> None:
        self.reason.ask(_("How do you know that it is one person?"), _SAME_REASONS)

    @saying_failures
    def _take_reason(self, reason: str) -> None:
        pair = self.current
        if pair is None:
            return
        one, other = self._names(pair)
        pairs = self._register.pairs
        if self.is_merging:
            view = self.merging
            done = pairs.merge(view.kept, view.merged, view.choices, view.overlap_choices, reason)
            save = done.save
            words = _("Merged: {one} and {other} are one record now. Ctrl+Z takes it back.")
        else:
            pairs.not_same(pair.one, pair.other, reason)
            save = self._register.audit.of("not_same", pairs.decided(pair.one, pair.other).id)[-1].save  # type: ignore[union-attr]
            words = _("Kept as two persons: {one} and {other}. Ctrl+Z takes it back.")
        self._hand.note(pair, save)
        row = self.list.currentRow()
        self._end_reason()
        self._leave_merging()
        self.read()
        self._go_to_open(row)
        self.message.say(words.format(one=one, other=other), "good")
        self._session.tell("workers")

    @saying_failures
    def _take_decision_back(self, decision: PairDecision) -> None:
        one, other = (self._register.workers.get(id).name for id in (decision.one, decision.other))
        if decision.state is PairState.SAME:
            self._register.pairs.take_apart(decision.id)
        else:
            self._register.pairs.ask_again(decision.id)
        self.read()
        self.decisions.read()
        self.decisions.focus()
        self.message.say(taken_back_words(decision, one, other), "good")
        self._session.tell("workers")

    def _leave_decisions(self) -> None:
        self._focus_list()
        self.decisions.hide()
        self.message.say("")
        self._show_counts()
        self._focus_list()

    def _go_to_open(self, row: int) -> None:
        """The undecided pair at the same place, or the first one."""
        if self._hand.listed:
            self.list.setCurrentCell(self._hand.next_open(row), 0)
        self._show()
        self._focus_list()

    def _leave_reason(self) -> None:
        self._end_reason()

    def _end_reason(self) -> None:
        """The focus goes elsewhere first: hiding the field before would send it anywhere."""
        (self.merging.table if self.is_merging else self.list).setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.hide()

    def _leave_merging(self) -> None:
        if self.reason.is_asking:
            self._end_reason()
        if self.is_merging:
            self.list.show()
            self._arrange()
            self._focus_list()
            self._stack.setCurrentWidget(self.sides)
            self._show_buttons()

    def _focus_list(self) -> None:
        (self.list if self._hand.listed else self._back).setFocus(Qt.FocusReason.OtherFocusReason)
