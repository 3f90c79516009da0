"""What lies under a path, told from the words of real systems."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from models.storage.disks import Disk, Drive, DriveType, System, disk_of, this_system

DESKTOP = r"""22 29 0:20 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw
23 29 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
24 29 0:5 / /dev rw,nosuid,relatime shared:2 - devtmpfs udev rw,size=8045288k,nr_inodes=2011322,mode=755,inode64
26 29 0:23 / /run rw,nosuid,nodev,noexec,relatime shared:5 - tmpfs tmpfs rw,size=1613804k,mode=755,inode64
29 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
52 29 259:1 / /boot/efi rw,relatime shared:30 - vfat /dev/nvme0n1p1 rw,fmask=0077,dmask=0077,codepage=437
60 29 0:45 /@home /home rw,relatime shared:35 - btrfs /dev/sda1 rw,ssd,space_cache=v2,subvolid=256,subvol=/@home
343 26 0:52 / /run/user/1000 rw,nosuid,nodev,relatime shared:275 - tmpfs tmpfs rw,size=1613800k,mode=700,uid=1000
361 343 0:56 / /run/user/1000/gvfs rw,nosuid,nodev,relatime shared:291 - fuse.gvfsd-fuse gvfsd-fuse rw,user_id=1000
402 29 8:17 / /media/siti/STIK\040DINSOS rw,nosuid,nodev,relatime shared:310 - vfat /dev/sdb1 rw,uid=1000,utf8,flush
403 29 8:33 / /media/siti/KARTU rw,nosuid,nodev,relatime shared:311 - exfat /dev/sdc1 rw,uid=1000
404 29 179:1 / /media/siti/SD rw,nosuid,nodev,relatime shared:312 - vfat /dev/mmcblk0p1 rw,uid=1000
405 29 253:0 / /media/siti/rahasia rw,nosuid,nodev,relatime shared:313 - ext4 /dev/mapper/luks-1b2c rw
406 29 0:61 / /media/siti/btrfs-stik rw,nosuid,nodev,relatime shared:314 - btrfs /dev/sdb2 rw,subvolid=5,subvol=/
407 29 8:49 / /data rw,relatime shared:315 - ext4 /dev/sdd1 rw
410 29 0:70 / /mnt/kantor rw,relatime shared:320 - cifs //10.10.1.5/dinsos rw,vers=3.1.1,cache=strict,uid=1000
411 29 0:71 / /mnt/nfs rw,relatime shared:321 - nfs4 nas:/volume1/data rw,vers=4.2,rsize=131072,hard,proto=tcp
412 29 0:72 / /mnt/ssh rw,nosuid,nodev,relatime shared:322 - fuse.sshfs rina@server:/data rw,user_id=1000
413 29 0:73 / /mnt/awan rw,nosuid,nodev,relatime shared:323 - fuse.rclone gdrive: rw,user_id=1000,group_id=1000
414 29 0:74 / /mnt/dav rw,nosuid,relatime shared:324 - fuse https://awan.pasamanbaratkab.go.id/dav rw,user_id=0
415 29 0:75 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs;path=C:\;uid=1000,mmap,access=client,trans=fd
416 29 0:76 / /mnt/ceph rw,relatime shared:326 - ceph 192.168.0.1:6789:/ rw,name=admin
417 29 0:77 / /mnt/auto rw,relatime shared:327 - autofs systemd-1 rw,fd=47,pgrp=1,timeout=0,minproto=5,maxproto=5
418 417 0:78 / /mnt/auto rw,relatime shared:328 - nfs4 nas:/volume1/auto rw,vers=4.2
419 29 8:65 / /mnt/ntfs rw,relatime shared:329 - fuseblk /dev/sde1 rw,user_id=0,group_id=0,allow_other
420 410 8:49 / /mnt/kantor/lokal rw,relatime shared:315 - ext4 /dev/sdd1 rw
421 29 0:80 / /mnt/tmp\134aneh rw,relatime shared:330 - tmpfs tmpfs rw
"""
"""An office's Linux desktop with all that could be plugged in, in the form of its ``/proc/self/mountinfo``."""
PCI = "devices/pci0000:00"
USB = f"{PCI}/0000:00:14.0/usb2/2-3/2-3:1.0/host6/target6:0:0/6:0:0:0/block"
ATA = f"{PCI}/0000:00:17.0"
BLOCKS = {
    "259:2": f"{PCI}/0000:00:1d.0/0000:02:00.0/nvme/nvme0/nvme0n1/nvme0n1p2",
    "8:1": f"{ATA}/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda1",
    "8:17": f"{USB}/sdb/sdb1",
    "8:18": f"{USB}/sdb/sdb2",
    "8:33": f"{PCI}/0000:00:1e.0/firewire/host9/target9:0:0/9:0:0:0/block/sdc/sdc1",
    "8:49": f"{ATA}/ata2/host1/target1:0:0/1:0:0:0/block/sdd/sdd1",
    "8:65": f"{PCI}/0000:00:14.0/usb2/2-4/2-4:1.0/host7/target7:0:0/7:0:0:0/block/sde/sde1",
    "179:1": f"{PCI}/0000:00:1a.0/mmc_host/mmc0/mmc0:aaaa/block/mmcblk0/mmcblk0p1",
    "253:0": "devices/virtual/block/dm-0",
}


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    """A tree as the kernel shows it: numbers and names are links to the devices, which know what they are."""
    root = tmp_path / "sys"
    for folder in ("dev/block", "class/block"):
        (root / folder).mkdir(parents=True)
    for number, place in BLOCKS.items():
        device = root / place
        device.mkdir(parents=True)
        (root / "dev/block" / number).symlink_to(device)
        (root / "class/block" / device.name).symlink_to(device)
        if "virtual" in place:
            continue
        (device / "partition").write_text(device.name[-1] + "\n")
        # sdd: a fixed disk on a port that the BIOS calls hot-pluggable
        (device.parent / "removable").write_text("1\n" if device.name[:3] in ("sdb", "sdc", "sdd") else "0\n")
    card = root / BLOCKS["179:1"]
    (card.parent / "device").mkdir()
    (card.parent / "device" / "type").write_text("SD\n")
    slaves = root / BLOCKS["253:0"] / "slaves"
    slaves.mkdir()
    (slaves / "sdb2").symlink_to(root / BLOCKS["8:18"])
    return root


@pytest.mark.parametrize(
    ("path", "disk"),
    [
        ("/", Disk.FIXED),
        ("/home/siti/Cakupan/kantor.db", Disk.FIXED),
        ("/data/kantor.db", Disk.FIXED),
        ("/run/kantor.db", Disk.FIXED),
        ("/media/siti/STIK DINSOS/kantor.db", Disk.STICK),
        ("/media/siti/STIK DINSOS", Disk.STICK),
        ("/media/siti/KARTU/kantor.db", Disk.STICK),
        ("/media/siti/SD/kantor.db", Disk.STICK),
        ("/media/siti/rahasia/kantor.db", Disk.STICK),
        ("/media/siti/btrfs-stik/kantor.db", Disk.STICK),
        ("/mnt/ntfs/kantor.db", Disk.STICK),
        ("/media/siti/STIK DINSOS 2/kantor.db", Disk.FIXED),
        ("/mnt/kantor/kantor.db", Disk.SHARE),
        ("/mnt/kantor2/kantor.db", Disk.FIXED),
        ("/mnt/kantor/lokal/kantor.db", Disk.FIXED),
        ("/mnt/nfs/a/b/kantor.db", Disk.SHARE),
        ("/mnt/ssh/kantor.db", Disk.SHARE),
        ("/mnt/awan/kantor.db", Disk.SHARE),
        ("/mnt/dav/kantor.db", Disk.SHARE),
        ("/mnt/c/Users/Siti/kantor.db", Disk.SHARE),
        ("/mnt/ceph/kantor.db", Disk.SHARE),
        ("/mnt/auto/kantor.db", Disk.SHARE),
        ("/run/user/1000/gvfs/smb-share:server=nas,share=data/kantor.db", Disk.SHARE),
        ("/mnt/tmp\\aneh/kantor.db", Disk.FIXED),
    ],
)
def test_the_disk_of_a_path_on_linux(sysfs: Path, path: str, disk: Disk) -> None:
    assert disk_of(PurePosixPath(path), System(DESKTOP, sysfs)) is disk


def test_a_computer_that_runs_from_a_usb_disk_keeps_its_register_there(sysfs: Path) -> None:
    runs_from = "29 1 8:17 / / rw,relatime - ext4 /dev/sdb1 rw\n30 29 8:18 / /home rw,relatime - ext4 /dev/sdb2 rw\n"
    system = System(runs_from, sysfs)
    assert disk_of(PurePosixPath("/var/kantor.db"), system) is Disk.FIXED
    assert disk_of(PurePosixPath("/home/siti/kantor.db"), system) is Disk.FIXED, "another part of the same disk"
    other = System(runs_from + "31 29 8:65 / /media/stik rw - vfat /dev/sde1 rw\n", sysfs)
    assert disk_of(PurePosixPath("/media/stik/kantor.db"), other) is Disk.STICK


def test_what_is_mounted_over_another_disk_counts(sysfs: Path) -> None:
    hidden = "29 1 259:2 / / rw - ext4 /dev/nvme0n1p2 rw\n40 29 8:17 / /mnt/a rw - vfat /dev/sdb1 rw\n"
    assert disk_of(PurePosixPath("/mnt/a/x.db"), System(hidden, sysfs)) is Disk.STICK
    over = hidden + "41 40 259:2 /a /mnt/a rw - ext4 /dev/nvme0n1p2 rw\n"
    assert disk_of(PurePosixPath("/mnt/a/x.db"), System(over, sysfs)) is Disk.FIXED
    above = hidden + "42 29 0:70 / /mnt rw - nfs4 nas:/data rw\n"
    assert disk_of(PurePosixPath("/mnt/a/x.db"), System(above, sysfs)) is Disk.SHARE


@pytest.mark.parametrize(
    "mounts", ["", "\n", "not a mount", "29 1 259:2 / / rw - ext4", "1 1 0:2 / / rw - rootfs x rw"]
)
def test_a_system_that_says_nothing_refuses_nothing(sysfs: Path, mounts: str) -> None:
    assert disk_of(PurePosixPath("/media/stik/kantor.db"), System(mounts, sysfs)) is Disk.FIXED


@pytest.mark.parametrize(
    ("path", "disk"),
    [
        (r"\\nas\data\kantor.db", Disk.SHARE),
        ("//nas/data/kantor.db", Disk.SHARE),
        (r"\\?\UNC\nas\data\kantor.db", Disk.SHARE),
        (r"\\wsl.localhost\Debian\home\siti\kantor.db", Disk.SHARE),
        (r"\\?\C:\Users\Siti\kantor.db", Disk.FIXED),
        (r"C:\Users\Siti\AppData\Local\Cakupan\cakupan.db", Disk.FIXED),
        (r"D:\Cakupan\kantor.db", Disk.FIXED),
        (r"E:\kantor.db", Disk.STICK),
        (r"F:\kantor.db", Disk.STICK),
        (r"R:\kantor.db", Disk.FIXED),
        (r"G:\Drive Saya\kantor.db", Disk.GOOGLE_DRIVE),
        (r"Z:\kantor.db", Disk.SHARE),
    ],
)
def test_the_disk_of_a_path_on_windows(path: str, disk: Disk) -> None:
    drives = {
        "E:": Drive(DriveType.REMOVABLE),
        "F:": Drive(DriveType.CD, "DATA"),
        "R:": Drive(DriveType.CD, "ARSIP", is_read_only=True),
        "G:": Drive(DriveType.FIXED, "siti@gmail.com - Google Drive"),
        "Z:": Drive(DriveType.REMOTE),
    }
    system = System(drive=lambda asked: drives.get(asked.drive, Drive(DriveType.FIXED, "Windows")))
    assert disk_of(PureWindowsPath(path), system) is disk


def test_this_computers_own_disk_is_fixed(tmp_path: Path) -> None:
    assert disk_of(tmp_path / "kantor.db", this_system()) is Disk.FIXED
