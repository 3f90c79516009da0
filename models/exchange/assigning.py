"""Giving each column at most one field and each field at most one column, so that the whole fits best."""

from __future__ import annotations

from collections.abc import Sequence

_INFINITE = float("inf")


def best_assignment(scores: Sequence[Sequence[float]]) -> list[int]:
    """For each row the index of its column; the sum of the scores is the largest possible (Kuhn and Munkres).

    There must be at least as many columns as rows.
    """
    rows, columns = len(scores), len(scores[0]) if scores else 0
    row_price = [0.0] * (rows + 1)
    column_price = [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        here = 0
        least = [_INFINITE] * (columns + 1)
        came_from = [0] * (columns + 1)
        is_seen = [False] * (columns + 1)
        while row_of[here]:
            is_seen[here] = True
            current, step, following = row_of[here], _INFINITE, 0
            for column in range(1, columns + 1):
                if is_seen[column]:
                    continue
                cost = -scores[current - 1][column - 1] - row_price[current] - column_price[column]
                if cost < least[column]:
                    least[column], came_from[column] = cost, here
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if is_seen[column]:
                    row_price[row_of[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            here = following
        while here:
            row_of[here] = row_of[came_from[here]]
            here = came_from[here]
    result = [-1] * rows
    for column in range(1, columns + 1):
        if row_of[column]:
            result[row_of[column] - 1] = column - 1
    return result
