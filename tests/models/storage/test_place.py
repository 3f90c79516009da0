"""Where a register must not lie while it is written, with the way out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from models.problems import StorageFailure
from models.register import open_register
from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.disks import System
from models.storage.keys import derive
from models.storage.place import ELSEWHERE, copy_into, require_fixed_disk
from tests.factories import NOW, make_register, make_worker

ROOT = Path(__file__).parents[3]


def on_a(kind: str, folder: Path) -> System:
    """A system where a disk of that kind is mounted at the folder."""
    root = "29 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro\n"
    point = str(folder).replace("\\", "\\134").replace(" ", "\\040")
    match kind:
        case "share":
            return System(root + f"40 29 0:70 / {point} rw,relatime shared:2 - cifs //nas/dinsos rw,vers=3.1.1\n")
        case "stick":
            sysfs = folder.parent / "sys"
            device = sysfs / "devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sdb"
            device.mkdir(parents=True)
            (sysfs / "dev" / "block").mkdir(parents=True)
            (sysfs / "dev" / "block" / "8:16").symlink_to(device)
            return System(root + f"40 29 8:16 / {point} rw,relatime shared:2 - vfat /dev/sdb rw,utf8,flush\n", sysfs)
    return System(root)


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("share", "on_share", ("drive jaringan", "disk komputer ini sendiri", "Beranda", "Cadangan boleh")),
        ("stick", "on_stick", ("dicabut", "dua register", "disk komputer ini sendiri", "Cadangan boleh")),
    ],
)
def test_a_place_that_can_go_away_is_refused_with_the_way_out(
    tmp_path: Path, kind: str, code: str, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "DATA DINSOS"
    folder.mkdir()
    (folder / "kantor.db").write_bytes(b"")
    system = on_a(kind, folder)
    with pytest.raises(StorageFailure) as caught:
        require_fixed_disk(folder / "kantor.db", system)
    assert caught.value.code == code
    assert code in ELSEWHERE
    assert caught.value.text.startswith("kantor.db ")
    assert [word for word in words if word not in caught.value.text] == []
    assert "Tidak ada yang diubah" in caught.value.text

    with pytest.raises(StorageFailure) as caught:
        require_fixed_disk(folder / "baru" / "lain.db", system)
    assert caught.value.code == code
    assert "tidak dibuat" in caught.value.text


def test_a_link_to_such_a_place_is_refused_too(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "kantor.db").write_bytes(b"")
    (tmp_path / "pintasan.db").symlink_to(folder / "kantor.db")
    with pytest.raises(StorageFailure) as caught:
        require_fixed_disk(tmp_path / "pintasan.db", on_a("share", folder))
    assert caught.value.params["file"] == "pintasan.db"


def test_a_folder_that_is_copied_to_the_internet_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "Kantor"
    folder.mkdir(parents=True)
    (tmp_path / "Dropbox" / ".dropbox").write_bytes(b"")
    for name, words in (("lama.db", "di tengah penyimpanan"), ("baru.db", "tidak dibuat")):
        (folder / "lama.db").write_bytes(b"")
        with pytest.raises(StorageFailure) as caught:
            require_fixed_disk(folder / name, on_a("disk", folder))
        assert caught.value.code == "in_cloud"
        assert "Dropbox" in caught.value.text
        assert words in caught.value.text
        assert "Cadangan" not in caught.value.text, "numbers of people do not belong on the internet"


def test_the_computers_own_disk_is_good(tmp_path: Path) -> None:
    require_fixed_disk(tmp_path / "kantor.db")
    require_fixed_disk(tmp_path / "belum" / "ada" / "kantor.db")


READ_ONLY = """
import os, sys
from pathlib import Path
from models.problems import StorageFailure
from models.storage.place import require_fixed_disk
os.setgid(65534)
os.setuid(65534)
for name in sys.argv[1:]:
    try:
        require_fixed_disk(Path(name))
        print("passes")
    except StorageFailure as failure:
        print(failure.code)
"""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_a_file_that_may_only_be_read_passes_for_it_will_be_opened_for_reading() -> None:
    with TemporaryDirectory() as folder:  # one that others may enter, unlike `tmp_path`
        open_to_all, closed = Path(folder), Path(folder) / "closed"
        (open_to_all / ".stfolder").mkdir()
        open_to_all.chmod(0o777)
        closed.mkdir(mode=0o755)
        for place in (open_to_all, closed):
            (place / "mine.db").write_bytes(b"")
            (place / "mine.db").chmod(0o666)
            (place / "yours.db").write_bytes(b"")
            (place / "yours.db").chmod(0o644)
        names = [*open_to_all.glob("*.db"), closed / "mine.db", closed / "new.db", open_to_all / "new.db"]
        told = subprocess.run(
            [sys.executable, "-c", READ_ONLY, *map(str, sorted(names))],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert [name.relative_to(folder).as_posix() for name in sorted(names)] == [
        "closed/mine.db", "closed/new.db", "mine.db", "new.db", "yours.db"
    ]  # fmt: skip
    assert told.stdout.split() == ["passes", "passes", "in_cloud", "in_cloud", "passes"], told.stderr


def make_dropbox(folder: Path) -> Path:
    folder.mkdir()
    (folder / ".dropbox").write_bytes(b"")
    return folder


def test_a_register_there_is_neither_made_nor_opened_for_writing_but_read(tmp_path: Path) -> None:
    good = tmp_path / "kantor.db"
    open_register(good, user="rina", clock=lambda: NOW).close()
    synced = make_dropbox(tmp_path / "Kerja")
    path = synced / "kantor.db"
    with pytest.raises(StorageFailure) as caught:
        open_register(path, user="rina", clock=lambda: NOW)
    assert caught.value.code == "in_cloud"
    assert [entry.name for entry in synced.iterdir()] == [".dropbox"], "not even a lock"
    with pytest.raises(StorageFailure) as caught:
        open_register(path, user="rina", clock=lambda: NOW, must_exist=True)
    assert caught.value.code == "missing"
    path.write_bytes(good.read_bytes())
    with pytest.raises(StorageFailure) as caught:
        open_register(path, user="rina", clock=lambda: NOW)
    assert caught.value.code == "in_cloud"
    assert path.read_bytes() == good.read_bytes()
    reading = open_register(path, user="rina", clock=lambda: NOW, read_only=True)
    assert reading.workers.count() == 0
    reading.close()
    assert make_backup(path, tmp_path / "cadangan", NOW).path.exists()


def test_a_register_is_copied_to_a_good_place_and_nothing_is_written_over(tmp_path: Path) -> None:
    synced = make_dropbox(tmp_path / "Kerja")
    made = make_register(tmp_path / "kantor.db")
    made.entries.save(make_worker(), None)
    made.close()
    path = (tmp_path / "kantor.db").rename(synced / "kantor.db")
    home = tmp_path / "Cakupan"
    first, second = copy_into(home, path), copy_into(home, path)
    assert (first.name, second.name) == ("kantor.db", "kantor-2.db")
    assert first.read_bytes() == second.read_bytes() == path.read_bytes()
    assert sorted(entry.name for entry in synced.iterdir()) == [".dropbox", "kantor.db"]
    opened = make_register(first)
    assert opened.workers.count() == 1
    opened.close()
    with pytest.raises(StorageFailure) as caught:
        copy_into(make_dropbox(tmp_path / "Lain"), path)
    assert caught.value.code == "in_cloud"


KILLED = """
import os, sys
from pathlib import Path
from datetime import datetime
from models.storage.driver import connect
from models.storage.unlocking import key_of
path, passphrase = Path(sys.argv[1]), sys.argv[2]
connection = connect(path, key=key_of(path, passphrase) if passphrase else None)
connection.execute("PRAGMA cache_spill=ON")
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE scheme SET name = name || ' setengah'")
connection.execute("CREATE TABLE setengah AS SELECT * FROM region, occupation LIMIT 20000")
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("passphrase", ["", "beras rendang 12 talang"])
def test_a_save_that_was_cut_short_is_taken_back_in_the_copy(tmp_path: Path, passphrase: str) -> None:
    path, key = tmp_path / "kantor.db", derive(passphrase, os.urandom(16)) if passphrase else None
    register = open_register(path, user="rina", clock=lambda: NOW, key=key)
    names = [scheme.name for scheme in register.schemes.all()]
    register.close()
    subprocess.run([sys.executable, "-c", KILLED, str(path), passphrase], cwd=ROOT, check=False)
    assert path.with_name("kantor.db-journal").stat().st_size, "the save was cut short"
    copy = copy_into(tmp_path / "Cakupan", path)
    opened = open_register(copy, user="rina", clock=lambda: NOW, key=key)
    assert [scheme.name for scheme in opened.schemes.all()] == names
    opened.close()
    assert check_file(copy, key).is_clean


SSHFS = """
import ctypes, errno, os, struct, subprocess, sys, threading
from pathlib import Path
from models import language
from models.problems import StorageFailure
from models.storage.place import require_fixed_disk

def serve(device):
    while True:
        asked = os.read(device, 1 << 17)
        _length, call, number, node = struct.unpack_from("<IIQQ", asked)
        folder = struct.pack("<6Q10I", node, *[0] * 5, *[0] * 3, 0o40777, 2, 0, 0, 0, 4096, 0)
        answers = {
            26: struct.pack("<4I2H2I2H2I2H", 7, 31, 0, 0, 0, 0, 4096, 1, 0, 0, 0, 0, 0, 0) + bytes(16),  # INIT
            3: struct.pack("<QII", 0, 0, 0) + folder,  # GETATTR
            34: b"",  # ACCESS
        }
        error = 0 if call in answers else -(errno.ENOENT if call == 1 else errno.ENOSYS)
        body = answers.get(call, b"")
        os.write(device, struct.pack("<IiQ", 16 + len(body), error, number) + body)

language.use("id")
point = Path(sys.argv[1])
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
if ctypes.CDLL(None).mount(b"rina@server:/data", os.fsencode(point), b"fuse.sshfs", 0, options):
    sys.exit(77)
threading.Thread(target=serve, args=(device,), daemon=True).start()
try:
    require_fixed_disk(point / "kantor.db")
    print("passes")
except StorageFailure as failure:
    print(failure.code, failure.text)
sys.stdout.flush()
os._exit(0)
"""
"""A file system of another computer, as far as a look at its topmost folder needs one."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a file system of its own, as Linux can")
def test_a_share_that_is_really_mounted_is_refused(tmp_path: Path) -> None:
    point = tmp_path / "drive kantor"
    point.mkdir()
    told = subprocess.run(
        ["unshare", "-Urm", sys.executable, "-c", SSHFS, str(point)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    if told.returncode == 77 or "unshare" in told.stderr or "/dev/fuse" in told.stderr:
        pytest.skip("this computer lets nobody mount a file system of their own")
    assert told.stdout.startswith("on_share kantor.db tidak dibuat"), told.stderr
