"""Runs the real program as a scheduler does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
STRICT = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-W", "error::ResourceWarning")
"""No file is opened in whatever encoding the system happens to have, and none is left open."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    said: str
    complained: str


def command(*arguments: object) -> list[str]:
    """The whole command line."""
    return [sys.executable, *STRICT, str(ROOT / "main.py"), *map(str, arguments)]


def environment(**changed: str) -> dict[str, str]:
    """That of a scheduler: poor, and without a screen."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMP", "TEMP") if name in os.environ}
    return {**kept, **changed}


def run(*arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Ended:
    """Runs a command to its end."""
    done = subprocess.run(
        command(*arguments), capture_output=True, env=environment(**(env or {})), cwd=cwd, timeout=50, check=False
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def left_in(folder: Path) -> set[str]:
    """Names of the files in a folder, but for the locks that a register leaves beside itself."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}
