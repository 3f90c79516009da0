"""The office's passphrase for a command: from a file, from the environment, or typed; never an argument."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import N_
from models.language import translate as _
from models.problems import Problem, Rejected, StorageFailure

if TYPE_CHECKING:
    from models.storage.keys import Key

VARIABLE = "CAKUPAN_PASSPHRASE"
"""Environment variable with it: an argument could be read by everybody who lists the running programs."""
_LONGEST = 4_096
"""Bytes; whoever names a register or a film by mistake has it not read whole."""


def key_for(file: Path, passphrase_file: Path | None) -> Key | None:
    """What opens the file, tried on it; None where it is not encrypted or not there.

    Raises Rejected where the passphrase is missing, StorageFailure (``wrong_passphrase``, ``damaged``) where it does
    not open the file.
    """
    from models.storage.failures import failures_named
    from models.storage.keys import is_encrypted
    from models.storage.unlocking import key_of, require_fitting

    with failures_named(file):
        if not file.is_file() or not is_encrypted(file):
            return None
    key = key_of(file, _given(file, passphrase_file))
    require_fitting(file, key)
    return key


def key_of_present(file: Path, passphrase_file: Path | None) -> Key | None:
    """The same for a file that is about to be replaced and kept: None also where it cannot be opened so."""
    try:
        return key_for(file, passphrase_file)
    except (StorageFailure, Rejected):
        return None


def _given(file: Path, passphrase_file: Path | None) -> str:
    given = _read(passphrase_file) if passphrase_file is not None else os.environ.get(VARIABLE, "")
    if not given and sys.stdin is not None and sys.stdin.isatty():
        try:
            given = getpass(_("Passphrase of {file}: ").format(file=file.name))
        except EOFError:
            given = ""
    if not given.strip():
        message = N_(
            "{file} is protected by the office's passphrase, which is missing. Name a file with it "
            "(--passphrase-file), set the environment variable {variable}, or run the command at a terminal and type "
            "it there."
        )
        raise Rejected(
            [Problem("passphrase", "passphrase_missing", message, {"file": file.name, "variable": VARIABLE})]
        )
    return given


def _read(path: Path) -> str:
    """The first line of a file that only the right people can read, which is theirs to see to."""
    from models.storage.failures import failures_named

    with failures_named(path), path.open("rb") as stream:
        content = stream.read(_LONGEST)
    lines = content.decode("utf-8-sig", "replace").splitlines()
    return lines[0] if lines else ""
