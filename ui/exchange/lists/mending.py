"""A list while it is mended: each cell, reason and meaning kept as a draft, and sent back to who made it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from models.exchange.answers import AnswerPreview
from models.exchange.cells import text_of
from models.exchange.checked import CheckedList
from models.exchange.importing import ImportPreview, Resolution
from models.exchange.mapping import ColumnMapping
from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.storage.drafts import Draft
from models.values.formats import number
from ui.exchange.lists import work
from ui.exchange.lists.grid import Mend
from ui.exchange.lists.steps import ListSteps, Step
from ui.session import Session

DRAFT = "list"
"""The form under which a list that is being mended is kept as a draft."""


class ListMending(ListSteps):
    """The file itself stays as the sender made it."""

    def __init__(self, session: Session, taken: str = "", parent: QWidget | None = None) -> None:
        """`taken` are Alt letters in use elsewhere on the page."""
        self.choose_new: Callable[[str], str] = self._ask_new
        """Asks where to write the list for its sender, with a name to begin with."""
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
        super().__init__(session, taken, parent)

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
        self._run(partial(work.send_back, self._register, self._checked, path, False), partial(self._sent_back, path))

    def take_back_mend(self) -> None:
        """Ctrl+Z while mending: the cell as it was."""
        while self.step is Step.CHECK and self._mends and self._job is None:
            last = self._mends.pop()
            self._write_cell(last.place, last.column, last.before)
            if not last.is_joined:
                break

    def check(self) -> None:
        """Asks every rule of every person."""
        raise NotImplementedError

    # What was read

    def _read(self, what: Callable[..., work.Opened]) -> None:
        """Reads a list; its columns are shown then."""
        raise NotImplementedError

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

    def _leave_out(self, place: int) -> None:
        """Without NIK and name a row stays out, and whoever it is a double of is free."""
        if self._checked is None:
            return
        names = {field: column for column, field in self._checked.fields.items()}
        joined = False
        for column in (names[field] for field in ("nik", "name") if field in names):
            before = text_of(self._checked.table.columns[column][place])
            if before:
                self._mends.append(Mend(place, column, before, "", joined))
                self._write_cell(place, column, "")
                joined = True
        self.checking.message.say(_("This row is not taken in. Ctrl+Z brings it back."))

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

    def _explain_all(self, code: str, reason: str) -> None:
        from models.exchange.checking import accept_all

        assert self._checked is not None
        places = {
            finding.place
            for finding in self._checked.findings
            if finding.problem.code == code and not self._checked.reasons.get(finding.place, {}).get(code)
        }
        count = accept_all(self._checked, code, reason, places)
        self._preview = self._answer = None
        self.checking.show_again(self._checked)
        words = translate_count(
            "{count} further row got the same reason.", "{count} further rows got the same reason.", count
        )
        self._say(words.format(count=number(count)), "good")
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

    # The draft

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

    # Details

    def _sent_back(self, path: Path, people: int) -> None:
        self._end()
        words = translate_count(
            "{file} was written, with {count} person.", "{file} was written, with {count} people.", people
        )
        self._say(words.format(file=path.name, count=number(people)), "good")

    def _ask_new(self, name: str) -> str:
        return QFileDialog.getSaveFileName(
            self, _("List for its sender"), str(Path.home() / name), _("Excel (*.xlsx)")
        )[0]
