"""One person once: two who are two are never asked again; two records of one become one, and two again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.offices.users import Role, User
from models.people.duplicates import same_person_warning
from models.people.lines import WorkerFilter
from models.people.merging import FIELDS, MERGED, Side
from models.people.pairs import DoubtfulPair, PairState
from models.people.worker import Worker
from models.problems import Rejected
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from models.storage import coverage_changes
from models.storage.backup import make_backup
from models.storage.check import check_file
from models.storage.comparing import Relation, compare
from models.storage.drafts import Draft
from models.storage.inspecting import contents_of
from models.values.months import Month
from tests.factories import NOW, TODAY, make_plan, make_register, make_worker

SITI, SITTI = 1, 2
"""The two records of one person: the second with a slip in the NIK and in the name."""
REASON = "KTP yang sama ditunjukkan"


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as caught:
        act()
    return caught.value.problems[0].code


def fill(register: Register) -> None:
    first = make_worker(1, phone="+6281266778899")
    second = make_worker(2, name="Sitti Aminah", family_card="1312040107850001", nagari="13.12.05.2001", phone="")
    register.entries.save(first, make_plan(register))
    register.entries.save(second, make_plan(register, "ASN", Month(2027, 6)))
    register.entries.save(make_worker(3, name="Zulkifli"), None)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with closing(make_register(tmp_path / "register.db")) as register:
        fill(register)
        yield register


def tables(register: Register) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the file but the audit trail, the counters of changes, and what was noted of merging itself."""
    connection = register._file.connection
    state = {}
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
        "AND name NOT LIKE 'worker_text%' AND name NOT IN ('audit', 'worker_merge')"
    ).fetchall():
        cursor = connection.execute(f"SELECT * FROM {name}")
        columns = [column for column, *_ in cursor.description]
        keep = [at for at, column in enumerate(columns) if column != "revision"]
        rows = [tuple(row[at] for at in keep) for row in cursor.fetchall()]
        if name == "coverage_change":
            rows = [row for row in rows if row[-1] != 0]
        state[name] = sorted(rows, key=repr)
    ids = [row[0] for row in connection.execute("SELECT id FROM worker_text_docsize ORDER BY id")]
    return {**state, "worker_text": [(id,) for id in ids]}


def is_right(register: Register) -> bool:
    """The sums follow the enrolments, and nothing in the file contradicts itself."""
    connection = register._file.connection
    rebuilt = {key: change for key, change in coverage_changes.rebuilt(connection).items() if change}
    return rebuilt == dict(coverage_changes.stored(connection)) and check_file(register.path).is_clean


# Not the same


def test_two_who_are_two_are_remembered_with_the_reason(register: Register) -> None:
    decided = register.pairs.not_same(SITTI, SITI, " kembar ")
    assert (decided.one, decided.other, decided.reason, decided.decided_on) == (SITI, SITTI, "kembar", TODAY)
    assert register.pairs.decided(SITI, SITTI) == register.pairs.decided(SITTI, SITI) == decided
    assert register.pairs.all_not_same() == {(SITI, SITTI)}
    assert register.pairs.not_same_as(SITTI) == (decided,)
    assert check_file(register.path).is_clean


def test_deciding_twice_keeps_the_first_reason(register: Register) -> None:
    first = register.pairs.not_same(SITI, SITTI, "kembar")
    assert register.pairs.not_same(SITTI, SITI, "kakak beradik") == first


def test_two_who_are_two_can_be_asked_about_again(register: Register) -> None:
    register.pairs.ask_again(register.pairs.not_same(SITI, SITTI, "kembar").id)
    assert register.pairs.decided(SITI, SITTI) is None
    assert register.undo.undo() is not None
    assert register.pairs.decided(SITI, SITTI) is not None
    register.undo.undo()
    assert register.pairs.all_not_same() == frozenset()


def test_a_decision_is_taken_back_and_made_again_like_any_save(register: Register) -> None:
    register.pairs.not_same(SITI, SITTI, "kembar")
    register.undo.undo()
    assert register.pairs.all_not_same() == frozenset()
    register.undo.redo()
    assert register.pairs.all_not_same() == {(SITI, SITTI)}


@pytest.mark.parametrize(
    ("one", "other", "reason", "code"),
    [(1, 1, "kembar", "one_record"), (1, 2, "  ", "reason_missing"), (1, 99, "kembar", "missing")],
)
def test_what_cannot_be_decided(register: Register, one: int, other: int, reason: str, code: str) -> None:
    assert code_of(lambda: register.pairs.not_same(one, other, reason)) == code


# The preview


def test_the_preview_shows_each_field_and_what_is_taken(register: Register) -> None:
    preview = register.pairs.preview_merge(SITI, SITTI, {"name": "merged"})
    fields = {field.name: field for field in preview.fields}
    assert tuple(fields) == FIELDS
    assert (fields["name"].value, fields["phone"].value) == ("Sitti Aminah", "+6281266778899")
    assert fields["family_card"].taken is Side.MERGED, "what the kept one lacks comes from the other"
    assert fields["nik"].taken is Side.KEPT
    assert fields["birth_place"].is_same
    assert preview.result.family_card == "1312040107850001"
    assert preview.carried.enrolments == 1
    assert preview.in_the_way == ()
    assert register.workers.get(SITI).name == "Siti Aminah", "nothing is written"


def test_the_preview_asks_which_of_two_subsidies_stands(register: Register) -> None:
    register.enrolments.add(SITTI, make_plan(register, "CSR", Month(2027, 1)))
    (overlap,) = register.pairs.preview_merge(SITI, SITTI).overlaps
    assert [one.id for one in overlap.kept] == [1]
    assert [one.id for one in overlap.merged] == [3]
    assert (overlap.suggested, overlap.stands) == (Side.KEPT, None)
    assert [p.code for p in register.pairs.preview_merge(SITI, SITTI).in_the_way] == ["overlap_open"]
    assert register.pairs.preview_merge(SITI, SITTI, {}, {overlap.number: "merged"}).in_the_way == ()


def test_the_one_that_is_confirmed_is_suggested(register: Register) -> None:
    register.enrolments.add(SITTI, make_plan(register, "CSR", Month(2027, 1)))
    register.enrolments.confirm(3, "12345678901", TODAY)
    assert register.pairs.preview_merge(SITI, SITTI).overlaps[0].suggested is Side.MERGED


def test_two_payments_for_one_month_are_told(register: Register) -> None:
    register.enrolments.add(SITTI, make_plan(register, "CSR", Month(2027, 1)))
    for enrolment, card in ((1, "12345678901"), (3, "12345678902")):
        register.enrolments.confirm(enrolment, card, TODAY)
    preview = register.pairs.preview_merge(SITI, SITTI, {}, {1: "kept"})
    assert [problem.code for problem in preview.problems] == ["paid_twice"]
    assert preview.in_the_way == ()


def test_values_that_cannot_be_together_stand_in_the_way(register: Register) -> None:
    card = register.workers.get(SITI).nik
    copied = {"family_card_like_nik": "salin", "family_card_of_nik": "salin"}
    worker = register.entries.save(make_worker(7, family_card=card, reasons=copied), None).worker
    preview = register.pairs.preview_merge(SITI, worker.id or 0, {"family_card": "merged"})
    assert [problem.field for problem in preview.in_the_way] == ["family_card"]
    assert code_of(lambda: register.pairs.merge(SITI, worker.id or 0, {}, {}, REASON)) == preview.in_the_way[0].code


def test_what_is_odd_together_is_told_and_the_reason_explains_it(register: Register) -> None:
    worker = register.entries.save(make_worker(7, born_on=date(1990, 3, 4)), None).worker
    choices = {"born_on": "merged"}
    (odd,) = register.pairs.preview_merge(SITI, worker.id or 0, choices).problems
    assert not odd.is_error
    register.pairs.merge(SITI, worker.id or 0, choices, {}, REASON)
    assert register.workers.get(SITI).reasons == {odd.code: REASON}


# The same


def test_one_of_two_carries_everything(register: Register) -> None:
    register.papers.issue([2], TODAY, lambda letters: list(letters))
    frozen = register._file.rows("SELECT number, frozen FROM paper")
    register.waiting.add([SITI, SITTI], 1)
    register.requests.propose(replace(register.workers.get(SITTI), jorong="Padang"), "tetangga menelepon")
    register.pairs.not_same(SITTI, 3, "orang lain")
    register.drafts.save(Draft(f"worker:{SITTI}", {"phone": "0812"}, "phone"))
    register.drafts.save(Draft("entry", {"worker:id": str(SITTI), "name": "Sitti"}, "name"))
    register._file.connection.execute(
        "INSERT INTO verification (uid, worker, kind, outcome, details, verified_on, source) "
        "VALUES (zeroblob(16), 2, 'nik_match', 'sesuai', '', '2026-11-01', 'Disdukcapil')"
    )
    merge = register.pairs.merge(SITI, SITTI, {"nik": "merged", "nagari": "merged"}, {}, REASON)
    worker = register.workers.get(SITI)
    assert (worker.nik, worker.nagari) == (make_worker(2).nik, "13.12.05.2001")
    assert {one.id for one in register.enrolments.of_worker(SITI)} == {1, 2}
    assert register._file.rows("SELECT number, frozen FROM paper") == frozen
    assert [entry.worker for entry in register.waiting.of_scheme(1)] == [SITI]
    assert [one.reason for one in register.requests.of_worker(SITI)] == ["tetangga menelepon"]
    assert register.pairs.all_not_same() == {(SITI, 3)}
    assert [draft.fields["phone"] for draft in register.drafts.all(f"worker:{SITI}")] == ["0812"]
    assert register.drafts.all()[0].fields["worker:id"] == str(SITI)
    assert register._file.row("SELECT worker FROM verification") == (SITI,)
    assert (merge.kept, merge.merged, merge.reason) == (SITI, SITTI, REASON)
    assert merge.fields == ("nik", "family_card", "nagari")
    assert register.workers.count() == 2
    assert register.pairs.merges_of(SITTI) == (merge,)


def test_every_touched_record_has_its_audit_row(register: Register) -> None:
    merge = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    entries = register.audit.of_save(merge.save)
    assert [(entry.kind, entry.record, entry.action) for entry in entries] == [
        ("worker", SITTI, "merge"), ("worker", SITI, "merge"), ("enrolment", 2, "merge"), ("worker_merge", 1, "add"),
    ]  # fmt: skip
    assert check_file(register.path).is_clean


def test_a_month_that_was_counted_twice_is_counted_once(register: Register) -> None:
    register.enrolments.add(SITTI, make_plan(register))
    december = Month(2026, 12)
    assert register.coverage.district(december).active == 2
    register.pairs.merge(SITI, SITTI, {}, {1: "kept"}, REASON)
    assert register.coverage.district(december).active == 1
    cancelled = register.enrolments.get(3)
    assert (cancelled.state, cancelled.state_reason, cancelled.worker) == (EnrolmentState.CANCELLED, MERGED, SITI)
    assert is_right(register)


def test_the_kept_one_may_give_way(register: Register) -> None:
    register.enrolments.add(SITTI, make_plan(register))
    register.pairs.merge(SITI, SITTI, {}, {1: "merged"}, REASON)
    assert register.enrolments.get(1).state is EnrolmentState.CANCELLED
    assert register.enrolments.get(3).state.counts
    assert is_right(register)


@pytest.mark.parametrize("taken", ["kept", "merged"])
def test_the_other_nik_still_leads_to_the_person(register: Register, taken: str) -> None:
    niks = {"kept": register.workers.get(SITI).nik, "merged": register.workers.get(SITTI).nik}
    register.pairs.merge(SITI, SITTI, {"nik": taken}, {}, REASON)
    gone = niks["merged" if taken == "kept" else "kept"]
    assert register.workers.find_nik(gone) is None, "somebody else may really have it"
    found = register.pairs.find_former_nik(gone)
    assert found is not None
    assert found.id == SITI
    assert register.pairs.former_niks() == {gone: SITI}
    assert [line.id for line in register.workers.starting_with(gone)] == [SITI]
    assert [line.id for line in register.workers.search(gone)] == [SITI]
    assert list(register.workers.ids(WorkerFilter(text=gone))) == [SITI]
    assert register.pairs.kept_of(SITTI) == SITI


def test_the_nik_that_went_may_be_given_to_its_true_owner(register: Register) -> None:
    merge = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    register.entries.save(make_worker(2, name="Nurhayati"), None)
    assert code_of(lambda: register.pairs.take_apart(merge.id)) == "nik_registered"
    assert is_right(register)


def test_a_chain_of_records_leads_to_the_last(register: Register) -> None:
    register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    register.pairs.merge(3, SITI, {}, {}, REASON)
    assert register.pairs.kept_of(SITTI) == 3
    assert [line.id for line in register.workers.starting_with(make_worker(2).nik)] == [3]
    assert is_right(register)


@pytest.mark.parametrize(("reason", "code"), [("", "reason_missing"), (REASON, "overlap_open")])
def test_what_is_missing_is_asked_for(register: Register, reason: str, code: str) -> None:
    if code == "overlap_open":
        register.enrolments.add(SITTI, make_plan(register))
    assert code_of(lambda: register.pairs.merge(SITI, SITTI, {}, {}, reason)) == code
    assert register.workers.count() == 3


def test_who_may_not_correct_merges_nothing(register: Register) -> None:
    register._file.person = User("siti", Role.CLERK)
    assert code_of(lambda: register.pairs.merge(SITI, SITTI, {}, {}, REASON)) == "no_right"
    assert register.pairs.not_same(SITI, SITTI, "kembar")


def test_a_merged_record_is_merged_once_and_takes_nothing_on(register: Register) -> None:
    register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    assert code_of(lambda: register.pairs.merge(3, SITTI, {}, {}, REASON)) == "merged"
    assert code_of(lambda: register.enrolments.add(SITTI, make_plan(register))) == "merged"
    assert code_of(lambda: register.workers.correct(replace(register.workers.get(SITTI), jorong="X"))) == "merged"


def test_merging_ends_the_decision_that_they_are_two(register: Register) -> None:
    register.pairs.not_same(SITI, SITTI, "kembar")
    assert "decided_otherwise" in [one.code for one in register.pairs.preview_merge(SITI, SITTI).problems]
    merge = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    assert register.pairs.all_not_same() == frozenset()
    register.pairs.take_apart(merge.id)
    assert register.pairs.all_not_same() == {(SITI, SITTI)}


# Two again


def test_a_merge_is_taken_back_and_made_again_like_any_save(register: Register) -> None:
    before = tables(register)
    register.pairs.merge(SITI, SITTI, {"nik": "merged"}, {}, REASON)
    after = tables(register)
    register.undo.undo()
    assert tables(register) == before
    register.undo.redo()
    assert tables(register) == after
    register.undo.undo()
    assert tables(register) == before
    assert is_right(register)


def test_a_merge_is_taken_apart_once(register: Register) -> None:
    merge = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    register.pairs.take_apart(merge.id)
    assert register.pairs.get(merge.id).is_taken_apart
    assert register.pairs.merges_of(SITI) == ()
    assert register.pairs.find_former_nik(make_worker(2).nik) is None
    assert code_of(lambda: register.pairs.take_apart(merge.id)) == "apart_already"


def test_what_later_touched_them_is_told(register: Register) -> None:
    merge = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    register.workers.correct(replace(register.workers.get(SITI), phone="+628111222333"))
    register.enrolments.add(SITI, make_plan(register, first=Month(2028, 1)))
    (problem,) = register.pairs.problems_of_taking_apart(merge.id)
    assert problem.code == "touched_since"
    assert "rina pada 22/11/2026 pukul 09:00, dan masih ada 1 perubahan lain" in problem.text
    before = tables(register)
    assert code_of(lambda: register.pairs.take_apart(merge.id)) == "touched_since"
    assert tables(register) == before
    register.undo.undo()
    assert "data pekerja diubah oleh rina" in register.pairs.problems_of_taking_apart(merge.id)[0].text
    register.undo.undo()
    register.pairs.take_apart(merge.id)
    assert is_right(register)


def test_a_letter_printed_since_keeps_nothing_together(register: Register) -> None:
    merge = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    register.papers.issue([2], TODAY, lambda letters: list(letters))
    frozen = register._file.rows("SELECT frozen FROM paper")
    register.pairs.take_apart(merge.id)
    assert register._file.rows("SELECT frozen FROM paper") == frozen


def test_the_later_merge_comes_apart_first(register: Register) -> None:
    first = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    second = register.pairs.merge(3, SITI, {}, {}, REASON)
    assert code_of(lambda: register.pairs.take_apart(first.id)) == "touched_since"
    register.pairs.take_apart(second.id)
    register.pairs.take_apart(first.id)
    assert register.workers.count() == 3
    assert is_right(register)


def test_the_entry_of_a_kept_worker_is_not_taken_back_over_the_merged_one(register: Register) -> None:
    register.pairs.merge(3, SITTI, {}, {}, REASON)
    entry = next(line for line in register.entries.of_day(TODAY) if line.worker == 3)
    step = register.undo.step_of(entry.save)
    assert code_of(lambda: register.undo.undo(step)) in ("changed_since", "holds_another", "enrolled_since")
    assert register.workers.get(3).name == "Zulkifli"


SCHEMES = ("SAWIT", "CSR", "KADER", "MANDIRI")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    own=st.lists(st.tuples(st.sampled_from(SCHEMES), st.integers(0, 8), st.integers(1, 6)), max_size=3),
    theirs=st.lists(st.tuples(st.sampled_from(SCHEMES), st.integers(0, 8), st.integers(1, 6)), max_size=3),
    cancelled=st.sets(st.integers(0, 5), max_size=2),
    confirmed=st.sets(st.integers(0, 5), max_size=2),
    choices=st.dictionaries(st.sampled_from(("nik", "name", "nagari", "phone", "jorong", "reasons_")), st.sampled_from(
        ("kept", "merged"))),
    stands=st.sampled_from(("kept", "merged")),
    extras=st.sets(st.sampled_from(("waiting", "request", "draft", "decided", "each_other", "paper", "looked"))),
)  # fmt: skip
def test_whatever_both_have_the_sums_are_right_and_the_way_back_is_whole(
    tmp_path_factory: pytest.TempPathFactory,
    own: list[tuple[str, int, int]],
    theirs: list[tuple[str, int, int]],
    cancelled: set[int],
    confirmed: set[int],
    choices: dict[str, str],
    stands: str,
    extras: set[str],
) -> None:
    choices.pop("reasons_", None)
    with closing(make_register(tmp_path_factory.mktemp("pair") / "register.db")) as register:
        one, other = _two(register)
        made = [
            *_enrol(register, one, own),
            *_enrol(register, other, theirs),
        ]
        for at, id in enumerate(made):
            if at in confirmed:
                register.enrolments.confirm(id, f"1234567890{at}", TODAY)
            if at in cancelled:
                register.enrolments.cancel(id, "pindah")
        _hang(register, one, other, extras)
        before = tables(register)
        preview = register.pairs.preview_merge(one, other, choices)
        overlaps = {overlap.number: stands for overlap in preview.overlaps}
        merge = register.pairs.merge(one, other, choices, overlaps, REASON)
        after = tables(register)
        assert is_right(register)
        assert not register.pairs.preview_merge(one, other, choices).carried.enrolments
        register.pairs.take_apart(merge.id)
        assert tables(register) == before
        assert is_right(register)
        register.undo.redo()
        assert tables(register) == after
        register.undo.undo()
        assert tables(register) == before


def _hang(register: Register, one: int, other: int, extras: set[str]) -> None:
    """Whatever else may hang on the two."""
    third = register.entries.save(make_worker(9, name="Zulkifli"), None).worker.id or 0
    for worker in (one, other):
        if "waiting" in extras:
            register.waiting.add([worker], 1)
        if "request" in extras:
            register.requests.propose(replace(register.workers.get(worker), address="Jl. Baru"), "pindah")
        if "draft" in extras:
            register.drafts.save(Draft(f"worker:{worker}", {"phone": "0812"}, "phone"))
            register.drafts.save(Draft("entry", {"worker:id": str(worker), "name": "Siti"}, "name"))
        if "decided" in extras:
            register.pairs.not_same(worker, third, "orang lain")
        if "looked" in extras:
            register.disclosures.show(worker, ["nik"])
        if "paper" in extras:
            counting = [item.id or 0 for item in register.enrolments.of_worker(worker) if item.state.counts]
            register.papers.issue(counting, TODAY, lambda letters: list(letters))
    if "each_other" in extras:
        register.pairs.not_same(one, other, "kembar")


def _two(register: Register) -> tuple[int, int]:
    workers: list[Worker] = [
        make_worker(1, phone="+6281266778899", reasons={"age": "surat"}),
        make_worker(2, name="Sitti Aminah", family_card="1312040107850001", nagari="13.12.05.2001", jorong="Padang"),
    ]
    saved = [register.entries.save(worker, None).worker.id or 0 for worker in workers]
    return saved[0], saved[1]


def _enrol(register: Register, worker: int, wanted: list[tuple[str, int, int]]) -> list[int]:
    made = []
    for scheme, first, months in wanted:
        try:
            enrolment = register.enrolments.add(worker, make_plan(register, scheme, Month(2026, 12) + first, months))
        except Rejected:
            continue
        made.append(enrolment.id or 0)
    return made


# What else knows of it


def test_a_merged_record_is_anonymised_with_the_one_it_went_over_into(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with closing(make_register(path)) as register:
        fill(register)
        register.pairs.not_same(SITTI, 3, "kembar Rosmaniar")
        register.pairs.merge(SITI, SITTI, {"nik": "merged"}, {}, "kata Rosmaniar")
    with closing(make_register(path, at=datetime(2037, 9, 1, 9, 0))) as later:
        assert sorted(one.id for one in later.retention.due()) == [SITI, 3]
        later.retention.anonymise(2)
        later.retention.tidy()
    assert check_file(path).is_clean
    content = path.read_bytes()
    for text in (make_worker(1).nik, make_worker(2).nik, "Sitti", "Rosmaniar"):
        assert text.encode() not in content


def test_a_merged_record_waits_for_the_one_it_went_over_into(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with closing(make_register(path)) as register:
        fill(register)
        register.pairs.merge(SITI, 3, {}, {}, REASON)
    with closing(make_register(path, at=datetime(2037, 7, 1, 9, 0))) as later:
        assert [one.id for one in later.retention.due()] == [SITI]
        register = later
        assert register.pairs.kept_of(3) == SITI


def test_a_check_finds_a_merged_record_that_is_in_sight_or_leads_nowhere(register: Register) -> None:
    register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    register._file.connection.execute("UPDATE worker SET merged_into = 2 WHERE id = 2")
    codes = [problem.code for problem in check_file(register.path).findings]
    assert "merged" in codes


def test_a_backup_with_the_merge_is_compared_by_what_it_says(register: Register, tmp_path: Path) -> None:
    before = make_backup(register.path, tmp_path / "before", now=NOW).path
    register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    found = compare(before, contents_of(before, None), register.path)
    assert found.relation is Relation.BEGINNING
    assert found.lost.counts == {("worker", "merge"): 2, ("enrolment", "merge"): 1, ("worker_merge", "add"): 1}
    assert not found.regained.total
    register.pairs.take_apart(1)
    assert not compare(before, contents_of(before, None), register.path).regained.total


# Asked while typing, by a list, by looking through the register


def test_who_said_why_a_look_alike_is_somebody_else_is_not_asked_again(register: Register) -> None:
    twin = make_worker(4, name="Siti Amina", reasons={"looks_registered": "kembar"})
    worker = register.entries.save(twin, None).worker
    assert worker.id is not None
    (decided,) = register.pairs.not_same_as(worker.id)
    assert decided.reason == "kembar"
    assert decided.one in (SITI, SITTI)
    assert decided.one not in [one.line.id for one in register.workers.look_alikes(worker)]
    assert (decided.one, decided.other) not in {(pair.one, pair.other) for pair in register.pairs.doubtful()}
    register.undo.undo()
    assert register.pairs.all_not_same() == frozenset()
    register.undo.redo()
    assert register.pairs.not_same_as(worker.id)


def test_the_nik_that_went_warns_whoever_types_it_with_a_like_name(register: Register) -> None:
    register.pairs.merge(SITI, SITTI, {"phone": "kept"}, {}, REASON)
    typed = Worker(nik=make_worker(2).nik, name="Sitti Aminah")
    (found,) = (one for one in register.workers.look_alikes(typed) if one.line.id == SITI)
    assert found.reason == "NIK of a record that was merged into this one"
    assert same_person_warning(typed, (found,)) is not None
    rows = register.workers.look_alikes_of_many([typed])
    assert (rows[0].worker, rows[0].reasons[0]) == (SITI, found.reason)
    owner = replace(typed, name="Nurhayati Lubis")
    assert register.workers.look_alikes(owner) == ()
    assert register.workers.look_alikes_of_many([owner]) == ()


def test_looking_through_the_register_finds_the_pair_until_it_is_decided(register: Register) -> None:
    pairs = register.pairs.doubtful()
    assert (SITI, SITTI) in {(pair.one, pair.other) for pair in pairs}
    assert set(register.pairs.states(pairs)) == {PairState.OPEN}
    register.pairs.not_same(SITI, SITTI, "kembar")
    assert PairState.NOT_SAME in register.pairs.states(pairs)
    assert (SITI, SITTI) not in {(pair.one, pair.other) for pair in register.pairs.doubtful()}


def test_a_question_about_a_merged_record_goes_over_to_the_kept_one(register: Register) -> None:
    pairs = (DoubtfulPair(SITI, SITTI, 97.0), DoubtfulPair(SITTI, 3, 60.0, ("x",)))
    merge = register.pairs.merge(SITI, SITTI, {}, {}, REASON)
    assert register.pairs.states(pairs) == (PairState.SAME, PairState.GONE)
    assert register.pairs.carried_over(pairs) == (DoubtfulPair(SITI, 3, 60.0, ("x",)),)
    register.pairs.take_apart(merge.id)
    assert register.pairs.states(pairs) == (PairState.OPEN, PairState.OPEN)
    assert register.pairs.carried_over(pairs) == ()
