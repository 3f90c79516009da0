"""Folders that a program copies to the internet or to other computers, by what each of them leaves there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from models.storage.beside import real_place

_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Environment variables of Windows: the folders of this person's accounts."""
_ICLOUD = {"iclouddrive", "icloud drive", "com~apple~clouddocs"}
_IN_HOME = re.compile(r"(OneDrive)( - .+)?|(Google ?Drive)", re.IGNORECASE)
"""Names of folders right in the person's own one; two of the programs leave nothing else to be known by."""
_LEFT = {
    "Dropbox": re.compile(r"\.dropbox\.cache"),
    "Google Drive": re.compile(r"\.tmp\.drive(download|upload)|\.shortcut-targets-by-id"),
    "Nextcloud / ownCloud": re.compile(r"\.(_sync|sync)_.*\.db|\.(owncloud|nextcloud)sync\.log"),
    "Syncthing": re.compile(r"\.stfolder"),
    "Synology Drive": re.compile(r"\.SynologyWorkingDirectory"),
}
"""What lies in the topmost folder that each program copies."""


def synced_by(path: Path, environment: Mapping[str, str]) -> str | None:
    """The program that copies the folder of a real path (absolute, links followed), or None."""
    if _is_in_onedrive(path, environment):
        return "OneDrive"
    homes = {real_place(Path(environment[name])) for name in ("HOME", "USERPROFILE") if environment.get(name)}
    for folder in path.parents:
        by_name = _IN_HOME.fullmatch(folder.name) if folder.parent in homes else None
        if by_name:
            return "OneDrive" if by_name[1] else "Google Drive"
        if folder.name.casefold() in _ICLOUD:
            return "iCloud Drive"
        found = _left_in(folder)
        if found is not None:
            return found
    return None


def _is_in_onedrive(path: Path, environment: Mapping[str, str]) -> bool:
    folders = [environment[name] for name in _ONEDRIVE if environment.get(name)]
    return any(path.is_relative_to(real_place(Path(folder))) for folder in folders)


def _left_in(folder: Path) -> str | None:
    try:
        names = {entry.name for entry in folder.iterdir()}
    except OSError:  # a folder above may be closed to this person; then it is no folder of theirs
        return None
    for service, left in _LEFT.items():
        if any(left.fullmatch(name) for name in names):
            return service
    if ".dropbox" in names and (folder / ".dropbox").is_file():  # the folder of this name in a home is its settings
        return "Dropbox"
    return None
