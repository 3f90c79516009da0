"""Names beside a file, found without importing anything: a start asks for them before its window is painted."""

from __future__ import annotations

import os
from pathlib import Path


def real_place(path: Path) -> Path:
    """Where a file really lies, links followed: two ways to one file are one file."""
    return Path(os.path.realpath(path))


def note_beside(path: Path) -> Path:
    """Where the note about who has a file lies, at its real place."""
    place = real_place(path)
    return place.with_name(f".{place.name}.who")
