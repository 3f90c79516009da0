"""A check of the open register: in the background, and its findings in words that may name a person on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from models.language import translate as _
from models.language import translate_count
from models.problems import Problem
from models.storage.anchors import Anchor
from models.storage.backup_anchors import anchors_beside
from models.storage.check import CheckReport
from models.storage.check_apart import check_apart
from models.values.formats import number

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.keys import Key

_LINES = 11
_STAGES = ("copy", "check")


def check_open(
    file: Path,
    key: Key | None,
    backups: Path,
    codes: Sequence[Anchor] = (),
    *,
    progress: Callable[[int, int], None],
) -> CheckReport:
    """The file in use against its backups in a folder and codes from paper; a cancel leaves nothing behind."""
    anchors = (*codes, *anchors_beside(file, backups))
    return check_apart(file, key, anchors, tell=lambda stage: progress(_STAGES.index(stage), len(_STAGES)))


def finding_words(register: Register, finding: Problem) -> str:
    """The sentence, with the name of the worker it is about where it is about one."""
    name = _name_of(register, finding)
    return f"{finding.text} ({name})" if name else finding.text


def clean_words(file: Path, report: CheckReport) -> str:
    """What a whole file holds, and the code that stands for its audit trail."""
    sentence = _("{file} is whole: {workers} workers, {enrolments} enrolments, {audit} audit rows. Trail code {code}")
    counts = {"workers": report.workers, "enrolments": report.enrolments, "audit": report.rows["audit"]}
    told = {name: number(count) for name, count in counts.items()}
    return sentence.format(file=file.name, code=report.head.code, **told)


def count_words(file: Path, report: CheckReport) -> str:
    """How much was found; what, stands in the list above."""
    count = len(report.findings)
    sentence = translate_count(
        "{file}: {count} finding. Read it above before anybody goes on with the register.",
        "{file}: {count} findings. Read them above before anybody goes on with the register.",
        count,
    )
    return sentence.format(file=file.name, count=number(count))


class Findings(QPlainTextEdit):
    """What a check found, one paragraph each: to be read with the keys and copied; hidden while there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Findings of the check"))
        self.setMaximumHeight(_LINES * self.fontMetrics().lineSpacing())
        self.hide()

    def show_all(self, findings: Sequence[str]) -> None:
        """From the first one on; none hides it."""
        self.setPlainText("\n\n".join(findings))
        self.setVisible(bool(findings))


def _name_of(register: Register, finding: Problem) -> str:
    kind, record = finding.params.get("kind"), finding.params.get("record")
    if not isinstance(record, int):
        return ""
    try:
        if kind == "enrolment":
            record = register.enrolments.get(record).worker
        elif kind == "correction_request":
            record = register.requests.get(record).worker
        elif kind not in ("worker", "entry"):
            return ""
        return "" if record is None else register.workers.get(record).name
    except LookupError:  # it is what was removed
        return ""
