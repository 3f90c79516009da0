"""What a loop of faults came to: one row of the table."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from models.language import translate
from models.problems import Rejected, StorageFailure
from tests.faults.files import Kind

MOST_NOTES = 20


@dataclass(slots=True)
class Tally:
    """The tries of one fault and what went wrong in them."""

    fault: str
    tries: int = 0
    lost: int = 0
    """Tries after which something that was confirmed was not there."""
    torn: int = 0
    """Tries after which something was there in part, or the file was not whole, or asked a question."""
    wrong_words: int = 0
    """Tries that ended in an exception that is not one of the program's own, or in a sentence of another fault."""
    seconds: float = 0.0
    skipped: str = ""
    """Why the fault cannot be caused here."""
    notes: list[str] = field(default_factory=list)
    """What went wrong first, with the seed by which it comes again."""
    seen: Counter[str] = field(default_factory=Counter)
    """What the tries ended in, for whoever wants to know whether they reached anything."""

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing torn, no wrong word."""
        return not (self.lost or self.torn or self.wrong_words)

    def lose(self, note: str) -> None:
        self.lost += 1
        self._note("lost", note)

    def tear(self, note: str) -> None:
        self.torn += 1
        self._note("torn", note)

    def misword(self, note: str) -> None:
        self.wrong_words += 1
        self._note("words", note)

    def attempt(self, do: Callable[[], object], codes: Collection[str], note: str) -> str:
        """Does it; it may end well (`done`) or in a failure of one of these codes, told in words. Answers with how."""
        try:
            do()
        except Exception as error:  # noqa: BLE001  whatever else comes is what is looked for
            how = code_of(error)
            if wrong := wrong_words(error, codes):
                self.misword(f"{note}: {wrong}")
        else:
            how = "done"
        self.seen[how] += 1
        return how

    def _note(self, kind: str, note: str) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(f"{kind}: {note}")


class Told(Exception):
    """A failure that a command told on its standard output."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{code}: {text}")


def code_of(error: BaseException) -> str:
    """By what a failure is told apart."""
    if isinstance(error, (StorageFailure, Told)):
        return error.code
    return error.problems[0].code if isinstance(error, Rejected) else type(error).__name__


def wrong_words(error: BaseException, codes: Collection[str]) -> str:
    """What is wrong with how a refusal is told; empty when it is one of `codes`, in a whole Indonesian sentence."""
    if not isinstance(error, (StorageFailure, Rejected, Told)):
        return f"{type(error).__name__}: {error}"
    if code_of(error) not in codes:
        return f"{error} is none of {sorted(codes)}"
    for message in _messages(error):
        if translate(message) == message:
            return f"has no Indonesian: {message}"
    text = error.text.strip()
    return "" if text.endswith((".", "?", "!", ")")) and "{" not in text else f"is no sentence: {text!r}"


def _messages(error: StorageFailure | Rejected | Told) -> list[str]:
    match error:
        case StorageFailure():
            return [error.message]
        case Rejected():
            return [problem.message for problem in error.problems]
    return []


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that can be caused any number of times."""

    name: str
    cause: Callable[..., None]
    """Tries it in an empty folder, so many times, by a seed, and writes the outcome into the tally."""
    tries: int
    """How often in the long form."""
    why_not: Callable[[], str] = str
    """Why it cannot be caused here; empty when it can."""
    is_of_any_file: bool = True
    """Whether it can befall an encrypted file as well as a plain one."""

    def on(self, kind: Kind) -> Fault:
        """The same with files of this kind."""
        return replace(self, name=f"{self.name}, {kind.name}", cause=partial(self.cause, kind=kind))

    def run(self, folder: Path, tries: int, seed: int) -> Tally:
        """Causes it so many times."""
        tally = Tally(self.name, skipped=self.why_not())
        if not tally.skipped:
            began = time.perf_counter()
            folder.mkdir(parents=True, exist_ok=True)
            self.cause(tally, folder, tries, seed)
            tally.seconds = time.perf_counter() - began
        return tally
