"""The annex of a decree: who comes in, whose place each one takes, and the audit row of its printing."""

from __future__ import annotations

from datetime import date

import pytest

from models.legal.legal_basis import LegalBasis, LegalKind
from models.problems import Rejected
from models.register import Register
from models.schemes.life import Rejection
from tests.factories import TODAY, make_plan, make_worker


def add_decree(register: Register, number: str, replaces: int | None = None) -> int:
    basis = LegalBasis(
        kind=LegalKind.DECREE, number=number, dated_on=TODAY, title="Penetapan peserta", replaces=replaces
    )
    return register.legal_bases.save(basis).id or 0


def test_a_replacement_decree_names_who_comes_and_who_goes(register: Register) -> None:
    for serial, name in ((1, "Upik"), (2, "Rina")):
        register.entries.save(make_worker(serial, name=name), make_plan(register))
    waits = register.entries.save(make_worker(3, name="Nur", born_on=date(1990, 1, 2)), None).worker.id or 0
    first = add_decree(register, "500/1")
    register.enrolment_life.approve([1, 2], first)
    register.enrolment_life.reject([1], Rejection.OTHER, "salah desa")
    register.waiting.add([waits], 1)
    second = add_decree(register, "500/2", first)
    register.enrolment_life.replace([1], second)
    annex = register.annexes.annex(second)
    assert [(row.name, row.nik) for row in annex.names_in] == [("Nur", make_worker(3, born_on=date(1990, 1, 2)).nik)]
    assert [(row.name, row.reason, row.replaced_by) for row in annex.names_out] == [
        ("Upik", "Alasan lain (salah desa)", "Nur")
    ]
    assert annex.replaces.startswith("500/1")
    assert (annex.row_count, annex.contribution) == (2, 50_400)
    assert [row.name for row in register.annexes.annex(first).names_in] == ["Rina"]
    before = register.audit.count()
    register.annexes.record_printing(annex, way="file")
    assert register.audit.count() == before + 1


def test_a_decree_that_names_nobody_has_no_annex(register: Register) -> None:
    decree = add_decree(register, "500/1")
    with pytest.raises(Rejected) as caught:
        register.annexes.annex(decree)
    assert caught.value.problems[0].code == "annex_empty"
