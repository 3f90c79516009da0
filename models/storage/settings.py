"""The office's settings as stored: one row a field."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

from models.offices.office import OfficeSettings
from models.storage.audit import differences
from models.storage.opening import OpenFile


class Settings:
    """Reading and saving the settings of the office."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

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
        if not changes:
            return
        with self._file.change() as change:
            change.connection.executemany(
                "INSERT INTO setting (name, value) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(name, json.dumps(new, ensure_ascii=False)) for name, _, new in changes],
            )
            change.record("correct", "settings", 0, changes)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
