"""One program writes a file at a time, and whoever comes second reads who it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from socket import gethostname

import pytest

from models.offices.users import Role, User
from models.problems import StorageFailure
from models.register import open_register
from models.storage.beside import note_beside
from models.storage.holder import LONGEST_NAME, read_note
from models.storage.lock import WriterLock

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 22, 10, 0)
HOLDING = """
import sys
from datetime import datetime
from pathlib import Path
from models.storage.lock import WriterLock
path, person, since = sys.argv[1:]
lock = WriterLock(Path(path), person=person, now=datetime.fromisoformat(since) if since else None)
lock.acquire()
print("held", flush=True)
for line in sys.stdin:
    command, _, name = line.strip().partition(" ")
    if command == "tell":
        lock.tell(name)
    else:
        lock.release()
    print("done", flush=True)
"""


class Other:
    """Another program on this computer that holds the lock."""

    def __init__(self, path: Path, person: str, since: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDING, str(path), person, since],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert self.process.stdout.readline() == "held\n"

    def ask(self, words: str) -> None:
        """``tell NAME`` or ``release``."""
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "done\n"

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def held(path: Path, person: str = "Siti", since: str = "2026-11-22T08:12:00") -> Iterator[Other]:
    other = Other(path, person, since)
    try:
        yield other
    finally:
        other.kill()


def refusal(path: Path, now: datetime | None = NOW) -> str:
    """The sentence for who comes second."""
    with pytest.raises(StorageFailure) as caught:
        WriterLock(path, person="Budi", now=now).acquire()
    assert caught.value.code == "in_use"
    return caught.value.text


def test_the_refusal_names_person_computer_and_time(path: Path) -> None:
    with held(path):
        sentence = refusal(path)
        assert sentence.startswith(f"Siti di komputer {gethostname()} membuka {path.name} sejak 08:12,")
        assert "Tutup di sana" in sentence
        assert "21/11/2026" not in sentence


def test_another_day_is_named(path: Path) -> None:
    with held(path, since="2026-11-21T16:40:00"):
        assert "sejak 21/11/2026 16:40," in refusal(path)
        assert "sejak 21/11/2026 16:40," in refusal(path, now=None)


def test_who_logged_in_is_the_person(path: Path) -> None:
    with held(path, person="siti-laptop") as other:
        other.ask("tell Siti Rahmah")
        assert refusal(path).startswith("Siti Rahmah di komputer")
        assert "sejak 08:12" in refusal(path), "the time stays that of the opening"


def test_the_name_goes_with_the_lock(path: Path) -> None:
    with held(path) as other:
        assert note_beside(path).exists()
        other.ask("release")
        assert not note_beside(path).exists()
        lock = WriterLock(path, person="Budi", now=NOW)
        assert lock.acquire()
        other.ask("tell Siti")
        assert read_note(path).person == "Budi", "who lost the lock has no say any more"
        lock.release()


def test_the_name_of_a_killed_program_is_not_believed(path: Path) -> None:
    with held(path) as other:
        other.kill()
        assert read_note(path).person == "Siti", "it had no time to take it away"
        nameless = WriterLock(path)
        assert nameless.acquire()
        assert not note_beside(path).exists()
        with pytest.raises(StorageFailure) as caught:
            WriterLock(path, person="Budi", now=NOW).acquire()
        assert "Siti" not in caught.value.text
        nameless.release()


def test_a_link_leads_to_the_same_lock(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"")
    link = tmp_path / "lain" / "pintasan.db"
    link.parent.mkdir()
    link.symlink_to(path)
    with held(path):
        assert refusal(link).startswith("Siti")
        assert "pintasan.db" in refusal(link)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 4_000,
        b'{"person": "Siti", "computer": "X", "since": "kemarin", "process": 1}',
        b'{"person": 7, "computer": "X", "since": "2026-11-22T08:12:00", "process": 1}',
        b'{"person": "", "computer": "X", "since": "2026-11-22T08:12:00", "process": 1}',
        b'{"person": "\\u202e\\n", "computer": "X", "since": "2026-11-22T08:12:00", "process": 1}',
        b'{"person": "' + b"a" * 5_000 + b'", "computer": "X", "since": "2026-11-22T08:12:00", "process": 1}',
    ],
    ids=lambda note: repr(note[:12]),
)
def test_a_note_that_cannot_be_read_leaves_the_plain_sentence(path: Path, note: bytes) -> None:
    with held(path):
        note_beside(path).write_bytes(note)
        assert refusal(path).startswith(f"{path.name} sudah terbuka di jendela Cakupan lain")


def test_a_note_from_a_stranger_is_only_plain_words(path: Path) -> None:
    with held(path):
        told = {"person": "Siti\n\u202eRah\x00mah" + "h" * 200, "computer": "<b>X</b> {file}", "process": "rm"}
        note_beside(path).write_text(json.dumps({**told, "since": "2026-11-22T08:12:00"}), "utf-8")
        holder = read_note(path)
        assert holder.person.startswith("SitiRahmahh")
        assert len(holder.person) == LONGEST_NAME
        assert holder.process == 0
        assert "<b>X</b> {file}" in refusal(path)


def test_a_holder_without_a_name_is_told_in_the_plain_sentence(path: Path) -> None:
    with held(path, person="", since=""):
        assert not note_beside(path).exists()
        assert "sudah terbuka" in refusal(path)


def test_a_note_that_cannot_be_written_keeps_nobody_from_working(path: Path) -> None:
    note_beside(path).mkdir()
    (note_beside(path) / "full").write_bytes(b"")
    lock = WriterLock(path, person="Siti", now=NOW)
    assert lock.acquire()
    lock.tell("Siti Rahmah")
    assert "sudah terbuka" in refusal(path)
    lock.release()
    assert sorted(entry.name for entry in path.parent.iterdir() if entry.is_file()) == [f".{path.name}.lock"]


def test_a_lock_that_was_withdrawn_leaves_nothing(path: Path) -> None:
    lock = WriterLock(path, person="Siti", now=NOW)
    assert lock.acquire()
    lock.withdraw()
    assert list(path.parent.iterdir()) == []


def second_start(path: Path) -> str:
    """What another program reads that wants to open the register too."""
    script = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from models.register import open_register; from models.problems import StorageFailure\n"
        "from models import language; language.use('id')\n"
        "try:\n open_register(Path(sys.argv[1]), user='ali', clock=lambda: datetime(2026, 11, 22, 11, 0)).close()\n"
        "except StorageFailure as failure:\n print(failure.text)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return told.stdout


def test_the_register_tells_who_logged_in(path: Path) -> None:
    register = open_register(path, user="laptop-7", clock=lambda: NOW)
    assert second_start(path).startswith(f"laptop-7 di komputer {gethostname()} membuka {path.name} sejak 10:00,")
    register.users.add(User("siti", Role.ADMINISTRATOR, full_name="Siti Rahmah"), "sebuah kata sandi")
    assert second_start(path).startswith("Siti Rahmah di komputer")
    register.users.add(User("budi", Role.CLERK), "kata sandi lainnya")
    register.users.log_out()
    register.users.log_in("budi", "kata sandi lainnya")
    assert second_start(path).startswith("budi di komputer")
    register.close()
    assert second_start(path) == ""
    assert not note_beside(path).exists()


def test_a_reader_is_nobody_who_keeps_others_out(path: Path) -> None:
    open_register(path, user="siti", clock=lambda: NOW).close()
    reading = open_register(path, user="siti", clock=lambda: NOW, read_only=True)
    assert not note_beside(path).exists()
    assert second_start(path) == ""
    reading.close()
