"""Which rejected places can be given to the waiting list, or why none can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.language import translate as _
from models.register import Register
from models.schemes.lines import EnrolmentFilter, EnrolmentLine
from models.values.formats import number


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """What the form of replacing is told."""

    places: tuple[int, ...]
    """Ids of the rejected enrolments."""
    waiting: int
    """So many wait for the scheme."""
    decree: int | None
    """Names the rejected; a new one replaces it."""


def free_places(
    register: Register, narrowed: EnrolmentFilter, line: EnrolmentLine | None, chosen: Iterable[int]
) -> FreePlaces | str:
    """The `chosen` places, or where only one row is chosen all of its scheme; a sentence where there are none."""
    scheme = narrowed.scheme
    if scheme is None and line is not None:
        scheme = register.enrolments.get(line.id).scheme
    if scheme is None:
        return _("Choose the scheme first: each has a waiting list of its own.")
    free = register.enrolment_life.free_places(scheme, narrowed.fund)
    among = set(chosen)
    places = tuple(id for id in free if id in among) if len(among) > 1 else free
    if not places:
        return _("No place is free: nobody of the chosen was rejected, or others have taken their places already.")
    waiting = len(register.waiting.of_scheme(scheme))
    if not waiting:
        words = _("{count} places are free, but nobody waits. Put workers on the waiting list first: choose them on "
                  "the workers page, then Ctrl+Shift+W.")  # fmt: skip
        return words.format(count=number(len(places)))
    return FreePlaces(places, waiting, register.enrolments.get(places[0]).decree)
