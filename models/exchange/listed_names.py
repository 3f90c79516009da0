"""Which of many names have to be looked at: names are many, and the words that they are made of are few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.people.names import pieces_of_titles

_FEW = 40
"""Odd words that are looked for one by one in all names; for more each name is looked at."""
_BETWEEN = frozenset({"", " ", "\n"})


def doubtful_names(names: Sequence[str], joined: str) -> list[int]:
    """Places of names that are not surely names without a title, problem or second space; `joined` are the same names
    line by line."""
    spoken = joined.split()
    words = set(spoken)
    pieces = pieces_of_titles()
    odd = {
        word for word in words if not (word.isascii() and word.isalpha()) or len(word) == 1 or word.upper() in pieces
    }
    is_plain = (
        joined.isascii()
        and joined.count("\n") == len(names) - 1
        and joined.count(" ") + len(names) == len(spoken)
        and joined.replace("\n", "").isprintable()
    )
    longest = max(map(len, names), default=0)
    if is_plain and longest <= 60 and len(odd) <= _FEW:
        return sorted(_rows_with(odd, joined))
    untouched = odd.isdisjoint
    others = {
        name
        for name in set(names)
        if not (len(name) <= 60 and untouched(split := name.split()) and (is_plain or name == " ".join(split) != ""))
    }
    return [place for place, name in enumerate(names) if name in others] if others else []


def _rows_with(words: Iterable[str], lines: str) -> set[int]:
    """Numbers of the lines that hold one of these words, whole."""
    found = set()
    for word in words:
        row = last = 0
        at = lines.find(word)
        while at >= 0:
            end = at + len(word)
            if lines[at - 1 : at] in _BETWEEN and lines[end : end + 1] in _BETWEEN:
                row += lines.count("\n", last, at)
                found.add(row)
                last = at
            at = lines.find(word, end)
    return found
