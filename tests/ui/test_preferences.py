"""What a person likes is there again at the next start, and a spoilt file harms nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from ui.look.style import USUAL_POINT_SIZE, Theme
from ui.preferences import Preferences


def test_at_first_everything_is_as_usual(tmp_path: Path) -> None:
    fresh = Preferences(tmp_path / "window.ini")
    assert (fresh.theme, fresh.point_size, fresh.language) == (Theme.SYSTEM, USUAL_POINT_SIZE, "id")
    assert (fresh.last_place, fresh.last_file, fresh.backup_folder) == ("", None, None)
    assert (fresh.column_widths("workers"), fresh.pinned("entry")) == ((), ())
    assert fresh.geometry.isEmpty()


def test_everything_is_there_again(tmp_path: Path) -> None:
    one = Preferences(tmp_path / "window.ini")
    one.theme, one.point_size, one.language = Theme.CONTRAST, 12.0, "en"
    one.last_place, one.last_file, one.backup_folder = "coverage", tmp_path / "a b.db", tmp_path / "cadangan"
    one.geometry = QByteArray(b"\x00\x01")
    one.keep_column_widths("workers", (120, 80))
    one.keep_pinned("entry", ("scheme", "source_list"))
    one.keep("papers/folder", "D:\\Surat")
    one.write()
    other = Preferences(tmp_path / "window.ini")
    assert (other.theme, other.point_size, other.language) == (Theme.CONTRAST, 12.0, "en")
    assert (other.last_place, other.last_file) == ("coverage", tmp_path / "a b.db")
    assert other.backup_folder == tmp_path / "cadangan"
    assert other.geometry == QByteArray(b"\x00\x01")
    assert other.column_widths("workers") == (120, 80)
    assert other.pinned("entry") == ("scheme", "source_list")
    assert other.text("papers/folder") == "D:\\Surat"


def test_what_cannot_be_read_is_as_usual(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text(
        "language=xx\n[look]\ntheme=pink\npoint_size=many\n[columns]\nworkers=wide-x\n", encoding="utf-8"
    )
    spoilt = Preferences(tmp_path / "window.ini")
    assert (spoilt.theme, spoilt.point_size, spoilt.language) == (Theme.SYSTEM, USUAL_POINT_SIZE, "id")
    assert spoilt.column_widths("workers") == ()


def test_a_text_size_that_nobody_could_read_is_as_usual(tmp_path: Path) -> None:
    one = Preferences(tmp_path / "window.ini")
    one.point_size = 90
    assert one.point_size == USUAL_POINT_SIZE


def test_a_register_is_found_again_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kantor").mkdir()
    monkeypatch.chdir(tmp_path / "kantor")
    preferences = Preferences(tmp_path / "window.ini")
    preferences.last_file = Path("data.db")
    monkeypatch.chdir(tmp_path)
    assert preferences.last_file == tmp_path / "kantor" / "data.db"


def test_each_user_has_a_place_of_her_own_whatever_her_name(tmp_path: Path) -> None:
    kept = Preferences(tmp_path / "window.ini")
    kept.keep_place_of("siti/aminah=[x]", "coverage")
    kept.keep_place_of("Reni", "papers")
    kept.write()
    again = Preferences(tmp_path / "window.ini")
    assert again.place_of("siti/aminah=[x]") == "coverage"
    assert again.place_of("reni") == "papers"
    assert again.place_of("doni") == ""
