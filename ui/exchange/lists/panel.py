"""The area "Lists in": four steps from a file to people, and the register of imports."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from models.exchange.answers import AnswerPreview
from models.exchange.importing import ImportPreview, ListImport, Outcome, Resolution, RowPreview
from models.exchange.mapping import Purpose
from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import number
from ui.exchange.lists import work
from ui.exchange.lists.answer_view import AnswerView, answer_words
from ui.exchange.lists.mending import DRAFT, ListMending
from ui.exchange.lists.steps import Step
from ui.exchange.lists.taking_view import TakingView
from ui.exchange.lists.words import import_words, touched_words
from ui.session import Session


class ListsPanel(ListMending):
    """Ctrl+O opens a list, Ctrl+Enter goes one step on, Esc one step back; nothing is written before Ctrl+S."""

    def __init__(self, session: Session, taken: str = "", parent: QWidget | None = None) -> None:
        """`taken` are Alt letters in use elsewhere on the page."""
        super().__init__(session, taken, parent)
        self._asked_back: int | None = None
        """The import of which it was said what taking it back would do."""
        self.choose_file: Callable[[], str] = self._ask_file
        """Asks for the list; empty when the person gave up."""
        self._connect()
        self._go_to(Step.START)
        session.changed.connect(self._follow)

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
            self._leave_deciding()
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
        self._remember_columns()
        self.progress.begin(_("Taking in"))
        backups = self.session.backup_folder()
        self._run(
            partial(work.take_in, self._register, self._checked, self.taking.mode, dict(self._resolutions),
                    self.taking.plan(), self._preview, backups),
            self._taken_in,
        )  # fmt: skip

    def take_back(self, chosen: ListImport) -> None:
        """Takes a whole import back, where nothing touched it since."""
        if self._job is not None:
            return
        touched = self._register.lists.touched_since(chosen.id)
        if touched.count:
            self._say(touched_words(touched), Level.ERROR)
            return
        if self._asked_back != chosen.id:
            self._asked_back = chosen.id
            words = _("All of {file} would be taken back: {what}. Press the same key once more to do it.")
            self._say(words.format(file=chosen.file, what=import_words(chosen)), Level.WARNING)
            return
        self._asked_back = None
        self.progress.begin(_("Taking back"))
        self._run(partial(work.take_back, self._register, chosen.id), partial(self._was_taken_back, chosen))

    def _take_answer(self) -> None:
        assert self._checked is not None
        if self._answer is None:
            self.look()
        elif self._answer.problems:
            self._say(self._answer.problems[0].text, Level.ERROR)
        elif self._may(Right.CORRECT):
            self._remember_columns()
            self.progress.begin(_("Taking in"))
            self._run(
                partial(work.take_answer, self._register, self._checked, self.answering.asked(), self._answer,
                        self.session.backup_folder()),
                self._taken_in,
            )  # fmt: skip

    def _connect(self) -> None:
        self.start.open_wanted.connect(self.open)
        self.start.file_dropped.connect(lambda path: self.open(Path(path)))
        self.start.draft_wanted.connect(self._go_on_with_draft)
        self.start.draft_unwanted.connect(self._forget_draft)
        self.start.take_back_wanted.connect(self.take_back)
        self.columns.other_table_wanted.connect(self._other_table)
        self.columns.other_purpose_wanted.connect(self._other_purpose)
        self.checking.mended.connect(self._mend)
        self.checking.left_out.connect(self._leave_out)
        self.checking.take_back_wanted.connect(self.take_back_mend)
        self.checking.explained.connect(self._explain)
        self.checking.explained_all.connect(self._explain_all)
        self.checking.translated.connect(self._translate)
        self.taking.changed.connect(self._forget_preview)
        self.taking.asked_for.connect(self._decide)
        self.taking.form.reached_end.connect(self.look)
        self.answering.changed.connect(self._forget_preview)
        self.answering.form.reached_end.connect(self.look)
        self.answering.worker_wanted.connect(lambda id: self.session.go_to("workers", id))
        self.deciding.decided.connect(self._decided)
        self.deciding.left.connect(self._leave_deciding)
        for key, run in (
            ("Ctrl+Return", self.go_on), ("Ctrl+Enter", self.go_on), ("Ctrl+S", self.take_in),
            ("Ctrl+E", self.send_back), ("F6", self.taking.show_doubtful),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

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
        purpose = opened.guess.mapping.purpose
        if purpose is not Purpose.WORKERS:
            words = _("This list looks like: {purpose}. If it is something else, choose that under Taken in as.")
            self._say(words.format(purpose=_(purpose.label)))
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
        self.answering.pane.begin()

    def _looked(self, found: tuple[ImportPreview, dict[int, str]]) -> None:
        self._end()
        self._preview = found[0]
        self.taking.show_preview(self._checked, *found)
        if found[0].counts.get(Outcome.DOUBTFUL):
            self.taking.show_doubtful()
        else:
            self.taking.pane.begin()

    def _decide(self, row: RowPreview) -> None:
        if row.outcome is Outcome.DOUBTFUL and self._checked is not None:
            rows = self._preview.rows if self._preview is not None else ()
            waiting = sum(one.outcome is Outcome.DOUBTFUL and one.place not in self._resolutions for one in rows)
            self.deciding.compare(self._checked, row, waiting)
            self._go_to(Step.DECIDE)
        elif row.outcome is Outcome.LEFT_OUT:
            self._go_to(Step.CHECK)
            self.checking.go_to_place(row.place)

    def _decided(self, place: int, resolution: Resolution) -> None:
        """The next doubtful one at once; once there is none left, the dry run says what came of it."""
        self._resolutions[place] = resolution
        rows = self._preview.rows if self._preview is not None else ()
        waiting = [row for row in rows if row.outcome is Outcome.DOUBTFUL and row.place not in self._resolutions]
        following = next((row for row in waiting if row.place > place), waiting[0] if waiting else None)
        if following is not None and self._checked is not None:
            self.deciding.compare(self._checked, following, len(waiting))
        else:
            self._leave_deciding()

    def _leave_deciding(self) -> None:
        self._go_to(Step.TAKE)
        if self._resolutions:
            self._preview = None
            self.look()

    def _taken_in(self, done: ListImport) -> None:
        self._end()
        words = self.taking.summary.text() if self._preview is not None else ""
        if self._answer is not None:
            words = answer_words(self._answer)
        told = _("{file} was taken in. {what} Ctrl+Alt+Z takes all of it back.").format(file=done.file, what=words)
        if self._draft is not None and self._preview is not None and self._preview.counts.get(Outcome.LEFT_OUT):
            told += " " + _("What was mended is kept for those left out: Go on with it opens the list again.")
        elif self._draft is not None:
            self._register.drafts.remove(self._draft)
        self._close_list()
        self._say(told, "good")
        self.session.message(told)
        self.session.tell("workers")
        self.session.tell("coverage")

    def _remember_columns(self) -> None:
        """Before the list itself, so that taking back the last save takes back the list."""
        if self._checked is not None and self._checked.mapping.name.strip():
            try:
                self._register.mappings.save(self._checked.mapping)
            except (Rejected, StorageFailure) as failure:
                self.session.message(failure.text)

    def _was_taken_back(self, chosen: ListImport, _nothing: object) -> None:
        self._end()
        self._read_start()
        self.session.tell("workers")
        self.session.tell("coverage")
        self.session.tell("taken_back")
        self._say(_("{file} was taken back whole.").format(file=chosen.file), "good")

    def _close_list(self) -> None:
        self._opened = self._checked = self._mapping = self._preview = self._answer = None
        self._draft = None
        self._resolutions.clear()
        self._mends.clear()
        self._go_to(Step.START)

    def _follow(self, subject: str) -> None:
        if subject in ("workers", "taken_back") and self.isVisible() and self.step is Step.START:
            if subject == "taken_back":
                self._say("")  # that a list was taken in may no longer be so
            self._read_start()
        elif subject == "look":
            self.message.dress()

    def _ask_file(self) -> str:
        kinds = _("Lists (*.xlsx *.xlsm *.xls *.ods *.csv *.txt);;All files (*)")
        return QFileDialog.getOpenFileName(self, _("Open a list"), str(Path.home()), kinds)[0]
