"""Two records become one: which stays, whose value each field has afterwards, which enrolment stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.people.merging import Carried, MergePreview, Overlap, Side
from models.problems import Level
from models.values.formats import number
from ui.fields.messages import MessageBar
from ui.look.spacing import SMALL
from ui.look.style import set_role
from ui.people.pairs.lines import Mark, PairLine, enrolment_words, field_lines
from ui.people.pairs.table import SidesTable

if TYPE_CHECKING:
    from models.register import Register

LEFT, RIGHT = 1, 2
"""Columns of the two sides."""
_KEPT = "kept"


class MergeView(QWidget):
    """Left and right choose, Space takes the other side, Enter goes on; nothing is written here."""

    confirmed = Signal()
    """Everything is chosen: the reason is wanted."""

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._pair = (0, 0)
        self._kept = LEFT
        self._sides: dict[str, int] = {}
        """Name of a field, or ``overlap:`` and its place -> column that was chosen by hand."""
        self._rows: list[str] = []
        self._lines: tuple[PairLine, ...] = ()
        self._in_full = False
        self.preview: MergePreview | None = None
        self.table = SidesTable(_("What stays of the two records"), _("Taken"))
        self.table.chosen.connect(lambda _row: self.confirm())
        self._carried = QLabel()
        self._carried.setWordWrap(True)
        self._carried.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._carried, "muted")
        self.problems = MessageBar()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._carried)
        rows.addWidget(self.problems)

    # What the bench asks for

    def begin(self, one: int, other: int, *, in_full: bool) -> None:
        """Another pair; what is already fuller or further on its way is suggested."""
        self._pair, self._sides, self._in_full = (one, other), {}, in_full
        self._kept = LEFT if self._weight(one) >= self._weight(other) else RIGHT
        self._read()
        self.table.setCurrentCell(0, 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_in_full(self, in_full: bool) -> None:
        """Protected values as they are, or masked."""
        self._in_full = in_full
        self._read()

    @property
    def kept(self) -> int:
        """The worker whose record stays."""
        return self._pair[self._kept - LEFT]

    @property
    def merged(self) -> int:
        """The worker whose record goes over into the other."""
        return self._pair[2 - self._kept]

    @property
    def choices(self) -> dict[str, str]:
        """Field -> ``kept`` or ``merged``, of every field that differs."""
        if self.preview is None:
            return {}
        return {field.name: field.taken.value for field in self.preview.fields if not field.is_same}

    @property
    def overlap_choices(self) -> dict[int, str]:
        """Number of an overlap -> whose enrolments stand."""
        overlaps = self.preview.overlaps if self.preview is not None else ()
        return {overlap.number: self._stands(at, overlap).value for at, overlap in enumerate(overlaps)}

    def confirm(self) -> None:
        """Enter: goes on where nothing stands in the way, otherwise to what does."""
        wrong = self.preview.in_the_way if self.preview is not None else ()
        if not wrong:
            self.confirmed.emit()
            return
        self.problems.say("\n".join(problem.text for problem in wrong), Level.ERROR)
        if wrong[0].field in self._rows:
            self.table.setCurrentCell(self._rows.index(wrong[0].field), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        side = {Qt.Key.Key_Left: LEFT, Qt.Key.Key_Right: RIGHT}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            side = LEFT + RIGHT - self._taken(self.table.currentRow())
        if side is None:
            super().keyPressEvent(event)
        elif 0 <= self.table.currentRow() < len(self._rows):
            self._choose(self.table.currentRow(), side)

    # Details

    def _choose(self, row: int, side: int) -> None:
        name = self._rows[row]
        if name == _KEPT:
            self._kept = side
        elif name:
            self._sides[name] = side
        else:
            return  # the same on both sides
        self._read()
        self.table.setCurrentCell(row, 0)

    def _read(self) -> None:
        """Asks again what it would come to, and shows it."""
        pairs, workers = self._register.pairs, self._register.workers
        fields = {name: self._side(column).value for name, column in self._sides.items() if ":" not in name}
        preview = pairs.preview_merge(self.kept, self.merged, fields)
        stands = {overlap.number: self._stands(at, overlap).value for at, overlap in enumerate(preview.overlaps)}
        self.preview = pairs.preview_merge(self.kept, self.merged, fields, stands)
        one, other = (workers.get(id) for id in self._pair)
        self.table.name_sides(one.full_name, other.full_name)
        lines = [PairLine(_KEPT, _("Record that stays"), *self._standing(), Mark.PLAIN)]
        told = field_lines(self._register, one, other, in_full=self._in_full)
        lines += [line for line in told if line.mark is not Mark.SAME]
        lines += [self._overlap_line(at, overlap) for at, overlap in enumerate(self.preview.overlaps)]
        self._lines = tuple(lines)
        self._rows = [line.name for line in lines]
        shown = [line._replace(mark=Mark.PLAIN, note=self._taken_words(at)) for at, line in enumerate(lines)]
        self.table.show_lines(shown)
        for at in range(len(lines)):
            self.table.choose_cell(at, self._taken(at))
        same = sum(line.mark is Mark.SAME for line in told)
        hint = _("Left, right or the space bar choose, Enter goes on.")
        self._carried.setText(f"{hint} {_sentences(self.preview.carried, same)}")
        level = Level.ERROR if self.preview.in_the_way else Level.WARNING
        self.problems.say("\n".join(problem.text for problem in self.preview.problems), level)
        self.problems.setVisible(bool(self.preview.problems))

    def _standing(self) -> tuple[str, str]:
        """What each record has to show, so that the fuller one can stay."""
        told = []
        for id in self._pair:
            count = len(self._register.enrolments.of_worker(id))
            words = translate_count("{count} enrolment", "{count} enrolments", count)
            told.append(_("record {id}, {enrolments}").format(id=number(id), enrolments=words.format(count=count)))
        return told[0], told[1]

    def _overlap_line(self, at: int, overlap: Overlap) -> PairLine:
        sides = {Side.KEPT: overlap.kept, Side.MERGED: overlap.merged}
        texts = [
            "; ".join(enrolment_words(self._register, one) for one in sides[self._side(column)])
            for column in (LEFT, RIGHT)
        ]
        return PairLine(_overlap_name(at), _("Same months: which stands?"), texts[0], texts[1], Mark.PLAIN)

    def _taken(self, row: int) -> int:
        """The column whose value is taken."""
        if self.preview is None or not 0 <= row < len(self._rows):
            return LEFT
        name = self._rows[row]
        if name == _KEPT:
            return self._kept
        if name.startswith("overlap:"):
            at = int(name.partition(":")[2])
            return self._column(self._stands(at, self.preview.overlaps[at]))
        return self._column(next(field.taken for field in self.preview.fields if field.name == name))

    def _taken_words(self, row: int) -> str:
        is_left = self._taken(row) == LEFT
        if self._rows[row].startswith("overlap:"):
            return _("left stands, right is cancelled") if is_left else _("right stands, left is cancelled")
        return _("from the left") if is_left else _("from the right")

    def _stands(self, at: int, overlap: Overlap) -> Side:
        column = self._sides.get(_overlap_name(at))
        return overlap.suggested if column is None else self._side(column)

    def _side(self, column: int) -> Side:
        return Side.KEPT if column == self._kept else Side.MERGED

    def _column(self, side: Side) -> int:
        return self._kept if side is Side.KEPT else LEFT + RIGHT - self._kept

    def _weight(self, worker: int) -> tuple[int, int]:
        """The record with more enrolments that count stays, then the older one."""
        counting = sum(one.state.counts for one in self._register.enrolments.of_worker(worker))
        return counting, -worker


def _overlap_name(at: int) -> str:
    return f"overlap:{at}"


def _sentences(carried: Carried, same: int) -> str:
    """What goes over to the record that stays, and how much needs no choice."""
    told = [
        (carried.enrolments, translate_count("{count} enrolment", "{count} enrolments", carried.enrolments)),
        (carried.papers, translate_count("{count} letter", "{count} letters", carried.papers)),
        (carried.waiting, translate_count("{count} waiting place", "{count} waiting places", carried.waiting)),
        (carried.requests, translate_count("{count} proposal", "{count} proposals", carried.requests)),
        (carried.verifications, translate_count("{count} outside check", "{count} outside checks",
                                                carried.verifications)),
        (carried.drafts, translate_count("{count} draft", "{count} drafts", carried.drafts)),
    ]  # fmt: skip
    parts = [words.format(count=number(count)) for count, words in told if count]
    words = (
        _("Goes over: {what}.").format(what=", ".join(parts)) if parts else _("Nothing else hangs on the other one.")
    )
    alike = translate_count("{count} field is the same.", "{count} fields are the same.", same)
    return f"{words} {alike.format(count=number(same))}"
