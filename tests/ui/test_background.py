"""Work in the background: order, owners that go away, progress, cancelling, the end, and trouble."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.problems import Problem, Rejected, StorageFailure
from ui.background import Background


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def background(qtbot: QtBot, bugs: list[BaseException]) -> Iterator[Background]:
    made = Background(on_bug=bugs.append)
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_results_come_in_the_order_in_which_work_was_handed_over(
    qtbot: QtBot, background: Background, page: QWidget
) -> None:
    seen: list[int] = []
    for number in range(20):
        background.run(page, lambda number=number: number, done=seen.append)
    assert seen == []
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))


def test_work_runs_elsewhere_and_its_result_arrives_on_the_screens_thread(
    qtbot: QtBot, background: Background, page: QWidget
) -> None:
    threads: list[int] = []
    background.run(page, threading.get_ident, done=lambda there: threads.extend((there, threading.get_ident())))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threads[1] == threading.get_ident()


def test_a_result_is_dropped_when_its_owner_is_gone(qtbot: QtBot, background: Background, page: QWidget) -> None:
    seen: list[str] = []
    owner = QWidget(page)
    hold = threading.Event()
    background.run(owner, hold.wait, done=lambda _: seen.append("lost"))
    owner.deleteLater()
    qtbot.waitUntil(lambda: not page.children())
    hold.set()
    background.run(page, lambda: "kept", done=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["kept"]


def test_steps_are_shown_and_a_cancelled_work_ends_at_its_next_step(
    qtbot: QtBot, background: Background, page: QWidget
) -> None:
    steps: list[tuple[int, int]] = []
    ends: list[str] = []
    go_on = threading.Event()

    def work(progress: Callable[[int, int], None]) -> str:
        progress(1, 3)
        go_on.wait(10)
        progress(2, 3)
        return "never"

    job = background.run(
        page,
        work,
        progress=lambda done, of: steps.append((done, of)),
        done=ends.append,
        cancelled=lambda: ends.append("cancelled"),
    )
    qtbot.waitUntil(lambda: steps == [(1, 3)])
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == ["cancelled"]
    assert steps == [(1, 3)]
    assert not background.is_busy


def test_work_that_was_cancelled_before_its_turn_never_runs(
    qtbot: QtBot, background: Background, page: QWidget
) -> None:
    ran: list[str] = []
    hold = threading.Event()
    background.run(page, hold.wait)
    background.run(page, lambda: ran.append("no")).cancel()
    background.run(page, lambda: ran.append("yes"))
    hold.set()
    qtbot.waitUntil(lambda: not background.is_busy)
    assert ran == ["yes"]


def test_stopping_waits_for_the_running_work_and_delivers_nothing(
    qtbot: QtBot, background: Background, page: QWidget
) -> None:
    seen: list[str] = []
    began, finished = threading.Event(), threading.Event()
    others = set(threading.enumerate())

    def work() -> str:
        began.set()
        finished.set()
        return "late"

    background.run(page, work, done=seen.append)
    background.run(page, lambda: "later", done=seen.append)
    began.wait(10)
    background.stop()
    assert finished.is_set()
    assert set(threading.enumerate()) <= others
    qtbot.wait(1)
    assert seen == []


def test_trouble_with_the_file_is_a_sentence_and_not_a_bug(
    qtbot: QtBot, background: Background, page: QWidget, bugs: list[BaseException]
) -> None:
    def work() -> None:
        raise StorageFailure("disk_full", "The disk is full.")

    with qtbot.waitSignal(background.storage_failed) as said:
        background.run(page, work)
    assert said.args == [StorageFailure("disk_full", "The disk is full.").text]
    assert bugs == []


def test_who_wants_to_answer_trouble_gets_it_whole(qtbot: QtBot, background: Background, page: QWidget) -> None:
    got: list[object] = []
    problems = (Problem("nik", "taken", "This NIK is taken."),)

    def work() -> None:
        raise Rejected(problems)

    background.run(page, work, failed=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], Rejected)
    assert got[0].problems == problems


def test_anything_else_is_a_bug_even_when_the_page_is_gone(
    qtbot: QtBot, background: Background, page: QWidget, bugs: list[BaseException]
) -> None:
    owner = QObject()
    hold = threading.Event()

    def work() -> None:
        hold.wait(10)
        raise ZeroDivisionError

    background.run(owner, work)
    owner.deleteLater()
    qtbot.wait(1)
    hold.set()
    qtbot.waitUntil(lambda: bool(bugs))
    assert isinstance(bugs[0], ZeroDivisionError)


def test_it_says_when_it_is_busy(qtbot: QtBot, background: Background, page: QWidget) -> None:
    said: list[bool] = []
    background.became_busy.connect(said.append)
    background.run(page, lambda: None)
    background.run(page, lambda: None)
    qtbot.waitUntil(lambda: said == [True, False])
