"""E-mail addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.email import parse_email


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("disnaker@pasamanbaratkab.go.id", "disnaker@pasamanbaratkab.go.id"),
        (" Siti.Aminah@Contoh.GO.ID ", "Siti.Aminah@contoh.go.id"),
        ("mailto:a@b.co", "a@b.co"),
        ("a+b@sub.contoh-x.id", "a+b@sub.contoh-x.id"),
    ],
)
def test_addresses_are_kept_with_the_place_in_small_letters(text, address):
    assert parse_email(text) == (address, ())


@pytest.mark.parametrize("text", ["", "  ", "-"])
def test_an_empty_field_is_no_address_and_no_problem(text):
    assert parse_email(text) == (None, ())


@pytest.mark.parametrize(
    "text",
    ["a", "@", "a@b", "a b@c.id", "a@b..id", ".a@b.id", "a.@b.id", "a..b@c.id", "a@-b.id", "a@b.i", "a@b.id;c@d.id",
     "a@b@c.id", "a,b@c.id", "a" * 65 + "@b.id", "a@" + "b" * 64 + ".id", "a@" + "b." * 130 + "id", "é@b.id"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_an_example(text):
    address, (problem,) = parse_email(text)
    assert address is None
    assert (problem.field, problem.code) == ("email", "email_form")
    assert "nama@contoh.go.id" in problem.text


@given(st.emails(domains=st.sampled_from(["contoh.id", "mail.go.id"])))
def test_ordinary_addresses_are_accepted_and_stay_as_they_are(address):
    assert parse_email(address) == (address, ())


@given(st.text() | st.text(alphabet="ab.@-_ ", max_size=20))
def test_any_text_gives_an_address_or_a_sentence(text):
    address, problems = parse_email(text)
    assert address is None or not problems
    assert all(problem.text for problem in problems)
    if address:
        assert parse_email(address) == (address, ())
