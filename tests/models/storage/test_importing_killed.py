"""A long list, of which a part is on the disk already, is ended by force: the file is as it was before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.exchange.importing import Mode
from models.problems import StorageFailure
from models.register import open_register
from models.storage.check import check_file
from tests.factories import NOW, make_register
from tests.models.exchange.checked_lists import make_list, make_row

ROOT = Path(__file__).parents[3]
TAKING_IN = """
import os, signal, sys
from pathlib import Path
from models.exchange.importing import Mode
from tests.factories import make_plan, make_register
from tests.models.exchange.checked_lists import make_list, make_row

register = make_register(Path(sys.argv[1]))
size = register.path.stat().st_size

def end(stage, done, every):
    if stage == sys.argv[2]:
        print(register.path.stat().st_size - size, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

people = make_list(*(make_row(serial, notes="x" * 2_000) for serial in range(1, 9_001)))
register.lists.take_in(people, Mode.ADD_ONLY, plan=make_plan(register), progress=end)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")
def test_nothing_is_left_of_a_list_whose_program_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    register = make_register(path)
    register.settings.save(register.office)
    register.close()
    ended = subprocess.run(
        [sys.executable, "-c", TAKING_IN, str(path), "index"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == -9, ended.stderr
    assert int(ended.stdout) > 1_000_000  # so much was on the disk when it ended
    assert check_file(path).is_clean
    register = make_register(path)
    assert register.workers.count() == 0
    assert register.lists.imports() == ()
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    register.close()
    assert check_file(path).is_clean


def test_a_second_program_cannot_take_a_list_in(tmp_path: Path) -> None:
    first = make_register(tmp_path / "kantor.db")
    second = open_register(tmp_path / "kantor.db", user="doni", clock=lambda: NOW, read_only=True)
    people = make_list(make_row(1))
    assert second.lists.preview(people, Mode.ADD_ONLY).is_writable
    with pytest.raises(StorageFailure, match="read_only"):
        second.lists.take_in(people, Mode.ADD_ONLY)
    second.close()
    first.lists.take_in(people, Mode.ADD_ONLY)
    first.close()


def test_a_register_that_was_read_meanwhile_waits_and_is_whole(tmp_path: Path) -> None:
    register = make_register(tmp_path / "kantor.db")
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    seen: list[int] = []
    with register.twin(read_only=True) as reader:

        def look(_stage: str, _done: int, _every: int) -> None:
            seen.append(reader.workers.count())

        register.lists.take_in(make_list(make_row(2)), Mode.ADD_ONLY, progress=look)
        assert set(seen) == {1}
        assert reader.workers.count() == 2
    register.close()
