"""Alt letters: each word of a form gets one of its own, preferably the first letter of a word."""

from __future__ import annotations

from collections.abc import Sequence


def assign_letters(words: Sequence[str], taken: str = "") -> tuple[str, ...]:
    """The words with an ampersand before the letter that Alt goes with, no letter twice.

    `taken` are letters that are used elsewhere in the window. A word for which none is left stays without one. Who
    comes first is served first, but gives way where a later word would otherwise get none.
    """
    wishes = [_wishes(word, taken.casefold()) for word in words]
    owner: dict[str, int] = {}
    for index in range(len(words)):
        _serve(index, wishes, owner, set())
    given = {index: letter for letter, index in owner.items()}
    return tuple(_marked(word, given.get(index, "")) for index, word in enumerate(words))


def letters_in(words: Sequence[str]) -> list[str]:
    """The Alt letters that already stand in the words, small."""
    bare = (word.replace("&&", "") for word in words)
    return [word[word.index("&") + 1].casefold() for word in bare if "&" in word[:-1]]


def without_letter(word: str) -> str:
    """The word as it is read."""
    return word.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _wishes(word: str, taken: str) -> list[str]:
    """Letters a word could take, first the beginnings of its words; none of what stands in brackets.

    There it is a unit, an example, or the button's own key: an underlined letter of ``(Esc)`` would mislead.
    """
    front = word.partition("(")[0].casefold()
    starts = [c for at, c in enumerate(front) if at == 0 or not front[at - 1].isalpha()]
    letters = dict.fromkeys([*starts, *front])
    return [c for c in letters if c.isascii() and c.isalpha() and c not in taken]


def _serve(index: int, wishes: list[list[str]], owner: dict[str, int], asked: set[str]) -> bool:
    """Gives a word its best free letter, else one whose owner can take another."""
    for letter in wishes[index]:
        if letter not in owner:
            owner[letter] = index
            return True
    for letter in wishes[index]:
        if letter not in asked:
            asked.add(letter)
            if _serve(owner[letter], wishes, owner, asked):
                owner[letter] = index
                return True
    return False


def _marked(word: str, letter: str) -> str:
    """With the ampersand before the first letter of a word if it is that one, else before the first of its kind; never
    in brackets, where the button's own key stands."""
    safe = word.replace("&", "&&")
    if not letter:
        return safe
    folded = safe.partition("(")[0].casefold()
    places = [at for at, c in enumerate(folded) if c == letter]
    at = next((at for at in places if at == 0 or not folded[at - 1].isalpha()), places[0])
    return f"{safe[:at]}&{safe[at:]}"
