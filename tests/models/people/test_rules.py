"""The rules of a worker: what must be repaired, what needs a reason, and that every rule has its say."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import language
from models.people.nik import compose_nik
from models.people.rules import POTENTIAL, REGISTRATION, AgeRules, problems_of
from models.people.worker import MaritalStatus, Segment, Sex, Worker
from models.problems import Level, unexplained
from models.values.months import Month, Period

TODAY = date(2026, 3, 22)
REGIONS = frozenset(
    {"13.12.03", "13.12.03.2003", "13.12.05", "13.12.05.2001", "13.08.01", "32.01.01", "32.01.01.2001"}
)


def make_worker(**changes) -> Worker:
    worker = Worker(
        nik="1312034407850002",
        family_card="1312031708090012",
        name="SITI AMINAH",
        birth_place="Simpang Empat",
        born_on=date(1985, 7, 4),
        sex=Sex.FEMALE,
        mother_name="NURHAYATI",
        address="Jl. Sudirman RT 01 RW 02",
        jorong="Simpang Empat",
        nagari="13.12.03.2003",
        phone="+6281266778899",
        occupation="1",
        work_place="Kebun plasma Kinali",
        income=850_000,
    )
    return replace(worker, **changes)


def problems(worker, *, today=TODAY, ages=None, first_month=None, required=REGISTRATION, usual=("13.08",)):
    found = problems_of(
        worker,
        today,
        ages or AgeRules(),
        REGIONS.__contains__,
        "13.12",
        usual_regencies=usual,
        first_month=first_month,
        required=required,
    )
    assert all(problem.text for problem in found)
    return found


def codes(worker, **kwargs):
    return [problem.code for problem in problems(worker, **kwargs)]


def the_problem(worker, **kwargs):
    (problem,) = problems(worker, **kwargs)
    return problem


def test_a_worker_copied_right_from_the_card_has_no_problem():
    assert problems(make_worker()) == ()
    assert problems(make_worker(), first_month=Month(2026, 4)) == ()


def test_an_empty_record_names_every_field_that_a_registration_needs():
    found = problems(Worker())
    assert {p.field for p in found} == REGISTRATION
    assert all(p.is_error and p.code == f"{p.field}_missing" for p in found)


def test_a_potential_worker_needs_less():
    assert {p.field for p in problems(Worker(), required=POTENTIAL)} == POTENTIAL
    some = Worker(
        nik="1312034407850002", name="Siti", born_on=date(1985, 7, 4), sex=Sex.FEMALE, nagari="13.12.03.2003"
    )
    assert problems(some, required=POTENTIAL) == ()


def test_spaces_alone_do_not_fill_a_field():
    assert codes(make_worker(jorong="  ")) == ["jorong_missing"]


def test_problems_come_in_the_order_of_the_form():
    found = [
        p.field for p in problems(make_worker(nik="12", name="S1ti", born_on=None, nagari="x", income=-1, kpj="1"))
    ]
    assert found == ["nik", "name", "born_on", "nagari", "income", "kpj"]


@pytest.mark.parametrize("nik", ["131203440785000", "1312039907850002", "1312034407850000", "1,31203E+15"])
def test_a_nik_of_wrong_form_is_an_error(nik):
    problem = the_problem(make_worker(nik=nik))
    assert problem.field == "nik"
    assert problem.is_error


def test_another_birth_date_than_the_nik_says_needs_a_reason():
    problem = the_problem(make_worker(born_on=date(1986, 7, 4)))
    assert (problem.code, problem.level) == ("nik_birth_date_differs", Level.WARNING)
    assert "04/07/1985" in problem.text
    assert "04/07/1986" in problem.text


def test_swapped_day_and_month_are_recognised():
    problem = the_problem(make_worker(born_on=date(1985, 4, 7)))
    assert problem.code == "nik_birth_date_differs"
    assert "tertukar" in problem.text


def test_another_sex_than_the_nik_says_needs_a_reason():
    problem = the_problem(make_worker(sex=Sex.MALE))
    assert (problem.code, problem.level) == ("nik_sex_differs", Level.WARNING)
    assert problem.text.startswith("NIK ini milik perempuan (tanggal 44, lebih dari 40), di formulir laki-laki.")
    problem = the_problem(make_worker(nik="1312030407850002", sex=Sex.FEMALE))
    assert problem.code == "nik_sex_differs"
    assert problem.text.startswith("NIK ini milik laki-laki (tanggal 04), di formulir perempuan.")


def test_the_centenarian_of_the_entered_date_does_not_differ_from_her_nik():
    worker = make_worker(nik="1312034407260002", born_on=date(1926, 7, 4))
    assert "nik_birth_date_differs" not in codes(worker)


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("131203", []),
        ("131299", ["nik_region_unknown"]),
        ("130801", []),
        ("130877", []),
        ("320101", ["nik_region_foreign"]),
        ("329999", ["nik_region_unknown"]),
        ("000000", ["nik_region_unknown"]),
    ],
)
def test_where_a_nik_begins(prefix, expected):
    """Kecamatan of the older regency (1308xx) were renumbered: an unknown one there is no surprise."""
    assert codes(make_worker(nik=f"{prefix}4407850002")) == expected


def test_the_older_regency_is_foreign_where_the_office_does_not_name_it():
    assert codes(make_worker(nik="1308014407850002"), usual=()) == ["nik_region_foreign"]


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ("", []),
        ("1312034407850002", ["family_card_is_nik"]),
        ("1312034407850009", ["family_card_like_nik"]),
        ("1312030407850009", []),
        ("1312991708090012", ["family_card_region_unknown"]),
        ("1308771708090012", []),
        ("3201011708090012", []),
        ("1312030000000012", ["family_card_date"]),
        ("131203170809001", ["family_card_length"]),
    ],
)
def test_the_family_card_beside_the_nik(card, expected):
    assert codes(make_worker(family_card=card)) == expected


def test_a_mans_nik_in_the_field_of_the_family_card_is_recognised():
    worker = make_worker(nik="1312030407850002", sex=Sex.MALE, family_card="1312030407850007")
    assert codes(worker) == ["family_card_like_nik"]
    assert codes(replace(worker, family_card=worker.nik)) == ["family_card_is_nik"]


def test_the_same_number_in_both_fields_is_an_error():
    found = problems(make_worker(family_card="1312034407850002"))
    assert [p.is_error for p in found if p.code == "family_card_is_nik"] == [True]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "S1TI"}, ["name_digits"]),
        ({"name": "Hj. SITI AMINAH"}, ["name_title"]),
        ({"name": "SITI AMINAH, S.Pd"}, ["name_title"]),
        ({"name": "Alm. SITI"}, ["name_deceased"]),
        ({"name": "SITI alias UPIK"}, ["name_alias"]),
        ({"mother_name": "NURHAYATI 2"}, ["name_digits"]),
        ({"mother_name": "Almh. NURHAYATI"}, []),
        ({"mother_name": "Siti  Aminah"}, ["mother_name_is_own"]),
        ({"mother_name": "-"}, ["mother_name_missing"]),
        ({"birth_place": "04-07-1985"}, ["birth_place_digits"]),
        ({"heir_name": "B4di"}, ["name_digits"]),
        ({"heir_name": "Budi"}, []),
        ({"heir_nik": "1312034407850002"}, ["heir_nik_is_own"]),
        ({"heir_nik": "1312 0344 0785 0002"}, ["heir_nik_is_own"]),
        ({"heir_nik": "13"}, ["nik_length"]),
        ({"heir_nik": "1312030507850002"}, []),
        ({"phone": "0812"}, ["phone_length"]),
        ({"email": "a@b"}, ["email_form"]),
        ({"postcode": "26567"}, []),
        ({"postcode": "2656"}, ["postcode_form"]),
        ({"postcode": "02656"}, ["postcode_form"]),
        ({"postcode": "2656²"}, ["postcode_form"]),
        ({"income": 0}, ["income_zero"]),
        ({"income": 850}, ["income_low"]),
        ({"income": 10_000}, []),
        ({"income": -1}, ["income_negative"]),
        ({"income": 100_000_000}, []),
        ({"income": 100_000_001}, ["income_high"]),
        ({"income": None}, ["income_missing"]),
        ({"nagari": "13.12.03.9999"}, ["nagari_unknown"]),
        ({"nagari": "Kinali"}, ["nagari_unknown"]),
        ({"nagari": "13.12.03"}, ["nagari_unknown"]),
        ({"nagari": "32.01.01.2001"}, ["nagari_foreign"]),
        ({"source_decile": 0}, ["source_decile_range"]),
        ({"source_decile": 11}, ["source_decile_range"]),
        ({"source_decile": 1}, []),
        ({"source_decile": 10}, []),
        ({"kpj": "12A34567890"}, []),
        ({"kpj": "12A"}, ["kpj_length"]),
    ],
)
def test_each_field_has_its_rule(changes, expected):
    assert codes(make_worker(**changes)) == expected


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("nik_region_unknown", {"nik": "1312994407850002"}),
        ("nik_region_foreign", {"nik": "3201014407850002"}),
        ("family_card_date", {"family_card": "1312030000000012"}),
        ("family_card_like_nik", {"family_card": "1312034407850009"}),
        ("family_card_region_unknown", {"family_card": "1312991708090012"}),
        ("name_title", {"name": "Hj. SITI"}),
        ("name_alias", {"name": "SITI alias UPIK"}),
        ("mother_name_is_own", {"mother_name": "Siti Aminah"}),
        ("nagari_foreign", {"nagari": "32.01.01.2001"}),
        ("income_zero", {"income": 0}),
        ("income_low", {"income": 850}),
        ("income_high", {"income": 200_000_000}),
    ],
)
def test_what_is_only_unlikely_is_a_warning(code, changes):
    problem = the_problem(make_worker(**changes))
    assert (problem.code, problem.level) == (code, Level.WARNING)


def test_a_reason_under_its_code_settles_a_warning_but_no_error():
    worker = make_worker(
        sex=Sex.MALE, postcode="1", reasons={"nik_sex_differs": "KTP salah cetak", "postcode_form": "x"}
    )
    assert [p.code for p in unexplained(problems(worker), worker.reasons)] == ["postcode_form"]


def born(years, *, month=4, day=1):
    return date(2026 - years, month, day)


def with_birth(born_on):
    return make_worker(born_on=born_on, nik=compose_nik("13.12.03", born_on, Sex.FEMALE, 2))


APRIL = Month(2026, 4)


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (date(2008, 4, 1), []),
        (date(2008, 4, 2), ["age_too_young"]),
        (date(1961, 4, 2), []),
        (date(1961, 4, 1), ["age_too_old"]),
        (date(1961, 3, 31), ["age_too_old"]),
        (date(1950, 1, 1), ["age_too_old"]),
    ],
)
def test_ages_are_counted_on_the_first_covered_day(born_on, expected):
    found = problems(with_birth(born_on), first_month=APRIL)
    assert [p.code for p in found] == expected
    assert all(p.is_error and p.field == "born_on" for p in found)


def test_the_sentence_says_how_old_when_and_what_to_do():
    problem = the_problem(with_birth(date(1961, 4, 1)), first_month=APRIL)
    assert problem.text == (
        "Sudah 65 tahun pada awal April 2026; mulai umur 65 tidak dapat didaftarkan lagi. Periksa tanggal lahir, "
        "atau kosongkan skema agar orangnya dicatat tanpa kepesertaan."
    )


def test_without_an_enrolment_the_age_is_a_warning_so_that_old_records_can_be_corrected():
    problem = the_problem(with_birth(date(1955, 1, 1)))
    assert (problem.code, problem.level) == ("age_too_old", Level.WARNING)
    problem = the_problem(with_birth(date(2010, 1, 1)))
    assert (problem.code, problem.level) == ("age_too_young", Level.WARNING)


def test_an_office_may_enrol_at_17_with_a_reason():
    ages = AgeRules(min_age=17)
    worker = with_birth(date(2008, 10, 1))
    problem = the_problem(worker, ages=ages, first_month=APRIL)
    assert (problem.code, problem.level) == ("age_young", Level.WARNING)
    assert codes(with_birth(date(2009, 10, 1)), ages=ages, first_month=APRIL) == ["age_too_young"]
    assert codes(with_birth(date(2008, 3, 1)), ages=ages, first_month=APRIL) == []


def test_age_limits_are_settings():
    assert codes(with_birth(date(1963, 1, 1)), ages=AgeRules(max_age=60), first_month=APRIL) == ["age_too_old"]


def test_the_month_of_the_65th_birthday_inside_a_period_is_information():
    period = Period(Month(2026, 4), Month(2026, 6))
    assert AgeRules().reaches_max_in(date(1961, 5, 20), period) == Month(2026, 5)
    assert AgeRules().reaches_max_in(date(1961, 7, 1), period) is None
    assert AgeRules().reaches_max_in(date(1961, 3, 31), period) is None
    assert AgeRules().reaches_max_in(date(1960, 2, 29), period) is None


def test_a_birth_date_in_the_future_is_an_error():
    problem = the_problem(make_worker(nik="", born_on=date(2026, 3, 23)), required=())
    assert (problem.code, problem.is_error) == ("born_on_future", True)
    assert codes(make_worker(nik="", born_on=TODAY), required=()) == ["age_too_young"]


def test_nobody_is_over_a_hundred():
    problem = the_problem(make_worker(nik="", born_on=date(1925, 3, 22)), required=())
    assert (problem.code, problem.is_error) == ("born_on_too_early", True)
    assert codes(make_worker(nik="", born_on=date(1925, 3, 23)), required=()) == ["age_too_old"]


anything = st.text() | st.text(alphabet="0123456789 .-,{}%@+HABS'", max_size=20)


@given(
    st.builds(
        Worker,
        **{field.name: anything for field in fields(Worker) if field.type == "str"},
        born_on=st.none() | st.dates(),
        sex=st.none() | st.sampled_from(Sex),
        marital_status=st.none() | st.sampled_from(MaritalStatus),
        income=st.none() | st.integers(),
        segment=st.sampled_from(Segment),
        source_decile=st.none() | st.integers(),
    ),
    st.dates(date(1990, 1, 1), date(2200, 1, 1)),
    st.none() | st.builds(Month, st.integers(1900, 2999), st.integers(1, 12)),
    st.sampled_from(["id", "en"]),
)
def test_whatever_the_fields_hold_there_are_only_sentences(worker, today, first_month, code):
    language.use(code)
    known = {field.name for field in fields(Worker)}
    for problem in problems(worker, today=today, first_month=first_month):
        assert problem.field in known
        assert problem.text
        assert "{" not in problem.text or "{" in repr(worker)


@given(
    st.dates(date(1961, 4, 2), date(2008, 4, 1)),
    st.sampled_from(Sex),
    st.integers(1, 9999),
    st.sampled_from(["13.12.03", "13.12.05", "13.08.01"]),
)
def test_every_worker_of_working_age_with_her_own_nik_may_be_registered(born_on, sex, serial, kecamatan):
    worker = make_worker(nik=compose_nik(kecamatan, born_on, sex, serial), born_on=born_on, sex=sex)
    assert [c for c in codes(worker, first_month=APRIL) if c != "family_card_like_nik"] == []
