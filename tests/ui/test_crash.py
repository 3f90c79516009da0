"""When the program is wrong itself: a report that helps to mend it and tells nothing about anybody."""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models.language import N_
from models.problems import StorageFailure
from ui import crash
from ui.crash_dialog import CrashDialog

SECRET = "Siti Aminah 1312035708850001"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log folder of a program that watches itself, until the test is over."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    crash.watch(tmp_path / "log")
    yield tmp_path / "log"
    crash.stop_watching()
    faulthandler.enable()


def fail(with_what: type[Exception]) -> None:
    name = SECRET
    raise with_what(f"cannot read {name}")


def caught(with_what: type[Exception]) -> str:
    try:
        fail(with_what)
    except with_what as trouble:
        return crash.report(type(trouble), trouble, trouble.__traceback__)
    raise AssertionError


def test_the_report_says_where_and_with_which_versions() -> None:
    text = caught(ValueError)
    assert text.startswith("Cakupan, Python 3.")
    assert "Qt 6." in text
    assert "ValueError" in text
    assert "tests/ui/test_crash.py:" in text
    assert " fail" in text


@pytest.mark.parametrize(
    "kind", [ValueError, KeyError, RuntimeError, LookupError, TypeError, AttributeError, NameError, ImportError]
)
def test_the_report_quotes_nothing_that_a_person_typed(kind: type[Exception]) -> None:
    text = caught(kind)
    assert "Siti" not in text
    assert "1312" not in text


def test_the_report_names_parts_of_the_program() -> None:
    try:
        Path("a").nothing_like_it  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError as trouble:
        text = crash.report(type(trouble), trouble, trouble.__traceback__)
    assert "has no attribute 'nothing_like_it'" in text


def test_files_outside_the_program_are_named_without_their_folder() -> None:
    import json

    try:
        json.loads("{")
    except ValueError as trouble:
        text = crash.report(type(trouble), trouble, trouble.__traceback__)
    assert "decoder.py:" in text
    assert sys.prefix not in text


def test_an_unexpected_exception_is_logged_and_shown_and_the_program_goes_on(qtbot: QtBot, folder: Path) -> None:
    seen: list[str] = []

    def answer() -> None:
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog))
        seen.append(dialog.report.toPlainText())
        copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Salin teks")
        qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
        dialog.accept()

    QTimer.singleShot(50, answer)
    try:
        fail(ValueError)
    except ValueError as trouble:
        sys.excepthook(type(trouble), trouble, trouble.__traceback__)
    assert "ValueError" in seen[0]
    assert QApplication.clipboard().text() == seen[0]
    log = (folder / "cakupan.log").read_text("utf-8")
    assert "ValueError" in log
    assert "Siti" not in log


def test_a_failure_of_the_file_is_its_sentence_and_no_mistake_of_the_program(qtbot: QtBot, folder: Path) -> None:
    seen: list[str] = []

    def answer() -> None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and isinstance(window, QMessageBox | CrashDialog):
                seen.append(window.text() if isinstance(window, QMessageBox) else "a mistake of the program")
                window.accept()

    QTimer.singleShot(50, answer)
    failure = StorageFailure("disk_full", N_("The disk is full, so nothing was saved. Delete files that are no longer "
                             "needed, then try again."))  # fmt: skip
    sys.excepthook(StorageFailure, failure, None)
    assert seen == [failure.text]
    assert seen[0].startswith("Diska penuh")


def test_trouble_in_another_thread_is_logged(folder: Path) -> None:
    thread = threading.Thread(target=fail, args=(RuntimeError,))
    thread.start()
    thread.join()
    assert "RuntimeError" in (folder / "cakupan.log").read_text("utf-8")


def test_a_fatal_fault_would_leave_its_trace(folder: Path) -> None:
    assert faulthandler.is_enabled()
    assert (folder / "faults.log").exists()
