"""What a command comes to: an exit code for the scheduler, one sentence for the person, facts for a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from models.language import N_


class Exit(IntEnum):
    """Exit codes; they never change their meaning."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    NOTHING_TO_DO = 4
    FAULT = 70
    INTERRUPTED = 130
    ENDED = 143

    @property
    def meaning(self) -> str:
        """English message id."""
        return {
            0: N_("done"),
            1: N_("something is wrong in the file or the list, or not all of a damaged file was saved for certain"),
            2: N_("the command was written wrongly"),
            3: N_("refused: the file, the disk or another running Cakupan does not allow it; nothing was half done"),
            4: N_("nothing to do, for instance no letter to print or a list that changes nothing"),
            70: N_("a fault of the program itself; please report what it printed"),
            130: N_("stopped with Ctrl+C; nothing was half done"),
            143: N_("ended by the system; nothing was half done"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a command that could be carried out."""

    sentence: str
    """In the language in use."""
    exit: Exit = Exit.DONE
    facts: Mapping[str, object] = field(default_factory=dict)
    """What ``--json`` tells, with English names that never change."""
    lines: tuple[str, ...] = ()
    """Further lines, each one finding."""
