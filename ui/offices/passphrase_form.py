"""Choosing a passphrase: typed twice, judged in one honest sentence, or five words that chance draws."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from models.language import N_
from models.language import translate as _
from models.offices.passphrases import draw_words, problem_of_passphrase, strength_of, tidy_passphrase
from models.problems import Problem
from ui.fields.form import FormGrid
from ui.fields.password import PasswordField
from ui.page import button

DIFFERENT = N_("The two differ. Type the second one again.")
SAME = N_("This is the passphrase that the register has already. Choose another one.")


class PassphraseForm(FormGrid):
    """`answer` is None while something is missing, and the form says what."""

    def __init__(self, *buttons: QPushButton, asks_present: bool = False) -> None:
        """`asks_present`: the present passphrase is to be typed first."""
        super().__init__()
        self._drawn = ""
        self._asks_present = asks_present
        if asks_present:
            self.add(PasswordField("present", _("Present passphrase"), required=True), 12)
        self.add(PasswordField("passphrase", _("New passphrase"), required=True), 12)
        self.add(PasswordField("again", _("The same passphrase again"), required=True), 12)
        self.draw_button = button(_("Draw five words"), self.draw, icon="restore")
        self.set_buttons(self.draw_button, *buttons)
        self.edited.connect(lambda _name: self._judge())

    def begin(self) -> None:
        """The focus to the first field."""
        self.go_to(self.fields[0])

    @property
    def present(self) -> str:
        """The present passphrase as typed."""
        return self["present"].text() if self._asks_present else ""

    def draw(self) -> None:
        """Puts five words into the first field, to be read; they are typed once more by hand."""
        self._drawn = draw_words()
        field = self["passphrase"]
        assert isinstance(field, PasswordField)
        field.set_text_as_typed(self._drawn)
        self["again"].clear()
        self.go_to(field)
        field.show_letters(True)
        self._judge()

    def answer(self) -> str | None:
        """The passphrase; leads to what is missing instead."""
        typed, again = self["passphrase"].text(), self["again"].text()
        problem = problem_of_passphrase(typed)
        if self._asks_present and not self.present.strip():
            self._complain("present", Problem("present", "missing", N_("Type the present passphrase first.")))
        elif problem is not None:
            self._complain("passphrase", problem)
        elif self._asks_present and tidy_passphrase(typed) == tidy_passphrase(self.present):
            self._complain("passphrase", Problem("passphrase", "same", SAME))
        elif tidy_passphrase(typed) != tidy_passphrase(again):
            self._complain("again", Problem("again", "differ", DIFFERENT))
        else:
            return tidy_passphrase(typed)
        return None

    def forget(self) -> None:
        """Nothing that was typed stays in a field."""
        self._drawn = ""
        for field in self.fields:
            field.clear()

    # Details

    def _complain(self, name: str, problem: Problem) -> None:
        self.show_problems([problem], everywhere=True)
        self.go_to(name)
        self.say(problem.text, "error")

    def _judge(self) -> None:
        """While one types: how good it is, never what is still missing as an error."""
        for field in self.fields:
            field.show_problem(None)
        typed = self["passphrase"].text()
        if not typed.strip():
            self.say("")
            return
        strength = strength_of(typed, is_drawn=bool(self._drawn) and tidy_passphrase(typed) == self._drawn)
        words = strength.text
        if strength.code == "drawn":  # the field is covered while they are typed once more
            words = _("Drawn: {words}. {sentence}").format(words=self._drawn, sentence=words)
        self.say(words, {"drawn": "good", "good": "good", "easy": "warning"}.get(strength.code, ""))
