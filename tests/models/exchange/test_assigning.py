"""The assignment is the best of all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from models.exchange.assigning import best_assignment

SCORES = st.integers(1, 4).flatmap(
    lambda rows: st.integers(rows, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 20), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@given(SCORES)
def test_no_other_assignment_scores_more(scores: list[list[int]]) -> None:
    chosen = best_assignment(scores)

    assert len(set(chosen)) == len(scores)
    best = max(
        sum(row[column] for row, column in zip(scores, order, strict=False))
        for order in permutations(range(len(scores[0])), len(scores))
    )
    assert sum(row[column] for row, column in zip(scores, chosen, strict=True)) == best


def test_nothing_to_assign_is_no_trouble() -> None:
    assert best_assignment([]) == []
