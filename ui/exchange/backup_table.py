"""The backups of a folder as a table, by what stands beside each of them; none is opened for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from models.language import translate as _
from models.storage.backup_names import backups_in, moment_of
from models.storage.manifest import Manifest
from models.values.formats import NOTHING, number
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
            Column(_("Occasion")),
            Column(_("Holds")),
            Column(_("Last saved")),
            Column(_("Form"), is_number=True),
            Column(_("Size"), is_number=True),
            Column(_("Read back")),
            Column(_("Protected")),
            Column(_("File name"), takes_room=True),
        ],
    )


def rows_of(folder: Path, now: datetime, manifest_of: Callable[[Path], Manifest | None]) -> tuple[Row, ...]:
    """A row for each backup that is still there; raises StorageFailure when the folder cannot be read."""
    found = []
    for path in backups_in(folder):
        try:
            size = path.stat().st_size
        except OSError:  # taken away since the folder was read
            continue
        manifest = manifest_of(path)
        made_at = moment_of(path) if manifest is None else manifest.made_at
        cells = (moment_words(made_at), age_words(made_at, now), *_told(path, manifest, size), path.name)
        found.append(Row(cells, path))
    return tuple(found)


def _told(path: Path, manifest: Manifest | None, size: int) -> tuple[str, ...]:
    """Why it was made, what it holds, of when, its form, its size, whether it was proven, and whether it is locked."""
    if manifest is None:
        return (_by_name(path), _counted(path), NOTHING, NOTHING, size_words(size), NOTHING, NOTHING)
    contents = manifest.contents
    return (
        _(manifest.why.label),
        counts_words(contents.workers, contents.enrolments),
        moment_words(contents.last_change),
        number(contents.form),
        size_words(size),
        _("yes") if manifest.verified_at is not None and manifest.size == size else _("no"),
        _("yes") if manifest.is_encrypted else _("no"),
    )


def _counted(path: Path) -> str:
    counts = _COUNTS.search(path.stem)
    return NOTHING if counts is None else counts_words(int(counts[1]), int(counts[2]))


def _by_name(path: Path) -> str:
    if path.stem.endswith("-sebelum-pulih"):
        return _("before a restore")
    return _("before an update") if "-sebelum-bentuk-" in path.stem else NOTHING
