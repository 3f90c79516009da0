"""A correction that somebody proposes and somebody else decides on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.language import N_


class RequestState(StrEnum):
    """Where a proposed correction stands."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "open": N_("Waiting for a decision"),
            "approved": N_("Approved"),
            "rejected": N_("Rejected"),
            "withdrawn": N_("Withdrawn"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """Some fields of a worker, each as it stands and as it ought to be, and why."""

    id: int
    worker: int
    changes: tuple[tuple[str, object, object], ...]
    """Name of the field, its stored value when it was proposed, the proposed one."""
    reason: str
    state: RequestState
    proposed_by: str
    """Name of the user, as in the audit rows."""
    proposed_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    decision: str = ""
    """Why it was rejected."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields, without the reasons for warnings that go with them."""
        return tuple(name for name, _old, _new in self.changes if name != "reasons")

    @property
    def is_open(self) -> bool:
        return self.state is RequestState.OPEN
