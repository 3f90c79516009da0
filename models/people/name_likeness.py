"""How alike two names are: the same to eye or ear, a slip of the typist away, longer by a word, or only in part."""

from __future__ import annotations

from enum import StrEnum

from rapidfuzz.distance import OSA, JaroWinkler

from models.people.names import fold
from models.people.sounds import MUHAMMADS, sound, sounding_words

_FAR = 0.6
"""Jaro-Winkler similarity (0 to 1) below which names without a word in common are not looked at closely."""
_SHORT = 4
"""Letters of a name in which one wrong letter must not be the first: Siti and Sati, not Siti and Titi."""
_LONG = 9
"""Letters from which two slips still leave a name recognised."""


class NameLikeness(StrEnum):
    """The classes, the most alike first."""

    SAME = "same"
    """The same words, in any order, with or without the blanks."""
    SOUND = "sound"
    """Another spelling, or Muhammad and bin written otherwise."""
    SLIP = "slip"
    """One letter wrong, missing, too many, or changed with its neighbour."""
    SLIPS = "slips"
    """Two of them in a long name."""
    LONGER = "longer"
    """One has a word more, as after a wedding, or a word in full that the other shortens to its first letter."""
    PART = "part"
    """Half of the name and more is the same."""
    UNLIKE = "unlike"


class ComparedName:
    """A name made ready once to be compared with many; what is seldom needed is made when it is."""

    __slots__ = ("_sound", "_sounding", "joined", "key", "words")

    def __init__(self, key: str) -> None:
        self.key = key
        """The folded name."""
        self.joined = key.replace(" ", "")
        """Without blanks."""
        self.words = key.split()
        self._sound: str | None = None
        self._sounding: list[str] | None = None

    @classmethod
    def of(cls, name: str) -> ComparedName:
        """Of a name as typed."""
        return cls(fold(name))

    @property
    def sound(self) -> str:
        """How it sounds, without blanks; a name that is only Muhammad sounds like itself."""
        if self._sound is None:
            self._sound = sound(self.key) or self.joined
        return self._sound

    @property
    def sounding(self) -> list[str]:
        """Its words as they sound."""
        if self._sounding is None:
            self._sounding = sounding_words(self.key) or self.words
        return self._sounding


def name_likeness(one: ComparedName, other: ComparedName) -> NameLikeness:
    """The first class that fits; the same whichever of the two comes first."""
    if not one.joined or not other.joined:
        return NameLikeness.UNLIKE
    if one.joined == other.joined:
        return NameLikeness.SAME
    if _is_far(one, other):
        return NameLikeness.UNLIKE
    if len(one.words) > 1 and sorted(one.words) == sorted(other.words):
        return NameLikeness.SAME
    if one.sound == other.sound or sorted(one.sounding) == sorted(other.sounding):
        return NameLikeness.SOUND
    slips = _slips(one, other)
    shorter = min(len(one.joined), len(other.joined))
    if slips == 1 and _may_hold_a_slip(one, other, shorter):
        return NameLikeness.SLIP
    if slips <= 2 and shorter >= _LONG:
        return NameLikeness.SLIPS
    if _is_longer(one, other) or _is_longer(other, one):
        return NameLikeness.LONGER
    return NameLikeness.PART if _share_most(one, other) else NameLikeness.UNLIKE


def _is_far(one: ComparedName, other: ComparedName) -> bool:
    """The quick look that settles nearly all pairs of strangers; a Muhammad before one of them needs a closer one."""
    first, second = sorted((one.joined, other.joined))
    return (
        JaroWinkler.similarity(first, second) < _FAR
        and set(one.words).isdisjoint(other.words)
        and one.words[0] not in MUHAMMADS
        and other.words[0] not in MUHAMMADS
    )


def _slips(one: ComparedName, other: ComparedName) -> int:
    """How many slips of the typist lie between the two, as written or as they sound, in any order of words; 3: more."""
    best = min(
        OSA.distance(one.joined, other.joined, score_cutoff=2), OSA.distance(one.sound, other.sound, score_cutoff=2)
    )
    if best > 1 and len(one.words) > 1:
        ordered = "".join(sorted(one.sounding)), "".join(sorted(other.sounding))
        best = min(best, OSA.distance(*ordered, score_cutoff=2))
    return best


def _may_hold_a_slip(one: ComparedName, other: ComparedName, shorter: int) -> bool:
    return shorter > _SHORT or (shorter >= 3 and one.joined[0] == other.joined[0])


def _is_longer(longer: ComparedName, shorter: ComparedName) -> bool:
    """Whether every word of the shorter stands in the longer, in its order, one of them perhaps with a slip."""
    if len(shorter.sound) < _SHORT or len(longer.sound) <= len(shorter.sound):
        return False
    if any("".join(longer.sounding[:count]) == shorter.sound for count in range(1, len(longer.sounding))):
        return True  # also where the blank between two words is missing in one of them
    words = iter(longer.sounding)
    is_slip_left = True
    for word in shorter.sounding:
        for other in words:
            if word == other or (len(word) == 1 and other[0] == word) or (len(other) == 1 and word[0] == other):
                break
            if (
                is_slip_left
                and min(len(word), len(other)) > _SHORT
                and OSA.distance(word, other, score_cutoff=1) <= 1
            ):
                is_slip_left = False
                break
        else:
            return False
    return True


def _share_most(one: ComparedName, other: ComparedName) -> bool:
    """Whether words in common make up half of each name, or two long names differ by some letters only."""
    common = sum(len(word) for word in set(one.sounding) & set(other.sounding))
    longest = max(len(one.sound), len(other.sound))
    if common * 2 >= longest:
        return True
    return OSA.normalized_similarity(one.sound, other.sound) >= 0.7 and min(len(one.sound), len(other.sound)) > _SHORT
