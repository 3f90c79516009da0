"""What this person likes on this computer: colours, size of text, language; each works at once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.language import LANGUAGES
from models.language import translate as _
from models.values.formats import decimal
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.field import TextField
from ui.fields.form import FormGrid
from ui.folders import log_folder
from ui.look.spacing import MEDIUM
from ui.look.style import POINT_SIZES, Theme
from ui.page import button
from ui.session import Session


class ScreenPanel(QWidget):
    """Nothing here has to be saved."""

    def __init__(self, session: Session, may_change_language: Callable[[], bool], taken_letters: str) -> None:
        """`may_change_language` is asked first, for every page is made anew in another language.

        `taken_letters` are Alt letters in use elsewhere on the page.
        """
        super().__init__()
        self._session, self._may_change_language = session, may_change_language
        self.open_outside: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self.form = form = FormGrid()
        form.add_section(_("Screen"))
        form.add(ChoiceField("theme", _("Colours"), choices_of(Theme)), 4)
        form.add(ChoiceField("point_size", _("Size of the text (Ctrl++, Ctrl+-)"), _sizes()), 4)
        form.add(ChoiceField("language", _("Language"), _languages()), 4)
        form.add_section(_("Mistakes of the program itself"))
        log = form.add(TextField("log", _("Folder of the log")), 12)
        log.setReadOnly(True)
        log.set_value(str(log_folder()))
        form.set_buttons(
            button(_("Open the folder of the log"), self._open_log, icon="open"), taken_letters=taken_letters
        )
        form.edited.connect(self._apply)
        form.left.connect(self._left)
        form["language"].stepped.connect(lambda _by: self._use_language())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        row = QHBoxLayout()
        row.addWidget(form, 1)
        column.addLayout(row, 1)
        self.read_again()

    def read_again(self) -> None:
        """As it is now: the size of the text has keys of its own."""
        preferences = self._session.preferences
        for name, value in (
            ("theme", preferences.theme), ("point_size", preferences.point_size), ("language", preferences.language)
        ):  # fmt: skip
            field = self.form[name]
            if not field.hasFocus() or field.value() != value:
                field.set_value(value)

    def _apply(self, name: str) -> None:
        """Colours and size change with the first letter that says which."""
        value = self.form[name].value()
        preferences = self._session.preferences
        if name == "theme" and value is not None and value != preferences.theme:
            self._session.use_look(theme=value)
        elif name == "point_size" and value is not None and value != preferences.point_size:
            self._session.use_look(point_size=value)

    def _left(self, name: str) -> None:
        if self.form[name].value() is None:
            self.read_again()
        elif name == "language":
            self._use_language()

    def _use_language(self) -> None:
        """Once the word is whole: every page is made anew."""
        code = self.form["language"].value()
        if code is None or code == self._session.preferences.language:
            return
        if self._may_change_language():
            self._session.use_language(code)
        else:
            self.form["language"].set_value(self._session.preferences.language)

    def _open_log(self) -> None:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        self.open_outside(QUrl.fromLocalFile(str(folder)))


def _sizes() -> tuple[Choice, ...]:
    return tuple(Choice(size, _("{size} points").format(size=decimal(Fraction(size), 1))) for size in POINT_SIZES)


def _languages() -> tuple[Choice, ...]:
    return tuple(Choice(code, name, code) for code, name in LANGUAGES.items())
