"""Which of several promises comes first."""

from __future__ import annotations

from collections.abc import Iterable

from models.coverage.point import Target
from models.values.months import Month


def next_first(targets: Iterable[Target], month: Month) -> tuple[Target, ...]:
    """The targets that are still ahead in a month, the next one first; then those whose day has passed, latest first.

    The first one is the target that a gap is reckoned to.
    """
    known = sorted(targets, key=lambda target: (target.due_on, target.permyriad))
    ahead = [target for target in known if target.due_on >= month.first_day]
    passed = [target for target in reversed(known) if target.due_on < month.first_day]
    return (*ahead, *passed)
