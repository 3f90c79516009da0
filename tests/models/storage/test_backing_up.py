"""A backup that is made by itself: refused where it would take the register's own room, and thinned afterwards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.offices.office import OfficeSettings
from models.problems import StorageFailure
from models.register import Register
from models.storage import backing_up
from models.storage.backing_up import Places, back_up, keep_of
from models.storage.manifest import Why
from models.storage.second_place import choose_second_place
from models.storage.thinning import Keep
from tests.factories import NOW, make_worker


def test_one_made_by_itself_leaves_the_register_room(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.entries.save(make_worker(), None)
    places = Places(tmp_path / "cadangan")
    monkeypatch.setattr(backing_up, "ROOM", 1 << 60)
    for why in (Why.HOURLY, Why.CLOSING):
        with pytest.raises(StorageFailure) as caught:
            back_up(register.path, places, NOW, why=why)
        assert caught.value.code == "little_room"
    assert not places.folder.exists()
    assert back_up(register.path, places, NOW).report.contents.workers == 1  # whoever asks for one gets it


def test_old_ones_go_in_both_places_and_those_by_hand_stay(register: Register, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    choose_second_place(stick)
    places = Places(tmp_path / "cadangan", stick, Keep(1, 1, 1))
    for day, why in ((20, Why.BY_HAND), (19, Why.HOURLY), (18, Why.CLOSING), (3, Why.HOURLY), (0, Why.HOURLY)):
        register.entries.save(make_worker(30 - day), None)
        done = back_up(register.path, places, NOW - timedelta(days=day), why=why)
        assert done.trouble is None
    for folder in (places.folder, stick):
        ages = sorted((NOW - one.made_at).days for one in register.backups.found(folder))
        assert ages == [0, 3, 18, 20]
        assert len(list(folder.glob("*.json"))) == 4


def test_the_office_says_how_many_are_kept() -> None:
    assert keep_of(OfficeSettings(keep_daily=3, keep_weekly=2, keep_monthly=1)) == Keep(3, 2, 1)
