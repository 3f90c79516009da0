"""The area "Lists in": four steps from a file to people, and the register of imports."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.exchange.answers import AnswerPreview
from models.exchange.cells import text_of
from models.exchange.checked import CheckedList
from models.exchange.importing import ImportPreview, ListImport, Outcome, Resolution, RowPreview
from models.exchange.mapping import ColumnMapping, Purpose
from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.storage.drafts import Draft
from models.values.formats import number
from ui.background import Job
from ui.exchange.lists import work
from ui.exchange.lists.answer_view import AnswerView, answer_words
from ui.exchange.lists.check_view import CheckView
from ui.exchange.lists.columns_view import ColumnsView
from ui.exchange.lists.deciding_view import DecidingView
from ui.exchange.lists.grid import Mend
from ui.exchange.lists.start_view import StartView
from ui.exchange.lists.taking_view import TakingView
from ui.exchange.lists.words import outcome_words, touched_words
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.papers.progress import ProgressLine
from ui.session import Session

DRAFT = "list"
"""The form under which a list that is being mended is kept as a draft."""


class Step(IntEnum):
    """The way of a list, in its order."""

    START = 0
    COLUMNS = 1
    CHECK = 2
    TAKE = 3
    ANSWER = 4
    """Instead of TAKE for what BPJS and Disdukcapil sent back."""
    DECIDE = 5


class ListsPanel(QWidget):
    """Ctrl+O opens a list, Ctrl+Enter goes one step on, Esc one step back; nothing is written before Ctrl+S."""

    def __init__(self, session: Session, taken: str = "", parent: QWidget | None = None) -> None:
        """`taken` are Alt letters in use elsewhere on the page."""
        super().__init__(parent)
        self.session = session
        self._register = session.opened_register
        self.choose_file: Callable[[], str] = self._ask_file
        """Asks for the list; empty when the person gave up."""
        self.choose_new: Callable[[str], str] = self._ask_new
        """Asks where to write the list for its sender, with a name to begin with."""
        self._job: Job | None = None
        self._focus: QWidget | None = None
        self._opened: work.Opened | None = None
        self._mapping: ColumnMapping | None = None
        self._checked: CheckedList | None = None
        self._preview: ImportPreview | None = None
        self._answer: AnswerPreview | None = None
        self._resolutions: dict[int, Resolution] = {}
        self._mends: list[Mend] = []
        self._reasons_kept: list[tuple[int, str, str]] = []
        self._draft: int | None = None
        self._kept: Draft | None = None
        self._build(taken)
        session.changed.connect(self._follow)

    # As an area of the page

    @property
    def is_running(self) -> bool:
        """Whether something runs that should not be cut off."""
        return self._job is not None

    @property
    def step(self) -> Step:
        """Where the list is."""
        return Step(self.stack.currentIndex())

    def go_in(self) -> None:
        """The focus where work goes on."""
        if self.step is Step.START:
            self._read_start()
        self._begin(self.step)

    def step_back(self) -> None:
        """Esc: stops what runs; otherwise one step back, and from the columns away from the list."""
        if self._job is not None:
            self._job.cancel()
            self.progress.stopping()
        elif self.step is Step.CHECK and self._checked is not None:
            self._go_to(Step.COLUMNS)
        elif self.step in (Step.TAKE, Step.ANSWER):
            self._go_to(Step.CHECK)
        elif self.step is Step.DECIDE:
            self._go_to(Step.TAKE)
        elif self.step is Step.COLUMNS:
            self._close_list()

    def open(self, path: Path | None = None) -> None:
        """Ctrl+O: reads a list and guesses its columns; nothing is written."""
        if self._job is not None or not self._may(Right.ENTER):
            return
        chosen = str(path) if path is not None else self.choose_file()
        if chosen:
            self._draft, self._kept = None, None
            self._read(partial(work.open_and_guess, self._register, Path(chosen)))

    def go_on(self) -> None:
        """Ctrl+Enter: the next step."""
        if self._job is not None:
            return
        match self.step:
            case Step.START:
                self.open()
            case Step.COLUMNS:
                self.check()
            case Step.CHECK:
                self.look()
            case Step.TAKE | Step.ANSWER:
                self.take_in()

    def check(self) -> None:
        """Asks every rule of every person."""
        mapping = self.columns.mapping()
        if mapping is None or self._opened is None:
            return
        if self._checked is not None and mapping == self._mapping:
            self._go_to(Step.CHECK)
            return
        self._mapping = mapping
        self.progress.begin(_("Checking"))
        self._run(partial(work.check, self._register, self._opened.table, mapping), self._checked_now)

    def look(self) -> None:
        """The dry run: what would become of whom."""
        if self._checked is None:
            return
        if self._checked.stops:
            self._say(self._checked.stops[0].text, Level.ERROR)
            return
        if self.step is not self._last_step:
            self._go_to(self._last_step)
        view = self._last_view
        if view.problems():
            view.form.go_to_first_problem()
            return
        self.progress.begin(_("Comparing with the register"))
        if self._is_answer:
            self._run(
                partial(work.preview_answer, self._register, self._checked, self.answering.asked()), self._looked_at
            )
            return
        plan, mode = self.taking.plan(), self.taking.mode
        self._run(
            partial(work.preview, self._register, self._checked, mode, dict(self._resolutions), plan), self._looked
        )

    def take_in(self) -> None:
        """Ctrl+S: writes what the dry run showed, in one step; before that it is looked at once."""
        if self._job is not None or self._checked is None or not self._may(Right.ENTER):
            return
        if self.step not in (Step.TAKE, Step.ANSWER):
            return
        view = self._last_view
        if view.problems():
            view.form.go_to_first_problem()
            return
        if self._is_answer:
            self._take_answer()
            return
        if self._preview is None:
            self.look()
            return
        if self._preview.problems:
            self._say(self._preview.problems[0].text, Level.ERROR)
            return
        self.progress.begin(_("Taking in"))
        backups = self.session.backup_folder()
        self._run(
            partial(work.take_in, self._register, self._checked, self.taking.mode, dict(self._resolutions),
                    self.taking.plan(), self._preview, backups),
            self._taken_in,
        )  # fmt: skip

    def _take_answer(self) -> None:
        assert self._checked is not None
        if self._answer is None:
            self.look()
        elif self._answer.problems:
            self._say(self._answer.problems[0].text, Level.ERROR)
        elif self._may(Right.CORRECT):
            self.progress.begin(_("Taking in"))
            self._run(
                partial(work.take_answer, self._register, self._checked, self.answering.asked(), self._answer,
                        self.session.backup_folder()),
                self._taken_in,
            )  # fmt: skip

    def send_back(self) -> None:
        """Ctrl+E: the list for its sender, with the reasons beside the rows."""
        if self._job is not None or self._checked is None or not self._may(Right.EXPORT):
            return
        source = self._checked.table.source.path
        chosen = self.choose_new(_("{name} - to be mended.xlsx").format(name=source.stem))
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != ".xlsx":
            path = path.with_name(path.name + ".xlsx")
        self.progress.begin(_("Writing {file}").format(file=path.name))
        self._run(partial(work.send_back, self._checked, path, False), partial(self._sent_back, path))

    def take_back_mend(self) -> None:
        """Ctrl+Z while mending: the cell as it was."""
        if self.step is Step.CHECK and self._mends and self._job is None:
            last = self._mends.pop()
            self._write_cell(last.place, last.column, last.before)

    def take_back(self, chosen: ListImport) -> None:
        """Takes a whole import back, where nothing touched it since."""
        if self._job is not None:
            return
        touched = self._register.lists.touched_since(chosen.id)
        if touched.count:
            self._say(touched_words(touched), Level.ERROR)
            return
        self.progress.begin(_("Taking back"))
        self._run(partial(work.take_back, self._register, chosen.id), partial(self._was_taken_back, chosen))

    # Building

    def _build(self, taken: str) -> None:
        self.way = heading("", "muted")
        words = assign_letters([
            _("Back (Esc)"), _("Next problem (F8)"), _("To the sender … (Ctrl+E)"), _("Doubtful ones (F6)"),
            _("Go on (Ctrl+Enter)"), _("Take in (Ctrl+S)"),
        ], taken)  # fmt: skip
        taken += "".join(letters_in(words))
        self.start = StartView(self.session, taken)
        self.columns = ColumnsView(self._register)
        self.checking = CheckView(self._register)
        self.taking = TakingView(self._register, self.session.today)
        self.answering = AnswerView(self._register, self.session.today)
        self.deciding = DecidingView(self._register)
        self.stack = QStackedWidget()
        for view in (self.start, self.columns, self.checking, self.taking, self.answering, self.deciding):
            self.stack.addWidget(view)
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.step_back)
        self.message = MessageBar()
        self.back_button = button(words[0], self.step_back, icon="back")
        self.next_button = button(words[1], lambda: self.checking.go_to_next(1), icon="next")
        self.send_button = button(words[2], self.send_back, icon="export")
        self.doubt_button = button(words[3], self.taking.show_doubtful, icon="warning")
        self.on_button = button(words[4], self.go_on, icon="next", primary=True)
        self.take_button = button(words[5], self.take_in, icon="import", primary=True)
        acts = QHBoxLayout()
        acts.setSpacing(MEDIUM)
        acts.addWidget(self.back_button)
        acts.addStretch()
        for act in (self.next_button, self.send_button, self.doubt_button, self.on_button, self.take_button):
            acts.addWidget(act)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, SMALL, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.way)
        rows.addWidget(self.stack, 1)
        rows.addWidget(self.progress)
        rows.addWidget(self.message)
        rows.addLayout(acts)
        self._connect()
        self._go_to(Step.START)

    def _connect(self) -> None:
        self.start.open_wanted.connect(self.open)
        self.start.file_dropped.connect(lambda path: self.open(Path(path)))
        self.start.draft_wanted.connect(self._go_on_with_draft)
        self.start.draft_unwanted.connect(self._forget_draft)
        self.start.take_back_wanted.connect(self.take_back)
        self.columns.other_table_wanted.connect(self._other_table)
        self.columns.other_purpose_wanted.connect(self._other_purpose)
        self.checking.mended.connect(self._mend)
        self.checking.explained.connect(self._explain)
        self.checking.translated.connect(self._translate)
        self.taking.changed.connect(self._forget_preview)
        self.taking.asked_for.connect(self._decide)
        self.taking.form.reached_end.connect(self.look)
        self.answering.changed.connect(self._forget_preview)
        self.answering.form.reached_end.connect(self.look)
        self.answering.worker_wanted.connect(lambda id: self.session.go_to("workers", id))
        self.deciding.decided.connect(self._decided)
        self.deciding.left.connect(lambda: self._go_to(Step.TAKE))
        for key, run in (
            ("Ctrl+Return", self.go_on), ("Ctrl+Enter", self.go_on), ("Ctrl+S", self.take_in),
            ("Ctrl+E", self.send_back), ("Ctrl+Z", self.take_back_mend), ("F6", self.taking.show_doubtful),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # Steps

    def _go_to(self, step: Step) -> None:
        self.stack.setCurrentIndex(step)
        self._say("")
        words = (_("File"), _("Columns"), _("Check"), _("Take in"))
        at = min(step, Step.TAKE)
        self.way.setText("   ›   ".join(f"{place + 1} {word}" if place != at else f"[{place + 1} {word}]"
                                        for place, word in enumerate(words)))  # fmt: skip
        self.back_button.setVisible(step not in (Step.START, Step.DECIDE))
        self.next_button.setVisible(step is Step.CHECK)
        self.send_button.setVisible(step is Step.CHECK)
        self.doubt_button.setVisible(step is Step.TAKE)
        self.on_button.setVisible(step in (Step.COLUMNS, Step.CHECK))
        self.take_button.setVisible(step in (Step.TAKE, Step.ANSWER))
        if self.isVisible():
            if step is Step.START:
                self._read_start()
            self._begin(step)

    def _begin(self, step: Step) -> None:
        match step:
            case Step.START:
                self.start.begin()
            case Step.COLUMNS:
                self.columns.begin()
            case Step.CHECK:
                self.checking.begin()
            case Step.TAKE:
                self.taking.begin()
            case Step.ANSWER:
                self.answering.begin()

    def _read_start(self) -> None:
        self.start.show_imports(self._register.lists.imports())
        drafts = self._register.drafts.all(DRAFT)
        self._kept = drafts[0] if drafts else None
        if self._kept is None:
            self.start.show_draft("")
            return
        count = len(json.loads(self._kept.fields.get("mends", "[]")))
        words = translate_count(
            "{file} was left half way, with {count} mended cell.",
            "{file} was left half way, with {count} mended cells.",
            count,
        )
        path = Path(self._kept.fields.get("path", ""))
        self.start.show_draft(words.format(file=path.name, count=number(count)))

    # Reading

    def _read(self, what: Callable[..., work.Opened]) -> None:
        self.progress.begin(_("Reading the list"))
        self._run(what, self._read_now)

    def _read_now(self, opened: work.Opened) -> None:
        self._end()
        self._opened = opened
        self._checked = self._mapping = self._preview = self._answer = None
        self._resolutions.clear()
        self._mends.clear()
        self.columns.show_table(opened.file, opened.table, opened.guess)
        self.taking.forget()
        self.answering.begin_list(opened.guess.mapping.purpose)
        self._go_to(Step.COLUMNS)
        if opened.file.remarks:
            self._say(" ".join(one.text for one in opened.file.remarks), Level.WARNING)
        if self._kept is not None and self._draft is not None:
            self._mend_as_kept(self._kept)

    def _other_table(self, sheet: str, heading_row: int) -> None:
        if self._opened is not None and self._job is None:
            row = None if heading_row < 0 else heading_row
            self._read(partial(work.guess_again, self._register, self._opened.file, sheet, row))

    def _other_purpose(self, purpose: Purpose) -> None:
        if self._opened is not None and self._job is None:
            sheet = self._opened.table.source.sheet
            row = self._opened.table.heading_rows[0] if self._opened.table.heading_rows else None
            self._read(partial(work.guess_again, self._register, self._opened.file, sheet, row, purpose=purpose))

    # Mending

    def _checked_now(self, checked: CheckedList) -> None:
        from models.exchange.checking import accept

        self._end()
        self._checked, self._preview, self._answer = checked, None, None
        self._resolutions.clear()
        for place, code, reason in self._reasons_kept:
            accept(checked, place, code, reason)
        self._reasons_kept = []
        self.checking.show_list(checked, self.columns.headings())
        self._go_to(Step.CHECK)
        if checked.stops:
            self._say(checked.stops[0].text, Level.ERROR)

    def _mend(self, place: int, column: int, text: str) -> None:
        if self._checked is None:
            return
        before = text_of(self._checked.table.columns[column][place])
        self._mends.append(Mend(place, column, before, text))
        self._write_cell(place, column, text)

    def _write_cell(self, place: int, column: int, text: str) -> None:
        from models.exchange.checking import recheck

        assert self._checked is not None
        self._checked = recheck(self._checked, place, column, text, self._register.lists.context())
        self._preview = self._answer = None
        self.checking.show_again(self._checked)
        self._say(self._checked.stops[0].text if self._checked.stops else "", Level.ERROR)
        self._keep()

    def _explain(self, place: int, code: str, reason: str) -> None:
        from models.exchange.checking import accept

        assert self._checked is not None
        accept(self._checked, place, code, reason)
        self._preview = self._answer = None
        self.checking.show_again(self._checked)
        self._keep()

    def _translate(self, column: int, word: str, stored: str) -> None:
        from models.exchange.checking import translate_word

        assert self._checked is not None
        self._checked = translate_word(self._checked, column, word, stored)
        self._mapping = self._checked.mapping
        self.columns.use_translations(self._mapping.translations)
        self._preview = self._answer = None
        self.checking.show_again(self._checked)
        self.checking.go_to_next(1)
        self._keep()

    def _keep(self) -> None:
        """What was mended so far, as a draft: the file itself stays as the sender made it."""
        assert self._checked is not None
        source = self._checked.table.source
        rows = self._checked.table.rows
        fields = {
            "path": str(source.path),
            "hash": source.hash.hex(),
            "sheet": source.sheet,
            "translations": json.dumps({
                name: dict(words) for name, words in self._checked.mapping.translations.items()
            }),
            "mends": json.dumps([[rows[one.place], one.column, one.after] for one in self._mends]),
            "reasons": json.dumps([[rows[place], code, reason] for place, given in self._checked.reasons.items()
                                   for code, reason in given.items()]),
        }  # fmt: skip
        try:
            self._draft = self._register.drafts.save(Draft(DRAFT, fields, "", self._draft))
        except (StorageFailure, Rejected) as failure:
            self._say(failure.text, Level.ERROR)

    def _go_on_with_draft(self) -> None:
        kept = self._kept
        if kept is None or self._job is not None:
            return
        path = Path(kept.fields.get("path", ""))
        if not path.exists():
            self._say(
                _("{file} is no longer where it was: {folder}. Put it back there, or forget it.").format(
                    file=path.name, folder=path.parent
                ),
                Level.ERROR,
            )
            return
        self._draft = kept.id
        sheet = kept.fields.get("sheet") or None
        self._read(partial(work.open_and_guess, self._register, path, sheet))

    def _mend_as_kept(self, kept: Draft) -> None:
        """The cells that were mended before, once the list is checked again."""
        assert self._opened is not None
        if self._opened.table.source.hash.hex() != kept.fields.get("hash"):
            self._draft = None
            self._say(
                _("{file} was changed since, so what was mended then does not fit any more. Check it anew.").format(
                    file=self._opened.file.path.name
                ),
                Level.WARNING,
            )
            return
        places = {row: place for place, row in enumerate(self._opened.table.rows)}
        for row, column, text in json.loads(kept.fields.get("mends", "[]")):
            if row in places and column < len(self._opened.table.columns):
                cells = self._opened.table.columns[column]
                self._mends.append(Mend(places[row], column, text_of(cells[places[row]]), text))
                cells[places[row]] = text
        self.columns.use_translations(json.loads(kept.fields.get("translations", "{}")))
        self._reasons_kept = [
            (places[row], code, reason)
            for row, code, reason in json.loads(kept.fields.get("reasons", "[]"))
            if row in places
        ]
        self.check()

    def _forget_draft(self) -> None:
        if self._kept is not None and self._kept.id is not None:
            self._register.drafts.remove(self._kept.id)
            self._kept = None
            self._read_start()
            self.start.begin()

    # Looking and taking in

    @property
    def _is_answer(self) -> bool:
        return self._checked is not None and self._checked.mapping.purpose is not Purpose.WORKERS

    @property
    def _last_step(self) -> Step:
        return Step.ANSWER if self._is_answer else Step.TAKE

    @property
    def _last_view(self) -> TakingView | AnswerView:
        return self.answering if self._is_answer else self.taking

    def _forget_preview(self) -> None:
        if self._preview is not None:
            self._preview = None
            self.taking.show_preview(None, None, {})
        if self._answer is not None:
            self._answer = None
            self.answering.show_preview(None, None)

    def _looked_at(self, found: AnswerPreview) -> None:
        self._end()
        self._answer = found
        self.answering.show_preview(self._checked, found)
        self.take_button.setFocus()

    def _looked(self, found: tuple[ImportPreview, dict[int, str]]) -> None:
        self._end()
        self._preview = found[0]
        self.taking.show_preview(self._checked, *found)
        if found[0].counts.get(Outcome.DOUBTFUL):
            self.taking.show_doubtful()
        else:
            self.take_button.setFocus()

    def _decide(self, row: RowPreview) -> None:
        if row.outcome is Outcome.DOUBTFUL and self._checked is not None:
            self.deciding.compare(self._checked, row)
            self._go_to(Step.DECIDE)
        elif row.outcome is Outcome.LEFT_OUT:
            self._go_to(Step.CHECK)
            self.checking.go_to_place(row.place)

    def _decided(self, place: int, resolution: Resolution) -> None:
        self._resolutions[place] = resolution
        self._preview = None
        self._go_to(Step.TAKE)
        self.look()

    def _taken_in(self, done: ListImport) -> None:
        self._end()
        words = outcome_words(self._preview) if self._preview is not None else ""
        if self._answer is not None:
            words = answer_words(self._answer)
        self._remember_columns()
        if self._draft is not None:
            self._register.drafts.remove(self._draft)
        self._close_list()
        told = _("{file} was taken in. {what} Ctrl+Alt+Z takes all of it back.").format(file=done.file, what=words)
        self._say(told, "good")
        self.session.message(told)
        self.session.tell("workers")
        self.session.tell("coverage")

    def _remember_columns(self) -> None:
        if self._checked is not None and self._checked.mapping.name.strip():
            try:
                self._register.mappings.save(self._checked.mapping)
            except (Rejected, StorageFailure) as failure:
                self.session.message(failure.text)

    def _sent_back(self, path: Path, people: int) -> None:
        self._end()
        words = translate_count(
            "{file} was written, with {count} person.", "{file} was written, with {count} people.", people
        )
        self._say(words.format(file=path.name, count=number(people)), "good")

    def _was_taken_back(self, chosen: ListImport, _nothing: object) -> None:
        self._end()
        self._read_start()
        self._say(_("{file} was taken back whole.").format(file=chosen.file), "good")
        self.session.tell("workers")
        self.session.tell("coverage")
        self.session.tell("taken_back")

    def _close_list(self) -> None:
        self._opened = self._checked = self._mapping = self._preview = self._answer = None
        self._draft = None
        self._resolutions.clear()
        self._mends.clear()
        self._go_to(Step.START)

    # Details

    def _run(self, what: Callable[..., object], done: Callable[[Any], None]) -> None:
        self._say("")
        self._focus = self.focusWidget()
        self._show_running(True)
        self._job = self.session.background.run(
            self, what, done=done, failed=self._failed, progress=self.progress.step, cancelled=self._stopped
        )

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self._show_running(False)  # what is disabled loses the focus
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, refused: Rejected | StorageFailure) -> None:
        self._end()
        self._say(refused.text, Level.ERROR)

    def _stopped(self) -> None:
        self._end()
        self._say(_("Stopped. Nothing was written."), Level.WARNING)

    def _show_running(self, running: bool) -> None:
        for act in (self.next_button, self.send_button, self.doubt_button, self.on_button, self.take_button):
            act.setEnabled(not running)
        self.stack.setEnabled(not running)

    def _may(self, right: Right) -> bool:
        try:
            self._register.require(right)
        except Rejected as rejected:
            self._say(rejected.text, Level.ERROR)
            return False
        return True

    def _say(self, text: str, level: Level | str = "") -> None:
        self.message.say(text, level)
        self.message.setVisible(bool(text))

    def _follow(self, subject: str) -> None:
        if subject in ("workers", "taken_back") and self.isVisible() and self.step is Step.START:
            self._read_start()
        elif subject == "look":
            self.message.dress()

    def _ask_file(self) -> str:
        kinds = _("Lists (*.xlsx *.xlsm *.xls *.ods *.csv *.txt);;All files (*)")
        return QFileDialog.getOpenFileName(self, _("Open a list"), str(Path.home()), kinds)[0]

    def _ask_new(self, name: str) -> str:
        return QFileDialog.getSaveFileName(
            self, _("List for its sender"), str(Path.home() / name), _("Excel (*.xlsx)")
        )[0]
