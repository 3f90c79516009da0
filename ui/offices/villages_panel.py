"""The nagari of the office's own area, and loading a list where the program brings none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.offices.village_list import read_village_list
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import number
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM
from ui.page import button, heading
from ui.session import Session
from ui.table import Column, FigureTable, Row

PROBLEMS_SHOWN = 200


class VillagesPanel(QWidget):
    """A file is loaded whole or not at all; each wrong row is named."""

    loaded = Signal(int)
    """So many nagari were added or renamed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.choose_file: Callable[[], str] = self._ask_file
        """Asks for the file; empty when the person gave up."""
        self.summary = heading("", "strong")
        self.summary.setWordWrap(True)
        form = QLabel(
            _(
                "A list of another kabupaten comes as a CSV file: each row has the code of Kemendagri and the name, "
                "for instance {example}. A code that is there already gets the new name."
            ).format(example="13.06.01.2001,Tiku Selatan")
        )
        form.setWordWrap(True)
        self.table = FigureTable(
            _("Kecamatan and their nagari"),
            [Column(_("Code")), Column(_("Kecamatan"), takes_room=True), Column(_("Nagari"), is_number=True)],
        )
        self.problems = QListWidget()
        self.problems.setAccessibleName(_("What is wrong with the file"))
        self.problems.setWordWrap(True)
        self.problems.hide()
        self.message = MessageBar()
        self.load_button = button(_("Load a list of nagari …"), self.load, icon="import")
        row = QHBoxLayout()
        row.addWidget(self.load_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.summary)
        column.addWidget(form)
        column.addLayout(row)
        column.addWidget(self.table, 2)
        column.addWidget(self.problems, 1)
        column.addWidget(self.message)
        self.read_again()

    def read_again(self) -> None:
        """The areas of the open register."""
        regions = self._session.opened_register.regions
        kecamatan = regions.kecamatan()
        nagari = [region for region in regions.nagari() if region.code.count(".") == 3]
        words = translate_count("{count} kecamatan", "{count} kecamatan", len(kecamatan))
        name = regions.name(regions.regency)
        if nagari:
            sentence = _("{regency}: {kecamatan}, {count} nagari.")
        else:
            sentence = _(
                "{regency}: {kecamatan}. No list of nagari is loaded yet, so workers are placed by kecamatan."
            )
        self.summary.setText(
            sentence.format(
                regency=name, kecamatan=words.format(count=number(len(kecamatan))), count=number(len(nagari))
            )
        )
        held: dict[str, int] = {}
        for region in nagari:
            held[region.parent] = held.get(region.parent, 0) + 1
        self.table.set_rows(
            [Row((region.code, region.name, number(held.get(region.code, 0)))) for region in kecamatan]
        )

    def load(self) -> None:
        """Loads a file, or says what is wrong with which row."""
        try:
            self._session.opened_register.require(Right.SETTINGS)
        except Rejected as rejected:
            self.message.say(rejected.text, Level.ERROR)
            return
        chosen = self.choose_file()
        if not chosen:
            return
        regions = self._session.opened_register.regions
        known = {region.code for region in regions.kecamatan()}
        self.problems.clear()
        self.problems.hide()
        try:
            found = read_village_list(Path(chosen), regions.regency, known.__contains__)
            if found.problems:
                self._show_problems([problem.text for problem in found.problems])
                return
            regions.add_villages(list(found.villages))
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return
        self.read_again()
        self.loaded.emit(len(found.villages))

    def _show_problems(self, sentences: list[str]) -> None:
        words = translate_count(
            "{count} row is wrong, so nothing was loaded. Correct the file and load it again.",
            "{count} rows are wrong, so nothing was loaded. Correct the file and load it again.",
            len(sentences),
        )
        self.message.say(words.format(count=number(len(sentences))), Level.ERROR)
        self.problems.addItems(sentences[:PROBLEMS_SHOWN])
        self.problems.show()
        self.problems.setCurrentRow(0)
        self.problems.setFocus()

    def _ask_file(self) -> str:
        return QFileDialog.getOpenFileName(
            self, _("Choose a list of nagari"), "", _("Lists (*.csv *.txt);;All files (*)")
        )[0]
