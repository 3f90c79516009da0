"""The program is killed at random moments of saving: what was confirmed is there, the rest is absent whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.storage.check import check_file
from tests.factories import make_plan, make_register, make_worker

KILLS = 30
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
def test_thirty_kills_lose_no_confirmed_save(path: Path) -> None:
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
