"""What kind of disk a file lies on, as the operating system tells it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath


class Disk(StrEnum):
    """What can happen to a file that is being written there."""

    FIXED = "fixed"
    """The computer's own, or one of which the system says nothing else."""
    SHARE = "share"
    """Another computer's: the connection breaks, and locks do not always reach every computer."""
    STICK = "stick"
    """It can be pulled out."""
    GOOGLE_DRIVE = "google_drive"
    """A drive letter behind which Google's program keeps files of the internet."""


class DriveType(IntEnum):
    """The answers of Windows' GetDriveTypeW that matter here."""

    REMOVABLE = 2
    FIXED = 3
    REMOTE = 4
    CD = 5


@dataclass(frozen=True, slots=True)
class Drive:
    """What Windows says about the drive of a path."""

    type: int = DriveType.FIXED
    label: str = ""
    is_read_only: bool = False


@dataclass(frozen=True, slots=True)
class System:
    """What the operating system says about its disks and folders."""

    mounts: str = ""
    """Text of ``/proc/self/mountinfo``."""
    sysfs: Path = Path("/sys")
    environment: Mapping[str, str] = field(default_factory=dict)
    drive: Callable[[PurePath], Drive] = lambda path: Drive()
    """Asked on Windows only."""


def this_system() -> System:
    """The answers of the system that the program runs on."""
    try:
        mounts = os.fsdecode(Path("/proc/self/mountinfo").read_bytes())
    except OSError:
        mounts = ""
    return System(mounts, environment=os.environ, drive=_ask_windows)


def disk_of(path: PurePath, system: System) -> Disk:
    """The disk under a real path (absolute, links followed), whether or not something lies there yet."""
    if isinstance(path, PureWindowsPath):
        return _windows_disk(path, system)
    return _linux_disk(PurePosixPath(path), system)


# Windows


def _windows_disk(path: PureWindowsPath, system: System) -> Disk:
    if _is_unc(path):
        return Disk.SHARE
    drive = system.drive(path)
    if drive.is_read_only:
        return Disk.FIXED  # nothing can be torn
    if drive.type == DriveType.REMOTE:
        return Disk.SHARE
    if "google drive" in drive.label.casefold():
        return Disk.GOOGLE_DRIVE
    return Disk.STICK if drive.type in (DriveType.REMOVABLE, DriveType.CD) else Disk.FIXED


def _is_unc(path: PureWindowsPath) -> bool:
    r"""``\\server\data``, also as ``\\?\UNC\server\data``; not a long name like ``\\?\C:\data``."""
    drive = path.drive.replace("/", "\\")
    if drive.startswith(("\\\\?\\", "\\\\.\\")):
        return drive[4:8].upper() == "UNC\\" or drive[4:].upper() == "UNC"
    return drive.startswith("\\\\")


def _ask_windows(path: PurePath) -> Drive:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        root = ctypes.create_unicode_buffer(1024)
        if not kernel.GetVolumePathNameW(str(path), root, len(root)):
            return Drive()
        kind = kernel.GetDriveTypeW(root)
        if kind not in (DriveType.FIXED, DriveType.CD):
            return Drive(kind)
        label, flags = ctypes.create_unicode_buffer(261), ctypes.c_ulong()
        kernel.GetVolumeInformationW(root, label, len(label), None, None, ctypes.byref(flags), None, 0)
        return Drive(kind, label.value, bool(flags.value & 0x80000))  # FILE_READ_ONLY_VOLUME
    return Drive()


# Linux

_SHARES = {
    "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre",
    "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "prl_fs", "pvfs2", "smb2", "smb3", "smbfs", "vboxsf",
    "vmhgfs",
}  # fmt: skip
_FUSE_SHARES = {
    "ceph", "ceph-fuse", "curlftpfs", "davfs", "davfs2", "gcsfuse", "glusterfs", "google-drive-ocamlfuse",
    "goofys", "gvfsd-fuse", "juicefs", "kio-fuse", "onedriver", "rclone", "s3fs", "smbnetfs", "sshfs",
    "vmhgfs-fuse",
}  # fmt: skip
"""After ``fuse.``"""


@dataclass(frozen=True, slots=True)
class _Mount:
    """One line of mountinfo."""

    id: str
    parent: str
    device: str
    """Major and minor number, ``8:17``."""
    point: PurePosixPath
    type: str
    source: str

    @property
    def is_share(self) -> bool:
        kind, _dot, subtype = self.type.partition(".")
        is_remote = self.source.startswith("//") or "://" in self.source  # //server/data, https://server/dav
        return kind in _SHARES or (kind == "fuse" and (subtype in _FUSE_SHARES or is_remote))


def _linux_disk(path: PurePosixPath, system: System) -> Disk:
    """What lies at ``/`` is the computer's own disk, be it on a network or a stick: it runs from there."""
    mounts = list(_mounts(system.mounts))
    mount = _mount_of(path, mounts)
    root = _mount_of(PurePosixPath("/"), mounts)
    if mount is None or mount == root:
        return Disk.FIXED
    if mount.is_share:
        return Disk.SHARE
    own = set(_disks_of(root, system.sysfs)) if root is not None else set()
    disks = set(_disks_of(mount, system.sysfs)) - own
    return Disk.STICK if any(_can_be_pulled_out(disk) for disk in disks) else Disk.FIXED


def _mounts(text: str) -> Iterator[_Mount]:
    """``36 35 98:0 /root /point rw,noatime shared:1 - ext3 /dev/root rw``; lines of another form are passed over."""
    for line in text.split("\n"):
        fields, dash, after = line.partition(" - ")
        words, of_disk = fields.split(" "), after.split(" ")
        if dash and len(words) >= 6 and len(of_disk) >= 2:
            point, source = PurePosixPath(_unescaped(words[4])), _unescaped(of_disk[1])
            yield _Mount(words[0], words[1], words[2], point, of_disk[0], source)


def _unescaped(word: str) -> str:
    r"""``Data\040Kantor`` is ``Data Kantor``."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), word)


def _mount_of(path: PurePosixPath, mounts: list[_Mount]) -> _Mount | None:
    """Walks down the path as the system does, at each folder into what is mounted there and over it."""
    here: _Mount | None = None
    for folder in (*reversed(path.parents), path):
        entered = True
        while entered:
            entered = False
            for mount in mounts:
                if mount.point == folder and mount != here and (here is None or mount.parent == here.id):
                    here, entered = mount, True
                    break
    return here


def _disks_of(mount: _Mount, sysfs: Path) -> Iterator[Path]:
    """The whole disks under a mount, through partitions, encryption and volumes made of several disks."""
    device = sysfs / "dev" / "block" / mount.device
    if not device.exists() and mount.source.startswith("/dev/"):  # btrfs has numbers of its own
        device = sysfs / "class" / "block" / Path(os.path.realpath(mount.source)).name
    if device.exists():
        yield from _whole_disks(device)


def _whole_disks(device: Path) -> Iterator[Path]:
    device = device.resolve()
    parts = device / "slaves"
    below = list(parts.iterdir()) if parts.is_dir() else []
    for part in below:
        yield from _whole_disks(part)
    if not below:
        yield device.parent if (device / "partition").exists() else device


def _can_be_pulled_out(disk: Path) -> bool:
    """On USB, a memory card, or removable by its own word, which on an ATA bus only says how the BIOS set the port."""
    if any(re.fullmatch(r"usb\d+", part) for part in disk.parts) or _word(disk / "device" / "type") == "SD":
        return True
    return _word(disk / "removable") == "1" and not any(re.fullmatch(r"ata\d+", part) for part in disk.parts)


def _word(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""
