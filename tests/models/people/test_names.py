"""Names, the titles around them, and how names are compared."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from models.people.names import Name, fold, proper_case, read_name, tidy, with_titles
from models.people.worker import Worker

TITLES = Path(__file__).parents[3] / "resources" / "names" / "titles.csv"

first_names = st.sampled_from([
    "Siti", "Nur'aini", "M. Nasir", "A'isyah", "Amrizal", "Sukarno", "Marah Rusli", "Sutan Syahrir", "Sidi", "Mei",
    "ABDUL-RAHMAN", "Datuk", "Haji", "Muhammad Al-Fatih", "Élise", "Ahmad bin Ali", "S. Harahap", "St. Aminah",
])  # fmt: skip
befores = st.lists(st.sampled_from(["H.", "Hj.", "K.H.", "Drs.", "Dra.", "Ir.", "Prof.", "Dr.", "dr."]), max_size=3)
afters = st.lists(
    st.sampled_from(["S.H.", "S.Pd.", "S.Pd.I.", "A.Md.Keb.", "S.E.", "M.M.", "Dt. Bandaro Kayo", "Ph.D."]),
    max_size=3,
)
wild = st.text() | st.text(alphabet="aBS.,' -HMPdt()1/é\u200b", max_size=25)


def codes(text, **kwargs):
    name = read_name(text, **kwargs)
    assert all(problem.text for problem in name.problems)
    return [problem.code for problem in name.problems]


@pytest.mark.parametrize(
    "text",
    ["Sukarno", "SITI AMINAH", "siti", "M. Nasir", "M.NASIR", "Nur'aini", "A'isyah", "Abdul-Rahman", "Ahmad bin Ali",
     "Fatimah binti Yusuf", "Marah Rusli", "Sutan Syahrir", "Sidi Purnomo", "Bagindo Azizchan", "St. Aminah", "Haji",
     "Mei", "Siti Mei", "Ama", "Élise", "Ibu", "Datuk", "R. Sukamto", "Ahmad S.", "Ahmad M. A.", "Ahmad A. R.",
     "Ma Siti", "Siti Ma", "Kiai", "Ali Akbar Batubara", "Budi St", "Ner", "Andi Alief", "Ir"],
)  # fmt: skip
def test_a_name_without_titles_stays_as_it_is(text):
    assert read_name(text) == Name(text)


@pytest.mark.parametrize(
    ("text", "before", "name", "after"),
    [
        ("Drs. H. M. Nasir, S.H., M.M.", "Drs. H.", "M. Nasir", "S.H., M.M."),
        ("H.Ahmad", "H.", "Ahmad", ""),
        ("H.M.Nasir", "H.", "M.Nasir", ""),
        ("Drs.H.Ahmad", "Drs. H.", "Ahmad", ""),
        ("h ahmad", "H.", "ahmad", ""),
        ("HAJI AHMAD", "H.", "AHMAD", ""),
        ("Hj Siti", "Hj.", "Siti", ""),
        ("KH. Ahmad", "K.H.", "Ahmad", ""),
        ("Ustadz Somad", "Ust.", "Somad", ""),
        ("dr. Ani", "dr.", "Ani", ""),
        ("Dr. Ani", "Dr.", "Ani", ""),
        ("DR ANI", "Dr.", "ANI", ""),
        ("drg. Ani", "drg.", "Ani", ""),
        ("Prof. Dr. H. Ani, M.Sc., Ph.D", "Prof. Dr. H.", "Ani", "M.Sc., Ph.D."),
        ("Budi Santoso, SE", "", "Budi Santoso", "S.E."),
        ("BUDI SANTOSO SE", "", "BUDI SANTOSO", "S.E."),
        ("BUDI SANTOSO S.E", "", "BUDI SANTOSO", "S.E."),
        ("budi santoso spd", "", "budi santoso", "S.Pd."),
        ("Budi S. Pd", "", "Budi", "S.Pd."),
        ("Budi S.Pd.I", "", "Budi", "S.Pd.I."),
        ("Budi,S.Pd,M.Pd", "", "Budi", "S.Pd., M.Pd."),
        ("Budi S.Pd M.Pd", "", "Budi", "S.Pd., M.Pd."),
        ("Budi S.Pd, M.Pd", "", "Budi", "S.Pd., M.Pd."),
        ("Ani, A.Md. Keb", "", "Ani", "A.Md.Keb."),
        ("Ani, amd.keb", "", "Ani", "A.Md.Keb."),
        ("Ani, B.Mus.", "", "Ani", "B.Mus."),
        ("Ani, MA", "", "Ani", "M.A."),
        ("Ani M.A.", "", "Ani", "M.A."),
        ("Amrizal Dt. Bandaro Kayo", "", "Amrizal", "Dt. Bandaro Kayo"),
        ("Amrizal Datuak Bandaro", "", "Amrizal", "Dt. Bandaro"),
        ("Amrizal, Dt. Bandaro", "", "Amrizal", "Dt. Bandaro"),
        ("Amrizal St. Mudo", "", "Amrizal", "St. Mudo"),
        ("Amrizal gelar Sutan Mudo", "", "Amrizal", "gelar Sutan Mudo"),
        ("H. Amrizal S.Sos Dt. Bandaro", "H.", "Amrizal", "S.Sos., Dt. Bandaro"),
        ("Dt. Rajo Bosa", "Dt.", "Rajo Bosa", ""),
        ("Bpk. Ahmad", "", "Ahmad", ""),
        ("Ibu Siti", "", "Siti", ""),
        ("Sdr. H. Ahmad", "H.", "Ahmad", ""),
        ("  Siti   Aminah  ", "", "Siti Aminah", ""),
        ("Nur\u2019aini", "", "Nur'aini", ""),
        ("Abdul\u2010Rahman", "", "Abdul-Rahman", ""),
        ("Si\u200bti\ufeff", "", "Siti", ""),
        ("Ahmad.", "", "Ahmad", ""),
        ("Ahmad,", "", "Ahmad", ""),
        ("- Ahmad -", "", "Ahmad", ""),
        ("", "", "", ""),
        ("-", "", "", ""),
        (" , ", "", "", ""),
    ],
)
def test_titles_are_split_off_in_their_usual_spelling(text, before, name, after):
    assert read_name(text) == Name(name, before, after)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ahm4d", "name_digits"),
        ("1312030407850001", "name_empty"),
        ("???", "name_empty"),
        ("Ahmad alias Buyung", "name_alias"),
        ("Ahmad als Buyung", "name_alias"),
        ("Ahmad a.k.a. Buyung", "name_alias"),
        ("Ahmad (Buyung)", "name_alias"),
        ('Ahmad "Buyung"', "name_alias"),
        ("Ahmad/Buyung", "name_alias"),
        ("Ahmad@", "name_characters"),
        ("Ahmad_Ali", "name_characters"),
        ("أحمد", "name_characters"),
        ("Ahmad; Ali", "name_characters"),
        ("Ahmad\U0001f600", "name_characters"),
        ("Nasution, Ahmad", "name_comma"),
        ("Alm. Ahmad", "name_deceased"),
        ("Ahmad (Alm)", "name_deceased"),
        ("Almh Siti", "name_deceased"),
        ("Alm", "name_deceased"),
        ("Siti Almh Upik", "name_deceased"),
        ("A.", "name_short"),
        ("Ahmad " * 11, "name_long"),
    ],
)
def test_what_is_odd_in_a_name_is_named(text, code):
    assert codes(text) == [code]


def test_what_has_a_reason_may_stay_and_the_name_is_kept_as_typed():
    for text in ("Ahmad alias Buyung", "Nasution, Ahmad", "A.", "Ahmad (Buyung)"):
        name = read_name(text)
        assert name.name == text
        assert not any(problem.is_error for problem in name.problems)


def test_a_text_that_is_no_name_at_all_costs_no_time():
    for part in ("H. ", "SE ", "H.", "a,", "Dt. "):
        assert [p.code for p in read_name(part * 100_000).problems if p.code == "name_long"] == ["name_long"]


def test_sixty_characters_are_usual_and_more_need_a_reason():
    assert codes("A" * 60) == []
    (problem,) = read_name("A" * 61).problems
    assert (problem.code, problem.is_error) == ("name_long", False)
    assert "61 karakter" in problem.text


def test_a_mark_of_death_is_left_off_a_mothers_name():
    assert read_name("Almh. Siti", field="mother_name", living=False) == Name("Siti")
    assert read_name("Siti (Almh)", field="mother_name", living=False) == Name("Siti")
    assert read_name("Almarhumah Hj. Siti", field="mother_name", living=False) == Name("Siti", "Hj.")


def test_a_problem_names_the_field_and_what_was_found():
    (problem,) = read_name("S1ti 22", field="mother_name").problems
    assert problem.field == "mother_name"
    assert problem.text == "Nama tidak berisi angka (1 2). Tulis seperti di KTP."


@given(befores, first_names, afters)
def test_a_printed_full_name_is_taken_apart_again(before, name, after):
    assume(read_name(f"{name} Budi").name == f"{name} Budi")  # who is called Datuk is not told from a datuk
    worker = Worker(name=read_name(name).name, title_before=" ".join(before), title_after=", ".join(after))
    read = read_name(worker.full_name)
    assert (read.title_before, read.name, read.title_after) == (worker.title_before, worker.name, worker.title_after)


@given(wild, st.booleans())
@example("Ahmad SE Dt. Bandaro", True)
@example("H..Ahmad", True)
@example("Dt. SE Gelar", False)
def test_any_text_gives_a_name_and_reading_it_again_changes_nothing(text, living):
    read = read_name(text, living=living)
    assert all(problem.text for problem in read.problems)
    again = read_name(read.name, living=living)
    assert again == Name(read.name, "", "", read.problems)
    assert tidy(tidy(text)) == tidy(text)
    assert tidy(read.name) == read.name


@given(wild)
def test_no_letter_is_lost_but_those_of_a_form_of_address(text):
    read = read_name(text)
    if not read.title_before and not read.title_after and not set("ipbsnt") & set(text.lower()):
        assert [c for c in read.name if c.isalpha()] == [c for c in tidy(text) if c.isalpha()]


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("SITI NUR'AINI BINTI M. YUSUF", "Siti Nur'aini binti M. Yusuf"),
        ("siti aminah", "Siti Aminah"),
        ("A'ISYAH", "A'isyah"),
        ("ABDUL-RAHMAN", "Abdul-Rahman"),
        ("M.NASIR", "M.Nasir"),
        ("McDonald", "McDonald"),
        ("BIN ALI", "Bin Ali"),
        ("ÉLISE", "Élise"),
        ("AHMAD (BUYUNG)", "Ahmad (Buyung)"),
        ("AHMAD ALIAS BUYUNG", "Ahmad alias Buyung"),
        ("", ""),
    ],
)
def test_capitals_of_a_card_become_capitals_of_a_letter(typed, proper):
    assert proper_case(typed) == proper


@given(wild)
def test_proper_case_twice_is_proper_case_once(text):
    assert proper_case(proper_case(text)) == proper_case(text)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Siti Nur'aini", "SITI NURAINI"),
        ("SITI  NUR\u2019AINI", "SITI NURAINI"),
        ("M.Nasir", "M NASIR"),
        ("M. Nasir", "M NASIR"),
        ("Abdul-Rahman", "ABDUL RAHMAN"),
        ("Élise Muñoz", "ELISE MUNOZ"),
        ("Straße Øre Æbler", "STRASSE ORE AEBLER"),
        ("Ahmad (Buyung)", "AHMAD BUYUNG"),
        ("\u200bSiti\ufeff", "SITI"),
        ("", ""),
        ("-.'", ""),
    ],
)
def test_folded_names_are_compared(name, folded):
    assert fold(name) == folded


@given(wild)
def test_folding_twice_is_folding_once_and_case_does_not_count(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert fold(text.upper()) == fold(text.upper().lower().upper())


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_quick_way_for_plain_letters_folds_like_the_long_way(text):
    assert fold(text) == fold(text + "\u00e9").removesuffix("E").rstrip()


def test_the_table_of_titles_is_whole():
    with TITLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["place"] for row in rows} == {"before", "after", "tail"}
    assert {row["bare"] for row in rows} == {"yes", "no"}
    assert len({(row["title"], row["place"]) for row in rows}) == len(rows)
    for row in rows:
        if row["place"] == "after" and row["kind"] == "academic":
            assert read_name(f"Ahmad, {row['title']}") == Name("Ahmad", "", row["title"])


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ("", "", "Amrizal"),
        ("H.", "", "H. Amrizal"),
        ("", "S.Pd.", "Amrizal, S.Pd."),
        ("Drs. H.", "M.Si.", "Drs. H. Amrizal, M.Si."),
        ("", "Dt. Bandaro", "Amrizal Dt. Bandaro"),
        ("", "gelar Rajo Basa", "Amrizal gelar Rajo Basa"),
    ],
)
def test_a_name_is_written_with_its_titles_as_people_write_it(before: str, after: str, written: str) -> None:
    assert with_titles("Amrizal", before, after) == written
