"""A file that does not answer is said in the message line; the form stays as it is and the next key tries again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, cast

from models.language import translate as _
from models.problems import Rejected, StorageFailure

P = ParamSpec("P")
R = TypeVar("R")


def not_shown(failure: Rejected | StorageFailure) -> str:
    """Why masked values stay masked: the role does not include it, or the showing could not be recorded."""
    if isinstance(failure, Rejected):
        return _("The values stay masked. {reason}").format(reason=failure.text)
    words = _("The values stay masked: each showing is recorded first, and that was not possible. {reason}")
    return words.format(reason=failure.text)


class Speaker(Protocol):
    """Whatever has a place to say it."""

    def say_failure(self, failure: StorageFailure | Rejected) -> None:
        """Shows the sentence."""


def saying_failures(slot: Callable[P, R]) -> Callable[P, R | None]:
    """For a method of a `Speaker` that reads or writes the register: what was refused is said and None comes back."""

    @wraps(slot)
    def said(*given: P.args, **named: P.kwargs) -> R | None:
        try:
            return slot(*given, **named)
        except (StorageFailure, Rejected) as failure:
            cast(Speaker, given[0]).say_failure(failure)
            return None

    return said
