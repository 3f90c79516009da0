"""Lists are taken in: previewed row by row, written in one transaction or not at all, with where each came from."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.exchange.importing import ChangedField, Doubt, Mode, Resolution
from models.funds.fund import Fund
from models.offices.users import Right, Role
from models.people.worker import Worker
from models.problems import Rejected
from models.register import Register
from models.schemes.eligibility import LOOKS_AT, problems_of_eligibility
from models.storage.audit_chain import breaks_in, strays_in
from models.storage.backup_names import backup_folder, backups_in
from models.storage.coverage_changes import rebuilt, stored
from models.values.months import Month, Period
from tests.factories import DECEMBER, make_plan, make_register, make_worker
from tests.models.exchange.checked_lists import make_finding, make_list, make_row


@pytest.fixture
def register(tmp_path: Path):
    with_list = make_register(tmp_path / "kantor.db")
    yield with_list
    assert_sound(with_list)
    with_list.close()


def assert_sound(register: Register) -> None:
    """Every record is as its latest audit row says, the chain holds, and the sums are those of the enrolments."""
    connection = register._file.connection
    assert list(breaks_in(connection)) == []
    assert list(strays_in(connection)) == []
    assert stored(connection) == {key: value for key, value in rebuilt(connection).items() if value}
    connection.execute("INSERT INTO worker_text (worker_text) VALUES ('integrity-check')")
    found = {
        row[0] for row in register._file.rows("SELECT rowid FROM worker_text WHERE worker_text MATCH 'SIT OR ROS'")
    }
    living = {row[0] for row in register._file.rows(
        "SELECT id FROM worker WHERE living = 1 AND (name_key LIKE '%SIT%' OR name_key LIKE '%ROS%')"
    )}  # fmt: skip
    assert found == living


def outcomes(preview) -> list[str]:
    return [row.outcome.value for row in preview.rows]


def test_new_people_are_registered_with_where_they_came_from(register):
    people = make_list(make_row(1), make_row(2), file="kinali.xlsx", first_row=7)
    preview = register.lists.preview(people, Mode.ADD_ONLY)
    assert outcomes(preview) == ["new", "new"]
    assert preview.is_writable
    assert register.workers.count() == 0  # nothing is written by looking
    made = register.lists.take_in(people, Mode.ADD_ONLY, seen=preview)
    assert (made.file, made.rows, made.counts["new"], made.imported_by) == ("kinali.xlsx", 2, 2, "rina")
    worker = register.workers.get(2)
    assert (worker.name, worker.nagari, worker.revision) == (make_row(2)["name"], "13.12.04.2002", 1)
    origin = register.lists.origin_of(2)
    assert (origin.file, origin.row, origin.user, origin.list_import) == ("kinali.xlsx", 8, "rina", made.id)
    assert people.table.source.hash.hex().startswith(origin.hash)
    assert register.workers.search(make_row(2)["name"])[0].id == 2
    assert register.lists.imports() == (made,)


def test_rows_with_findings_are_left_out_and_the_others_taken_in(register):
    people = make_list(make_row(1), make_row(2), make_row(3))
    people.findings = [make_finding(0), make_finding(1, "nik_sex_differs", warning=True)]
    assert outcomes(register.lists.preview(people, Mode.ADD_ONLY)) == ["left_out", "left_out", "new"]
    people.reasons = {1: {"nik_sex_differs": "KTP memang begitu"}}
    preview = register.lists.preview(people, Mode.ADD_ONLY)
    assert outcomes(preview) == ["left_out", "new", "new"]
    register.lists.take_in(people, Mode.ADD_ONLY)
    assert [register.workers.get(id).reasons for id in (1, 2)] == [{"nik_sex_differs": "KTP memang begitu"}, {}]


def test_a_row_without_nik_or_name_is_left_out_in_words(register):
    people = make_list(make_row(1), make_row(2, nik=""), make_row(3, name=""), make_row(4, nik="12345"))
    preview = register.lists.preview(people, Mode.ADD_ONLY)
    assert outcomes(preview) == ["new", "left_out", "left_out", "left_out"]
    assert [row.problems[0].code for row in preview.rows[1:]] == ["nik_missing", "name_missing", "nik_length"]
    assert all(row.problems[0].text for row in preview.rows[1:])


def test_gaps_keep_out_new_people_but_nobody_whom_the_register_knows(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    people = make_list(make_row(1, jorong="Baru"), make_row(2))
    people.findings = [make_finding(place, "mother_name_missing", field="mother_name") for place in (0, 1)]
    assert outcomes(register.lists.preview(people, Mode.UPDATE)) == ["changed", "left_out"]
    people.findings, people.absent = [], frozenset({"birth_place"})
    preview = register.lists.preview(people, Mode.UPDATE)
    assert outcomes(preview) == ["changed", "left_out"]
    assert preview.rows[1].problems[0].code == "birth_place_missing"


@pytest.mark.parametrize(
    ("mode", "changed"),
    [(Mode.ADD_ONLY, {}), (Mode.FILL, {"phone": ("", "+6281234567890")}),
     (Mode.UPDATE, {"phone": ("", "+6281234567890"), "jorong": ("Tombang", "Padang")})],
)  # fmt: skip
def test_each_mode_changes_what_it_says(register, mode, changed):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    people = make_list(make_row(1, phone="+6281234567890", jorong="Padang", address=""))
    preview = register.lists.preview(people, mode)
    assert {one.name: (one.before, one.after) for one in preview.rows[0].changes} == changed
    before = register.workers.get(1)
    if not changed:
        with pytest.raises(Rejected) as refusal:
            register.lists.take_in(people, mode)
        assert refusal.value.problems[0].code == "nothing_to_write"
        assert register.workers.get(1) == before
        return
    register.lists.take_in(people, mode)
    after = replace(before, revision=2, **{name: new for name, (_, new) in changed.items()})
    assert register.workers.get(1) == after  # the empty address wiped nothing
    entry = register.audit.of("worker", 1)[-1]
    assert (entry.action, {name: (old, new) for name, old, new in entry.changes}) == ("correct", changed)
    assert entry.origin.endswith(":daftar kinali.xlsx")


def test_capitals_alone_change_nothing(register):
    register.lists.take_in(make_list(make_row(1, name="Siti Nur'aini")), Mode.ADD_ONLY)
    assert outcomes(register.lists.preview(make_list(make_row(1, name="SITI NUR'AINI")), Mode.UPDATE)) == [
        "unchanged"
    ]


def test_a_changed_record_must_still_be_right(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    people = make_list(make_row(1, family_card=make_row(1)["nik"]))
    preview = register.lists.preview(people, Mode.UPDATE)
    assert outcomes(preview) == ["left_out"]
    assert preview.rows[0].problems[0].code == "family_card_is_nik"


def test_moving_to_another_nagari_moves_the_coverage(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=make_plan(register))
    register.lists.take_in(make_list(make_row(1, nagari="13.12.03.2003")), Mode.UPDATE)
    rows = register._file.rows("SELECT nagari, sum(change) FROM coverage_change WHERE counted = 'person' "
                               "AND month <= ? GROUP BY nagari", (DECEMBER.index,))  # fmt: skip
    assert dict(rows) == {"13.12.04.2002": 0, "13.12.03.2003": 1}


def test_the_same_file_twice_is_noticed(register):
    people = make_list(make_row(1))
    assert register.lists.preview(people, Mode.ADD_ONLY).taken_in_before == ()
    register.lists.take_in(people, Mode.ADD_ONLY)
    assert register.lists.preview(people, Mode.ADD_ONLY).taken_in_before == (date(2026, 11, 22),)
    register.undo.undo()
    assert register.lists.preview(people, Mode.ADD_ONLY).taken_in_before == ()


# Who is who


def test_one_nik_twice_in_the_list_is_taken_in_once(register):
    people = make_list(make_row(1), make_row(1, jorong="Lain"))
    preview = register.lists.preview(people, Mode.ADD_ONLY)
    assert outcomes(preview) == ["new", "doubtful"]
    assert (preview.rows[1].doubt, preview.rows[1].like_place) == (Doubt.ROW, 0)
    assert register.lists.take_in(people, Mode.ADD_ONLY).counts == {"new": 1, "doubtful": 1, "enrolled": 0, "cost": 0}


def slip_of(row: dict[str, Any]) -> dict[str, Any]:
    """The same person with two digits of the serial swapped."""
    return {**row, "nik": row["nik"][:12] + "0010"}


def test_who_looks_like_somebody_waits_for_a_person(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    people = make_list(slip_of(make_row(1)), make_row(5))
    preview = register.lists.preview(people, Mode.UPDATE)
    assert outcomes(preview) == ["doubtful", "new"]
    row = preview.rows[0]
    assert (row.doubt, row.worker, row.score > 50, bool(row.like_reason)) == (Doubt.LOOKS_LIKE, 1, True, True)
    register.lists.take_in(people, Mode.UPDATE)
    assert register.workers.count() == 2


def test_who_is_said_to_be_somebody_else_becomes_new_and_is_never_asked_about_again(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    people = make_list(slip_of(make_row(1)))
    decided = {0: Resolution(None, "kembar")}
    assert outcomes(register.lists.preview(people, Mode.ADD_ONLY, decided)) == ["new"]
    with pytest.raises(Rejected, match="reason_missing"):
        register.lists.take_in(people, Mode.ADD_ONLY, {0: Resolution(None)})
    register.lists.take_in(people, Mode.ADD_ONLY, decided)
    assert register.pairs.decided(1, 2).reason == "kembar"
    register.undo.undo()
    assert register.pairs.decided(1, 2) is None


def test_who_is_said_to_be_a_registered_worker_is_that_worker(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    people = make_list({**slip_of(make_row(1)), "jorong": "Padang"})
    decided = {0: Resolution(1)}
    filled = register.lists.preview(people, Mode.FILL, decided)
    assert outcomes(filled) == ["unchanged"]  # neither jorong nor NIK is empty
    preview = register.lists.preview(people, Mode.UPDATE, decided)
    assert [one.name for one in preview.rows[0].changes] == ["nik", "jorong"]
    register.lists.take_in(people, Mode.UPDATE, decided, seen=preview)
    assert register.workers.count() == 1
    assert register.workers.find_nik(people.values["nik"][0]).id == 1


def test_a_nik_of_quite_another_name_overwrites_nobody(register):
    register.lists.take_in(make_list(make_row(1, name="SITI AMINAH")), Mode.ADD_ONLY)
    people = make_list(make_row(1, name="BAMBANG SUGENG"))
    preview = register.lists.preview(people, Mode.UPDATE, plan=make_plan(register))
    assert outcomes(preview) == ["doubtful"]
    assert (preview.rows[0].doubt, preview.rows[0].worker, preview.enrolled) == (Doubt.OTHER_NAME, 1, 0)
    assert outcomes(register.lists.preview(people, Mode.UPDATE, {0: Resolution(1)})) == ["changed"]
    other = register.lists.preview(people, Mode.UPDATE, {0: Resolution(None, "orang lain")})
    assert outcomes(other) == ["left_out"]
    assert other.rows[0].problems[0].code == "nik_of_somebody_else"


def test_a_decision_never_takes_a_record_from_the_row_with_its_own_nik(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    people = make_list({**slip_of(make_row(1)), "jorong": "Padang"}, make_row(1, jorong="Baru"))
    preview = register.lists.preview(people, Mode.UPDATE, {0: Resolution(1)})
    assert outcomes(preview) == ["doubtful", "changed"]


def test_a_row_can_be_left_out_by_decision(register):
    people = make_list(make_row(1), make_row(2))
    preview = register.lists.preview(people, Mode.ADD_ONLY, {1: Resolution(None, is_left_out=True)})
    assert outcomes(preview) == ["new", "left_out"]


def test_the_nik_of_a_merged_record_means_the_record_that_was_kept(register):
    register.lists.take_in(make_list(make_row(1), make_row(9)), Mode.ADD_ONLY)
    register.pairs.merge(1, 2, {}, {}, "satu orang")
    preview = register.lists.preview(make_list(make_row(9)), Mode.UPDATE)
    assert outcomes(preview) == ["doubtful"]
    assert (preview.rows[0].doubt, preview.rows[0].worker) == (Doubt.MERGED, 1)


def test_the_nik_that_a_kept_record_gave_up_at_a_merging_brings_nobody_twice_into_the_register(register):
    register.lists.take_in(make_list(make_row(1), make_row(9), make_row(17)), Mode.ADD_ONLY)
    given_up = register.workers.get(1).nik
    register.pairs.merge(1, 2, {"nik": "merged"}, {}, "KTP yang benar dilihat")
    register.pairs.merge(3, 1, {}, {}, "satu orang")
    people = make_list(make_row(25, nik=given_up))
    preview = register.lists.preview(people, Mode.ADD_ONLY)
    assert (outcomes(preview), preview.rows[0].doubt, preview.rows[0].worker) == (["doubtful"], Doubt.MERGED, 3)


# Enrolling in the same step


def test_the_people_of_a_list_are_enrolled_by_the_rules_of_enrolling_many(register):
    plan = make_plan(register)
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=plan)
    people = make_list(make_row(1), make_row(2), make_row(3, segment="PU"), make_row(4, income=None),
                       make_row(5, born_on=date(1955, 1, 1)))  # fmt: skip
    preview = register.lists.preview(people, Mode.ADD_ONLY, plan=plan)
    assert outcomes(preview) == ["unchanged", "new", "new", "new", "new"]
    assert [row.is_enrolled for row in preview.rows] == [False, True, False, False, False]
    codes = [{problem.code for problem in row.enrolment_problems} for row in preview.rows]
    assert codes[0] == {"second_subsidy"}
    assert codes[2] == {"wage_earner"}
    assert "income_missing" in codes[3]
    assert "age_too_old" in codes[4]
    assert (preview.enrolled, preview.cost) == (1, 3 * 16_800)
    register.lists.take_in(people, Mode.ADD_ONLY, plan=plan, seen=preview)
    enrolment = register.enrolments.of_worker(2)[0]
    assert (enrolment.period, enrolment.contribution) == (Period.starting(DECEMBER, 3), 50_400)
    line = register.workers.find_nik(people.values["nik"][1])
    assert (line.schemes, line.covered_from, line.covered_until) == (("SAWIT",), DECEMBER, Month(2027, 2))
    assert register.coverage.district(DECEMBER).covered == 2


def test_a_person_may_be_enrolled_again_after_the_months_of_the_first_time(register):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=make_plan(register))
    later = make_plan(register, first=Month(2027, 3))
    made = register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=later)
    assert made.counts == {"unchanged": 1, "enrolled": 1, "cost": 50_400}
    assert register.coverage.district(Month(2027, 4)).covered == 1
    register.undo.undo()
    assert register.coverage.district(Month(2027, 4)).covered == 0
    assert register.coverage.district(DECEMBER).covered == 1


def test_the_list_names_who_pays_where_the_plan_does_not(register):
    plan = replace(make_plan(register, "ASN"), payer_name="")
    people = make_list({**make_row(1), "payer_name": "Drs. Yusri", "payer_number": "196501011990031001"},
                       {**make_row(2), "payer_name": ""})  # fmt: skip
    preview = register.lists.preview(people, Mode.ADD_ONLY, plan=plan)
    assert preview.problems == ()
    assert [row.is_enrolled for row in preview.rows] == [True, False]
    assert preview.rows[1].enrolment_problems[0].code == "payer_missing"
    register.lists.take_in(people, Mode.ADD_ONLY, plan=plan)
    assert register.enrolments.of_worker(1)[0].payer_name == "Drs. Yusri"


def test_a_fund_that_does_not_pay_for_all_keeps_the_whole_list_out(register):
    plan = make_plan(register)
    fund = register.funds.save(Fund(scheme=plan.scheme, name="DBH 2026", payer="Pemkab", year=2026, ceiling=60_000))
    people = make_list(make_row(1), make_row(2))
    plan = replace(plan, fund=fund.id)
    preview = register.lists.preview(people, Mode.ADD_ONLY, plan=plan)
    assert [problem.code for problem in preview.problems] == ["over_commitment"]
    assert not preview.is_writable
    with pytest.raises(Rejected, match="over_commitment"):
        register.lists.take_in(people, Mode.ADD_ONLY, plan=plan)
    assert register.workers.count() == 0


def test_a_closed_scheme_or_an_impossible_month_is_said_before(register):
    plan = replace(make_plan(register), first=Month(2040, 1))
    preview = register.lists.preview(make_list(make_row(1)), Mode.ADD_ONLY, plan=plan)
    assert [problem.code for problem in preview.problems] == ["first_month_far"]
    plan = replace(make_plan(register), month_count=0)
    preview = register.lists.preview(make_list(make_row(1)), Mode.ADD_ONLY, plan=plan)
    assert [problem.code for problem in preview.problems] == ["month_count"]
    with pytest.raises(Rejected, match="month_count"):
        register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY, plan=plan)


class _Watched:
    """Notes which attributes are looked at."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.seen: set[str] = set()

    def __getattr__(self, name: str) -> object:
        self.seen.add(name)
        return getattr(self._worker, name)


def test_eligibility_looks_at_what_it_says(register):
    for scheme in register.schemes.all():
        for needs, kinds in ((False, ()), (True, ("sawit",))):
            asked = replace(scheme, needs_source_list=needs, min_age=20, max_age=60, occupation_kinds=kinds)
            worker = _Watched(make_worker(source_list="DTSEN"))
            period = Period.starting(DECEMBER, 3)
            problems_of_eligibility(worker, asked, period, "sawit", ())  # type: ignore[arg-type]
            assert worker.seen <= {*LOOKS_AT, "name"}


# All or nothing


def test_a_stop_of_the_list_keeps_it_out(register):
    finding = make_finding(0).problem
    people = make_list(make_row(1), stops=(finding,))
    assert register.lists.preview(people, Mode.ADD_ONLY).problems == (finding,)
    with pytest.raises(Rejected, match="nik_length"):
        register.lists.take_in(people, Mode.ADD_ONLY)
    assert register.workers.count() == 0


def test_a_masked_value_is_refused_with_its_row(register):
    people = make_list(make_row(1), make_row(2, mother_name="R***** A*****"))
    with pytest.raises(Rejected) as refusal:
        register.lists.take_in(people, Mode.ADD_ONLY)
    assert refusal.value.problems[0].code == "masked"
    assert refusal.value.text.startswith("Baris 6 (")
    assert register.workers.count() == 0


class Stop(Exception):
    pass


@pytest.mark.parametrize("stage", ["match", "look_alikes", "enrol", "write", "index"])
def test_whoever_stops_it_finds_everything_as_it_was(register, stage):
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    head = register.audit.head()

    def stop(word: str, _done: int, _every: int) -> None:
        if word == stage:
            raise Stop

    people = make_list(make_row(1, jorong="Padang"), make_row(2))
    with pytest.raises(Stop):
        register.lists.take_in(people, Mode.UPDATE, plan=make_plan(register), progress=stop)
    assert (register.workers.count(), register.audit.head()) == (1, head)
    assert register.workers.get(1).jorong == "Tombang"


def test_what_changed_since_the_preview_is_noticed(register):
    register.lists.take_in(make_list(make_row(1), make_row(2)), Mode.ADD_ONLY)
    people = make_list(make_row(1, jorong="Padang"), make_row(2, jorong="Padang"))
    preview = register.lists.preview(people, Mode.UPDATE)
    register.workers.correct(replace(register.workers.get(2), jorong="Kampung Baru"))
    with pytest.raises(Rejected) as refusal:
        register.lists.take_in(people, Mode.UPDATE, seen=preview)
    assert refusal.value.problems[0].code == "changed_meanwhile"
    assert refusal.value.text.startswith("Baris 6 (")
    assert register.workers.get(1).jorong == "Tombang"
    again = register.lists.preview(people, Mode.UPDATE)
    assert again.rows[1].changes == (ChangedField("jorong", "Kampung Baru", "Padang"),)
    register.lists.take_in(people, Mode.UPDATE, seen=again)


def test_who_was_registered_since_the_preview_is_noticed(register):
    people = make_list(make_row(1))
    preview = register.lists.preview(people, Mode.ADD_ONLY)
    row = make_row(1)
    register.entries.save(make_worker(1, name=row["name"], born_on=date.fromisoformat(row["born_on"])), None)
    with pytest.raises(Rejected, match="changed_meanwhile"):
        register.lists.take_in(people, Mode.ADD_ONLY, seen=preview)


def test_a_backup_is_made_first_where_anything_would_be_lost(register):
    folder = backup_folder(register.path)
    register.lists.take_in(make_list(make_row(1)), Mode.ADD_ONLY)
    assert not folder.exists()  # there was nothing to lose
    stages: list[str] = []
    register.lists.take_in(make_list(make_row(2)), Mode.ADD_ONLY, progress=lambda word, *_: stages.append(word))
    assert stages[0] == "backup"
    (backup,) = backups_in(folder)
    manifest = register.backups.manifest_of(backup)
    assert (manifest.why.value, manifest.contents.workers) == ("import", 1)


@pytest.mark.parametrize("role", list(Role))
def test_rights_are_asked(register, role):
    register.lists.take_in(make_list(make_row(1, jorong="")), Mode.ADD_ONLY)
    changed = make_list(make_row(1, jorong="Padang"))
    register._file.person = replace(register._file.person, role=role)
    for mode, rights in ((Mode.FILL, (Right.ENTER,)), (Mode.UPDATE, (Right.ENTER, Right.CORRECT))):
        if all(register.may(right) for right in rights):
            continue
        with pytest.raises(Rejected, match="no_right"):
            register.lists.take_in(changed, mode)
        assert register.workers.get(1).jorong == ""


def test_a_list_may_be_longer_than_what_is_written_at_once(register):
    people = make_list(*(_far(serial) for serial in range(1, 2_101)))
    made = register.lists.take_in(people, Mode.ADD_ONLY, plan=make_plan(register))
    assert made.counts["new"] + made.counts.get("doubtful", 0) == 2_100
    changed = make_list(*({**_far(serial), "jorong": "Padang"} for serial in range(1, 2_101)))
    later = register.lists.take_in(changed, Mode.UPDATE)
    assert later.counts["changed"] == made.counts["new"]
    register.undo.undo()
    assert register.workers.get(1).jorong == "Tombang"
    register.undo.undo()
    assert register.workers.count() == 0
    register.undo.redo()
    assert register.workers.count() == made.counts["new"]


def _far(serial: int) -> dict[str, object]:
    """Somebody born on a day of her own."""
    return make_row(serial, born_on=date.fromordinal(date(1970, 1, 1).toordinal() + serial * 4))


def test_of_very_long_lists_those_who_share_a_birth_date_are_compared(register, monkeypatch):
    monkeypatch.setattr("models.storage.import_doubts.CLOSELY", 0)
    day = date(1980, 5, 17)
    register.lists.take_in(
        make_list(make_row(1, born_on=day, name="Yusnidar Lubis", mother_name="Rosma")), Mode.ADD_ONLY
    )
    people = make_list(
        make_row(2, born_on=day, name="YUSNIDAR LUBI", mother_name="ROSMA"),
        make_row(3, born_on=day, name="LUBIS YUSNIDAR", mother_name="HALIMAH TANJUNG"),
        make_row(4, born_on=day, name="BAMBANG SUGENG", mother_name="PAINEM"),
        make_row(5, born_on=day, name="BAMBANG SUGENK", mother_name=""),
        make_row(6, name="YUSNIDAR LUBIS", mother_name="ROSMA"),
    )
    preview = register.lists.preview(people, Mode.ADD_ONLY)
    assert outcomes(preview) == ["doubtful", "new", "new", "doubtful", "new"]
    assert (preview.rows[0].doubt, preview.rows[0].worker) == (Doubt.LOOKS_LIKE, 1)
    assert (preview.rows[3].doubt, preview.rows[3].like_place) == (Doubt.ROW, 2)


def test_a_preview_is_a_sequence_of_rows(register):
    preview = register.lists.preview(make_list(*(make_row(serial) for serial in range(1, 6))), Mode.ADD_ONLY)
    assert len(preview.rows) == 5
    assert [row.place for row in preview.rows[1:3]] == [1, 2]
    assert preview.rows[-1].place == 4
    with pytest.raises(IndexError):
        preview.rows[5]


def test_a_file_whose_name_the_system_cannot_read_is_taken_in_and_back(register):
    made = register.lists.take_in(make_list(make_row(1), file=os.fsdecode(b"daftar\xff.xlsx")), Mode.ADD_ONLY)
    assert made.file == "daftar\ufffd.xlsx"
    assert register.lists.imports() == (made,)
    assert register.lists.origin_of(1).file == made.file
    register.lists.undo(made.id)
    assert register.workers.count() == 0


def test_other_prices_than_those_of_the_preview_are_not_taken_silently(register):
    plan, people = make_plan(register), make_list(make_row(1))
    preview = register.lists.preview(people, Mode.ADD_ONLY, plan=plan)
    with pytest.raises(Rejected, match="changed_meanwhile"):
        register.lists.take_in(people, Mode.ADD_ONLY, plan=plan, seen=replace(preview, cost=preview.cost + 16_800))
    assert register.workers.count() == 0
