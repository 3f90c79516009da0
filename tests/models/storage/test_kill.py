"""The program is killed at random moments of saving: what was confirmed is there, the rest is absent whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.storage.backup import backup_folder, make_backup
from models.storage.check import check_file
from models.storage.inspecting import inspect_backup, inspect_file
from tests.factories import NOW, make_plan, make_register, make_worker

KILLS = 12
ROOT = Path(__file__).parents[3]

SAVING = """
import sys
from pathlib import Path
from dataclasses import replace
from models.storage.drafts import Draft
from tests.factories import make_plan, make_register, make_worker
register = make_register(Path(sys.argv[1]))
serial = register.workers.count()
while serial < 9_000:
    serial += 1
    draft = register.drafts.save(Draft("entry", {"name": f"Siti {serial}"}, "name"))
    entry = register.entries.save(make_worker(serial), make_plan(register), draft)
    print("saved", serial, flush=True)
    register.workers.correct(replace(entry.worker, jorong="Merdeka"))
    print("corrected", serial, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")
@pytest.mark.timeout(300)
def test_kills_at_random_moments_lose_no_confirmed_save(path: Path) -> None:
    chance = random.Random(20261122)
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", SAVING, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            acknowledged = [child.stdout.readline() for _ in range(chance.randrange(1, 25))]
            child.send_signal(signal.SIGKILL)
            acknowledged += child.stdout.read().splitlines()
        said = [line.split() for line in acknowledged if line.strip()]
        saved = {int(words[1]) for words in said if words[0] == "saved"}
        corrected = {int(words[1]) for words in said if words[0] == "corrected"}
        register = make_register(path)
        try:
            for serial in saved:
                line = register.workers.find_nik(make_worker(serial).nik)
                assert line is not None, f"kill {kill}: save {serial} was confirmed and is gone"
                assert len(register.enrolments.of_worker(line.id)) == 1
                assert register.workers.get(line.id).jorong == "Merdeka" or serial not in corrected
            count = register.workers.count()
            assert count - max(saved, default=count) <= 1
            assert register.enrolments.total(1)[0] == count
            assert len(register.drafts.all()) <= kill + 1
        finally:
            register.close()
        assert check_file(path).is_clean, f"kill {kill}"
    register = make_register(path)
    register.entries.save(make_worker(9_999), make_plan(register))
    register.close()


STEP_BY_STEP = """
import os, sys
from datetime import timedelta
from pathlib import Path
import models.storage.backup as backup
import models.storage.inspecting as inspecting
import models.storage.restore as restore
import models.storage.snapshot as snapshot
from tests.factories import NOW

def counted(step):
    def carried_out(*values, **named):
        global left
        left -= 1
        if not left:
            os._exit(9)
        return step(*values, **named)
    return carried_out

if __name__ == "__main__":
    what, source, target, left = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    for module in (backup, inspecting, restore, snapshot):
        for name in ("snapshot", "flush_folder", "write_checksum", "check_whole", "contents_of", "_keep"):
            if hasattr(module, name):
                setattr(module, name, counted(getattr(module, name)))
    Path.replace, Path.unlink, Path.write_bytes = map(counted, (Path.replace, Path.unlink, Path.write_bytes))
    if what == "backup":
        backup.make_backup(source, target, NOW)
    else:
        restore.restore_backup(source, target, NOW + timedelta(hours=1))
"""


@pytest.mark.skipif(os.name == "nt", reason="the steps differ there")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("what", ["backup", "restore"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new_file_and_never_half_of_one(
    path: Path, tmp_path: Path, what: str
) -> None:
    program = tmp_path / "step_by_step.py"
    program.write_text(STEP_BY_STEP)
    register = make_register(path)
    register.entries.save(make_worker(1), make_plan(register))
    good = make_backup(path, tmp_path / "stik", NOW).path
    register.entries.save(make_worker(2), None)
    register.close()
    for step in range(1, 60, 2):
        stick = tmp_path / f"stik {step}"
        place = [path, stick] if what == "backup" else [good, path]
        ended = subprocess.run(
            [sys.executable, program, what, *place, str(step)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )  # fmt: skip
        for backup in stick.glob("*.db"):
            assert inspect_backup(backup).workers == 2
        assert check_file(path).is_clean, step
        assert inspect_file(path).workers in ((2,) if what == "backup" else (1, 2)), step
        if ended.returncode == 0:
            break
    assert ended.returncode == 0
    assert inspect_file(path).workers == (2 if what == "backup" else 1)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")
def test_a_kill_in_the_middle_of_a_migration_leaves_the_old_form_and_a_copy(path: Path) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom models.storage.driver import Migrations\n"
        "from models.storage.migrations import MIGRATIONS\nfrom models.storage.opening import open_file\n"
        "from tests.factories import NOW\n"
        "steps = Migrations('cakupan')\n"
        "for step in MIGRATIONS._migrations:\n    steps(name=step.name)(step.fn)\n"
        "def rebuilding(db):\n"
        "    db.execute('UPDATE worker SET notes = hex(zeroblob(20000))')\n"
        "    db.execute('PRAGMA cache_spill = 1')\n    db.execute('PRAGMA cache_size = 5')\n"
        "    db.execute('UPDATE worker SET notes = hex(zeroblob(30000))')\n"
        "    os.kill(os.getpid(), 9)\n"
        "steps(name='m999_rebuilding')(rebuilding)\n"
        "if __name__ == '__main__':\n"
        "    open_file(Path(sys.argv[1]), user='ali', clock=lambda: NOW, migrations=steps)\n"
    )
    program = path.with_name("migrating.py")
    program.write_text(script)
    register = make_register(path)
    for serial in range(1, 21):
        register.entries.save(make_worker(serial), make_plan(register))
    register.close()
    killed = subprocess.run(
        [sys.executable, program, path], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    (copy,) = backup_folder(path).glob("*.db")
    assert inspect_backup(copy).workers == 20
    again = make_register(path)
    assert (again.workers.count(), again.workers.get(1).notes) == (20, "")
    again.close()
    assert check_file(path).is_clean
