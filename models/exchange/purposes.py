"""What a list seems to be taken in for: people to be registered, or an answer about people who are."""

from __future__ import annotations

from models.exchange.cells import text_of
from models.exchange.fields import known_headings, words
from models.exchange.mapping import Purpose
from models.exchange.table import ListTable
from models.people.names import fold

_OF_PEOPLE = frozenset({"mother_name", "address", "jorong", "nagari", "kecamatan", "occupation", "marital_status"})
"""Fields that no answer has: with a column of one of them a list is of people to be registered."""
_VOCABULARIES = {
    Purpose.MEMBERSHIP: ("active", "active"),
    Purpose.BPJS_RETURN: ("outcome", "bpjs_outcome"),
    Purpose.NIK_MATCH: ("outcome", "nik_outcome"),
}
"""Purpose -> the field of the column that tells, and the vocabulary of its words."""
_MOST = 300
"""So many rows are looked at."""
_ENOUGH = 0.6
"""Share of the filled cells of such a column that must be such words."""
_PADAN = frozenset({"PADAN", "NIK", "DUKCAPIL"})
_MEMBERS = frozenset({"KEPESERTAAN", "PESERTA", "PROGRAM"})
"""Words of headings that speak of memberships, so that a plain ``STATUS`` of ``AKTIF`` is one of them."""


def likely_purpose(table: ListTable) -> Purpose:
    """By a column of outcomes under a heading that says so, in a list that has nothing a registration needs.

    Words that any of them may say (``VALID``, ``AKTIF``) are those of BPJS, unless a heading speaks of the NIK.
    """
    known = known_headings()
    named = [known.get(fold(heading), ()) for heading in table.headings]
    if any(len(fields) == 1 and fields[0] in _OF_PEOPLE for fields in named):
        return Purpose.WORKERS
    speaks_of_members = any(_MEMBERS & set(fold(heading).split()) for heading in table.headings)
    best, likeliest = 0.0, Purpose.WORKERS
    for heading, fields, column in zip(table.headings, named, table.columns, strict=True):
        said = [fold(text_of(cell)) for cell in column[:_MOST]]
        said = [word for word in said if word]
        for purpose, (field, vocabulary) in _VOCABULARIES.items():
            is_member = purpose is Purpose.MEMBERSHIP and speaks_of_members and "outcome" in fields
            if not said or (field not in fields and not is_member):
                continue
            share = sum(word in words(vocabulary) for word in said) / len(said)
            if is_member or (purpose is Purpose.NIK_MATCH and _PADAN & set(fold(heading).split())):
                share += 0.01
            if share >= _ENOUGH and share > best:
                best, likeliest = share, purpose
    return likeliest
