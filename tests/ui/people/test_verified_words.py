"""What authorities said of a worker stands beside the enrolments, the newest of each."""

from __future__ import annotations

from datetime import date

from models.exchange.mapping import Purpose
from models.people.verdict import Verdict
from models.storage.verifications import Verification
from ui.people.enrolments_panel import verified_words


def said(verdict: Verdict, day: int, details: str = "") -> Verification:
    kind = Purpose.MEMBERSHIP if verdict in (Verdict.MEMBER, Verdict.NO_MEMBER) else Purpose.NIK_MATCH
    return Verification(day, 1, kind, verdict, details, date(2026, 11, day), "padan.xlsx")


def test_the_newest_answer_of_each_authority_is_shown_with_day_and_file() -> None:
    words = verified_words([said(Verdict.MATCH, 20), said(Verdict.MEMBER, 12, "PU, PT Sawit"), said(Verdict.DEAD, 3)])
    assert words.splitlines() == [
        "Disdukcapil, 20/11/2026: NIK padan (padan.xlsx).",
        "BPJS, 12/11/2026: peserta aktif di tempat lain, PU, PT Sawit (padan.xlsx).",
    ]


def test_nothing_is_said_where_nothing_was_taken_in() -> None:
    assert verified_words([]) == ""
