"""What a change of many came to, in one sentence, and who was left out."""

from __future__ import annotations

from models.language import N_, translate_count
from models.language import translate as _
from models.register import Register
from models.schemes.enrolling import Refusal
from models.storage.enrolment_life import Changed, Replaced
from models.values.formats import number
from ui.table import Column, Row

DONE = {
    "approve": N_("Approved: {done}."),
    "submit": N_("Submitted to BPJS: {done}."),
    "activate": N_("Active: {done}."),
    "end": N_("Ended: {done}."),
    "reject": N_("Rejected: {done}."),
    "cancel": N_("Cancelled: {done}."),
}
"""English message ids of the sentence about those for whom it was done."""
NEXT = {
    "approve": N_("Next: choose Approved as the status above and submit them (F3)."),
    "submit": N_("Next, when BPJS answers: F6 with their cards, F9 for those who are sent back."),
    "reject": N_("Next: F11 gives their places to the waiting list."),
    "replace": N_("Next: choose Registered as the status above and approve them (F2); Ctrl+P prints the annex."),
}
"""What usually follows a step."""
ASK = {
    "submit": N_("Submit {count} to BPJS? Press F3 once more to do it; Esc leaves it."),
    "end": N_("End {count} whose months are over? Press F7 once more to do it; Esc leaves it."),
}


def counted(count: int) -> str:
    """``7.723 kepesertaan``"""
    return translate_count("{count} enrolment", "{count} enrolments", count).format(count=number(count))


def changed_words(step: str, changed: Changed) -> str:
    """One sentence: how many, how many not, and how to take it back."""
    if not changed.done:
        return _("Nothing was changed: none of the chosen could be. The table says why.")
    words = [_(DONE[step]).format(done=counted(len(changed.done)))]
    if changed.refused:
        left = _("{count} could not be: the table says why.")
        words.append(left.format(count=number(len(changed.refused))))
    words.append(_("Ctrl+Alt+Z takes all of it back."))
    if step in NEXT:
        words.append(_(NEXT[step]))
    return " ".join(words)


def replaced_words(replaced: Replaced) -> str:
    """Who came in, who was passed over, how many places stay free."""
    if not replaced.pairs:
        return _(
            "Nobody of the waiting list could take a place; {free} stay free. Put more people on the list."
        ).format(free=number(replaced.still_free))
    words = [_("{count} came in for those who were rejected.").format(count=number(len(replaced.pairs)))]
    if replaced.refused:
        words.append(_("{count} were passed over.").format(count=number(len(replaced.refused))))
    if replaced.still_free:
        words.append(_("{count} places stay free.").format(count=number(replaced.still_free)))
    words.append(_("Ctrl+Alt+Z takes all of it back."))
    words.append(_(NEXT["replace"]))
    return " ".join(words)


def outcome_columns() -> tuple[Column, ...]:
    """Heads for the two below."""
    return (Column(_("Name")), Column(_("Nagari")), Column(_("What became of it, and what to do"), takes_room=True))


def refusal_rows(register: Register, refused: tuple[Refusal, ...]) -> list[Row]:
    """Who was left out and why; Enter opens the record."""
    rows = []
    for one in refused:
        why = " ".join(problem.text for problem in one.problems)
        rows.append(Row((one.name, register.regions.name(one.nagari), why), one.worker, tips=("", "", why)))
    return rows


def replaced_rows(register: Register, replaced: Replaced) -> list[Row]:
    """Who came in for whom, then who was passed over and why."""
    ids = [id for pair in replaced.pairs for id in pair]
    lines = {line.id: line for line in register.enrolment_lists.lines(ids)}
    rows = []
    for old, new in replaced.pairs:
        if old in lines and new in lines:
            words = _("Came in for {name}.").format(name=lines[old].name)
            rows.append(Row((lines[new].name, lines[new].nagari_name, words), lines[new].worker))
    passed = refusal_rows(register, replaced.refused)
    label = _("Passed over: {reason}")
    return rows + [Row((*row.cells[:2], label.format(reason=row.cells[2])), row.key, tips=row.tips) for row in passed]


def list_words(count: int, chosen: int, is_complete: bool) -> str:
    """How many are in the list and how many of them are chosen."""
    if not is_complete:
        return _("Counting …")
    words = counted(count)
    if chosen > 1:
        words = _("{found}, {count} chosen").format(found=words, count=number(chosen))
    return words
