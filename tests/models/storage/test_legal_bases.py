"""The register of legal bases: what is kept, what is refused, what runs out, and the attached file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.funds.fund import Fund
from models.legal.legal_basis import LARGEST_FILE, Attachment, LegalBasis, LegalKind
from models.problems import Rejected
from models.register import Register
from models.storage.check import check_file
from tests.factories import TODAY

DECREE = LegalBasis(
    kind=LegalKind.DECREE, number="500.15.14.1/172/2025", dated_on=date(2025, 8, 4), title="Penetapan peserta",
    valid_from=date(2025, 9, 1), valid_until=date(2026, 12, 31),
)  # fmt: skip
SCAN = Attachment("SK 172.pdf", b"%PDF-1.4 " + bytes(5_000))


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def test_a_decree_and_its_scan_are_kept_and_come_back_whole(register: Register) -> None:
    saved = register.legal_bases.save(DECREE, SCAN)
    assert register.legal_bases.get(saved.id or 0) == saved
    assert register.legal_bases.attachment(saved) == SCAN
    again = register.legal_bases.save(replace(DECREE, number="173"), SCAN)
    assert register._file.rows("SELECT count(*) FROM attachment") == [(1,)]
    corrected = register.legal_bases.save(replace(again, title="Penggantian peserta", replaces=saved.id))
    assert register.legal_bases.all() == (corrected, saved)
    without = register.legal_bases.save(replace(corrected, attachment=""))
    assert register.legal_bases.attachment(without) is None
    assert register.undo.undo() is not None
    assert register.legal_bases.attachment(register.legal_bases.get(again.id or 0)) == SCAN
    assert register.undo.undo() is not None
    assert register.legal_bases.get(again.id or 0).title == "Penetapan peserta"
    assert register.undo.undo() is not None
    assert [basis.id for basis in register.legal_bases.all()] == [saved.id]
    register.close()
    assert check_file(register.path).findings == ()


def test_a_scan_that_was_altered_is_not_shown_as_the_paper(register: Register) -> None:
    saved = register.legal_bases.save(DECREE, SCAN)
    register._file.connection.execute("UPDATE attachment SET content = x'00'")
    assert code_of(lambda: register.legal_bases.attachment(saved)) == "attachment_altered"


def test_what_ends_soon_is_told_until_something_replaces_it(register: Register) -> None:
    old = register.legal_bases.save(DECREE)
    register.legal_bases.save(replace(DECREE, number="9", valid_until=None))
    assert register.legal_bases.running_out(date(2026, 10, 31)) == ()
    assert register.legal_bases.running_out(date(2026, 11, 1)) == (old,)
    assert register.legal_bases.running_out(date(2027, 5, 1)) == (old,)
    register.legal_bases.save(replace(DECREE, number="10", replaces=old.id, valid_until=date(2029, 1, 1)))
    assert register.legal_bases.running_out(date(2027, 5, 1)) == ()


def test_what_something_points_at_stays(register: Register) -> None:
    saved = register.legal_bases.save(DECREE)
    scheme = register.schemes.by_code("SAWIT")
    assert scheme is not None
    fund = Fund(scheme=scheme.id or 0, name="DBH", year=2026, ceiling=1, legal_basis=saved.id)
    register.funds.save(fund)
    assert register.legal_bases.used_by(saved.id or 0) == {"fund": 1}
    assert code_of(lambda: register.legal_bases.withdraw(saved.id or 0)) == "basis_used"
    other = register.legal_bases.save(replace(DECREE, number="11"))
    register.legal_bases.withdraw(other.id or 0)
    assert len(register.legal_bases.all()) == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"number": " "}, "number_missing"),
        ({"title": ""}, "title_missing"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_future"),
        ({"dated_on": date(1026, 1, 1), "valid_from": None}, "dated_past"),
        ({"valid_until": date(2025, 8, 31)}, "validity_backwards"),
    ],
)
def test_what_cannot_be_right_is_refused(register: Register, values: dict[str, object], code: str) -> None:
    before = register.audit.count()
    assert code_of(lambda: register.legal_bases.save(replace(DECREE, **values))) == code  # type: ignore[arg-type]
    assert register.audit.count() == before


def test_the_same_paper_twice_is_refused_and_a_draft_needs_no_number(register: Register) -> None:
    saved = register.legal_bases.save(DECREE)
    assert code_of(lambda: register.legal_bases.save(DECREE)) == "same_basis"
    draft = replace(
        DECREE, kind=LegalKind.DRAFT_PERDA, number="", dated_on=TODAY + timedelta(days=90), valid_from=None
    )
    register.legal_bases.save(replace(draft, valid_until=None))
    assert code_of(lambda: register.legal_bases.save(replace(saved, revision=9))) == "corrected_meanwhile"
    assert code_of(lambda: register.legal_bases.save(replace(saved, replaces=saved.id))) == "replaces_itself"


@pytest.mark.parametrize(("size", "code"), [(0, "attachment_empty"), (LARGEST_FILE + 1, "attachment_large")])
def test_a_file_that_cannot_be_kept_is_refused(register: Register, size: int, code: str) -> None:
    assert code_of(lambda: register.legal_bases.save(DECREE, Attachment("a.pdf", bytes(size)))) == code
    assert register.legal_bases.all() == ()


@pytest.mark.parametrize(
    ("begin", "suffix"),
    [(b"%PDF-1.7", ".pdf"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff\xe0", ".jpg"), (b"II*\x00", ".tif")],
)
def test_a_scan_is_known_by_what_is_in_it(register: Register, begin: bytes, suffix: str) -> None:
    scan = Attachment("tanpa akhiran", begin + bytes(50))
    assert scan.suffix == suffix
    assert register.legal_bases.save(DECREE, scan).attachment


def test_a_program_with_the_name_of_a_scan_is_refused(register: Register) -> None:
    scan = Attachment("SK 172.pdf", b"MZ" + bytes(50))
    assert code_of(lambda: register.legal_bases.save(DECREE, scan)) == "attachment_kind"
