"""The form of a legal basis, with the scan attached by a dialog or dropped onto it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.legal.legal_basis import LARGEST_FILE, Attachment, LegalBasis, LegalKind, problems_of_legal_basis
from models.problems import Level, Problem, Rejected
from models.values.formats import date_short, decimal, number
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.dates import DateField
from ui.fields.field import TextField
from ui.fields.letters import assign_letters, letters_in
from ui.funds.forms import FundsForm
from ui.legal.attached import read_attachment
from ui.page import button, heading
from ui.schemes.record_panel import button_row
from ui.session import Session

_TEXTS = ("number", "title", "parties", "notes")
_YEARS_AHEAD = 30


class LegalForm(FundsForm):
    """A new paper, or one that is corrected."""

    missing = {
        "kind": N_("The kind is still empty. Press Down to see the list."),
        "dated_on": N_("The date is still empty. Type the day on which it was signed."),
    }

    def __init__(self, session: Session, basis: LegalBasis | None, taken_letters: str) -> None:
        self._basis = basis
        self._attachment: Attachment | None = None
        self._without = False
        marked = assign_letters([_("Attach a scan … (Ctrl+O)"), _("Without the scan")], taken_letters)
        title = _("A new legal basis") if basis is None else _("Correct {name}").format(name=basis.short)
        super().__init__(session, title, taken_letters + "".join(letters_in(marked)))
        self.choose_file: Callable[[QWidget], str] = _ask_file
        """Asks for the scan; empty when the person gave up."""
        self._add_attaching(*marked)
        self.setAcceptDrops(True)
        for field in self.form.fields:
            if basis is not None:
                field.set_value(getattr(basis, field.name))
        self._follow()

    @property
    def is_untouched(self) -> bool:
        return super().is_untouched and self._attachment is None and not self._without

    def _all_typed(self) -> object:
        return super()._all_typed(), self._attachment, self._without

    # The scan

    def attach(self) -> None:
        """Asks for the scan."""
        path = self.choose_file(self)
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Keeps a file for the save; says why where it is none that is kept."""
        try:
            self._attachment = read_attachment(path)
        except Rejected as rejected:
            self.form.say(rejected.text, Level.ERROR)
            return
        self._without = False
        self.form.say(_("{name} is attached with the save (Ctrl+S).").format(name=path.name), "good")
        self._follow()

    def take_out(self) -> None:
        """The paper without a scan, from the save on; the old one stays in the history."""
        self._attachment, self._without = None, True
        self._follow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is None:
            self.form.say(_("Drop one file from this computer, a PDF or a picture."), Level.WARNING)
            return
        event.acceptProposedAction()
        self.take_file(path)

    # As a form

    def _add_fields(self) -> None:
        form, today = self.form, self._session.today
        form.add(ChoiceField("kind", _("Kind"), choices_of(LegalKind), required=True), 4)
        form.add(TextField("number", _("Number, as on the paper")), 5)
        form.add(DateField("dated_on", _("Date"), today=today, required=True), 3)
        form.add(TextField("title", _("About (tentang)"), required=True), 12)
        form.add(TextField("parties", _("Who signed it")), 6)
        form.add(DateField("valid_from", _("Valid from (else its date)"), today=today, years_ahead=_YEARS_AHEAD), 3)
        form.add(DateField("valid_until", _("Valid until (if known)"), today=today, years_ahead=_YEARS_AHEAD), 3)
        form.add(ChoiceField("replaces", _("Replaces"), self._earlier), 6)
        form.add(TextField("notes", _("Notes")), 6)

    def _add_attaching(self, attach: str, without: str) -> None:
        self.attach_button = button(attach, self.attach, icon="add")
        self.without_button = button(without, self.take_out)
        self.attached = heading("", "muted")
        self.attached.setWordWrap(True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, self.attached)
        column.insertWidget(column.count() - 1, button_row(self.attach_button, self.without_button))

    def _earlier(self) -> tuple[Choice, ...]:
        own = None if self._basis is None else self._basis.id
        return tuple(
            Choice(one.id, one.title, one.number, note=date_short(one.dated_on))
            for one in self._register.legal_bases.all()
            if one.id != own
        )

    def _follow(self) -> None:
        text = _("Funds, decrees and promises point at it. Two months before it ends the program says so.")
        self.beside.setText(text)
        if not hasattr(self, "attached"):
            return
        had = self._basis is not None and bool(self._basis.attachment) and not self._without
        self.without_button.setVisible(had or self._attachment is not None)
        if self._attachment is not None:
            size = decimal(Fraction(len(self._attachment.content), 1_000_000), 1)
            text = _("Scan: {name}, {size} MB; kept inside the register from the save on.")
            self.attached.setText(text.format(name=self._attachment.name, size=size))
        elif had:
            self.attached.setText(_("The scan is kept inside the register. Another one takes its place."))
        else:
            text = _("No scan yet: drop a PDF or a picture here, or press Ctrl+O. At most {most} MB.")
            self.attached.setText(text.format(most=number(LARGEST_FILE // (1024 * 1024))))

    def _typed(self) -> LegalBasis:
        values = self.form.values()
        typed: dict[str, Any] = {name: values[name] for name in ("valid_from", "valid_until", "replaces")}
        typed |= {name: str(values[name] or "") for name in _TEXTS}
        typed |= {
            "kind": values["kind"] or LegalKind.OTHER,
            "dated_on": values["dated_on"] or self._session.today(),
        }
        if self._without or self._basis is None:
            typed["attachment"] = ""
        return LegalBasis(**typed) if self._basis is None else replace(self._basis, **typed)

    def _found(self) -> tuple[Problem, ...]:
        return problems_of_legal_basis(self._typed(), self._session.today(), self._register.legal_bases.all())

    def _write(self) -> tuple[str, int]:
        basis = self._register.legal_bases.save(self._typed(), self._attachment)
        assert basis.id is not None
        text = _("Saved: {kind} {number}.")
        return text.format(kind=_(basis.kind.label), number=basis.short), basis.id


def _dropped(event: QDropEvent) -> Path | None:
    """The one file of this computer that is dropped."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None


def _ask_file(parent: QWidget) -> str:
    kinds = _("PDF or picture") + " (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)"
    return QFileDialog.getOpenFileName(parent, _("Which scan?"), "", kinds)[0]
