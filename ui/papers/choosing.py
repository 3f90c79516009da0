"""Which paper: the questions at the left of the papers page."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.language import N_, translate_count
from models.language import translate as _
from models.people.masking import mask_number
from models.problems import Problem
from models.values.formats import number
from models.values.months import Month
from ui.areas import choices_of_areas
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.dates import MonthField
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.look.spacing import MEDIUM
from ui.papers.paper import LettersPaper, Paper, SheetPaper, SummaryPaper
from ui.papers.wanted import LettersWanted
from ui.people.price_text import span_text
from ui.schemes.choices import choices_of_all_schemes
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register

FOUND = 20
"""So many workers at most are listed for a text."""
_PAUSE = 150
"""Milliseconds without a key before the list follows what is typed."""
_NO_LIMIT = (1 << 24) - 1
"""Pixels; the QWIDGETSIZE_MAX of Qt, which Python does not know."""


class PaperKind(StrEnum):
    """What can be printed."""

    SUMMARY = "summary"
    LETTERS = "letters"
    SHEET = "sheet"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "summary": N_("Coverage summary"),
            "letters": N_("Enrollment letters"),
            "sheet": N_("Information sheet (contributions and benefits)"),
        }[self.value]


class Whom(StrEnum):
    """For whom letters are printed."""

    WORKER = "worker"
    SCHEME = "scheme"
    SELECTION = "selection"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "worker": N_("One worker"),
            "scheme": N_("All of a scheme"),
            "selection": N_("The workers chosen on the workers page"),
        }[self.value]


class PaperChoice(QWidget):
    """Says through `changed` that another paper may be meant; `paper` is it, once everything is answered."""

    changed = Signal()
    settled = Signal()
    """Enter after the last answer."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = LettersWanted()
        self._searched = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._answer)
        self._make()
        self.form.edited.connect(self._edited)
        self.form.left.connect(lambda _name: self._answer())
        self.form.reached_end.connect(self._go_on)
        self.form.spoke.connect(self._fit)
        self.read_again()

    # What the page uses

    def paper(self) -> Paper | None:
        """What is to be printed; None while an answer is missing."""
        if self.missing():
            return None
        values = self.form.values()
        if values["paper"] is PaperKind.SUMMARY:
            return SummaryPaper(values["month"])
        if values["paper"] is PaperKind.SHEET:
            return SheetPaper(values["month"])
        match values["whom"]:
            case Whom.SCHEME:
                scheme, area = values["scheme"], values["area"] or ""
                register = self._register
                words = [register.schemes.get(scheme).code, register.regions.name(area) if area else ""]
                covers = values["covers"]
                words.append(str(covers) if covers is not None else "")
                return LettersPaper(scheme=scheme, area=area, month=covers, subject=" ".join(words))
            case Whom.SELECTION:
                subject = _("chosen workers")
                return LettersPaper(enrolments=self._wanted.enrolments, workers=self._wanted.workers, subject=subject)
        item = self.list.currentItem()
        return LettersPaper(
            enrolments=(item.data(Qt.ItemDataRole.UserRole),), subject=str(item.data(Qt.ItemDataRole.UserRole + 1))
        )

    def missing(self) -> tuple[Problem, ...]:
        """What has to be answered first."""
        values = self.form.values()
        if values["paper"] is None:
            return (Problem("paper", "paper_missing", N_("Which paper? Choose one of the list.")),)
        if values["paper"] in (PaperKind.SUMMARY, PaperKind.SHEET):
            if values["month"] is None and not self.form["month"].text():
                return (Problem("month", "month_missing", N_("For which month? For instance 3/2026.")),)
        elif values["whom"] is None:
            return (Problem("whom", "whom_missing", N_("For whom? Choose one of the list.")),)
        elif values["whom"] is Whom.SCHEME and values["scheme"] is None:
            return (Problem("scheme", "scheme_missing", N_("For which scheme? Choose one of the list.")),)
        elif values["whom"] is Whom.WORKER and self._chosen_enrolment() is None:
            return (
                Problem(
                    "search", "worker_missing", N_("For which worker? Type a part of the name, the NIK or the KK.")
                ),
            )
        return tuple(problem for field in self.form.fields if field.isVisibleTo(self.form)
                     and (problem := field.reading_problem()) is not None)  # fmt: skip

    def choose_summary(self, month: Month) -> None:
        """The coverage summary of a month."""
        self.form["paper"].set_value(PaperKind.SUMMARY)
        self.form["month"].set_value(month)
        self._answer()

    def choose_letters(self, wanted: LettersWanted) -> None:
        """The letters another page asks for."""
        self._wanted = wanted
        self.form["whom"].set_choices(self._whom)  # type: ignore[attr-defined]
        self.form["paper"].set_value(PaperKind.LETTERS)
        self.form["whom"].set_value(Whom.SELECTION)
        self._answer()

    def settle(self) -> None:
        """Takes what was typed a moment ago, without waiting for the typing to rest."""
        self.form.tidy()
        self._answer()

    def read_again(self) -> None:
        """Schemes, areas or workers may have changed."""
        self.form["scheme"].set_choices(lambda: choices_of_all_schemes(self._register))  # type: ignore[attr-defined]
        self.form["area"].set_choices(lambda: choices_of_areas(self._register))  # type: ignore[attr-defined]
        self._searched = ""
        self._answer()

    # Details

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    def _make(self) -> None:
        self.form = FormGrid()
        today = self._session.today
        form = self.form
        form.add(ChoiceField("paper", _("Paper"), choices_of(PaperKind), required=True), 12)
        form.add(MonthField("month", _("Month"), today=today, required=True), 12)
        form.add(ChoiceField("whom", _("For whom"), self._whom(), required=True), 12)
        form.add(TextField("search", _("Find a worker (name, NIK, KK)"), required=True), 12)
        form.add(ChoiceField("scheme", _("Scheme"), (), required=True), 12)
        form.add(ChoiceField("area", _("Only from (kecamatan or nagari)")), 12)
        form.add(MonthField("covers", _("Covering the month (empty: all)"), today=today), 12)
        form["covers"].set_value(Month.of(today()))
        form["paper"].set_value(PaperKind.SUMMARY)
        form["month"].set_value(Month.of(today()))
        form["whom"].set_value(Whom.WORKER)
        self.list = QListWidget()
        self.list.setProperty("role", "choices")
        self.list.setAccessibleName(_("Enrolments found"))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)  # the scroll bar takes from the width: wrap again
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda *_items: self.changed.emit())
        self.list.itemActivated.connect(lambda _item: self.settled.emit())
        form["search"].installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(form, 1)
        column.addWidget(self.list, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search into what was found."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self._answer()
            self._into_list()
            return True
        return super().eventFilter(watched, event)

    def _whom(self) -> Sequence[Choice]:
        """The selection can be meant only where there is one."""
        return [
            choice
            for choice in choices_of(Whom)
            if choice.value is not Whom.SELECTION or self._wanted.workers or self._wanted.enrolments
        ]

    def _edited(self, name: str) -> None:
        """Questions follow at once, for Enter is to lead to the right one; the list follows when the typing rests."""
        if name in ("paper", "whom"):
            self._answer()
        else:
            self._pause.start()

    def _answer(self) -> None:
        """Shows the questions that are still open, and tells the page."""
        self._pause.stop()
        values = self.form.values()
        letters = values["paper"] is PaperKind.LETTERS
        whom = values["whom"] if letters else None
        for name, shown in {
            "month": values["paper"] in (PaperKind.SUMMARY, PaperKind.SHEET),
            "whom": letters,
            "search": whom is Whom.WORKER,
            "scheme": whom is Whom.SCHEME,
            "area": whom is Whom.SCHEME,
            "covers": whom is Whom.SCHEME,
        }.items():
            self.form.set_visible(name, shown)
        self.list.setVisible(whom is Whom.WORKER)
        self._fit()
        if whom is Whom.WORKER:
            self._find(str(values["search"] or ""))
        self.changed.emit()

    def _fit(self) -> None:
        """The list stands right below the last question."""
        listed = not self.list.isHidden()
        self.form.setMaximumHeight(self.form.needed_height() if listed else _NO_LIMIT)

    def _find(self, text: str) -> None:
        """Lists the enrolments of the workers whom a text may mean."""
        if text == self._searched:
            return
        self._searched = text
        self.list.clear()
        if not text:
            return
        register = self._register
        for line in register.workers.search(text, FOUND):
            enrolments = [one for one in register.enrolments.of_worker(line.id) if one.state.counts]
            for enrolment in enrolments:
                scheme = register.schemes.get(enrolment.scheme)
                words = f"{line.name} · {mask_number(line.nik)}\n{line.nagari_name} · {scheme.code}"
                item = QListWidgetItem(f"{words} · {span_text(enrolment.period)}")
                item.setData(Qt.ItemDataRole.UserRole, enrolment.id)
                item.setData(Qt.ItemDataRole.UserRole + 1, line.name)
                self.list.addItem(item)
            if not enrolments:
                item = QListWidgetItem(
                    f"{line.name} · {mask_number(line.nik)}\n{_('not enrolled, so there is no letter')}"
                )
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(item)
        if not self.list.count():
            item = QListWidgetItem(_("Nobody was found. Try another part of the name or the NIK."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        first = next((row for row in range(self.list.count()) if self.list.item(row).flags()), -1)
        self.list.setCurrentRow(first)

    def _chosen_enrolment(self) -> int | None:
        item = self.list.currentItem()
        return None if item is None or not item.flags() else item.data(Qt.ItemDataRole.UserRole)

    def _go_on(self) -> None:
        self._answer()
        if not (self.list.isVisible() and self._into_list()):
            self.settled.emit()

    def _into_list(self) -> bool:
        if self._chosen_enrolment() is None:
            return False
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        return True


def letters_counted(count: int) -> str:
    """``7.723 surat``"""
    return translate_count("{count} letter", "{count} letters", count).format(count=number(count))
