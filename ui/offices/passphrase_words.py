"""Words and the layout that the steps of choosing a passphrase share."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.storage.rekeying import Rekeying, RekeyReport
from ui.fields.form import FormGrid
from ui.look.spacing import MEDIUM, SMALL
from ui.offices.passphrase_sheet import SheetStep
from ui.page import heading

WITHOUT = N_(
    "Without a passphrase whoever gets hold of this computer, of a stick with a backup or of a copy of the file reads "
    "NIK, family and income of everybody in the register. The password for logging in does not prevent that."
)


def end_words(report: RekeyReport) -> str:
    """What was done, what is still there, and what to do now."""
    if report.done is Rekeying.ADDED:
        words = [_("The register is encrypted from now on. The passphrase is asked for at the next start.")]
        if report.is_erased:
            words.append(
                _(
                    "The file from before was overwritten. Disks, above all SSDs, may keep traces of it all the same: "
                    "have the disk erased before the computer is given away."
                )
            )
        else:
            words.append(
                _(
                    "The file from before was replaced, but could not be overwritten here: somebody who knows how may "
                    "still read parts of it on the disk."
                )
            )
    elif report.done is Rekeying.CHANGED:
        words = [_("The register opens with the new passphrase from now on, and with the new sheet.")]
    else:
        words = [_("The register is no longer encrypted: whoever has the file can read it.")]
    if report.safety_copy is not None:
        words.append(
            _(
                "The file from before is kept as {copy}; it opens with the passphrase and the sheet from before."
            ).format(copy=report.safety_copy.name)
        )
    return "\n\n".join(words)


def step_of(title: str, *parts: QWidget | QHBoxLayout | None) -> QWidget:
    """A title and what stands below it, one below the other; None takes the room that is left."""
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(MEDIUM + SMALL)
    column.addWidget(heading(title))
    for part in parts:
        if part is None:
            column.addStretch()
        elif isinstance(part, QHBoxLayout):
            column.addLayout(part)
        else:
            column.addWidget(part, 1 if isinstance(part, FormGrid | SheetStep) else 0)
    return step


def row_of(*buttons: QPushButton) -> QHBoxLayout:
    """The first at the left, the others at the right."""
    row = QHBoxLayout()
    row.setSpacing(MEDIUM)
    row.addWidget(buttons[0])
    row.addStretch()
    for one in buttons[1:]:
        row.addWidget(one)
    return row


def words_of(text: str, *, muted: bool = False) -> QLabel:
    """Words that wrap."""
    label = heading(text, "muted" if muted else "")
    label.setWordWrap(True)
    return label
