"""Attached files outside the register: read to be kept, and written for a moment to be looked at."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from models.language import N_
from models.legal.legal_basis import LARGEST_FILE, Attachment, problem_of_attachment
from models.problems import Problem, Rejected

_PREFIX = "cakupan-lampiran-"
_FORGOTTEN = 24 * 60 * 60
"""Seconds after which a folder that a crash left behind is removed."""


def read_attachment(path: Path) -> Attachment:
    """The file to be kept. Raises Rejected where it cannot be read or is none that is kept."""
    try:
        with path.open("rb") as file:
            attachment = Attachment(path.name, file.read(LARGEST_FILE + 1))
    except OSError as error:
        message = N_("{name} could not be read ({reason}). Copy it to this computer and attach that copy.")
        about = {"name": path.name, "reason": error.strerror or type(error).__name__}
        raise Rejected([Problem("attachment", "attachment_unreadable", message, about)]) from error
    problem = problem_of_attachment(attachment)
    if problem is not None:
        raise Rejected([problem])
    return attachment


class LookedAt:
    """A folder that only this person can read, with copies for the system's viewer; gone when the page closes."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def write(self, attachment: Attachment, digest: str) -> Path:
        """A copy to open, named by its content, so that no name from elsewhere reaches the system. Raises Rejected."""
        try:
            if self._folder is None:
                _sweep()
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            path = self._folder / f"lampiran-{digest[:12]}{attachment.suffix}"
            if not path.exists():
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(attachment.content)
        except OSError as error:
            message = N_("The file could not be put where a viewer can open it ({reason}). Make room on the disk.")
            about = {"reason": error.strerror or type(error).__name__}
            raise Rejected([Problem("attachment", "attachment_unwritable", message, about)]) from error
        return path

    def remove(self) -> None:
        """The copies go; one that a viewer still holds goes with the next sweep."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _sweep() -> None:
    """Folders of a program that could not tidy up."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_old = folder.is_dir() and not folder.is_symlink() and time.time() - folder.stat().st_mtime > _FORGOTTEN
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
