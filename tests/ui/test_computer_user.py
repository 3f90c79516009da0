"""Who works at this computer."""

from __future__ import annotations

import os

import pytest

from ui.computer_user import computer_user


def test_the_name_is_that_of_who_is_logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "rina")
    assert computer_user() == "rina"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no list of users to ask")
def test_a_computer_that_knows_no_name_keeps_nobody_from_working(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_001)
    assert computer_user() == "?"
