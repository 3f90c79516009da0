"""Folders that leave the computer, known by what their programs put there."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.storage.synced_folders import synced_by


def put(folder: Path, *names: str) -> Path:
    """Files and, with a slash at the end, folders."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        if name.endswith("/"):
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(b"")
    return folder


@pytest.mark.parametrize(
    ("left", "service"),
    [
        ((".dropbox", ".dropbox.cache/"), "Dropbox"),
        ((".dropbox",), "Dropbox"),
        ((".tmp.driveupload/", ".tmp.drivedownload/", "desktop.ini"), "Google Drive"),
        ((".shortcut-targets-by-id/",), "Google Drive"),
        ((".sync_8d0a6f3d5c1e.db", ".sync_8d0a6f3d5c1e.db-wal", ".nextcloudsync.log"), "Nextcloud / ownCloud"),
        (("._sync_0123456789ab.db", ".owncloudsync.log"), "Nextcloud / ownCloud"),
        ((".stfolder/",), "Syncthing"),
        ((".stfolder",), "Syncthing"),
        ((".SynologyWorkingDirectory/",), "Synology Drive"),
    ],
)
def test_the_program_is_known_by_what_it_leaves_in_the_topmost_folder(
    tmp_path: Path, left: tuple[str, ...], service: str
) -> None:
    folder = put(tmp_path / "Kerja", *left)
    assert synced_by(folder / "kantor.db", {}) == service
    assert synced_by(folder / "2026" / "November" / "kantor.db", {}) == service
    assert synced_by(tmp_path / "kantor.db", {}) is None


def test_the_settings_of_dropbox_in_the_home_folder_are_no_sign(tmp_path: Path) -> None:
    home = put(tmp_path / "siti", ".dropbox/", ".dropbox-dist/", ".syncthing/", "sync_notes.db")
    assert synced_by(home / "Cakupan" / "kantor.db", {"HOME": str(home)}) is None


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_windows_names_the_folder_of_onedrive(tmp_path: Path, name: str) -> None:
    folder = put(tmp_path / "Awan Kabupaten")
    environment = {name: str(folder), "OneDriveConsumer": "", **{name: str(folder)}}
    assert synced_by(folder / "Dokumen" / "kantor.db", environment) == "OneDrive"
    assert synced_by(tmp_path / "Awan Kabupaten 2" / "kantor.db", environment) is None


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Pemkab Pasaman Barat", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive", "Google Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("OneDriver", None),
        ("Cadangan/OneDrive", None),
    ],
)
def test_some_folders_of_the_home_are_known_by_their_name(tmp_path: Path, folder: str, service: str | None) -> None:
    put(tmp_path / folder)
    assert synced_by(tmp_path / folder / "kantor.db", {"HOME": str(tmp_path)}) == service
    assert synced_by(tmp_path / folder / "kantor.db", {"USERPROFILE": str(tmp_path)}) == service


def test_a_folder_that_cannot_be_read_is_no_sign(tmp_path: Path) -> None:
    assert synced_by(tmp_path / "nowhere" / "kantor.db", {}) is None
    (tmp_path / "file").write_bytes(b"")
    assert synced_by(tmp_path / "file" / "kantor.db", {}) is None
