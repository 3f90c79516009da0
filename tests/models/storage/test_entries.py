"""The clerk's save: worker, enrolment, audit and draft in one transaction, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.problems import Rejected
from models.register import Register
from models.storage.check import check_file
from models.storage.drafts import Draft
from models.values.months import Month
from tests.factories import NOW, TODAY, make_plan, make_register, make_worker


def codes(caught: pytest.ExceptionInfo[Rejected]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in caught.value.problems}


def test_a_saved_worker_reads_back_as_typed(register: Register) -> None:
    worker = make_worker(
        family_card="1312041203100007", title_before="Hj.", title_after="S.Pd.", phone="+6281266778899",
        email="siti@contoh.id", postcode="26367", source_list="Daftar 7", source_decile=1, proof_kind="STDB",
        proof_number="12/2025", perisai_agent="Yusuf", heir_name="Budi", heir_relation="anak", notes="–",
        kpj="12345678901",
        reasons={"note": "sudah ditanya"},
    )  # fmt: skip
    saved = register.entries.save(worker, None).worker
    assert saved.id is not None
    assert register.workers.get(saved.id) == saved
    assert replace(saved, id=None, uid="", office="", revision=0) == worker


def test_the_save_writes_its_audit_rows_with_who_and_when(register: Register) -> None:
    entry = register.entries.save(make_worker(), make_plan(register))
    assert entry.worker.id is not None
    history = register.audit.of("worker", entry.worker.id)
    assert [(row.action, row.user, row.at) for row in history] == [("add", "rina", NOW)]
    assert ("name", None, "Siti Aminah") in history[0].changes
    assert {row.kind for row in register.audit.of_save(entry.save)} == {"worker", "enrolment", "entry"}


def test_the_same_nik_twice_is_a_problem_of_the_nik_field(register: Register) -> None:
    register.entries.save(make_worker(), None)
    with pytest.raises(Rejected) as caught:
        register.entries.save(make_worker(name="Siti Aminah binti Yusuf"), None)
    assert ("nik", "nik_registered") in codes(caught)
    assert "Siti Aminah" in caught.value.problems[0].text
    assert "Talu" in caught.value.problems[0].text
    assert register.workers.count() == 1


def test_a_rejected_enrolment_leaves_no_worker_behind(register: Register) -> None:
    with pytest.raises(Rejected) as caught:
        register.entries.save(make_worker(), make_plan(register, months=0))
    assert codes(caught) == {("month_count", "month_count")}
    assert register.workers.count() == 0
    assert register.workers.search("siti") == ()


def test_a_warning_needs_a_reason_which_is_kept(register: Register) -> None:
    foreign = make_worker(nik="3201014107850001")
    with pytest.raises(Rejected) as caught:
        register.entries.save(foreign, None)
    assert codes(caught) == {("nik", "nik_region_foreign")}
    entry = register.entries.save(replace(foreign, reasons={"nik_region_foreign": "pindah 2019"}), None)
    assert entry.worker.id is not None
    assert register.workers.get(entry.worker.id).reasons == {"nik_region_foreign": "pindah 2019"}


@pytest.mark.parametrize(
    ("first", "months", "overlaps"),
    [
        (Month(2026, 12), 3, True),
        (Month(2027, 2), 1, True),
        (Month(2026, 10), 3, True),
        (Month(2027, 3), 3, False),
        (Month(2026, 9), 3, False),
    ],
)
def test_two_subsidised_periods_of_one_worker_must_not_overlap(
    register: Register, first: Month, months: int, overlaps: bool
) -> None:
    worker = register.entries.save(make_worker(), make_plan(register)).worker
    plan = make_plan(register, "CSR", first, months)
    if not overlaps:
        assert register.entries.save(worker, plan).enrolment is not None
        return
    with pytest.raises(Rejected) as caught:
        register.entries.save(worker, plan)
    assert codes(caught) == {("first_month", "second_subsidy")}
    assert "DBH Sawit" in caught.value.problems[0].text
    assert "Desember 2026" in caught.value.problems[0].text


def test_the_file_itself_refuses_a_second_subsidy(register: Register) -> None:
    worker = register.entries.save(make_worker(), make_plan(register)).worker
    enrolment, problems = register.enrolments.planned(worker, make_plan(register, "CSR"), TODAY)
    assert enrolment is not None
    assert problems
    with pytest.raises(Exception, match="second subsidy"), register._file.change() as change:
        register.enrolments.write(change, enrolment, worker)
    assert worker.id is not None
    assert len(register.enrolments.of_worker(worker.id)) == 1


def test_a_nagari_official_may_also_be_a_palm_worker_for_a_reason(register: Register) -> None:
    """In law one person may hold two jobs; the palm-oil money asks for people who are not registered yet."""
    worker = register.entries.save(make_worker(), make_plan(register, "KADER", months=12)).worker
    with pytest.raises(Rejected) as caught:
        register.entries.save(worker, make_plan(register))
    assert codes(caught) == {("scheme", "other_membership")}
    explained = replace(worker, reasons={"other_membership": "kader pagi, pemanen sore; SK wali nagari 12/2026"})
    assert register.entries.save(explained, make_plan(register)).enrolment is not None


def test_self_paid_months_may_follow_and_overlap_no_rule(register: Register) -> None:
    worker = register.entries.save(make_worker(), make_plan(register)).worker
    assert register.entries.save(worker, make_plan(register, "MANDIRI")).enrolment is not None


def test_the_draft_goes_with_the_save_and_stays_with_a_refusal(register: Register) -> None:
    draft = register.drafts.save(Draft("entry", {"nik": "1312"}, "nik"))
    with pytest.raises(Rejected):
        register.entries.save(make_worker(name=""), None, draft)
    assert len(register.drafts.all()) == 1
    register.entries.save(make_worker(), None, draft)
    assert register.drafts.all() == ()


def test_undoing_a_new_worker_takes_it_out_of_sight_and_lets_the_nik_be_used_again(register: Register) -> None:
    entry = register.entries.save(make_worker(), make_plan(register))
    undone = register.entries.undo_last()
    assert undone is not None
    assert undone.save == entry.save
    assert register.workers.count() == 0
    assert register.workers.search("siti") == ()
    assert register.coverage.district(Month(2026, 12)).active == 0
    assert register.entries.of_day(TODAY)[0].is_undone
    assert register.entries.count_of_day(TODAY) == 0
    register.entries.save(make_worker(), make_plan(register))
    assert register.workers.count() == 1


def test_undoing_a_correction_brings_the_old_values_back(register: Register) -> None:
    first = register.entries.save(make_worker(), make_plan(register)).worker
    corrected = replace(first, name="Siti Aminatun", nagari="13.12.05.2001")
    register.entries.save(corrected, make_plan(register, first=Month(2027, 3)))
    register.entries.undo_last()
    assert first.id is not None
    again = register.workers.get(first.id)
    assert (again.name, again.nagari) == ("Siti Aminah", "13.12.04.2002")
    assert register.coverage.district(Month(2027, 3)).active == 0
    assert register.coverage.active_by_nagari(Month(2026, 12)) == {"13.12.04.2002": 1, "13.12.05.2001": 0}


def test_undo_goes_back_save_by_save_and_only_over_ones_own(register: Register) -> None:
    register.entries.save(make_worker(1), None)
    register.entries.save(make_worker(2), None)
    register.close()
    other = make_register(register.path, user="ali")
    assert other.entries.undo_last() is None
    other.close()
    again = make_register(register.path, user="rina")
    assert [again.entries.undo_last() is not None for _ in range(3)] == [True, True, False]
    assert again.workers.count() == 0
    again.close()


def test_a_save_that_was_changed_since_is_not_undone(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    register.workers.correct(replace(worker, jorong="Merdeka"))
    with pytest.raises(Rejected) as caught:
        register.entries.undo_last()
    assert codes(caught) == {("save", "changed_since")}
    assert register.workers.count() == 1


def test_a_correction_keeps_old_and_new_value_of_each_field(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    saved = register.workers.correct(replace(worker, jorong="Merdeka", phone="+6281266778899"))
    assert saved.revision == 2
    assert saved.id is not None
    last = register.audit.of("worker", saved.id)[-1]
    assert last.action == "correct"
    assert set(last.changes) == {("jorong", "Tombang", "Merdeka"), ("phone", "", "+6281266778899")}


def test_a_correction_of_nothing_writes_nothing(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    before = register.audit.count()
    assert register.workers.correct(worker) == worker
    assert register.audit.count() == before


def test_two_who_correct_the_same_record_do_not_overwrite_each_other(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    register.workers.correct(replace(worker, jorong="Merdeka"))
    with pytest.raises(Rejected) as caught:
        register.workers.correct(replace(worker, jorong="Kampung Baru"))
    assert codes(caught) == {("name", "corrected_meanwhile")}


def test_drafts_come_back_newest_first_with_their_focus(register: Register) -> None:
    first = register.drafts.save(Draft("entry", {"nik": "1312"}, "nik"))
    register.drafts.save(Draft("entry", {"nik": "1313", "name": "Ali"}, "name"))
    register.drafts.save(Draft("entry", {"nik": "13120"}, "nik", first))
    assert [(draft.fields, draft.focus) for draft in register.drafts.all()] == [
        ({"nik": "1313", "name": "Ali"}, "name"),
        ({"nik": "13120"}, "nik"),
    ]


def test_no_table_appears_by_a_slip_of_a_name(register: Register) -> None:
    before = set(register._file.db.table_names())
    worker = register.entries.save(make_worker(), make_plan(register)).worker
    register.workers.correct(replace(worker, jorong="Merdeka"))
    register.change_office(replace(register.office, place="Talu"))
    assert set(register._file.db.table_names()) == before


def test_a_save_whose_old_nik_somebody_else_has_now_is_not_undone(register: Register) -> None:
    worker = register.entries.save(make_worker(1), None).worker
    register.entries.save(replace(worker, nik=make_worker(2).nik), None)
    register.close()
    other = make_register(register.path, user="ali")
    other.entries.save(make_worker(1, name="Ali Umar"), None)
    other.close()
    again = make_register(register.path)
    with pytest.raises(Rejected) as caught:
        again.entries.undo_last()
    assert "Ali Umar" in caught.value.text
    assert again.workers.count() == 2
    again.close()


def test_a_save_for_which_a_letter_was_issued_is_not_undone(register: Register) -> None:
    entry = register.entries.save(make_worker(), make_plan(register))
    assert entry.enrolment is not None
    register.papers.issue_letters([entry.enrolment.id or 0], TODAY)
    with pytest.raises(Rejected) as caught:
        register.entries.undo_last()
    assert codes(caught) == {("save", "letter_issued")}
    assert register.coverage.district(Month(2026, 12)).active == 1


def test_a_worker_that_was_taken_back_is_neither_corrected_nor_enrolled(register: Register) -> None:
    worker = register.entries.save(make_worker(), None).worker
    assert worker.id is not None
    register.entries.undo_last()
    gone = register.workers.get(worker.id)
    for attempt in (
        lambda: register.workers.correct(replace(gone, jorong="Merdeka")),
        lambda: register.entries.save(replace(gone, jorong="Merdeka"), make_plan(register)),
        lambda: register.enrolments.add(worker.id or 0, make_plan(register)),
    ):
        with pytest.raises(Rejected) as caught:
            attempt()
        assert {problem.code for problem in caught.value.problems} == {"withdrawn"}
    assert register.enrolments.of_worker(worker.id) == ()
    register.close()
    assert check_file(register.path).is_clean


def test_a_broken_character_is_kept_in_a_draft_and_refused_in_a_record(register: Register) -> None:
    draft = register.drafts.save(Draft("entry", {"notes": "kebun \ud800"}, "notes"))
    assert register.drafts.all()[0].fields == {"notes": "kebun \ud800"}
    with pytest.raises(Rejected) as caught:
        register.entries.save(make_worker(notes="kebun \ud800"), None, draft)
    assert codes(caught) == {("notes", "text_garbled")}


def test_an_income_that_nobody_has_is_refused_whatever_the_reason(register: Register) -> None:
    worker = make_worker(income=10**20, reasons={"income_high": "benar"})
    with pytest.raises(Rejected) as caught:
        register.entries.save(worker, make_plan(register))
    assert codes(caught) == {("income", "income_range")}
