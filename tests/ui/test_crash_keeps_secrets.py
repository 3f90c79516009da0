"""The program itself breaks in the middle of an entry: nothing that it leaves behind names anybody.

A real program in a process of its own, with a home of its own; afterwards every file but the register is read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.offices.users import Role, User
from tests.factories import make_register, make_worker

ROOT = Path(__file__).parents[2]
NIK, NAME, PHONE = make_worker(7).nik, "Rosmaniar Tanjung", "081266775678"
SECRETS = (NIK, "Rosmaniar", "Tanjung", "Tombang Dalam", PHONE, PHONE[1:], "0812-6677-5678", "66775678", NIK[6:])
PROGRAM = """
import faulthandler, os, sys, threading
sys.path.insert(0, os.environ["CAKUPAN_ROOT"])
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui import start
from ui.crash_dialog import CrashDialog
from ui.people.entry_desk import EntryDesk
from ui.people.entry_page import EntryPage

how, nik, name, phone = sys.argv[2:]
shown, broken = [], []

def texts(desk):
    return " ".join(field.text() for field in desk.form.fields if field.text())

class Dying:
    def __init__(self, said): self.said = said
    def __repr__(self): return self.said
    def __del__(self): raise ValueError(self.said)

def break_down(desk):
    broken.append(how)
    said = texts(desk)
    if how == "value":
        raise ValueError(f"cannot read {said}")
    if how == "key":
        {}[said]
    if how == "attribute":
        getattr(desk, said)
    if how == "type":
        raise TypeError(f"{said!r} is of no use here")
    if how == "sqlite":
        desk.register._file.connection.execute(f"SELECT * FROM worker WHERE name = {said}")
    if how == "index":
        desk.register._file.rows("SELECT * FROM worker_text WHERE worker_text MATCH ?", (f'"{said}',))
    if how == "cause":
        try:
            int(said)
        except ValueError as error:
            raise RuntimeError(said) from error
    if how == "thread":
        thread = threading.Thread(target=lambda: int(said)); thread.start(); thread.join()
    if how == "unraisable":
        Dying(said)
    if how == "qt":
        qWarning(f"QLineEdit: cannot show '{said}'")
    if how == "fault":
        faulthandler._sigsegv()

def page():
    return next((w for top in QApplication.topLevelWidgets() for w in top.findChildren(EntryPage)), None)

def answer():
    for top in QApplication.topLevelWidgets():
        if isinstance(top, CrashDialog) and top.isVisible():
            shown.append(top.report.toPlainText())
            top.accept()

def work():
    entry = page()
    if entry is None or not entry.isVisible():
        QTimer.singleShot(20, work)
        return
    entry.form.go_to("nik")
    QTest.keyClicks(entry.form["nik"], nik)
    for field, text in (("phone", phone), ("name", name), ("address", "Tombang Dalam")):
        entry.form.go_to(field)
        QTest.keyClicks(entry.form[field], text)
    ticking = QTimer(entry); ticking.timeout.connect(answer); ticking.start(20)
    EntryDesk.save = break_down
    when(lambda: nik in drafts(entry), lambda: break_and_go(entry))

def break_and_go(entry):
    QTimer.singleShot(0, entry.save)
    when(is_told, QApplication.quit)

def when(is_so, then):
    if is_so():
        then()
    else:
        QTimer.singleShot(20, lambda: when(is_so, then))

def drafts(entry):
    return [draft.fields.get("nik", "").replace(" ", "") for draft in entry.desk.register.drafts.all()]

def is_told():
    return bool(shown) or bool(broken) and how in ("thread", "unraisable", "qt")  # these show no window

original = start.MainWindow.show
def show(window):
    original(window)
    QTimer.singleShot(50, work)
start.MainWindow.show = show
code = start.run(["--data", sys.argv[1]])
print("\\n".join(shown))
print("ended", code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the folders are set through XDG variables")
@pytest.mark.parametrize(
    "how", ["value", "key", "attribute", "type", "sqlite", "index", "cause", "thread", "unraisable", "qt", "fault"]
)
def test_nothing_personal_is_left_behind(how: str, tmp_path: Path) -> None:
    home, data = tmp_path / "home", tmp_path / "data"
    home.mkdir()
    data.mkdir()
    register = make_register(data / "kecil.db")
    register.users.add(User("rina", Role.ADMINISTRATOR), "")
    register.close()
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    home_too = {"HOME": str(home), "TMPDIR": str(home), "CAKUPAN_ROOT": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(data / "kecil.db"), how, NIK, NAME, PHONE],
        env={**os.environ, **folders, **home_too}, cwd=tmp_path, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    said = ended.stdout + ended.stderr
    written = [path for path in (*home.rglob("*"), *tmp_path.glob("*")) if path.is_file()]
    logs = [path for path in written if path.suffix == ".log"]
    assert logs, said.decode()
    if how == "fault":
        assert ended.returncode != 0
        assert b"break_down" in b"".join(path.read_bytes() for path in logs)
    else:
        assert b"ended 0" in ended.stdout, said.decode()
        noted = b"".join(path.read_bytes() for path in logs) + ended.stderr
        expected = {"qt": b"Qt default: QLineEdit", "thread": b"ValueError", "unraisable": b"__del__"}
        assert expected.get(how, b"break_down") in noted
    everything = said + b"".join(path.read_bytes() for path in written)
    everything += "".join(path.as_posix() for path in written).encode()
    for secret in SECRETS:
        assert secret.encode() not in everything, secret
        assert secret.encode("utf-16-le") not in everything, secret
    assert NIK.encode() in (data / "kecil.db").read_bytes(), "the draft was not written, so nothing was tried"
