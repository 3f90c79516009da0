"""A passphrase is added, changed and removed: the records stay, and what must not stay behind does not."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.problems import Rejected, StorageFailure
from models.register import Register, open_register
from models.storage import rekeying
from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.driver import connect
from models.storage.inspecting import inspect_backup
from models.storage.keys import Key, derive, is_encrypted
from models.storage.plain_copies import erase_copy, open_copies, protect_copy
from models.storage.rekeying import Rekeying, RekeyReport, rekey
from models.storage.snapshot import checksum_of
from tests.factories import NOW, make_plan, make_worker

ROOT = Path(__file__).parents[3]
ONE = derive("pohon sawit tua di Talu", bytes(range(16)))
OTHER = derive("hujan pagi di kebun kopi", bytes(range(1, 17)))
ADMINISTRATOR = User("rina", Role.ADMINISTRATOR)
WORKERS = 40


def opened(path: Path, key: Key | None = None) -> Register:
    return open_register(path, user="rina", clock=lambda: NOW, key=key)


def fill(path: Path, key: Key | None = None, workers: int = WORKERS) -> None:
    """A closed register with workers whom one can search for in its bytes, and with free pages of one taken out."""
    register = opened(path, key)
    register.load((make_worker(serial, name=f"Siti Rahasia {serial}"), ()) for serial in range(1, workers + 1))
    register.entries.save(make_worker(5000, name="Putri Rahasia"), make_plan(register))
    register.close()


def names_in(path: Path) -> list[str]:
    """What ``strings`` shows of everything in the folder that belongs to the file."""
    shown = []
    for file in sorted(path.parent.rglob("*")):
        if file.is_file():
            text = subprocess.run(
                ["strings", "-a", "-n", "4", file], capture_output=True, text=True, check=True
            ).stdout
            if "Rahasia" in text or make_worker(1).nik in text or "CREATE TABLE" in text:
                shown.append(file.name)
    return shown


@pytest.mark.parametrize(
    ("key", "new", "done"),
    [
        (None, ONE, Rekeying.ADDED),
        (ONE, OTHER, Rekeying.CHANGED),
        (ONE, None, Rekeying.REMOVED),
    ],
)
def test_all_records_are_there_with_another_key(path: Path, key: Key | None, new: Key | None, done: Rekeying) -> None:
    fill(path, key)
    report = rekey(path, NOW, ADMINISTRATOR, key=key, new=new)
    assert report.done is done
    assert is_encrypted(path) is (new is not None)
    assert check_file(path, new).is_clean
    register = opened(path, new)
    assert register.workers.count() == WORKERS + 1
    assert register.workers.search("utri raha")[0].name == "Putri Rahasia"
    register.entries.save(make_worker(5001, name="Yusnidar"), make_plan(register))
    register.close()
    assert check_file(path, new).is_clean


def test_the_old_passphrase_opens_the_file_no_more(path: Path) -> None:
    fill(path, ONE)
    rekey(path, NOW, ADMINISTRATOR, key=ONE, new=OTHER)
    with pytest.raises(StorageFailure) as caught:
        opened(path, ONE)
    assert caught.value.code == "wrong_passphrase"


def test_the_audit_trail_says_who_did_it_and_when(path: Path) -> None:
    fill(path)
    rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
    rekey(path, NOW, ADMINISTRATOR, key=ONE, new=OTHER)
    rekey(path, NOW, ADMINISTRATOR, key=OTHER, new=None)
    register = opened(path)
    rows = register._file.rows("SELECT action, user, at FROM audit WHERE kind = 'register' ORDER BY id DESC LIMIT 3")
    register.close()
    assert rows == [(done.value, "rina", NOW.isoformat()) for done in reversed(Rekeying)]


def test_after_adding_a_passphrase_no_copy_without_one_stays_behind(path: Path) -> None:
    fill(path)
    report = rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
    assert report.safety_copy is None
    assert report.is_erased
    assert names_in(path) == []
    assert [file.name for file in path.parent.iterdir() if file.suffix != ".lock"] == [path.name]


def test_the_old_file_is_overwritten_and_not_only_forgotten(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)
    with path.open("rb") as old:  # as a disk keeps it until something else is written there
        rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
        assert set(old.read()) == {0}


def test_a_hard_link_elsewhere_is_somebody_elses_copy(path: Path, tmp_path: Path) -> None:
    fill(path)
    elsewhere = tmp_path / "cermin" / "cakupan.db"
    elsewhere.parent.mkdir()
    elsewhere.hardlink_to(path)
    report = rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
    assert not report.is_erased
    assert check_file(elsewhere).is_clean


def test_a_link_leads_to_the_file_itself(path: Path, tmp_path: Path) -> None:
    fill(path)
    link = tmp_path / "tautan" / "kantor.db"
    link.parent.mkdir()
    link.symlink_to(path)
    rekey(link, NOW, ADMINISTRATOR, key=None, new=ONE)
    assert link.is_symlink()
    assert is_encrypted(path)


@pytest.mark.parametrize("name", ["100% #1?.db", "kantor 'lama'.db", "nagari é ü.db", "-x;y&z.db"])
def test_the_name_of_the_file_may_be_anything(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    fill(file)
    rekey(file, NOW, ADMINISTRATOR, key=None, new=ONE)
    rekey(file, NOW, ADMINISTRATOR, key=ONE, new=None)
    assert check_file(file).is_clean
    assert {left.name for left in tmp_path.iterdir() if left.suffix != ".lock"} == {name, "cadangan"}


def test_changing_and_removing_keep_a_copy_that_the_old_passphrase_opens(path: Path) -> None:
    fill(path, ONE)
    report = rekey(path, NOW, ADMINISTRATOR, key=ONE, new=OTHER)
    assert report.safety_copy is not None
    assert check_file(report.safety_copy, ONE).is_clean
    report = rekey(path, NOW, ADMINISTRATOR, key=OTHER, new=None)
    assert report.safety_copy is not None
    assert check_file(report.safety_copy, OTHER).is_clean
    assert names_in(report.safety_copy) == []


def test_what_was_deleted_before_stays_behind_with_the_old_file(path: Path) -> None:
    fill(path)
    register = opened(path)
    connection = register._file.connection
    connection.execute("INSERT INTO setting (name, value) VALUES ('x', ?)", ("Terhapus Lama " * 2_000,))
    connection.execute("DELETE FROM setting WHERE name = 'x'")
    register.close()
    assert b"Terhapus Lama" in path.read_bytes(), "a free page keeps it"
    rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
    rekey(path, NOW, ADMINISTRATOR, key=ONE, new=None)
    assert b"Terhapus Lama" not in path.read_bytes()
    assert check_file(path).is_clean


def test_debians_sqlite_opens_a_file_whose_passphrase_was_removed(path: Path) -> None:
    fill(path, ONE)
    rekey(path, NOW, ADMINISTRATOR, key=ONE, new=None)
    told = subprocess.run(
        ["sqlite3", path, "PRAGMA integrity_check; SELECT count(*) FROM worker;"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["ok", str(WORKERS + 1)]


def test_who_may_not_change_settings_changes_no_passphrase(path: Path) -> None:
    fill(path)
    before = checksum_of(path)
    with pytest.raises(Rejected) as caught:
        rekey(path, NOW, User("ani", Role.CLERK), key=None, new=ONE)
    assert caught.value.problems[0].code == "no_right"
    assert checksum_of(path) == before
    assert not list(path.parent.glob(".*.sandi*"))


def test_a_wrong_passphrase_changes_nothing(path: Path) -> None:
    fill(path, ONE)
    before = checksum_of(path)
    with pytest.raises(StorageFailure) as caught:
        rekey(path, NOW, ADMINISTRATOR, key=derive("salah", ONE.salt), new=None)
    assert caught.value.code == "wrong_passphrase"
    assert checksum_of(path) == before


def test_a_file_that_is_open_elsewhere_is_left_alone(path: Path) -> None:
    fill(path)
    other = opened(path)
    with pytest.raises(StorageFailure) as caught:
        rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
    assert caught.value.code == "in_use"
    other.close()


class Stop(Exception):
    """As a person presses Esc."""


def stop_at(stage: str, after: int = 0) -> Callable[[str, int, int], None]:
    def tell(now: str, written: int, of: int) -> None:
        if now == stage and written >= after:
            raise Stop

    return tell


@pytest.mark.parametrize("key", [None, ONE])
@pytest.mark.parametrize(("stage", "after"), [("copy", 0), ("write", 0), ("write", 1), ("check", 0), ("place", 0)])
def test_a_cancel_changes_nothing_and_leaves_nothing(path: Path, key: Key | None, stage: str, after: int) -> None:
    if stage == "copy" and key is None:
        return
    fill(path, key, workers=3000 if after else 150)
    before = checksum_of(path)
    with pytest.raises(Stop):
        rekey(path, NOW, ADMINISTRATOR, key=key, new=OTHER, progress=stop_at(stage, after))
    assert checksum_of(path) == before
    assert [file.name for file in path.parent.rglob("*") if file.is_file() and file.suffix != ".lock"] == [path.name]


@pytest.mark.parametrize("key", [None, ONE])
@pytest.mark.parametrize("table", ["region", "worker", "audit"])
def test_a_damaged_file_is_told_of_and_left_as_it_is(path: Path, key: Key | None, table: str) -> None:
    fill(path, key, workers=600)
    with closing(connect(path, key=key, read_only=True)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        place = (connection.execute(sql, (table,)).fetchone()[0] - 1) * 4096
    content = bytearray(path.read_bytes())
    content[place : place + 4096] = bytes(range(256)) * 16
    path.write_bytes(content)
    with pytest.raises(StorageFailure) as caught:
        rekey(path, NOW, ADMINISTRATOR, key=key, new=OTHER)
    assert caught.value.code in ("damaged", "damaged_copy", "rekey_differs"), caught.value.code
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.rglob("*") if file.is_file() and file.suffix != ".lock"] == [path.name]


FULL = """
import resource, signal, sys
from pathlib import Path
from models.problems import StorageFailure
from models.storage.rekeying import rekey
from tests.models.storage.test_rekeying import ADMINISTRATOR, NOW, ONE

if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    most = Path(sys.argv[1]).stat().st_size // 2
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        rekey(Path(sys.argv[1]), NOW, ADMINISTRATOR, key=None, new=ONE)
    except StorageFailure as failure:
        print(failure.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_disk_that_takes_no_more_is_told_of_and_nothing_is_left(tmp_path: Path) -> None:
    program, path = tmp_path / "full.py", tmp_path / "kantor" / "cakupan.db"
    program.write_text(FULL)
    path.parent.mkdir()
    fill(path, workers=2_000)
    before = checksum_of(path)
    told = subprocess.run(
        [sys.executable, program, path], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() in ("disk_full", "disk_error"), told
    assert checksum_of(path) == before
    assert [file.name for file in path.parent.iterdir() if file.suffix != ".lock"] == [path.name]


class Failing:
    """One step on the disk that fails, counted over all of them."""

    def __init__(self, at: int) -> None:
        self.left = at

    def instead_of(self, step: Callable[..., object]) -> Callable[..., object]:
        def carried_out(*given: object, **named: object) -> object:
            self.left -= 1
            if not self.left:
                raise OSError(errno.EIO, "Input/output error")
            return step(*given, **named)

        return carried_out


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("key", "new"), [(None, ONE), (ONE, None)])
def test_whichever_step_on_the_disk_fails_the_old_or_the_new_file_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: Key | None, new: Key | None
) -> None:
    """The first flush, rename, link or removal fails, then the second, and so on, until all went well."""
    fill(tmp_path / "semula.db", key)
    for step in range(1, 100):
        path = tmp_path / str(step) / "cakupan.db"
        path.parent.mkdir()
        shutil.copyfile(tmp_path / "semula.db", path)
        failing, said = Failing(step), "done"
        with monkeypatch.context() as patch:
            for name in ("fsync", "link", "replace", "rename", "unlink", "open"):
                patch.setattr(os, name, failing.instead_of(getattr(os, name)))
            try:
                rekey(path, NOW, ADMINISTRATOR, key=key, new=new)
            except StorageFailure as failure:
                said = failure.code
        is_new = is_encrypted(path) is (new is not None)
        assert is_new is (said == "done"), f"step {step}: {said}"
        opened(path, new if is_new else key).close()
        assert check_file(path, new if is_new else key).is_clean, f"step {step}"
        assert {one.name for one in path.parent.iterdir() if one.suffix != ".lock"} <= {path.name, "cadangan"}
        if failing.left > 0:
            break
    assert step > 10


def test_progress_tells_the_bytes_of_the_growing_file(path: Path) -> None:
    fill(path, workers=3000)
    told: list[tuple[str, int, int]] = []
    size = path.stat().st_size
    rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["write", "check", "place"]
    written = [(done, of) for stage, done, of in told if stage == "write"]
    assert written == sorted(written)
    assert len({done for done, _ in written}) > 3
    assert {of for _, of in written} == {size}


def test_a_new_file_that_lacks_something_is_thrown_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)
    before = checksum_of(path)
    noted = rekeying._note

    def note(part: Path, *rest: object) -> None:
        noted(part, *rest)  # type: ignore[arg-type]
        register = opened(part, ONE)
        register._file.connection.execute("DELETE FROM coverage_change")
        register.close()

    monkeypatch.setattr(rekeying, "_note", note)
    with pytest.raises(StorageFailure) as caught:
        rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
    assert caught.value.code == "rekey_differs"
    assert "cakupan.db tetap seperti semula" in caught.value.text
    assert checksum_of(path) == before


def test_copies_that_anybody_can_read_are_found_and_protected(path: Path, tmp_path: Path) -> None:
    fill(path)
    stick = tmp_path / "stik"
    backup = make_backup(path, stick, NOW).path
    (stick / "cakupan-surat.txt").write_text("tidak ada apa-apa")
    before = inspect_backup(backup)
    rekey(path, NOW, ADMINISTRATOR, key=None, new=ONE)
    make_backup(path, stick, NOW, key=ONE)
    assert open_copies(path, [stick, tmp_path / "tidak ada", stick]) == (backup,)
    protect_copy(backup, ONE, NOW)
    assert open_copies(path, [stick]) == ()
    assert is_encrypted(backup)
    assert inspect_backup(backup, ONE) == before
    assert check_file(backup, ONE).is_clean
    assert names_in(backup) == []


def test_what_a_killed_protecting_left_is_swept_when_the_copies_are_listed(path: Path, tmp_path: Path) -> None:
    fill(path)
    stick = tmp_path / "stik"
    backup = make_backup(path, stick, NOW).path
    aside = stick / f".{backup.name}.lama"
    aside.hardlink_to(backup)  # killed before the protected one took its place
    assert open_copies(path, [stick]) == (backup,)
    assert not aside.exists()
    assert check_file(backup).is_clean, "it is the same file, so it was not overwritten"
    plain = backup.read_bytes()
    protect_copy(backup, ONE, NOW)
    aside.write_bytes(plain)  # killed before the old one was overwritten
    with aside.open("rb") as kept:
        assert open_copies(path, [stick]) == ()
        assert set(kept.read()) == {0}
    assert not aside.exists()


def test_copies_are_erased_with_what_lies_beside_them(path: Path, tmp_path: Path) -> None:
    fill(path)
    backup = make_backup(path, tmp_path / "stik", NOW).path
    with backup.open("rb") as kept:
        erase_copy(backup)
        assert set(kept.read()) == {0}
    assert list((tmp_path / "stik").iterdir()) == []


PROGRAM = """
import sys
from pathlib import Path
from models.storage.rekeying import rekey
from tests.models.storage.test_rekeying import ADMINISTRATOR, NOW, ONE

if __name__ == "__main__":
    print("begun", flush=True)
    key, new = (None, ONE) if sys.argv[2] == "add" else (ONE, None)
    rekey(Path(sys.argv[1]), NOW, ADMINISTRATOR, key=key, new=new)
    print("done", flush=True)
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    written = tmp_path / "program" / "rekeying.py"
    written.parent.mkdir()
    written.write_text(PROGRAM)
    return [sys.executable, str(written)]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")
@pytest.mark.timeout(240)
@pytest.mark.parametrize("way", ["add", "remove"])
def test_a_kill_leaves_the_old_or_the_new_file_and_the_next_start_asks_nothing(
    tmp_path: Path, program: list[str], way: str
) -> None:
    chance = random.Random(7)
    path = tmp_path / "kantor" / "cakupan.db"
    path.parent.mkdir()
    key, new = (None, ONE) if way == "add" else (ONE, None)
    fill(path, key, workers=120)
    content = path.read_bytes()
    ended = {"old": 0, "new": 0}
    for _kill in range(3):
        path.write_bytes(content)
        with subprocess.Popen(
            [*program, str(path), way], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE, text=True,
        ) as child:  # fmt: skip
            assert child.stdout is not None
            assert child.stdout.readline() == "begun\n"
            try:
                child.wait(chance.uniform(0.0, 0.18))
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
        is_new = is_encrypted(path) is (new is not None)
        ended["new" if is_new else "old"] += 1
        register = opened(path, new if is_new else key)
        assert register.workers.count() == 121
        register.close()
        assert check_file(path, new if is_new else key).is_clean
        assert not list(path.parent.glob(".*.sandi*"))
        assert not list(path.parent.glob(".*.lama"))
        if is_new and new is not None:
            assert names_in(path) == []
    assert ended["old"], ended


def test_every_report_is_frozen() -> None:
    report = RekeyReport(Rekeying.ADDED, None, True)
    with pytest.raises(AttributeError):
        report.is_erased = False  # type: ignore[misc]
