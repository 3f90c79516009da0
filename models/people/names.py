"""Names as on the KTP, the titles around them, and the form in which two names are compared.

Single names are complete names and nothing is ever taken for a surname. Only what is surely a title is split off:
the words Sutan, Sidi, Bagindo or Marah written in full are part of many a name on a KTP, so they stay in it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from models.language import N_
from models.problems import Level, Problem

_TITLES = Path(__file__).parents[2] / "resources" / "names" / "titles.csv"
_LONGEST_USUAL = 60
"""Characters of a name on new documents (Permendagri 73/2022); older names may be longer."""

_INVISIBLE = dict.fromkeys((0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
_SAME = str.maketrans(
    "\u2018\u2019\u02bb\u02bc\u02be\u02bf`\u00b4\u2032\u2010\u2011\u2012\u2013\u2014\u2212\u2024\uff0c",
    "'" * 9 + "-" * 6 + ".,",
)
_LETTERS_WITHOUT_PARTS = str.maketrans(
    {"ß": "SS", "Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ı": "I"}
)
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_FOLDED = {code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()}
_ALIAS = re.compile(r"\b(?:alias|als|a\.?k\.?a|dikenal|panggilan)\b|[()\"\u201c\u201d/]", re.IGNORECASE)
_COMMAS = re.compile(r"\s*,[\s,]*")
_DOT_AFTER_A_WORD = re.compile(r"(?<=[^\W\d_]{4})\.$")
_LIKE_A_TITLE = re.compile(r"[A-Za-z]{1,5}(?:\.\s?[A-Za-z]{1,6})+\.?")
_LONGEST_READ = 200
"""Characters; a longer text is no name and is not taken apart."""
_AT_THE_EDGES = " ,;-"
_PUNCTUATION = frozenset(" '.,-()/\"\u201c\u201d")
"""May stand in a name; what is odd among them has its own warning."""
_NOT_KEPT = ("address", "deceased")
"""Kinds that say something about the person but are no part of any name: Bapak, Ibu, Alm."""
_PARTICLES = frozenset({"bin", "binti", "alias"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name apart from its titles; `name` keeps the capitals as they were typed."""

    name: str
    title_before: str = ""
    title_after: str = ""
    problems: tuple[Problem, ...] = ()


def read_name(text: str, *, field: str = "name", living: bool = True) -> Name:
    """Takes a typed name apart. A mark of death (Alm.) is a problem of the living, and left off for others."""
    name, before, after = _split_titles(tidy(text), living)
    return Name(name, before, after, tuple(_problems_of(name, field, living)))


def tidy(text: str) -> str:
    """The text with single spaces, plain apostrophes and hyphens, and no invisible characters."""
    if text.isascii():
        plain = text.replace("`", "'")
    else:
        plain = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_SAME)
    spaced = " ".join(plain.split())
    return (_COMMAS.sub(", ", spaced) if "," in spaced else spaced).strip(_AT_THE_EDGES)


@cache
def pieces_of_titles() -> frozenset[str]:
    """Every run of letters that stands in a title or beside it (``SPD``, ``PD``, ``ALM``, ``ALIAS``), in capitals: a
    name of other words, of letters alone, has no title in it and nothing that `read_name` finds a problem in."""
    keys = {key for place in ("before", "tail", "after") for key in _titles(place)}
    runs = {key[start:end] for key in keys for start in range(len(key)) for end in range(start + 1, len(key) + 1)}
    return frozenset(runs | {"ALIAS", "ALS", "AKA", "DIKENAL", "PANGGILAN"})


def with_titles(name: str, before: str, after: str) -> str:
    """The name with its titles; adat titles follow without a comma (Amrizal Dt. Bandaro), others with one."""
    front = f"{before} {name}".strip()
    if not after:
        return front
    is_adat = _key(after.split()[0]) in _titles("tail")
    return f"{front} {after}" if is_adat else f"{front}, {after}"


def proper_case(name: str) -> str:
    """``SITI NUR'AINI BINTI M. YUSUF`` -> ``Siti Nur'aini binti M. Yusuf``; words in mixed letters stay."""
    return " ".join(_proper_word(word, first=index == 0) for index, word in enumerate(name.split()))


def fold(name: str) -> str:
    """The name for comparing and finding: capitals, no punctuation, no diacritics, single spaces."""
    if name.isascii():
        return " ".join(name.upper().translate(_FOLDED).split())
    upper = (
        unicodedata.normalize("NFKD", name.translate(_INVISIBLE).translate(_SAME))
        .upper()
        .translate(_LETTERS_WITHOUT_PARTS)
    )
    kept = (
        c if c.isalnum() else " "
        for c in unicodedata.normalize("NFKD", upper)
        if c != "'" and not unicodedata.combining(c)
    )  # fmt: skip
    return " ".join("".join(kept).split())


class _Title(NamedTuple):
    text: str
    kind: str
    bare: bool
    """Known without its dots, too."""


@cache
def _titles(place: str) -> dict[str, _Title]:
    """Titles that stand ``before``, ``after`` or as the start of a ``tail``, by their letters."""
    found = {}
    with _TITLES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["place"] == place:
                title = _Title(row["title"], row["kind"], row["bare"] == "yes")
                for spelling in (row["title"], *filter(None, row["spellings"].split("|"))):
                    found[_key(spelling)] = title
    return found


def _split_titles(text: str, living: bool) -> tuple[str, str, str]:
    """Name, titles before it, titles after it; at least one word always stays the name."""
    if len(text) > _LONGEST_READ:
        return text, "", ""
    head, _, rest = text.partition(", ")
    after = _titles_after_comma(rest) if rest else []
    words = _trimmed(head.split())
    if after is None or (living and any(map(_is_deceased, words))):
        return text, "", ""
    before: list[str] = []
    while words:
        title, words = _title_before(words)
        if title is None:
            break
        words = _trimmed(words)
        if title.kind not in _NOT_KEPT:
            before.append(title.text)
    while (start := _start_of_titles(words)) < len(words):
        after = [*_as_titles(words[start:]), *after]
        words = _trimmed(words[:start])
    return _DOT_AFTER_A_WORD.sub("", " ".join(words)), " ".join(before), ", ".join(after)


def _trimmed(words: list[str]) -> list[str]:
    return " ".join(words).strip(_AT_THE_EDGES).split()


def _title_before(words: list[str]) -> tuple[_Title | None, list[str]]:
    """The title with which the words begin (``H. Ahmad``, ``H.Ahmad``, ``dr. Ani``), and the words after it."""
    first, others = words[0], words[1:]
    title = _titles("before").get(_key(first))
    if title is None and "." in first[:-1]:
        first, _, glued = first.partition(".")
        title, first, others = _titles("before").get(_key(first)), f"{first}.", [glued, *others]
    if title is None or not others or not (title.bare or first.endswith(".")):
        return None, words
    return (title._replace(text="dr.") if first.startswith("dr") and title.text == "Dr." else title), others


def _titles_after_comma(text: str) -> list[str] | None:
    """Known titles in their usual spelling, others when they look like one; None when there is anything else."""
    result: list[str] = []
    for piece in text.split(", "):
        words = piece.split()
        known = _known_titles(words, strict=False)
        if known is not None:
            result += known
        elif _key(words[0]) in _titles("tail") or _LIKE_A_TITLE.fullmatch(piece):
            result.append(piece)
        else:
            return None
    return result


def _start_of_titles(words: list[str]) -> int:
    """Where titles at the end of a name without a comma begin; its length when there are none."""
    for start in range(1, len(words)):
        if _known_titles(words[start:], strict=True) is not None:
            return start
    for start in range(1, len(words) - 1):
        title = _titles("tail").get(_key(words[start]))
        if title and (title.bare or words[start].endswith(".")) and not _ALIAS.search(" ".join(words)):
            return start
    return len(words)


def _as_titles(words: list[str]) -> list[str]:
    """Titles at the end, or one of adat with the words that belong to it (``Dt. Bandaro Kayo``)."""
    known = _known_titles(words, strict=True)
    return [" ".join([_titles("tail")[_key(words[0])].text, *words[1:]])] if known is None else known


def _known_titles(words: list[str], strict: bool) -> list[str] | None:
    """The titles that the words are, the longest first (``S. Pd. I``); None when one of them is none."""
    result: list[str] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 4), start, -1):
            typed = " ".join(words[start:end])
            title = _titles("after").get(_key(typed))
            if title and (not strict or _is_surely(typed, title)):
                if title.kind not in _NOT_KEPT:
                    result.append(title.text)
                start = end
                break
        else:
            return None
    return result


def _is_surely(typed: str, title: _Title) -> bool:
    """Whether letters at the end of a name, without a comma before them, are this title and no part of the name."""
    letters = typed.strip("().")
    if "." in letters and (title.bare or " " not in letters):
        return True
    return title.bare and (len(_key(letters)) > 2 or letters in (_key(letters), title.text.replace(".", "")))


def _is_deceased(word: str) -> bool:
    title = _titles("after").get(_key(word))
    return title is not None and title.kind == "deceased"


def _key(text: str) -> str:
    """A title by its letters alone."""
    return text.upper().translate(_NO_LETTERS)


def _problems_of(name: str, field: str, living: bool) -> list[Problem]:
    if not name:
        return []
    problems = []
    if not any(c.isalpha() for c in name):
        return [Problem(field, "name_empty", N_("There is no name here. Write it as on the KTP."))]
    if digits := [c for c in name if c.isdigit()]:
        message = N_("A name holds no digits ({found}). Write it as on the KTP.")
        problems.append(Problem(field, "name_digits", message, {"found": " ".join(dict.fromkeys(digits))}))
    words = name.split()
    alias = _ALIAS.search(" ".join(word for word in words if not _is_deceased(word)))
    if alias:
        message = N_("A second name stands here (alias). Keep the name on the KTP only, or say why both are needed.")
        problems.append(Problem(field, "name_alias", message, level=Level.WARNING))
    strange = [c for c in name if not (_is_latin(c) or c.isdigit() or c in _PUNCTUATION)]
    if strange:
        message = N_("A name cannot hold {found}. Write it as on the KTP.")
        problems.append(Problem(field, "name_characters", message, {"found": " ".join(dict.fromkeys(strange[:20]))}))
    if "," in name:
        message = N_(
            "After a comma only a title may follow. Write the name without a comma, or keep it with a reason."
        )
        problems.append(Problem(field, "name_comma", message, level=Level.WARNING))
    if living and any(map(_is_deceased, words)):
        message = N_("Alm. says that this person has died; the dead cannot be registered. Check with the nagari.")
        problems.append(Problem(field, "name_deceased", message))
    if sum(c.isalpha() for c in name) == 1:
        message = N_("This name has only one letter. Write it in full, or say that the KTP has it so.")
        problems.append(Problem(field, "name_short", message, level=Level.WARNING))
    if len(name) > _LONGEST_USUAL:
        message = N_("This name has {count} characters; a KTP holds {most}. Check that only the name stands here.")
        params = {"count": len(name), "most": _LONGEST_USUAL}
        problems.append(Problem(field, "name_long", message, params, Level.WARNING))
    return problems


def _is_latin(character: str) -> bool:
    return (character.isascii() and character.isalpha()) or unicodedata.name(character, "").startswith("LATIN ")


def _proper_word(word: str, *, first: bool) -> str:
    if not (word.isupper() or word.islower()):
        return word
    lower = word.lower()
    if not first and lower in _PARTICLES:
        return lower
    return re.sub(r"(^|[-.(\"])([^\W\d_])", lambda match: match[1] + match[2].title(), lower)
