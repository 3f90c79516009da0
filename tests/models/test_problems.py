"""What is said about a record that was refused."""

from __future__ import annotations

from models.problems import Problem, Rejected

LATE = Problem("paid_on", "late", "Paid after {count} days.", {"count": 40})
SHORT = Problem("kpj", "short", "The number is too short.")


def test_who_is_refused_is_named_with_every_reason() -> None:
    assert Rejected([LATE, SHORT], "Siti").text == "Siti: Paid after 40 days. The number is too short."
    assert Rejected([SHORT]).text == "The number is too short."
