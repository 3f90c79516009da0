"""Proposed corrections in words, the same in the record, in the list and where they are decided on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from models.language import translate as _
from models.people.corrections import CorrectionRequest, RequestState
from ui.people.worker_fields import LABELS


def decision_words(request: CorrectionRequest, people: Mapping[str, str]) -> str:
    """Who decided what, when, and why."""
    if request.decided_at is None:
        return _(request.state.label)
    words = _("{state} by {who}, {moment}")
    if request.state is RequestState.REJECTED:
        words = _("{state} by {who}, {moment}: {reason}")
    who = people.get(request.decided_by, request.decided_by)
    moment = moment_in_words(request.decided_at)
    return words.format(state=_(request.state.label), who=who, moment=moment, reason=request.decision)


def request_words(request: CorrectionRequest, people: Mapping[str, str]) -> str:
    """A request in one sentence, as it stands above the record it is about."""
    who = people.get(request.proposed_by, request.proposed_by)
    words = _("Correction proposed by {who}, {moment}: {fields}. {state}.")
    state = decision_words(request, people)
    return words.format(
        who=who, moment=moment_in_words(request.proposed_at), fields=fields_in_words(request.fields), state=state
    )


def fields_in_words(names: Sequence[str]) -> str:
    """The words of some fields; titles belong to the name."""
    own = ["name" if name.startswith("title_") else name for name in names]
    return ", ".join(_(LABELS[name]) for name in dict.fromkeys(own) if name in LABELS)


def moment_in_words(moment: datetime) -> str:
    """``22/11/2026 09:00``"""
    return f"{moment:%d/%m/%Y %H:%M}"
