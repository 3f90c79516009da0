"""What was decided on two records, in words of the story of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.language import N_
from models.language import translate as _
from models.people.masking import mask_number
from models.people.merging import MERGED

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.audit_trail import AuditEntry

MERGE, APART = "merge", "take_apart"
"""Actions of audit rows."""
_MERGINGS = {
    ("add", True): N_("Merged: the record of {name} ({nik}) went over into this one. Reason: {reason}"),
    ("add", False): N_("Merged into the record of {name} ({nik}). Reason: {reason}"),
    (MERGE, True): N_("Merged again with the record of {name} ({nik})"),
    (MERGE, False): N_("Merged again into the record of {name} ({nik})"),
    (APART, True): N_("Taken apart again: {name} ({nik}) has a record of their own"),
    (APART, False): N_("Taken apart again from the record of {name} ({nik})"),
}
"""By action, and whether the worker was the one that was kept."""
_DECISIONS = {
    "add": N_("Not the same person as {name} ({nik}). Reason: {reason}"),
    "withdraw": N_("To be asked again whether it is the same person as {name} ({nik})"),
    "return": N_("Not the same person as {name} ({nik}) after all. Reason: {reason}"),
}


def reason_words(reason: str) -> str:
    """Why an enrolment was cancelled; what the program itself wrote is put into words."""
    written = {"undo": _("Taken back"), MERGED: _("Merged: the person stood in the register twice")}
    return written.get(reason, reason)


class PairWords:
    """Tells of the records with which a worker was compared."""

    def __init__(self, register: Register, worker: int) -> None:
        self._register, self._worker = register, worker

    def told(self, entry: AuditEntry) -> str:
        """The sentence for an audit row of the kinds ``worker_merge`` and ``not_same``."""
        if entry.kind == "worker_merge":
            merge = self._register.pairs.get(entry.record)
            is_kept = merge.kept == self._worker
            other, reason = merge.merged if is_kept else merge.kept, merge.reason
            words = _MERGINGS.get((entry.action, is_kept), _MERGINGS["add", is_kept])
        else:
            decided = self._register.pairs.decision(entry.record)
            other, reason = decided.other if decided.one == self._worker else decided.one, decided.reason
            words = _DECISIONS.get(entry.action, _DECISIONS["add"])
        worker = self._register.workers.get(other)
        return _(words).format(name=worker.name, nik=mask_number(worker.nik), reason=reason or "–")
