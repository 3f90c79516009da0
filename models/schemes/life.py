"""The life of an enrolment: proposed, approved in a decree, submitted, active, ended; rejected or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from models.language import N_, translate
from models.problems import Problem
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.schemes.scheme import Scheme

State = EnrolmentState
NEXT: Mapping[EnrolmentState, frozenset[EnrolmentState]] = {
    State.PROPOSED: frozenset({State.APPROVED, State.SUBMITTED, State.ACTIVE, State.REJECTED, State.CANCELLED}),
    State.APPROVED: frozenset({State.SUBMITTED, State.ACTIVE, State.REJECTED, State.CANCELLED}),
    State.SUBMITTED: frozenset({State.ACTIVE, State.REJECTED, State.CANCELLED}),
    State.ACTIVE: frozenset({State.ENDED, State.CANCELLED}),
    State.ENDED: frozenset(),
    State.REJECTED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""What can follow what. A step may be left out (a small office hears only that somebody is active), none goes back:
who was rejected or cancelled is enrolled anew, so that every decree stays as it was. Of public money more is asked:
see `problem_of_submission`."""


class Rejection(StrEnum):
    """Why BPJS or Disdukcapil sent an enrolment back (a tenth to a seventh of all that is proposed)."""

    OVER_AGE = "over_age"
    NIK_NOT_FOUND = "nik_not_found"
    MEMBER_ALREADY = "member_already"
    DEAD = "dead"
    MOVED = "moved"
    NOT_PALM_WORKER = "not_palm_worker"
    OTHER = "other"

    @property
    def label(self) -> str:
        """English message id."""
        return _REJECTIONS[self]


_REJECTIONS = {
    Rejection.OVER_AGE: N_("Over age"),
    Rejection.NIK_NOT_FOUND: N_("NIK not found"),
    Rejection.MEMBER_ALREADY: N_("Member already"),
    Rejection.DEAD: N_("Dead"),
    Rejection.MOVED: N_("Moved away"),
    Rejection.NOT_PALM_WORKER: N_("No palm-oil worker"),
    Rejection.OTHER: N_("Other reason"),
}


def problem_of_change(enrolment: Enrolment, wanted: EnrolmentState) -> Problem | None:
    """Why an enrolment cannot become `wanted`, or None."""
    now = enrolment.state
    if wanted in NEXT[now]:
        return None
    about = {"now": translate(now.label), "wanted": translate(wanted.label)}
    if now is wanted:
        return Problem("state", "state_same", N_("The enrolment is “{now}” already; nothing was changed."), about)
    if not NEXT[now]:
        message = N_(
            "The enrolment is “{now}”, and that is the end of it: it cannot become “{wanted}”. Enrol the worker again."
        )
        return Problem("state", "state_final", message, about)
    message = N_("An enrolment that is “{now}” cannot become “{wanted}” any more; it only goes forward.")
    return Problem("state", "state_backwards", message, about)


def problem_of_submission(enrolment: Enrolment, scheme: Scheme) -> Problem | None:
    """Why an enrolment cannot be handed in to BPJS yet: public money is spent on those alone whom a decree names."""
    problem = problem_of_change(enrolment, State.SUBMITTED)
    if problem is None and scheme.is_public_money and enrolment.decree is None:
        message = N_(
            "{scheme} is paid with public money, and no decree names this worker yet. "
            "Approve the enrolment in a decree first, then submit it."
        )
        return Problem("decree", "decree_needed", message, {"scheme": scheme.code})
    return problem


def problem_of_rejection(reason: Rejection | None, note: str) -> Problem | None:
    """A rejection has a named reason, and words where it is another one."""
    if reason is None:
        return Problem("reason", "reason_missing", N_("Why was it rejected? Choose a reason from the list."))
    if reason is Rejection.OTHER and not note.strip():
        return Problem("note", "reason_missing", N_("Write in a few words why it was rejected."))
    return None
