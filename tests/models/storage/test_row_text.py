"""A row and an audit entry are sealed as the JSON that they always were, whoever writes it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.worker import Segment
from models.storage.audit import hash_of_entry
from models.storage.row_text import WITHOUT, teller, text_of

_VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.binary(max_size=16),
)
_NAMES = ("id", "uid", "name", "phone", "income", "revision", "name_key", "anonymised_on")


def as_json(kind: str, row: tuple[Any, ...]) -> bytes:
    told = {
        name: value
        for name, value in zip(_NAMES, row, strict=True)
        if value not in (None, "") and name not in WITHOUT[kind]
    }
    return json.dumps(told, separators=(",", ":"), sort_keys=True, default=bytes.hex).encode()


@given(st.tuples(*[_VALUES] * len(_NAMES)))
def test_a_row_is_told_as_json(row: tuple[Any, ...]) -> None:
    assert teller("worker", _NAMES)(row) == text_of("worker", list(_NAMES), row) == as_json("worker", row)


@pytest.mark.parametrize("value", [Segment.BPU, True, 'tanda "kutip" \\ dan\nbaris', "ñandú – 𝄞", "\u2028"])
def test_odd_values_are_told_as_json_too(value: object) -> None:
    row = (1, b"\x00", value, "", None, 2, "x", None)
    assert teller("worker", _NAMES)(row) == as_json("worker", row)


def test_a_column_added_later_and_still_empty_changes_nothing() -> None:
    assert text_of("worker", ("id", "name"), (1, "Siti")) == text_of("worker", ("id", "x", "name"), (1, None, "Siti"))


@given(st.tuples(*[st.text(st.characters(codec="utf-8"), max_size=12)] * 5), st.binary(min_size=32, max_size=32))
def test_an_entry_is_sealed_as_a_list_of_json(words: tuple[str, ...], before: bytes) -> None:
    at, user, action, kind, origin = words
    entry = (7, 3, at, user, action, kind, 12, origin)
    digest, row_hash = bytes(32), bytes(range(16))
    for seal in (row_hash, None):
        text = json.dumps([*entry, digest.hex(), seal.hex() if seal is not None else ""], separators=(",", ":"))
        assert hash_of_entry(before, entry, digest, seal) == hashlib.sha256(before + text.encode()).digest()
