"""Which backups stay: held against the rule by chance, not by examples alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.storage.contents import Contents
from models.storage.manifest import Manifest, Why, manifest_file, read_manifest, write_manifest
from models.storage.thinning import YOUNG, Keep, obsolete, thin
from tests.factories import NOW

KEEP = Keep()


def made(at: datetime, why: Why = Why.HOURLY, *, verified: bool = True, origin: bytes = b"x") -> Manifest:
    name = f"kantor-{at:%Y%m%d-%H%M%S}-{why}.db"
    contents = Contents(Path(name), 3, 1, at, {"worker": 3}, "13.12", False, 2, None, origin)
    return Manifest(name, at, why, 10, "00", contents, at if verified else None)


days = st.floats(-30, 900).map(lambda days: (NOW - timedelta(days=days)).replace(microsecond=0))
backups = st.lists(
    st.builds(made, days, st.sampled_from(list(Why)), verified=st.booleans()),
    max_size=120,
    unique_by=lambda one: one.file,
)
keeps = st.builds(Keep, st.integers(1, 20), st.integers(1, 20), st.integers(1, 20))


def test_what_was_made_before_a_step_that_may_go_wrong_stays_for_thirty_days() -> None:
    for why in set(Why) - {Why.HOURLY, Why.CLOSING, Why.BY_HAND}:
        newer, older = (made(NOW - timedelta(days=days), why, verified=True) for days in (3, 3.1))
        assert obsolete([newer, older], NOW, Keep()) == ()
        later = NOW + timedelta(days=30)
        assert obsolete([newer, older], later, Keep()) == (older,)


@given(backups, keeps)
def test_what_must_stay_stays(found: list[Manifest], keep: Keep) -> None:
    gone = obsolete(found, NOW, keep)
    past = [one for one in found if one.made_at <= NOW and one.verified_at is not None]
    if past:
        assert max(past, key=lambda one: (one.made_at, one.file)) not in gone
    for one in gone:
        assert one.made_at <= NOW
        assert one.made_at.date() < NOW.date() - timedelta(days=1)
        assert one.why is not Why.BY_HAND
        assert one.why in (Why.HOURLY, Why.CLOSING) or one.made_at <= NOW - YOUNG


@given(backups, keeps)
def test_asked_again_it_names_no_further_one(found: list[Manifest], keep: Keep) -> None:
    gone = obsolete(found, NOW, keep)
    assert obsolete([one for one in found if one not in gone], NOW, keep) == ()


@given(backups, keeps)
def test_what_is_made_by_itself_does_not_grow_without_end(found: list[Manifest], keep: Keep) -> None:
    gone = obsolete(found, NOW, keep)
    kept = [one for one in found if one not in gone and one.why in (Why.HOURLY, Why.CLOSING)]
    old = [one for one in kept if one.made_at.date() < NOW.date() - timedelta(days=1)]
    assert len(old) <= keep.daily + keep.weekly + keep.monthly + 1


@given(backups, keeps)
def test_each_of_the_latest_days_keeps_its_newest(found: list[Manifest], keep: Keep) -> None:
    kept = {one.file for one in found} - {one.file for one in obsolete(found, NOW, keep)}
    past = sorted((one for one in found if one.made_at <= NOW), key=lambda one: (one.made_at, one.file), reverse=True)
    before = [one for one in past if one.made_at.date() < NOW.date() - timedelta(days=1)]
    newest: dict[object, Manifest] = {}
    for one in before:
        newest.setdefault(one.made_at.date(), one)
    for one in list(newest.values())[: keep.daily]:
        assert one.file in kept


@given(backups, st.integers(0, 400))
def test_a_later_day_brings_none_back_that_was_to_go(found: list[Manifest], days_on: int) -> None:
    """So that it does not matter on which days the rule was asked."""
    gone = {one.file for one in obsolete(found, NOW, KEEP)}
    later = {one.file for one in obsolete(found, NOW + timedelta(days=days_on), KEEP)}
    protected = {one.file for one in found if one.made_at > NOW}
    assert gone <= later or protected


def test_hours_days_weeks_and_months_of_a_year_of_work() -> None:
    """Four a day, for a year."""
    found = [made(NOW - timedelta(hours=6 * step)) for step in range(4 * 365)]
    gone = obsolete(found, NOW, KEEP)
    kept = sorted((one.made_at for one in found if one not in gone), reverse=True)
    assert [at.date() for at in kept[:7]].count(NOW.date()) == 2
    assert [at.date() for at in kept].count(NOW.date() - timedelta(days=1)) == 4
    assert len(kept) == 2 + 4 + KEEP.daily + KEEP.weekly + KEEP.monthly
    assert NOW - kept[-1] > timedelta(days=260)


def put(folder: Path, one: Manifest) -> Path:
    backup = folder / one.file
    backup.write_bytes(b"0123456789")
    write_manifest(backup, one)
    return backup


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two months of daily backups, and what is none of ours."""
    for step in range(60):
        put(tmp_path, made(NOW - timedelta(days=step), origin=b"ours"))
    for step in range(60):
        put(tmp_path, replace(made(NOW - timedelta(days=step, hours=1), origin=b"another"), file=f"lain-{step}.db"))
    (tmp_path / "kantor-20250101-080000-9p-9k.db").write_bytes(b"by hand, without a manifest")
    (tmp_path / "kantor-20250102-080000-9p-9k.db").write_bytes(b"with a manifest of somebody else")
    (tmp_path / "kantor-20250102-080000-9p-9k.db.json").write_text('{"kind": "something"}', "utf-8")
    return tmp_path


def test_only_backups_of_this_register_with_a_manifest_of_ours_go(folder: Path) -> None:
    before = {path.name for path in folder.iterdir()}
    gone = thin(folder, b"ours", NOW, KEEP)
    left = {path.name for path in folder.iterdir()}
    assert gone
    removed = before - left
    assert removed == {name for backup in gone for name in (backup.name, f"{backup.name}.json")}
    assert not any(name.startswith(("lain", "kantor-2025")) for name in removed)
    assert thin(folder, b"ours", NOW, KEEP) == ()


def test_a_removal_that_was_killed_half_way_is_ended_by_the_next(folder: Path) -> None:
    backup = put(folder, made(NOW - timedelta(days=400), origin=b"ours"))
    backup.unlink()
    young = put(folder, made(NOW - timedelta(minutes=1), origin=b"ours"))
    young.unlink()
    thin(folder, b"ours", NOW, KEEP)
    assert not manifest_file(backup).exists()
    assert manifest_file(young).exists()  # its backup may get its name just now


@pytest.mark.parametrize("left", ["", "{", "[]", '"x"', "null", "\xff\xfe", '{"kind": "cakupan backup"}', "9" * 5000])
def test_what_is_no_manifest_of_ours_is_none(tmp_path: Path, left: str) -> None:
    backup = tmp_path / "kantor.db"
    manifest_file(backup).write_bytes(left.encode("latin-1"))
    assert read_manifest(backup) is None


def test_a_manifest_says_again_what_was_written(tmp_path: Path) -> None:
    one = replace(made(NOW, Why.IMPORT), salt=b"0" * 16, key_check="abc", checked_at=NOW)
    backup = put(tmp_path, one)
    again = read_manifest(backup)
    assert again == replace(one, contents=replace(one.contents, path=backup))


def test_a_manifest_is_named_after_its_backup_even_where_that_was_renamed(tmp_path: Path) -> None:
    backup = put(tmp_path, made(NOW))
    renamed = backup.rename(tmp_path / "rapat.db")
    manifest_file(backup).rename(manifest_file(renamed))
    again = read_manifest(renamed)
    assert again is not None
    assert (again.file, again.contents.path) == ("rapat.db", renamed)
