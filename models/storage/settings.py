"""The office's settings as stored: one row a field."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from models.offices.office import OfficeSettings
from models.offices.users import Right
from models.storage.audit import Change, differences
from models.storage.opening import OpenFile
from models.storage.rows import from_rows


class Settings:
    """Reading and saving the settings of the office."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    @from_rows
    def load(self) -> OfficeSettings:
        """As saved; a field that an older program did not know has its default."""
        known = {field.name for field in fields(OfficeSettings)}
        values = {
            name: _frozen(json.loads(value))
            for name, value in self._file.rows("SELECT name, value FROM setting")
            if name in known
        }
        return OfficeSettings(**values)

    def save(self, settings: OfficeSettings) -> None:
        """Saves the fields that differ, in one transaction with its audit row."""
        changes = differences(asdict(self.load()), asdict(settings))
        if changes:
            with self._file.change(Right.SETTINGS) as change:
                write_settings(change, {name: new for name, _, new in changes})
                change.record("correct", "settings", 0, changes)


def write_first_settings(change: Change, settings: OfficeSettings) -> None:
    """Writes every field of a new office, so that a later program's defaults do not change them."""
    write_settings(change, asdict(settings))


def write_settings(change: Change, values: dict[str, Any]) -> None:
    """Writes some fields, inside the caller's transaction and without an audit row."""
    change.connection.executemany(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(name, json.dumps(value, ensure_ascii=False)) for name, value in values.items()],
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
