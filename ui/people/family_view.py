"""One family on its card: who belongs to it, and members moved to another card."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.people.family import Family, FamilyMove
from models.people.lines import WorkerLine
from models.people.masking import mask_number
from models.people.nik import group_nik
from models.problems import Level, Problem, Rejected, StorageFailure
from models.values.formats import NOTHING, date_short, month_short, number
from ui.fields.field import TextField
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.fields.numbers import FamilyCardField
from ui.fields.tick import Tick
from ui.look import icons
from ui.look.spacing import MEDIUM, SMALL
from ui.look.style import set_role
from ui.page import button, heading
from ui.people.failures import not_shown, saying_failures
from ui.people.list_foot import ListFoot
from ui.session import Session
from ui.table import Column, FigureTable, Row

LEAST = 24
"""Heights of a line that it asks for at least."""
_MOVES = 6
"""Column that says who moves."""


class _Members(FigureTable):
    """The space bar marks a member instead of selecting a cell."""

    marked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.marked.emit()
        else:
            super().keyPressEvent(event)


class FamilyView(QWidget):
    """Enter opens a member's record, the space bar marks who moves, Ctrl+M asks where to."""

    left = Signal()
    record_wanted = Signal(int)
    """Id of the worker whose record is to be seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register = session, session.opened_register
        self._worker = 0
        self.family = Family("", ())
        self._moving: set[int] = set()
        self._in_full = False
        self._build()

    # What the page asks for

    def begin(self, worker: int) -> None:
        """The family of a worker, who is the present row. LookupError when there is no such worker."""
        self._moving, self._in_full = set(), False
        self._end_moving()
        self.message.say("")
        self._show(worker)
        if self.family.number_of is not None:
            self.message.say(_number_words(self.family.number_of), Level.WARNING)
        elif not self.family.card:
            self.message.say(_("No family card number is known. Ctrl+M enters one."), Level.WARNING)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resume(self) -> None:
        """Somebody comes back from a member's record."""
        self.read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @saying_failures
    def read(self) -> None:
        """As it is registered now."""
        if self._worker:
            self._show(self._worker)

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """In the message line."""
        self.message.say(failure.text, Level.ERROR)

    @property
    def current(self) -> WorkerLine | None:
        """The member at the cursor."""
        row = self.table.currentRow()
        return self.family.members[row] if 0 <= row < len(self.family.members) else None

    @property
    def is_moving(self) -> bool:
        """Whether the new card is being asked for."""
        return self._form.isVisibleTo(self)

    # What can be done

    @saying_failures
    def ask_card(self) -> None:
        """Ctrl+M: the marked members, or the one at the cursor, to another card."""
        self._register.require(Right.CORRECT)
        if not self._moving and self.current is not None:
            self._moving = {self.current.id}
            self._mark()
        self.message.say("")
        self.card.clear()
        self._reason_row.hide()
        self._form.show()
        self._preview()
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    @saying_failures
    def move_them(self) -> None:
        """Enter in the number or the reason: moves, or says what is missing."""
        move, reason = self._preview(), self.reason.text().strip()
        errors = [problem for problem in move.problems if problem.is_error]
        if errors or (move.problems and not reason):
            self._tell(errors or list(move.problems))
            asks = self.card if errors else self.reason
            self._reason_row.setVisible(not errors)
            asks.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        families = self._register.families
        moved = families.move(
            self._moving,
            move.card,
            with_address=self.with_address.isChecked() and move.home is not None,
            reason=reason,
        )
        self._moving = set()
        self._end_moving()
        self._show(moved[0].id or self._worker)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        done = translate_count("{count} member moved to this family card", "{count} members moved to this family card",
                               len(moved))  # fmt: skip
        names = ", ".join(worker.name for worker in moved)
        words = _("{done}: {names}. Ctrl+Alt+Z takes it back.")
        self.message.say(words.format(done=done.format(count=number(len(moved))), names=names), "good")
        self._session.tell("workers")

    def show_masked(self) -> None:
        """Ctrl+T: card and NIK of everybody in full, which is recorded; once more, masked."""
        if not self._in_full:
            try:
                for line in self.family.members:
                    names = ["nik", "family_card"] if self.family.card else ["nik"]
                    self._register.disclosures.show(line.id, names)
            except (Rejected, StorageFailure) as failure:
                self.message.say(not_shown(failure), Level.WARNING)
                return
        self._in_full = not self._in_full
        self._fill()

    def mask_again(self) -> None:
        """Protected values are masked again, where they stood in full."""
        if self._in_full:
            self._in_full = False
            self._fill()

    def open_record(self) -> None:
        """Enter: the record of the member."""
        if self.current is not None:
            self.record_wanted.emit(self.current.id)

    def back(self) -> None:
        """Esc: from the form to the members, from these back."""
        if self.is_moving:
            self._end_moving()
            self.message.say("")
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._in_full = False
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """It lets itself be made narrow: the table scrolls."""
        return QSize(LEAST * self.fontMetrics().height(), super().minimumSizeHint().height())

    # Building

    def _build(self) -> None:
        self._title, self._count = heading(_("Family")), heading("", "muted")
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.table = _Members(_("Members of the family"), [
            Column(_("Name"), takes_room=True), Column(_("NIK")), Column(_("Born")), Column(_("M/F")),
            Column(_("Nagari")), Column(_("Protection")), Column(_("Moves")),
        ])  # fmt: skip
        self.table.chosen.connect(lambda _id: self.open_record())
        self.table.marked.connect(self._toggle)
        self.message = MessageBar()
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        words = iter(assign_letters([
            _("Back (Esc)"), _("Open the record (Enter)"), _("Show in full (Ctrl+T)"), _("Mark who moves (Space)"),
            _("Move to another family card … (Ctrl+M)"), _("New family card number"), _("Reason"),
            _("Take address and nagari of the new family"),
        ]))  # fmt: skip
        back = button(next(words), self.back, icon="back")
        record = button(next(words), self.open_record, icon="open")
        self._full = button(next(words), self.show_masked, icon="user")
        mark = button(next(words), self._toggle, icon="good")
        move = button(next(words), self.ask_card, icon="family", primary=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addLayout(head)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._build_form(next(words), next(words), next(words)))
        rows.addWidget(self.message)
        rows.addWidget(ListFoot((back, record, self._full), (mark, move)))

    def _build_form(self, card: str, reason: str, address: str) -> QWidget:
        self._form = QWidget()
        self.card = FamilyCardField("family_card", _("New family card number"), today=self._session.today)
        self.card.edited.connect(self._preview)
        self.card.stepped.connect(lambda _by: self.move_them())
        self.reason = TextField("reason", _("Reason"))
        self.reason.stepped.connect(lambda _by: self.move_them())
        self.with_address = Tick(address)
        self.with_address.setAccessibleName(_("Take address and nagari of the new family"))
        self._who = QLabel()
        self._who.setTextFormat(Qt.TextFormat.PlainText)
        self._who.setWordWrap(True)
        set_role(self._who, "strong")
        first = QHBoxLayout()
        first.setSpacing(MEDIUM)
        for field, word in ((self.card, card),):
            first.addWidget(_label(word, field))
            first.addWidget(field, 1)
        first.addWidget(self.with_address)
        self._reason_row = QWidget()
        second = QHBoxLayout(self._reason_row)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(MEDIUM)
        second.addWidget(_label(reason, self.reason))
        second.addWidget(self.reason, 1)
        rows = QVBoxLayout(self._form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addLayout(first)
        rows.addWidget(self._who)
        rows.addWidget(self._reason_row)
        self._form.hide()
        return self._form

    # Details

    def _show(self, worker: int) -> None:
        self._worker = worker
        self.family = self._register.families.of_worker(worker)
        self._moving &= {line.id for line in self.family.members}
        self._fill()
        ids = [line.id for line in self.family.members]
        if worker in ids:
            self.table.setCurrentCell(ids.index(worker), 0)

    def _fill(self) -> None:
        self._full.setVisible(self._register.may(Right.SHOW))
        card = self.family.card
        shown = NOTHING if not card else group_nik(card) if self._in_full else mask_number(card)
        count = len(self.family.members)
        members = translate_count("{count} member", "{count} members", count).format(count=number(count))
        self._count.setText(_("KK {card}, {members}").format(card=shown, members=members))
        self.table.set_rows([Row(self._cells(line), line.id) for line in self.family.members])
        self._mark()

    def _cells(self, line: WorkerLine) -> tuple[str, ...]:
        covered = NOTHING
        if line.covered_until is not None:
            covered = _("{schemes} until {month}").format(
                schemes=" ".join(line.schemes), month=month_short(line.covered_until)
            )
        return (
            line.name,
            group_nik(line.nik) if self._in_full else mask_number(line.nik),
            date_short(line.born_on) if line.born_on else NOTHING,
            line.sex or NOTHING,
            line.nagari_name,
            covered,
            "",
        )

    def _toggle(self) -> None:
        if self.current is not None:
            self._moving ^= {self.current.id}
            self._mark()
            if self.is_moving:
                self._preview()

    def _mark(self) -> None:
        """Who moves, by a word and an icon."""
        for row, line in enumerate(self.family.members):
            item = self.table.item(row, _MOVES)
            if item is not None:
                moves = line.id in self._moving
                item.setText(_("moves") if moves else "")
                item.setIcon(icons.icon("next", "accent") if moves else QIcon())

    def _preview(self) -> FamilyMove:
        """Says who moves, who stays and who is there already, while the number is typed."""
        move = self._register.families.preview_move(sorted(self._moving), self.card.text())
        parts = [_("Moves: {names}.").format(names=_names(move.moving) or NOTHING)]
        parts.append(_("Stays: {names}.").format(names=_names(move.staying) or _("nobody")))
        if move.joined:
            parts.append(_("Already on that card: {names}.").format(names=_names(move.joined, places=True)))
        self._who.setText(" ".join(parts))
        self.with_address.setVisible(move.home is not None)
        warnings = [problem for problem in move.problems if not problem.is_error]
        if warnings and not any(problem.is_error for problem in move.problems):
            self._tell(warnings)
        elif self.is_moving:
            self.message.say("")
        return move

    def _tell(self, problems: Iterable[Problem]) -> None:
        problems = tuple(problems)
        level = Level.ERROR if any(problem.is_error for problem in problems) else Level.WARNING
        self.message.say("\n".join(problem.text for problem in problems), level)

    def _end_moving(self) -> None:
        had_focus = self._form.isAncestorOf(self.focusWidget() or self)
        if had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.clear()
        self.with_address.setChecked(False)
        self._form.hide()


def _names(lines: Iterable[WorkerLine], *, places: bool = False) -> str:
    return ", ".join(f"{line.name} ({line.nagari_name})" if places else line.name for line in lines)


def _label(word: str, field: QWidget) -> QLabel:
    label = QLabel(word)
    label.setBuddy(field)
    return label


def _number_words(owner: WorkerLine) -> str:
    words = _(
        "This number is the NIK of {name} ({nagari}), so it is hardly a family card's number. Compare with the card, "
        "then move the members to the right one with Ctrl+M."
    )
    return words.format(name=owner.name, nagari=owner.nagari_name)
