"""The second step of a restore: the backup beside the open register, and record by record what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from models.language import translate as _
from models.papers.change_list import ChangeSection
from models.storage.comparing import Relation
from models.storage.contents import Contents
from models.storage.manifest import Manifest
from models.values.formats import NOTHING, number
from reports.change_list import HEADS
from ui.exchange.change_words import lost_section, regained_section, relation_words, salvage_words, salvaged_sections
from ui.exchange.comparing import Looked
from ui.exchange.words import age_words, moment_words
from ui.look.spacing import LARGE, MEDIUM, SMALL
from ui.look.style import set_role
from ui.page import heading
from ui.table import Column, FigureTable, Row

MOST_SHOWN = 500
"""Records of a list on the screen; the list as saved has all of them."""
_FACTS = 420
"""Width of the facts beside the lists."""
_BESIDE_FROM = 860


class LookStep(QWidget):
    """Facts at the left, lists at the right; below each other where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: tuple[ChangeSection, ...] = ()
        """What the lists say, whole."""
        self.name = heading("", "strong")
        self.name.setWordWrap(True)
        self.facts = FigureTable(
            _("The backup against the open register"),
            [Column(""), Column(_("Backup"), takes_room=True), Column(_("Now"))],
        )
        self.facts.setMinimumWidth(_FACTS)
        self.relation = QLabel()
        self.relation.setTextFormat(Qt.TextFormat.PlainText)
        self.relation.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("Lists of records"))
        self.tabs.tabBar().setAccessibleName(_("Lists of records"))
        self.lists: list[FigureTable] = []
        self._room = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._room.setSpacing(LARGE)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.facts, 1)
        left.addStretch()
        self._room.addLayout(left, 0)
        self._room.addWidget(self.tabs, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.name)
        rows.addWidget(self.relation)
        rows.addLayout(self._room, 1)
        rows.addStretch()
        self.clear()

    def show_looked(self, looked: Looked, file: Path, now: datetime) -> None:
        """Shows what was found; the focus may go to the first list."""
        found = looked.comparison
        self.name.setText(found.backup.path.name)
        self.facts.set_rows(_facts(looked, now))
        self.facts.setColumnHidden(2, found.present is None)
        if looked.salvaged is not None:
            self.relation.setText(salvage_words(looked.salvaged))
            self.sections = salvaged_sections(looked.salvaged)
        elif found.present is not None:
            self.relation.setText(relation_words(found.relation))
            self.sections = (lost_section(found), regained_section(found))
        else:
            self.relation.setText(_("There is no register at {path} yet.").format(path=file))
            self.sections = ()
        set_role(self.relation, "warning" if found.relation is Relation.FOREIGN and found.present else "")
        self._list()
        self._arrange()

    def clear(self, *, keeps_lists: bool = False) -> None:
        """Nothing is compared any more, or not yet."""
        for part in (self.facts, self.relation, *(() if keeps_lists else (self.tabs,))):
            part.hide()

    @property
    def row_count(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Details

    def _list(self) -> None:
        self.tabs.clear()
        self.lists.clear()
        for section in self.sections:
            self.tabs.addTab(
                self._tab(section),
                _("{title} ({count})").format(title=section.title, count=number(len(section.rows))),
            )
        for part in (self.facts, self.relation):
            part.show()
        self.tabs.setVisible(bool(self.sections))

    def _tab(self, section: ChangeSection) -> QWidget:
        tab = QWidget()
        rows = QVBoxLayout(tab)
        rows.setContentsMargins(0, SMALL, 0, 0)
        rows.setSpacing(SMALL)
        words = QLabel(section.sentence)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows.addWidget(words)
        if section.rows:
            table = FigureTable(
                section.title, [Column(_(head), takes_room=at == len(HEADS) - 1) for at, head in enumerate(HEADS)]
            )
            table.set_rows([Row(row.cells) for row in section.rows[:MOST_SHOWN]])
            table.setCurrentCell(0, 0)
            self.lists.append(table)
            rows.addWidget(table, 1)
            if len(section.rows) > MOST_SHOWN:
                more = _("The first {shown} of {all}; the saved list has all of them.")
                rows.addWidget(heading(more.format(shown=number(MOST_SHOWN), all=number(len(section.rows))), "muted"))
        else:
            rows.addStretch()
        return tab

    def _arrange(self) -> None:
        beside = self.width() >= _BESIDE_FROM
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._room.setDirection(way)
        self._room.setSpacing(LARGE if beside else MEDIUM)
        lines = len(self.facts.rows) + 1
        row = self.fontMetrics().height() + 2 * SMALL
        self.facts.setMaximumHeight((lines + 1) * row + SMALL if beside else 6 * row)
        self.facts.setMaximumWidth(_FACTS if beside else 16_777_215)


def _facts(looked: Looked, now: datetime) -> Sequence[Row]:
    found = looked.comparison
    backup, present = found.backup, found.present
    both = (
        (_("Workers"), lambda side: number(side.workers)),
        (_("Enrolments"), lambda side: number(side.enrolments)),
        (_("Last saved"), lambda side: moment_words(side.last_change)),
        (_("Kabupaten or kota"), lambda side: side.regency),
        (_("Form"), lambda side: number(side.form)),
    )
    rows = [Row((name, read(backup), NOTHING if present is None else read(present))) for name, read in both]
    rows += [
        Row((_("Protected"), _("yes") if looked.key is not None else _("no"), "")),
        *_told(looked.manifest, now),
    ]
    if present is not None and found.drafts:
        rows.append(Row((_("Drafts"), number(backup.rows.get("draft", 0)), number(found.drafts))))
    if backup.is_sample or (present is not None and present.is_sample):
        rows.append(Row((_("Sample"), _yes(backup), NOTHING if present is None else _yes(present))))
    return rows


def _told(manifest: Manifest | None, now: datetime) -> tuple[Row, ...]:
    if manifest is None:
        return ()
    return (
        Row((_("Made on"), moment_words(manifest.made_at), "")),
        Row((_("Age"), age_words(manifest.made_at, now), "")),
        Row((_("Occasion"), _(manifest.why.label), "")),
    )


def _yes(contents: Contents) -> str:
    return _("yes") if contents.is_sample else _("no")
