"""Papers that were only looked at or printed, left on the disk by a program that was killed."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

PREFIX = "cakupan-papers-"
"""How the folder of such papers begins, among the computer's temporary files."""
_STAY = timedelta(days=1)
"""Younger ones may belong to another window."""


def remove_leftovers(now: datetime) -> None:
    """Removes the folders of yesterday and before, for their papers name people; what cannot be removed stays."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                if now.timestamp() - folder.stat().st_mtime > _STAY.total_seconds():
                    shutil.rmtree(folder, ignore_errors=True)
