"""Schemes as data: a supervisor adds one without code, and what cannot be right is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from models.people.worker import Segment
from models.problems import Rejected
from models.register import Register
from models.schemes.scheme import PayerKind, Programme, Scheme
from models.storage.check import check_file
from tests.factories import DECEMBER, TODAY, make_plan, make_register, make_worker

FISHERMEN = Scheme(
    code="nelayan", name="Nelayan  (APBD)", segment=Segment.BPU, programmes=(Programme.JKK, Programme.JKM),
    payer_kind=PayerKind.GOVERNMENT, is_public_money=True, is_subsidised=True, usual_months=6, max_age=60,
    occupation_kinds=("sea",), needs_source_list=True,
)  # fmt: skip


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def test_a_scheme_of_the_office_works_in_entry_coverage_and_letters(register: Register) -> None:
    saved = register.schemes.save(FISHERMEN)
    assert register.schemes.by_code("NELAYAN") == saved
    assert saved.name == "Nelayan (APBD)"
    worker = make_worker(occupation="24", source_list="DTSEN 2025")
    entry = register.entries.save(worker, make_plan(register, "NELAYAN", months=6))
    assert entry.enrolment is not None
    assert entry.enrolment.contribution == 6 * 16_800
    assert {one.code: one.active for one in register.coverage.schemes(DECEMBER)}["NELAYAN"] == 1
    assert register.papers.letter(entry.enrolment.id or 0, TODAY).scheme == "Nelayan (APBD)"
    register.close()
    again = make_register(register.path)
    assert again.schemes.by_code("NELAYAN") == saved
    again.close()
    assert check_file(register.path).findings == ()


def test_a_used_scheme_keeps_what_it_pays_for_and_may_be_closed(register: Register) -> None:
    saved = register.schemes.save(replace(FISHERMEN, occupation_kinds=(), needs_source_list=False))
    register.entries.save(make_worker(), make_plan(register, "NELAYAN"))
    more = replace(saved, programmes=(*saved.programmes, Programme.JHT))
    assert code_of(lambda: register.schemes.save(more)) == "scheme_used"
    register.schemes.save(replace(saved, closed_on=TODAY))
    assert code_of(lambda: register.entries.save(make_worker(2), make_plan(register, "NELAYAN"))) == "scheme_closed"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": "X"}, "scheme_code"),
        ({"code": "sawit"}, "same_code"),
        ({"name": " "}, "name_missing"),
        ({"programmes": (Programme.JKK,)}, "programmes_missing"),
        ({"programmes": (Programme.JKK, Programme.JKM, Programme.JP)}, "programmes_of_segment"),
        ({"usual_months": 0}, "usual_months"),
        ({"usual_months": 200}, "usual_months"),
        ({"segment": Segment.PU, "risk_class": 1}, "wage_base_missing"),
        ({"segment": Segment.PU, "wage_base": 1_000_000}, "risk_class"),
        ({"is_public_money": False}, "public_payer"),
        ({"payer_kind": PayerKind.NAGARI, "is_public_money": False}, "public_payer"),
        ({"min_age": 5}, "age_range"),
        ({"min_age": 60}, "ages_backwards"),
    ],
)
def test_a_scheme_that_cannot_be_right_is_refused(register: Register, values: dict[str, object], code: str) -> None:
    before = register.audit.count(), len(register.schemes.all())
    assert code_of(lambda: register.schemes.save(replace(FISHERMEN, **values))) == code  # type: ignore[arg-type]
    assert (register.audit.count(), len(register.schemes.all())) == before
