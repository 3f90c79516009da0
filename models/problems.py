"""The two kinds of trouble a person can do something about; anything else is a bug.

A `Problem` belongs to a record and is shown beside the field it names. A `StorageFailure` belongs to the file or
the disk and is one sentence. Both are written as English message ids with named blanks and put into the
language of the screen only when they are read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.language import translate


class Level(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """The record cannot be registered as it is."""
    WARNING = "warning"
    """The record may be saved with a reason, which is kept."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field: what, why, and what to do now."""

    field: str
    """Name of the record's attribute, for instance ``nik``."""
    code: str
    """Never changes and is never shown; a warning's reason is kept under it."""
    message: str
    """English message id with ``{named}`` blanks."""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    level: Level = Level.ERROR

    @property
    def is_error(self) -> bool:
        return self.level is Level.ERROR

    @property
    def text(self) -> str:
        """The sentence in the language of the screen."""
        return translate(self.message).format(**self.params)


class Rejected(Exception):
    """A record was not saved because of its problems; nothing was changed."""

    def __init__(self, problems: Iterable[Problem], subject: str = "") -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.subject = subject
        """Name of the worker that could not be saved, where several were to be."""
        super().__init__("; ".join(f"{p.field}: {p.code}" for p in self.problems))

    @property
    def text(self) -> str:
        """Its sentences in the language of the screen, after the name of the worker where there is one."""
        sentences = " ".join(problem.text for problem in self.problems)
        return f"{self.subject}: {sentences}" if self.subject else sentences


class StorageFailure(Exception):
    """The file or the disk refused; nothing was changed. `text` is the sentence for the person."""

    def __init__(self, code: str, message: str, **params: object) -> None:
        self.code = code
        self.message = message
        self.params = params
        super().__init__(code)

    @property
    def text(self) -> str:
        return translate(self.message).format(**self.params)

    def __str__(self) -> str:
        return f"{self.code}: {self.message.format(**self.params)}"


def unexplained(problems: Iterable[Problem], reasons: Mapping[str, str]) -> tuple[Problem, ...]:
    """Errors, and the warnings for which no reason was given under their code."""
    return tuple(p for p in problems if p.is_error or not reasons.get(p.code, "").strip())
