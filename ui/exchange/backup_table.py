"""The backups of a folder as a table."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from models.language import translate as _
from models.storage.backup import backups_in, moment_of
from models.values.formats import NOTHING
from ui.exchange.words import age_words, counts_words, moment_words, size_words
from ui.table import Column, FigureTable, Row

_COUNTS = re.compile(r"-(\d+)p-(\d+)k(?:-\d+)?$")


def make_table() -> FigureTable:
    """Newest first; Enter on a row chooses the backup, a `Path`."""
    return FigureTable(
        _("Backups in the folder"),
        [
            Column(_("Made on")),
            Column(_("Age"), is_number=True),
            Column(_("Size"), is_number=True),
            Column(_("Holds, by its name")),
            Column(_("File name"), takes_room=True),
        ],
    )


def rows_of(folder: Path, now: datetime) -> tuple[Row, ...]:
    """A row for each backup that is still there; raises StorageFailure when the folder cannot be read."""
    found = []
    for path in backups_in(folder):
        try:
            size = path.stat().st_size
        except OSError:  # taken away since the folder was read
            continue
        made_at = moment_of(path)
        found.append(
            Row((moment_words(made_at), age_words(made_at, now), size_words(size), _held(path), path.name), path)
        )
    return tuple(found)


def _held(path: Path) -> str:
    counts = _COUNTS.search(path.stem)
    if counts is not None:
        return counts_words(int(counts[1]), int(counts[2]))
    if path.stem.endswith("-sebelum-pulih"):
        return _("as it was before a restore")
    if "-sebelum-bentuk-" in path.stem:
        return _("as it was before an update")
    return NOTHING
