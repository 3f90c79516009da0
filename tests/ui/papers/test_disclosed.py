"""What a paper tells of people, and what the audit trail tells of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from models.offices.users import Role, User
from models.problems import Rejected
from models.register import Register
from models.values.months import Month
from tests.factories import DECEMBER, make_plan, make_register, make_worker
from ui.papers.paper import OPENED, PRINTED, SAVED, LettersPaper, SummaryPaper


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = make_register(tmp_path / "kecil.db")
    for serial in (1, 2):
        opened.entries.save(make_worker(serial), make_plan(opened))
    opened.users.add(User("rina", Role.ADMINISTRATOR, "Rina Wati, S.Sos"), "")
    yield opened
    opened.close()


def text_of(pdf: Path | BytesIO) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def printings(register: Register) -> list[dict[str, object]]:
    return [{name: new for name, _, new in one.changes} for one in register.audit.of("paper", 0)]


def no_steps(done: int, of: int) -> None:
    """Nobody waits."""


def test_the_preview_of_letters_masks_the_nik_and_the_issued_letter_has_it(
    register: Register, tmp_path: Path
) -> None:
    paper = LettersPaper(workers=(1, 2), subject="Siti Aminah")
    preview = paper.preview(register, register.today()).data
    assert preview is not None
    assert make_worker(1).nik not in text_of(BytesIO(preview))
    assert printings(register) == []
    paper.write(register, register.today(), tmp_path / "surat.pdf", no_steps, way=PRINTED)
    text = text_of(tmp_path / "surat.pdf")
    assert make_worker(1).nik in text
    assert make_worker(2).nik in text
    [said] = printings(register)
    assert (said["paper"], said["persons"], said["rows"], said["way"]) == ("enrollment_letter", 2, 2, "print")
    assert said["first_number"] != said["last_number"]
    assert not any("Siti" in str(value) for value in said.values())


def test_the_summary_says_at_its_foot_who_printed_it_when_and_how_many_rows(
    register: Register, tmp_path: Path
) -> None:
    paper = SummaryPaper(DECEMBER)
    paper.write(register, register.today(), tmp_path / "a.pdf", no_steps, way=SAVED)
    rows = register.papers.summary(DECEMBER, register.today()).rows
    assert f"DicetakolehRinaWati,S.Sospada22/11/202609.00,{rows}baris" in text_of(tmp_path / "a.pdf")
    [said] = printings(register)
    assert (said["paper"], said["persons"], said["rows"], said["way"]) == ("coverage_summary", 0, rows, "save")


def test_the_same_summary_is_the_same_file(register: Register) -> None:
    from reports.coverage_summary import coverage_summary

    summary = register.papers.summary(Month(2026, 11), register.today())
    assert coverage_summary(summary) == coverage_summary(summary)


def test_a_paper_whose_printing_cannot_be_recorded_is_not_written(register: Register, tmp_path: Path) -> None:
    register._file.person = None  # nobody is logged in any more
    for paper in (LettersPaper(workers=(1,)), SummaryPaper(DECEMBER)):
        with pytest.raises(Rejected, match="not_logged_in"):
            paper.write(register, register.today(), tmp_path / "surat.pdf", no_steps, way=OPENED)
    assert list(tmp_path.glob("*.pdf*")) == []
    assert printings(register) == []
