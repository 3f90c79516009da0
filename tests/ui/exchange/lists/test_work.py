"""What runs in the background while a list is taken in leaves the traces that it must."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.problems import Rejected, StorageFailure
from models.register import Register
from tests.factories import make_register
from tests.models.exchange.checked_lists import make_finding, make_list, make_row
from ui.exchange.lists import work


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with closing(make_register(tmp_path / "kantor.db")) as made:
        yield made


def _nothing(done: int, of: int) -> None:
    """No progress is shown."""


def test_a_list_that_goes_back_to_its_sender_is_noted(register: Register, tmp_path: Path) -> None:
    people = make_list(make_row(1), make_row(2), findings=[make_finding(0)])
    work.send_back(register, people, tmp_path / "kembali.xlsx", False, progress=_nothing)
    (noted,) = register.audit.of("list", 0)
    assert noted.action == "export"
    assert {name: new for name, _old, new in noted.changes} == {
        "what": "returned_list", "rows": 2, "purpose": "return", "file": "kembali.xlsx",
    }  # fmt: skip


def test_nobody_without_the_right_sends_a_list_back(register: Register, tmp_path: Path) -> None:
    register.users.add(User("wati", Role.ADMINISTRATOR), "tiga empat kata panjang")
    register.users.add(User("dedi", Role.CLERK), "empat lima kata panjang")
    register.users.log_in("dedi", "empat lima kata panjang")
    people = make_list(make_row(1), findings=[make_finding(0)])
    with pytest.raises(Rejected):
        work.send_back(register, people, tmp_path / "kembali.xlsx", False, progress=_nothing)
    assert not (tmp_path / "kembali.xlsx").exists()


def test_the_list_itself_is_never_written_over(register: Register, tmp_path: Path) -> None:
    source = tmp_path / "daftar.xlsx"
    source.write_bytes(b"PK as it came")
    people = make_list(make_row(1), file=str(source), findings=[make_finding(0)])
    with pytest.raises(StorageFailure, match="is_source"):
        work.send_back(register, people, source, False, progress=_nothing)
    assert source.read_bytes() == b"PK as it came"
    assert register.audit.of("list", 0) == ()
