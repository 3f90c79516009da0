"""The place "Settings": the office, its nagari, and the screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from models.language import N_, translate_count
from models.language import translate as _
from models.offices.office import OfficeSettings
from models.offices.rules import problems_of_settings
from models.offices.users import Right
from models.problems import Level, Problem, Rejected, StorageFailure
from models.values.formats import number
from ui.fields.letters import assign_letters, letters_in, without_letter
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.offices.office_form import OfficeForm
from ui.offices.passphrase_panel import PassphrasePanel
from ui.offices.retention_panel import RetentionPanel
from ui.offices.screen_panel import ScreenPanel
from ui.offices.users_panel import UsersPanel
from ui.offices.villages_panel import VillagesPanel
from ui.page import Page, button, heading
from ui.people.failures import saying_failures
from ui.session import Session


class SettingsPage(Page):
    """What belongs to the office is in the register and saved with Ctrl+S; what belongs to the person works at once."""

    title = N_("Settings")
    help_page = "settings"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._was_shown = False
        self._asked_for = ""
        """The regency to which the person was warned not to change lightly."""
        self._build()
        session.changed.connect(self._follow)

    # As a page

    def shown(self) -> None:
        last = self.focusWidget()
        if self._was_shown and last is not None:
            last.setFocus()
        else:
            self._go_in()
        self._was_shown = True

    def leaving(self) -> bool:
        """What is typed stays here; nothing is lost by looking elsewhere."""
        if self.form.is_changed:
            self.session.message(_("The settings of the office are not saved yet. Ctrl+7 leads back to them."))
        return True

    def closing(self) -> bool:
        if self.retention.is_busy:
            self.session.message(_("Records are being anonymised. Wait until that is done, or stop it."))
            return False
        if not self.form.is_changed:
            return True
        self.session.go_to("settings")
        self.tabs.setCurrentWidget(self.form)
        self.form.say(
            _("The settings are not saved yet. Ctrl+S saves them, Esc takes the changes back."), Level.WARNING
        )
        return False

    def help_topic(self) -> str:
        return ("office", "villages", "users", "passphrase", "retention", "screen")[self.tabs.currentIndex()]

    # What can be done

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """In the message line of the form, and in the status bar for when another section covers it."""
        self.form.say(failure.text, Level.ERROR)
        self.session.message(failure.text)

    @saying_failures
    def save(self) -> None:
        """Saves the office's settings; leads to what is wrong instead."""
        if self.tabs.currentWidget() is not self.form:
            return
        if not self._may():
            return
        self.form.tidy()
        settings = self.form.settings()
        register = self.session.opened_register
        self._show_problems(everywhere=True)
        if any(problem.is_error for problem in self.form.problems):
            self.form.go_to_first_problem(errors_only=True)
            return
        before = register.office
        moves = settings.regency != before.regency
        if moves and self._asked_for != settings.regency and register.workers.count():
            self._asked_for = settings.regency
            self.form.say(self._warning_of(settings.regency), Level.WARNING)
            self.form.go_to("regency")
            return
        try:
            register.change_office(settings)
        except (Rejected, StorageFailure) as trouble:
            self.form.say(trouble.text, Level.ERROR)
            return
        self._asked_for = ""
        self._saved(register.office, moves, settings != before)

    def take_back(self) -> None:
        """The form as saved."""
        if self.tabs.currentWidget() is self.form and self.form.is_changed:
            self.form.show_settings(self.session.opened_register.office)
            self.form.say(_("Taken back: the settings are as they were saved."))
            self._asked_for = ""

    # Building

    def _build(self) -> None:
        words = assign_letters([
            _("Office and letters"), _("List of nagari"), _("Users"), _("Passphrase"), _("Past the term"),
            _("Screen and language"),
        ])  # fmt: skip
        taken = "".join(letters_in(words))
        self.form = OfficeForm(self.session.opened_register.office, self.session.today)
        self.villages = VillagesPanel(self.session)
        self.villages.loaded.connect(self._villages_loaded)
        self.screen_panel = ScreenPanel(self.session, self._may_leave_form, taken)
        self.users = UsersPanel(self.session, taken)
        self.passphrase = PassphrasePanel(self.session, taken)
        self.retention = RetentionPanel(self.session, taken)
        self.form.set_buttons(
            button(_("Take back (Esc)"), self.take_back, icon="undo"),
            button(_("Save (Ctrl+S)"), self.save, icon="save", primary=True),
            hint=_("Enter leads on and never saves."),
            taken_letters=taken,
        )
        self.form.left.connect(lambda _name: self._show_problems())
        self.villages.load_button.setText(assign_letters([self.villages.load_button.text()], taken)[0])
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_(self.title))
        sections = (self.form, self.villages, self.users, self.passphrase, self.retention, self.screen_panel)
        for widget, word in zip(sections, words, strict=True):
            self.tabs.addTab(widget, word)
        self.tabs.currentChanged.connect(lambda _at: self._go_in())
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE, LARGE, PAGE, MEDIUM)
        column.setSpacing(MEDIUM)
        column.addWidget(heading(_(self.title)))
        column.addWidget(self.tabs, 1)
        self.add_action(_("Save the settings"), self.save, keys="Ctrl+S", icon="save")
        self.add_action(_("Take back (Esc)"), self.take_back, keys="Esc", icon="undo")
        for widget, word in zip(sections, words, strict=True):
            self.add_action(
                without_letter(word).replace("&", "&&"),
                partial(self.tabs.setCurrentWidget, widget),
                icon="settings",
            )
        self._let_edit()

    # Details

    @saying_failures
    def _go_in(self) -> None:
        """The focus to where work begins."""
        match self.tabs.currentWidget():
            case self.form:
                self.form.go_to_first() if self._may_edit else self.tabs.tabBar().setFocus()
                self._say_right()
            case self.villages:
                self.villages.load_button.setFocus()
            case self.users:
                self.users.read_again()
                self.users.go_in()
            case self.passphrase:
                self.passphrase.read_again()
                self.passphrase.go_in()
            case self.retention:
                self.retention.read_again()
                self.retention.go_in()
            case self.screen_panel:
                self.screen_panel.form.go_to("theme")

    @property
    def _may_edit(self) -> bool:
        return self.session.opened_register.may(Right.SETTINGS)

    def _let_edit(self) -> None:
        self.form.let_edit(self._may_edit)
        self._say_right()

    def _say_right(self) -> None:
        """One sentence instead of a refusal after a minute of typing."""
        if not self._may_edit:
            self.form.say(_("You may read the settings of the office here; an administrator changes them."))

    def _may(self) -> bool:
        """Whether the person may save; otherwise says why not."""
        try:
            self.session.opened_register.require(Right.SETTINGS)
        except Rejected as rejected:
            self.form.say(rejected.text, Level.ERROR)
            return False
        return True

    def _problems(self) -> tuple[Problem, ...]:
        regions = self.session.opened_register.regions
        known = {region.code for region in regions.regencies()}
        return problems_of_settings(self.form.settings(), known.__contains__, self.session.today())

    @saying_failures
    def _show_problems(self, *, everywhere: bool = False) -> None:
        if self.session.register is not None:  # a field is also left when the window closes
            self.form.show_problems(self._problems(), everywhere=everywhere)

    def _warning_of(self, regency: str) -> str:
        register = self.session.opened_register
        count = register.workers.count()
        sentence = translate_count(
            "This register would belong to {regency}. {count} worker stays in the nagari of {before}, and every sum "
            "by kecamatan begins anew. A register of its own for {regency} is better (Data, New file). "
            "Ctrl+S once more changes it all the same.",
            "This register would belong to {regency}. {count} workers stay in the nagari of {before}, and every sum "
            "by kecamatan begins anew. A register of its own for {regency} is better (Data, New file). "
            "Ctrl+S once more changes it all the same.",
            count,
        )
        name = register.regions.name
        return sentence.format(regency=name(regency), before=name(register.office.regency), count=number(count))

    def _saved(self, settings: OfficeSettings, moved: bool, changed: bool) -> None:
        words = _("Saved. Papers carry the new settings from now on.") if changed else _("Nothing was changed.")
        if moved:  # every page has other areas now
            self.session.use_register(self.session.register)
            self.session.message(words)
            return
        self.form.show_settings(settings)
        self.form.say(words, "good" if changed else "")
        self.session.tell("settings")

    def _villages_loaded(self, count: int) -> None:
        words = translate_count("{count} nagari loaded.", "{count} nagari loaded.", count).format(count=number(count))
        if self.form.is_changed:
            self.villages.message.say(words, "good")
            self.session.tell("settings")
        else:
            self.session.use_register(self.session.register)
        self.session.message(words)

    def _may_leave_form(self) -> bool:
        if self.form.is_changed:
            self.session.message(_("Save the settings of the office first (Ctrl+S), or take the changes back (Esc)."))
        return not self.form.is_changed

    @saying_failures
    def _follow(self, subject: str) -> None:
        if subject == "look":
            self.screen_panel.read_again()
            self.villages.message.dress()
            self.users.message.dress()
            self.passphrase.message.dress()
        elif subject == "person" and self.session.person is not None:
            self._let_edit()
            self.users.read_again()
            self.passphrase.read_again()
