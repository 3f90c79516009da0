"""Work in a process of its own: its result, its failures, and its end when nobody wants it any more."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from models.problems import StorageFailure
from models.register import Register
from models.storage.apart import Stopped, Tell, run_apart
from models.storage.backup import make_backup
from tests.factories import NOW, make_worker


class Enough(Exception):
    """The person pressed Esc."""


def add(tell: Tell, one: int, two: int) -> int:
    tell("adding")
    return one + two


def refuse(_tell: Tell, name: str) -> None:
    raise StorageFailure("full", "The disk of {name} is full.", name=name)


def miss(_tell: Tell, path: Path) -> None:
    path.read_bytes()


def wait(tell: Tell, note: Path) -> None:
    note.write_text(str(os.getpid()))
    tell("waiting")
    signal.pause()


def die(_tell: Tell) -> None:
    os._exit(9)


def test_its_result_and_its_words_arrive() -> None:
    told: list[str] = []
    assert run_apart(add, 2, 3, tell=told.append) == 5
    assert "adding" in told
    assert run_apart(add, 2, 3, is_gentle=True) == 5


def test_its_failures_come_through_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(StorageFailure) as failure:
        run_apart(refuse, "rina")
    assert (failure.value.code, failure.value.params) == ("full", {"name": "rina"})
    with pytest.raises(FileNotFoundError) as missing:
        run_apart(miss, tmp_path / "tidak ada")
    assert missing.value.filename == str(tmp_path / "tidak ada")
    with pytest.raises(Stopped):
        run_apart(die)


@pytest.mark.skipif(os.name == "nt", reason="processes are looked for by their numbers otherwise")
def test_what_its_listener_raises_ends_it(tmp_path: Path) -> None:
    note = tmp_path / "number"

    def stop(_word: str) -> None:
        raise Enough

    with pytest.raises(Enough):
        run_apart(wait, note, tell=stop)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_a_backup_that_is_stopped_leaves_nothing(register: Register, tmp_path: Path) -> None:
    register.entries.save(make_worker(), None)

    def stop(stage: str) -> None:
        if stage == "check":
            raise Enough

    folder = tmp_path / "cadangan"
    with pytest.raises(Enough):
        make_backup(register.path, folder, NOW, stop)
    assert list(folder.iterdir()) == []
    assert register.workers.count() == 1
