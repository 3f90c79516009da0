"""What Windows does otherwise, as far as it can be tried elsewhere."""

from __future__ import annotations

import errno
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from models.problems import StorageFailure
from models.storage.backup import make_backup
from models.storage.driver import address_of
from models.storage.failures import failure_of, failures_named
from models.storage.snapshot import put_in_place
from tests.factories import NOW, make_register


class HeldPath(type(Path())):  # type: ignore[misc]  # Path itself cannot be inherited from before Python 3.12
    """A file that another program has open, as Windows tells it."""

    refusals = 0
    number = 5

    def replace(self, target: Path) -> Path:
        if self.refusals:
            type(self).refusals -= 1
            raise as_windows(PermissionError(errno.EACCES, "Access is denied"), self.number)
        return Path(str(self)).replace(target)


def as_windows(error: OSError, number: int) -> OSError:
    """An error that bears Windows' own number."""
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]
    return error


@pytest.fixture
def part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HeldPath:
    monkeypatch.setattr(HeldPath, "refusals", 2)
    part = HeldPath(tmp_path / "surat.pdf.part")
    part.write_bytes(b"baru")
    return part


def test_a_file_that_a_virus_scanner_holds_for_a_moment_gets_its_name(part: HeldPath, tmp_path: Path) -> None:
    put_in_place(part, tmp_path / "surat.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["surat.pdf"]


def test_a_file_that_stays_open_in_another_program_is_a_sentence(
    part: HeldPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HeldPath, "refusals", 1_000)
    target = tmp_path / "surat.pdf"
    target.write_bytes(b"lama")
    with pytest.raises(StorageFailure) as failure, failures_named(target):
        put_in_place(part, target, patience=0)
    assert failure.value.code == "locked"
    assert "surat.pdf" in failure.value.text
    assert target.read_bytes() == b"lama"


def test_a_refusal_that_is_no_matter_of_time_is_told_at_once(
    part: HeldPath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HeldPath, "number", 1314)
    with pytest.raises(PermissionError):
        put_in_place(part, tmp_path / "surat.pdf", patience=3_600)
    assert HeldPath.refusals == 1


def test_a_leftover_that_cannot_be_taken_away_keeps_nobody_from_a_backup(tmp_path: Path) -> None:
    register = make_register(tmp_path / "kantor.db")
    register.close()
    stuck = tmp_path / "cadangan" / "kantor-20250101-080000.db.new"
    stuck.mkdir(parents=True)  # cannot be unlinked, like a file that a program holds
    assert make_backup(register.path, tmp_path / "cadangan", NOW).path.exists()


@pytest.mark.parametrize(
    ("number", "code"), [(32, "locked"), (33, "locked"), (123, "cannot_open"), (206, "cannot_open")]
)
def test_the_numbers_of_windows_mean_something(number: int, code: str) -> None:
    failure = failure_of(as_windows(OSError(errno.EINVAL, "Invalid argument"), number), Path("kantor.db"))
    assert failure is not None
    assert failure.code == code


def test_a_file_on_a_share_has_an_address_that_sqlite_reads() -> None:
    assert address_of(PureWindowsPath(r"C:\Data Kantor\100% #1.db")) == "file:///C:/Data%20Kantor/100%25%20%231.db"
    assert address_of(PureWindowsPath(r"\\server\kantor\data.db")) == "file:////server/kantor/data.db"
    assert address_of(PurePosixPath("/srv/data.db")) == "file:///srv/data.db"
