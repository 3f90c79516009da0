"""The place "Letters & Reports": choose a paper, look at it, then save, open or print it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import number
from ui.background import Job
from ui.fields.letters import assign_letters, letters_in
from ui.fields.messages import MessageBar
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.page import Page, button, heading
from ui.papers.choosing import PaperChoice, letters_counted
from ui.papers.leftovers import PREFIX, remove_leftovers
from ui.papers.paper import OPENED, PRINTED, SAVED, LettersPaper, Paper, Preview
from ui.papers.preview import PaperView
from ui.papers.preview_bar import PreviewBar
from ui.papers.progress import ProgressLine
from ui.papers.wanted import LettersWanted, SummaryWanted
from ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.papers.printing import Printing

CHOICE_WIDTH = 320
FOLDER_KEY = "papers/folder"
"""Where papers were saved last."""
NOBODY = N_("Nobody is enrolled there, so there is no letter. Choose another scheme, area or month.")


class PapersPage(Page):
    """What is chosen at the left stands at the right as it would be printed; numbers are taken only by issuing."""

    title = N_("Letters & Reports")
    help_page = "papers"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.choose_file: Callable[[str], str] = self._ask_where
        """Asks where to save, with the proposed name; empty when the person gave up."""
        self.choose_printer: Callable[[], QPrinter | None] = self._ask_printer
        self.open_outside: Callable[[QUrl], bool] = QDesktopServices.openUrl
        self._previewed: Paper | None = None
        self._told_of: Paper | None = None
        """The paper that the message line speaks of."""
        self._preview_job: Job | None = None
        self._job: Job | None = None
        self._printing: Printing | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._build()
        session.changed.connect(self._follow)

    # As a page

    def shown(self) -> None:
        if self._previewed is None:
            self.choice.read_again()
        if self.focusWidget() in (None, self.choice.form["paper"]):  # Qt itself may have put the focus there
            self.choice.form.go_to("paper")

    def show_target(self, target: object) -> None:
        if isinstance(target, SummaryWanted):
            self.choice.choose_summary(target.month)
        elif isinstance(target, LettersWanted):
            self.choice.choose_letters(target)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def closing(self) -> bool:
        if self.is_busy:
            self.session.message(_("A paper is still being made. Wait until it is done, or stop it with Esc."))
        return not self.is_busy

    @property
    def is_busy(self) -> bool:
        """Whether a paper is being written or printed."""
        return self._job is not None or self._printing is not None

    # What can be done

    def save(self) -> None:
        """Issues the paper into a file that the person chooses."""
        paper = self._wanted()
        if paper is None:
            return
        chosen = self.choose_file(paper.file_name)
        if chosen:
            path = Path(chosen)
            path = path if path.suffix else path.with_name(path.name + ".pdf")
            self.session.preferences.keep(FOLDER_KEY, str(path.parent))
            self._issue(paper, path, SAVED, partial(self._say_saved, path))

    def open(self) -> None:
        """Issues the paper and shows it in the program that the computer has for PDF files."""
        paper = self._wanted()
        if paper is not None:
            path = self._own_place(paper.file_name)
            self._issue(paper, path, OPENED, lambda _count: self._show_outside(path))

    def print(self) -> None:
        """Issues the paper and sends it to a printer."""
        paper = self._wanted()
        printer = self.choose_printer() if paper is not None else None
        if paper is not None and printer is not None:
            printer.setDocName(paper.file_name)
            path = self._own_place(paper.file_name)
            self._issue(paper, path, PRINTED, lambda _count: self._send(path, printer))

    def stop(self) -> None:
        """Stops what is being written or printed."""
        if self._job is not None:
            self._job.cancel()
            self.progress.stopping()
        elif self._printing is not None:
            self._printing.cancel()
            self.progress.stopping()

    # Building

    def _build(self) -> None:
        self.choice = PaperChoice(self.session)
        self.choice.setFixedWidth(CHOICE_WIDTH)
        self.view = PaperView()
        self.bar = PreviewBar(self.view)
        self.messages = MessageBar()
        self.messages.hide()
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.stop)
        words = assign_letters([_("Open in the PDF viewer (Ctrl+O)"), _("Save as PDF (Ctrl+S)"), _("Print (Ctrl+P)")])
        self.buttons = (
            button(words[0], self.open, icon="open"),
            button(words[1], self.save, icon="save"),
            button(words[2], self.print, icon="print", primary=True),
        )
        self.choice.form.set_buttons(taken_letters="".join(letters_in(words)))
        left = QVBoxLayout()
        left.setSpacing(MEDIUM)
        left.addWidget(heading(_(self.title)))
        left.addWidget(self.choice, 1)
        right = QVBoxLayout()
        right.setSpacing(MEDIUM)
        right.addWidget(self.bar)
        right.addWidget(self.view, 1)
        right.addWidget(self.messages)
        right.addWidget(self.progress)
        both = QHBoxLayout()
        both.setSpacing(PAGE)
        both.addLayout(left)
        both.addLayout(right, 1)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addStretch()
        for one in self.buttons:
            row.addWidget(one)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(PAGE, LARGE, PAGE, MEDIUM)
        whole.setSpacing(MEDIUM)
        whole.addLayout(both, 1)
        whole.addLayout(row)
        self.add_action(_("Print"), self.print, keys="Ctrl+P", icon="print")
        self.add_action(_("Save as PDF"), self.save, keys="Ctrl+S", icon="save")
        self.add_action(_("Open in the PDF viewer"), self.open, keys="Ctrl+O", icon="open")
        self.add_action(_("Stop"), self.stop, keys="Esc", icon="close")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._look)
        self.choice.changed.connect(self._pause.start)
        self.choice.settled.connect(lambda: self.view.setFocus(Qt.FocusReason.TabFocusReason))

    # The preview

    def _look(self) -> None:
        """Draws what is chosen, unless it stands there already."""
        if self.session.register is None:  # the window was closed in the pause
            return
        paper = self.choice.paper()
        if paper != self._told_of:
            self.messages.hide()
        if paper is not None and paper == self._previewed:
            return
        if self._preview_job is not None:
            self._preview_job.cancel()
            self._preview_job = None
        self._previewed = paper
        self.bar.note.setText("")
        if paper is None:
            problems = self.choice.missing()
            self.view.show_pdf(None, problems[0].text if problems else "")
            return
        self._preview_job = self.session.background.run(
            self,
            partial(paper.preview, self.session.opened_register, self.session.today()),
            done=partial(self._show_preview, paper),
            failed=self._say_failed_preview,
        )

    def _show_preview(self, paper: Paper, preview: Preview) -> None:
        self._preview_job = None
        if paper != self._previewed:
            return
        self.view.show_pdf(preview.data, _(NOBODY))
        if isinstance(paper, LettersPaper) and preview.total:
            note = _("The first {shown} of {letters}; numbers and the full NIK come when they are issued.")
            if preview.shown == preview.total:
                note = _("{letters}; numbers and the full NIK come when they are issued.")
            shown = {"shown": number(preview.shown), "letters": letters_counted(preview.total)}
            self.bar.note.setText(note.format(**shown))

    def _say_failed_preview(self, failure: StorageFailure | Rejected) -> None:
        self._preview_job = None
        self.view.show_pdf(None, failure.text)

    # Issuing

    def _wanted(self) -> Paper | None:
        """What is to be issued; otherwise leads to what is missing, or says what is still running."""
        self.choice.settle()
        if self.is_busy:
            self.session.message(_("A paper is still being made. Wait until it is done, or stop it with Esc."))
            return None
        problems = self.choice.missing()
        self.choice.form.show_problems(problems, everywhere=True)
        if problems:
            self.choice.form.go_to(problems[0].field)
            return None
        try:
            self.session.opened_register.require(Right.PRINT)
        except Rejected as rejected:
            self._ended(rejected.text, Level.ERROR)
            return None
        self._told_of = self.choice.paper()
        return self._told_of

    def _issue(self, paper: Paper, path: Path, way: str, then: Callable[[int], None]) -> None:
        self.messages.say("")
        self.messages.hide()
        self.progress.begin(_("Drawing"))
        self._job = self.session.background.run(
            self,
            partial(paper.write, self.session.opened_register, self.session.today(), path, way=way),
            done=partial(self._issued, then),
            failed=lambda failure: self._ended(failure.text, Level.ERROR),
            progress=self.progress.step,
            cancelled=lambda: self._ended(_("Stopped. No file was written and no number was used.")),
        )

    def _issued(self, then: Callable[[int], None], count: int) -> None:
        self._job = None
        if count:
            then(count)
        else:
            self._ended(_(NOBODY), Level.WARNING)

    def _ended(self, text: str, level: Level | str = "") -> None:
        self._job = None
        self.progress.end()
        self.messages.show()
        self.messages.say(text, level)

    def _say_saved(self, path: Path, _count: int) -> None:
        self._ended(_("Saved: {file}").format(file=path), "good")

    def _show_outside(self, path: Path) -> None:
        if self.open_outside(QUrl.fromLocalFile(str(path))):
            self._ended(_("{file} is being opened.").format(file=path.name), "good")
        else:
            self._ended(
                _("This computer has no program that shows PDF files. Save the paper or print it here."),
                Level.WARNING,
            )

    def _send(self, path: Path, printer: QPrinter) -> None:
        from ui.papers.printing import Printing

        self.progress.begin(_("Sending to the printer"))
        self._printing = Printing(path, printer, self)
        self._printing.stepped.connect(self.progress.step)
        self._printing.ended.connect(self._say_printed)
        self._printing.start()

    def _say_printed(self, pages: int, whole: bool) -> None:
        stopped = self._printing is not None and self._printing.is_cancelled
        self._printing = None
        if whole:
            self._ended(_("Sent to the printer: {count} pages.").format(count=number(pages)), "good")
        elif stopped:
            self._ended(_("Stopped after {count} pages. The letters keep their numbers.").format(count=number(pages)))
        else:
            self._ended(
                _("The printer took {count} pages, then no more. Check it and print once more, or save the paper.")
                .format(count=number(pages)),
                Level.ERROR,
            )  # fmt: skip

    # Details

    def _ask_where(self, name: str) -> str:
        folder = self.session.preferences.text(FOLDER_KEY) or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(Path(folder) / name), _("PDF files (*.pdf)")
        )
        return chosen

    def _ask_printer(self) -> QPrinter | None:
        from reports.frame import PageSize
        from ui.papers import printing

        if not printing.printers():
            self._ended(
                _("This computer knows no printer. Connect one, or save the paper and print it elsewhere."),
                Level.WARNING,
            )
            return None
        size = PageSize(self.session.opened_register.office.page_size).points
        return printing.choose_printer(self, size, _(self.title))

    def _own_place(self, name: str) -> Path:
        """For papers that are only looked at or printed; gone with the page, for they name people.

        Each has a folder of its own: a viewer may still hold the one before.
        """
        if self._folder is None:
            remove_leftovers(self.session.now())
            folder = self._folder = TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
            self.destroyed.connect(lambda: folder.cleanup())
        return Path(mkdtemp(dir=self._folder.name)) / name

    def _follow(self, subject: str) -> None:
        """What was drawn may be old; it is drawn again when somebody looks."""
        if subject in ("workers", "coverage", "settings", "look"):
            self._previewed = None
            if self.isVisible() and not self.is_busy:
                self.choice.read_again()
