"""A supervisor adds, corrects, closes and opens a scheme by keys; the other places have it at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.people.worker import Segment
from models.register import Register
from models.schemes.scheme import PayerKind, Programme
from tests.factories import TODAY, make_plan, make_register, make_worker
from tests.ui.person import CTRL, Key, Person, person_at
from ui.coverage.page import CoveragePage
from ui.papers.page import PapersPage
from ui.people.entry_page import EntryPage
from ui.schemes.choices import choices_of_schemes
from ui.schemes.page import SchemesPage
from ui.schemes.schemes_panel import SchemesPanel
from ui.table import FigureTable

FISHERS = ("nelayan", "Nelayan (APBD)", "BPU", "JKK, JKM", "1", "6", "1", "1")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = make_register(tmp_path / "cakupan.db")
    yield opened
    opened.close()


@pytest.fixture
def supervisor(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SchemesPage]]:
    with person_at(qtbot, register, tmp_path, SchemesPage) as person:
        yield person


def panel(person: Person[SchemesPage]) -> SchemesPanel:
    return person.page.schemes


def go_to(person: Person[SchemesPage], code: str) -> None:
    table = person.page.table
    table.setFocus()
    table.setCurrentCell(next(at for at, row in enumerate(table.rows) if row.cells[0] == code), 0)


def add_fishers(person: Person[SchemesPage]) -> None:
    """Typed field by field, as from a decision on paper."""
    person.press(Key.Key_N, CTRL)
    for text in FISHERS:
        person.answer(text)
    for text in ("18", "65", "perikanan", "2", "1", "nama"):
        person.answer(text)
    person.press(Key.Key_S, CTRL)
    person.rest()
    person.rest()


def codes_in_problems(person: Person[SchemesPage]) -> dict[str, str]:
    form = panel(person).form
    assert form is not None
    return {one.name: one.problem.code for one in form.form.fields if one.problem is not None}


def test_a_scheme_typed_by_keys_is_kept_with_all_it_says(supervisor: Person[SchemesPage]) -> None:
    add_fishers(supervisor)
    saved = supervisor.register.schemes.by_code("NELAYAN")
    assert saved is not None
    assert (saved.name, saved.segment, saved.programmes) == (
        "Nelayan (APBD)", Segment.BPU, (Programme.JKK, Programme.JKM)
    )  # fmt: skip
    assert (saved.payer_kind, saved.usual_months) == (PayerKind.GOVERNMENT, 6)
    assert (saved.is_public_money, saved.is_subsidised) == (True, True)
    assert (saved.needs_source_list, saved.bars_members) == (False, True)
    assert (saved.min_age, saved.max_age, saved.occupation_kinds, saved.asks) == (18, 65, ("sea",), ("payer_name",))
    assert panel(supervisor).message.text.startswith("Tersimpan: NELAYAN Nelayan (APBD).")
    row = next(row for row in supervisor.page.table.rows if row.cells[0] == "NELAYAN")
    assert row.cells[7] == "Rp16.800"
    assert supervisor.page.table.current == row
    assert supervisor.page.table.hasFocus()


def test_the_form_says_what_a_month_costs_and_from_which_table(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    for text in (*FISHERS[:4], "2"):
        supervisor.answer(text)
    form = panel(supervisor).form
    assert form is not None
    assert "Satu pekerja pada November 2026: Rp8.400" in form.beside.text()
    assert "PP 44/2015" in form.beside.text()
    form.form.go_to("payer_kind")
    supervisor.answer("1")
    assert "Satu pekerja pada November 2026: Rp16.800" in form.beside.text()  # public money has no relief


def test_public_money_follows_who_pays_until_it_is_answered_by_hand(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    form = panel(supervisor).form
    assert form is not None
    public = form.form["is_public_money"]
    assert public.text() == ""
    for payer, answer in (("1", True), ("2", False), ("nagari", True), ("6", False), ("1", True)):
        form.form.go_to("payer_kind")
        supervisor.answer(payer)
        assert public.value() is answer
    form.form.go_to("payer_kind")
    supervisor.answer("5")
    form.form.go_to("is_public_money")
    supervisor.answer("1")
    form.form.go_to("payer_kind")
    supervisor.answer("2")
    assert public.value() is True


def test_a_nagari_that_is_said_to_pay_with_other_money_is_refused(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    for text in ("LINMAS", "Linmas nagari", "BPU", "jkk, jkm", "nagari", "12", "2", "2"):
        supervisor.answer(text)
    supervisor.press(Key.Key_S, CTRL)
    assert codes_in_problems(supervisor) == {"is_public_money": "public_payer"}
    assert supervisor.register.schemes.by_code("LINMAS") is None


def test_it_stands_at_once_in_entry_funds_coverage_and_papers(qtbot: QtBot, supervisor: Person[SchemesPage]) -> None:
    session, register = supervisor.session, supervisor.register
    entry, coverage, papers = EntryPage(session), CoveragePage(session), PapersPage(session)
    for page in (entry, coverage, papers):
        qtbot.addWidget(page)
    add_fishers(supervisor)
    saved = register.schemes.by_code("NELAYAN")
    assert saved is not None
    assert entry.form["scheme"].read("nelay")[0] == saved.id
    supervisor.page.funds.add()
    fund = supervisor.page.funds.form
    assert fund is not None
    assert fund.form["scheme"].read("nelay")[0] == saved.id
    plan = replace(make_plan(register, "NELAYAN"), payer_name="Dinas Perikanan")
    enrolled = register.entries.save(make_worker(occupation="24"), plan).enrolment
    assert enrolled is not None
    papers.shown()
    coverage.shown()
    supervisor.rest()
    supervisor.rest()
    assert papers.choice.form["scheme"].read("nelay")[0] == saved.id
    supervisor.sees(lambda: any("NELAYAN" in str(cell) for cell in _cells(coverage)))
    letter = register.papers.letter(enrolled.id or 0, TODAY)
    assert letter.scheme == "Nelayan (APBD)"


def _cells(coverage: CoveragePage) -> list[str]:
    return [cell for table in coverage.findChildren(FigureTable) for row in table.rows for cell in row.cells]


def test_every_rule_is_said_at_its_field(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    supervisor.press(Key.Key_S, CTRL)
    assert codes_in_problems(supervisor) == {
        "code": "code_missing", "name": "name_missing", "segment": "segment_missing",
        "payer_kind": "payer_kind_missing", "usual_months": "usual_months_missing",
        "is_public_money": "is_public_money_missing",
    }  # fmt: skip
    form = panel(supervisor).form
    assert form is not None
    form.form.go_to("code")
    for text in ("SAWIT", "Lagi", "BPU", "JKK, JP", "1", "3", "1", "1", "60", "18", "x"):
        supervisor.answer(text)
    supervisor.press(Key.Key_S, CTRL)
    assert codes_in_problems(supervisor)["occupation_kinds"] == "choice_unknown"
    form.form.go_to("occupation_kinds")
    supervisor.answer("sawit")
    supervisor.press(Key.Key_S, CTRL)
    assert codes_in_problems(supervisor) == {
        "code": "same_code", "programmes": "programmes_missing", "max_age": "ages_backwards"
    }  # fmt: skip
    assert len(supervisor.register.schemes.all()) == 10


def test_a_wage_scheme_asks_for_wage_base_and_risk_class(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    for text in ("GURU", "Guru honorer", "PU", "jkk, jkm", "1", "12", "1", "2"):
        supervisor.answer(text)
    form = panel(supervisor).form
    assert form is not None
    assert form.form["wage_base"].hasFocus()
    supervisor.press(Key.Key_S, CTRL)
    assert codes_in_problems(supervisor) == {
        "wage_base": "wage_base_missing", "risk_class": "risk_class"
    }  # fmt: skip
    form.form.go_to("wage_base")
    supervisor.answer("2.994.193")
    supervisor.answer("1")
    supervisor.press(Key.Key_S, CTRL)
    supervisor.rest()
    saved = supervisor.register.schemes.by_code("GURU")
    assert saved is not None
    assert (saved.wage_base, saved.risk_class) == (2_994_193, 1)


def test_programmes_stay_once_somebody_is_enrolled(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.entries.save(make_worker(), make_plan(supervisor.register))
    go_to(supervisor, "SAWIT")
    supervisor.press(Key.Key_E, CTRL)
    form = panel(supervisor).form
    assert form is not None
    form.form.go_to("programmes")
    supervisor.answer("jkk, jkm, jht")
    supervisor.press(Key.Key_S, CTRL)
    assert codes_in_problems(supervisor) == {"programmes": "scheme_used"}
    supervisor.press(Key.Key_Escape)
    assert form.form.message_bar.text == "Isian ini belum disimpan. Ctrl+S menyimpan, Esc meninggalkannya."
    supervisor.press(Key.Key_Escape)
    assert panel(supervisor).form is None
    assert supervisor.page.table.hasFocus()


def test_a_closed_scheme_is_dim_and_no_choice_until_it_is_opened(
    qtbot: QtBot, supervisor: Person[SchemesPage]
) -> None:
    entry = EntryPage(supervisor.session)
    qtbot.addWidget(entry)
    go_to(supervisor, "CSR")
    supervisor.press(Key.Key_T, CTRL)
    supervisor.rest()
    supervisor.rest()
    scheme = supervisor.register.schemes.by_code("CSR")
    assert scheme is not None
    assert scheme.closed_on == TODAY
    row = next(row for row in supervisor.page.table.rows if row.cells[0] == "CSR")
    assert row.is_dim
    assert row.cells[1].endswith("(ditutup)")
    assert "CSR" not in [choice.code for choice in choices_of_schemes(supervisor.register)]
    assert entry.form["scheme"].read("csr")[0] is None
    supervisor.press(Key.Key_T, CTRL)
    supervisor.rest()
    assert entry.form["scheme"].read("csr")[0] == scheme.id


def test_who_may_not_is_told_why(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register._file.person = User("ana", Role.CLERK)
    with person_at(qtbot, register, tmp_path, SchemesPage) as clerk:
        clerk.page.table.setFocus()
        for key in (Key.Key_N, Key.Key_E, Key.Key_T):
            clerk.press(key, CTRL)
            assert panel(clerk).form is None
            assert panel(clerk).message.level == "error"


def test_half_typed_keeps_the_program_from_closing(supervisor: Person[SchemesPage]) -> None:
    supervisor.press(Key.Key_N, CTRL)
    supervisor.type("NEL")
    assert not supervisor.page.closing()
    supervisor.press(Key.Key_Escape)
    assert supervisor.page.closing()


def test_the_sum_stays_in_sight_however_many_schemes_there_are(supervisor: Person[SchemesPage]) -> None:
    supervisor.register.entries.save(make_worker(), make_plan(supervisor.register))
    add_fishers(supervisor)
    assert len(supervisor.page.table.rows) == 11
    total = panel(supervisor).total
    assert total.text() == "Semua 11 skema: 1 kepesertaan, terikat Rp50.400."
    assert not total.visibleRegion().isEmpty()


def test_the_reckoner_says_why_there_is_no_relief(supervisor: Person[SchemesPage]) -> None:
    reckoner = supervisor.page.calculator
    for code, first, why in (
        ("csr", "1/2027", "Tidak ada keringanan setelah Desember 2026, karena aturannya berakhir: PP 50/2025"),
        ("csr", "11/2026", "Tidak ada keringanan setelah Desember 2026"),
        ("sawit", "11/2026", "Tidak ada keringanan, karena uang publik yang membayar: PP 50/2025"),
    ):
        reckoner.form.go_to("scheme")
        supervisor.answer(code)
        supervisor.answer("10")
        supervisor.answer("3")
        supervisor.answer(first)
        assert reckoner.sources.text().startswith(why)
    reckoner.form.go_to("scheme")
    supervisor.answer("csr")
    supervisor.answer("10")
    supervisor.answer("1")
    supervisor.answer("11/2026")
    assert "Tidak ada keringanan" not in reckoner.sources.text()
