"""The changes of one worker sum up to what its enrolments say."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from models.coverage.changes import CONFIRMED, PERSON, Span, changes_of

spans = st.lists(
    st.builds(
        lambda scheme, first, prices, confirmed: Span(
            scheme, "BPU" if scheme < 3 else "PU", first, first + len(prices) - 1, confirmed, tuple(prices)
        ),
        st.integers(1, 4),
        st.integers(0, 30),
        st.lists(st.sampled_from([8_400, 16_800, 36_800]), min_size=1, max_size=6),
        st.booleans(),
    ),
    max_size=5,
)


def span(first: int, last: int, scheme: int = 1, segment: str = "BPU", confirmed: bool = False) -> Span:
    return Span(scheme, segment, first, last, confirmed, (16_800,) * (last - first + 1))


def counted(changes: Counter[tuple[str, int]], what: str, month: int) -> int:
    return sum(change for (name, at), change in changes.items() if name == what and at <= month)


def test_a_worker_begins_in_the_first_month_and_stops_after_the_last() -> None:
    changes = changes_of([span(5, 7)])
    assert changes[PERSON, 5] == 1
    assert changes[PERSON, 8] == -1


def test_two_enrolments_in_the_same_months_are_one_worker() -> None:
    changes = changes_of([span(5, 7), span(6, 9, scheme=2)])
    assert [counted(changes, PERSON, month) for month in range(4, 11)] == [0, 1, 1, 1, 1, 1, 0]
    assert counted(changes, "scheme 1", 6) == counted(changes, "scheme 2", 6) == 1


def test_a_worker_in_two_segments_stands_in_both_but_is_one_person() -> None:
    changes = changes_of([span(5, 7), span(5, 7, scheme=4, segment="PU")])
    assert (counted(changes, "segment BPU", 6), counted(changes, "segment PU", 6)) == (1, 1)
    assert counted(changes, PERSON, 6) == 1


def test_periods_that_follow_one_another_leave_no_trace_between_them() -> None:
    assert {month for (name, month), change in changes_of([span(1, 3), span(4, 6)]).items() if name == PERSON} == {
        1,
        7,
    }


@given(spans)
def test_any_month_sums_up_to_a_scan_of_the_enrolments(given_spans: list[Span]) -> None:
    changes = changes_of(given_spans)
    for month in range(40):
        here = [one for one in given_spans if one.first <= month <= one.last]
        assert counted(changes, PERSON, month) == bool(here)
        assert counted(changes, CONFIRMED, month) == any(one.is_confirmed for one in here)
        for scheme in range(1, 5):
            mine = [one for one in here if one.scheme == scheme]
            rupiah = sum(one.monthly[month - one.first] for one in mine)
            assert counted(changes, f"scheme {scheme}", month) == bool(mine)
            assert counted(changes, f"{CONFIRMED} scheme {scheme}", month) == any(one.is_confirmed for one in mine)
            assert counted(changes, f"rupiah scheme {scheme}", month) == rupiah
