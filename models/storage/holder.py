"""Who has a file open: a note beside its lock, for the words of a refusal and for finding the first window.

The note is not the lock, whose bytes Windows lets nobody else read, and it proves nothing: a killed program leaves it
behind. Only where the lock was refused it is worth reading.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.storage.beside import note_beside

LONGEST_NAME = 80
"""Characters; what is longer was not written by this program."""
_LONGEST_NOTE = 4_096


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open for writing."""

    person: str
    computer: str
    since: datetime
    process: int
    """Number of the program on that computer."""

    def since_words(self, now: datetime | None) -> str:
        """``08:12`` for a moment of today, ``21/11/2026 08:12`` for any other."""
        is_today = now is not None and now.date() == self.since.date()
        return f"{self.since:%H:%M}" if is_today else f"{self.since:%d/%m/%Y %H:%M}"


def write_note(path: Path, person: str, since: datetime) -> None:
    """Says that this program has the file; only who holds the lock may. A disk that refuses costs nothing but words."""
    import json

    note = note_beside(path)
    part = note.with_name(note.name + ".part")
    told = {"person": person, "computer": this_computer(), "since": since.isoformat(), "process": os.getpid()}
    with suppress(OSError):
        try:
            part.write_text(json.dumps(told), "utf-8")
            part.replace(note)
        finally:
            part.unlink(missing_ok=True)


def remove_note(path: Path) -> None:
    """Takes the note away, whosever it was; only who holds the lock may."""
    with suppress(OSError):
        note_beside(path).unlink(missing_ok=True)


def read_note(path: Path) -> Holder | None:
    """Who has the file, as far as the note can be read and believed; for who was refused the lock, and nobody else."""
    import json

    try:
        with note_beside(path).open("rb") as stream:
            told = json.loads(stream.read(_LONGEST_NOTE))
        process = told["process"]
        holder = Holder(
            person=_plain(told["person"]),
            computer=_plain(told["computer"]),
            since=datetime.fromisoformat(told["since"]),
            process=process if isinstance(process, int) and process > 0 else 0,
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return holder if holder.person and holder.computer else None


def this_computer() -> str:
    """The name of this computer in its network."""
    from socket import gethostname

    return _plain(gethostname()) or "?"


def _plain(text: object) -> str:
    """Letters only, and not too many: the note lies where others can write, and is shown in a sentence."""
    if not isinstance(text, str):
        raise TypeError
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_NAME].strip()
