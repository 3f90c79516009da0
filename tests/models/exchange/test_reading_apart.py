"""Reading in a process of its own: it can be stopped, it may die, and it gives the same as reading here."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from array import array
from itertools import chain
from pathlib import Path

import pytest

from models.exchange.list_file import open_list, read_table
from models.exchange.reading import FileFound, Request, Rows, SheetBegun, SheetRead, read
from models.exchange.reading_apart import Packing, Unpacking, read_apart
from models.problems import StorageFailure
from tests.models.exchange.nagari_lists import nagari_list
from tests.models.exchange.workbooks import write_csv, write_xlsx


class Enough(Exception):
    """Somebody pressed cancel."""


def test_the_same_comes_from_the_other_process_as_from_this_one(tmp_path: Path) -> None:
    people = nagari_list(6_000)  # more than one piece
    for place in (100, 5_500):
        people.put(place, "nik", int(people.get(place, "nik")))
        people.put(place, "income", 750_000.5)
    file = write_xlsx(tmp_path / "Daftar.xlsx", people, has_total=True, is_signed=True)
    here, apart = list(read(Request(file))), list(read_apart(Request(file), lambda: None))
    assert [type(step) for step in here] == [type(step) for step in apart]
    for one, other in zip(here, apart, strict=True):
        if isinstance(one, Rows) and isinstance(other, Rows):
            assert list(map(list, one.columns)) == list(map(list, other.columns))
            assert one.numbers == other.numbers
        else:
            assert one == other
    assert isinstance(here[0], FileFound)
    assert isinstance(here[1], SheetBegun)
    assert isinstance(here[-1], SheetRead)


def test_texts_that_repeat_themselves_are_one_object(tmp_path: Path) -> None:
    table = read_table(write_xlsx(tmp_path / "Daftar.xlsx", nagari_list(5_000)))
    assert len(set(map(id, table.columns[10]))) == 1  # the nagari
    assert all(isinstance(cell, str) for cell in chain.from_iterable(table.columns))


def test_whole_numbers_arrive_without_a_fraction(tmp_path: Path) -> None:
    people = nagari_list(3)
    people.put(1, "nik", int(people.get(1, "nik")))
    table = read_table(write_xlsx(tmp_path / "Daftar.xlsx", people))
    nik = table.columns[1][1]
    assert isinstance(nik, int)
    assert str(nik) == str(people.get(1, "nik"))


def test_packed_columns_come_out_as_they_went_in() -> None:
    columns: list[list[object]] = [
        ["Kajai"] * 50,
        [str(number) for number in range(50)],
        [1.0, "1", 1.5, True, ""] * 10,
        ["L", "P"] * 25,
    ]
    packing, unpacking = Packing(), Unpacking()
    for _ in range(3):
        sent = packing.rows(Rows(columns, _numbers(50), 50))  # type: ignore[arg-type]
        assert [list(column) for column in unpacking.rows(*sent).columns] == columns


def _numbers(count: int) -> array[int]:
    return array("I", range(1, count + 1))


def test_a_cancel_ends_the_other_process_at_once(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "Daftar.xlsx", nagari_list(3_000))
    asked = 0

    def stop(done: int, of: int) -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise Enough

    begun = time.monotonic()
    with pytest.raises(Enough):
        open_list(file, stop)
    assert time.monotonic() - begun < 5
    assert multiprocessing.active_children() == []


def test_progress_tells_the_rows_and_how_many_there_are(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    file = write_xlsx(tmp_path / "Daftar.xlsx", nagari_list(9_000))
    open_list(file, lambda done, of: told.append((done, of)))
    assert told[0] == (0, 0)
    assert told[-1] == (9_005, 9_005)
    assert told == sorted(told)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes otherwise")
@pytest.mark.parametrize(("sent", "code"), [("SIGKILL", "list_memory"), ("SIGSEGV", "list_ended")])
def test_a_reading_that_dies_is_a_sentence(tmp_path: Path, sent: str, code: str) -> None:
    file = write_xlsx(tmp_path / "Daftar.xlsx", nagari_list(20_000))

    def kill() -> None:
        for child in multiprocessing.active_children():
            if child.pid is not None:
                os.kill(child.pid, getattr(signal, sent))

    with pytest.raises(StorageFailure) as failed:
        list(read_apart(Request(file), kill))
    assert failed.value.code == code


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows stops processes otherwise")
def test_a_reading_that_hangs_is_ended_after_a_while(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "Daftar.xlsx", nagari_list(20_000))

    def hang() -> None:
        for child in multiprocessing.active_children():
            if child.pid is not None:
                os.kill(child.pid, signal.SIGSTOP)

    with pytest.raises(StorageFailure) as failed:
        list(read_apart(Request(file), hang, patience=0.5))
    assert failed.value.code == "list_hangs"
    assert multiprocessing.active_children() == []


def test_reading_goes_on_in_another_thread_than_the_first(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "Daftar.xlsx", nagari_list(5))
    lengths: list[int] = []
    thread = threading.Thread(target=lambda: lengths.append(len(read_table(file))))
    thread.start()
    thread.join()
    assert lengths == [5]


def test_the_program_itself_grows_only_by_the_list(tmp_path: Path) -> None:
    people = nagari_list(10_000)
    file = write_xlsx(tmp_path / "Daftar.xlsx", people)
    del people
    resource = pytest.importorskip("resource", reason="Windows tells it otherwise")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = read_table(file)
    assert len(table) == 10_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes


def test_small_text_is_read_without_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = nagari_list(4)
    file = write_csv(tmp_path / "Daftar.csv", [people.headings, *people.rows])
    monkeypatch.setattr(multiprocessing, "get_context", lambda kind: pytest.fail("a process was begun"))
    assert len(read_table(file)) == 4


def test_long_text_is_read_in_pieces_apart(tmp_path: Path) -> None:
    people = nagari_list(8_000)
    file = write_csv(tmp_path / "Daftar.csv", [people.headings, *people.rows])
    assert file.stat().st_size > 1_000_000
    table = read_table(file)
    assert [list(table.row(place)) for place in (0, 5_000, 7_999)] == [people.rows[p] for p in (0, 5_000, 7_999)]
