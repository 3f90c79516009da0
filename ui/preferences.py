"""What one person likes on one computer: look, language, where the window stood. Not the register's settings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from models.language import LANGUAGES
from ui.folders import preferences_folder
from ui.look.style import POINT_SIZES, USUAL_POINT_SIZE, Theme


class Preferences:
    """A small ini file; a value that cannot be read is the usual one again."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or preferences_folder() / "window.ini"
        self._kept = QSettings(str(self.path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Theme:
        text = self._text("look/theme", Theme.SYSTEM)
        return Theme(text) if text in list(Theme) else Theme.SYSTEM

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._kept.setValue("look/theme", str(theme))

    @property
    def point_size(self) -> float:
        """Of all text, between the first and the last of POINT_SIZES."""
        try:
            size = float(self._text("look/point_size", str(USUAL_POINT_SIZE)))
        except ValueError:
            return USUAL_POINT_SIZE
        return size if POINT_SIZES[0] <= size <= POINT_SIZES[-1] else USUAL_POINT_SIZE

    @point_size.setter
    def point_size(self, size: float) -> None:
        self._kept.setValue("look/point_size", size)

    @property
    def language(self) -> str:
        """``id`` or ``en``."""
        code = self._text("language", "id")
        return code if code in LANGUAGES else "id"

    @language.setter
    def language(self, code: str) -> None:
        self._kept.setValue("language", code)

    @property
    def last_place(self) -> str:
        """Word of the place where the person was last, or empty."""
        return self._text("window/place")

    @last_place.setter
    def last_place(self, place: str) -> None:
        self._kept.setValue("window/place", place)

    def place_of(self, user: str) -> str:
        """Word of the place where this user of a register was last, or empty."""
        return self._text(_place_key(user))

    def keep_place_of(self, user: str, place: str) -> None:
        self._kept.setValue(_place_key(user), place)

    @property
    def geometry(self) -> QByteArray:
        value = self._kept.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._kept.setValue("window/geometry", geometry)

    @property
    def last_file(self) -> Path | None:
        """The register that was open last."""
        text = self._text("register/last_file")
        return Path(text) if text else None

    @last_file.setter
    def last_file(self, path: Path) -> None:
        self._kept.setValue("register/last_file", str(path.absolute()))  # the next start may be in another folder

    @property
    def backup_folder(self) -> Path | None:
        text = self._text("register/backup_folder")
        return Path(text) if text else None

    @backup_folder.setter
    def backup_folder(self, folder: Path) -> None:
        self._kept.setValue("register/backup_folder", str(folder))

    @property
    def second_folder(self) -> Path | None:
        """Each verified backup is copied there too: a stick or another disk."""
        text = self._text("register/second_folder")
        return Path(text) if text else None

    @second_folder.setter
    def second_folder(self, folder: Path | None) -> None:
        self._kept.setValue("register/second_folder", "" if folder is None else str(folder))

    def column_widths(self, table: str) -> tuple[int, ...]:
        """As last left for this table, or empty."""
        try:
            return tuple(int(part) for part in self._text(f"columns/{table}").split("-") if part)
        except ValueError:
            return ()

    def keep_column_widths(self, table: str, widths: Iterable[int]) -> None:
        self._kept.setValue(f"columns/{table}", "-".join(str(width) for width in widths))

    def pinned(self, form: str) -> tuple[str, ...]:
        """Names of the fields that a form carries on to the next record."""
        return tuple(name for name in self._text(f"pins/{form}").split("-") if name)

    def keep_pinned(self, form: str, names: Iterable[str]) -> None:
        self._kept.setValue(f"pins/{form}", "-".join(names))

    def text(self, key: str, default: str = "") -> str:
        """A choice of a page of its own, under ``page/key``."""
        return self._text(key, default)

    def keep(self, key: str, text: str) -> None:
        self._kept.setValue(key, text)

    def write(self) -> None:
        """To the disk now, not only at the end."""
        self._kept.sync()

    def _text(self, key: str, default: str = "") -> str:
        value = self._kept.value(key, default)
        return str(value) if value is not None else default


def _place_key(user: str) -> str:
    """A name may hold signs that an ini file minds."""
    return "places/" + user.casefold().encode().hex()
