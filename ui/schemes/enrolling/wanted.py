"""What another page asks the workers page for: a list to be enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.schemes.enrolment import EnrolmentPlan


@dataclass(frozen=True, slots=True)
class EnrolWanted:
    """Handed over with `Session.go_to`."""

    workers: Sequence[int]
    plan: EnrolmentPlan | None = None
    """Fills the fields; None leaves them to the person."""
