"""The program without a window, run in this process."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout

from tests.faults.tally import Told
from ui.commandline import run


def command(*arguments: object) -> dict[str, object]:
    """Carries a command out and gives its facts; what it refuses is raised with the code and the sentence it told."""
    said, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complained):
        code = run([*map(str, arguments), "--json"])
    facts: dict[str, object] = json.loads(said.getvalue()) if said.getvalue() else {}
    if code in (0, 1):
        return facts
    if code != 3 or complained.getvalue().strip() != facts["text"]:
        raise RuntimeError(f"exit code {code}: {said.getvalue()}{complained.getvalue()}")
    raise Told(str(facts["error"]), str(facts["text"]))
