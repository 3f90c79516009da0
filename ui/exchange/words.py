"""Words for files and backups."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from models.language import translate as _
from models.language import translate_count
from models.storage.inspecting import Contents
from models.values.formats import NO_BREAK_SPACE, NOTHING, date_short, decimal, number


def age_words(made_at: datetime | None, now: datetime) -> str:
    """``5 menit``, ``3 jam``, ``12 hari``; a dash where the moment is unknown or lies ahead."""
    if made_at is None or made_at > now:
        return NOTHING
    minutes = int((now - made_at).total_seconds() // 60)
    if minutes < 1:
        return _("< 1 minute")
    if minutes < 60:
        return translate_count("{count} minute", "{count} minutes", minutes).format(count=minutes)
    if minutes < 48 * 60:
        return translate_count("{count} hour", "{count} hours", minutes // 60).format(count=minutes // 60)
    days = minutes // (24 * 60)
    return translate_count("{count} day", "{count} days", days).format(count=number(days))


def moment_words(moment: datetime | None) -> str:
    """``22/11/2026 09.00``; a dash for none."""
    return NOTHING if moment is None else f"{date_short(moment.date())} {moment:%H:%M}"


def size_words(size: int) -> str:
    """Bytes as ``340 KB`` or ``12,3 MB``."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))}{NO_BREAK_SPACE}KB"
    return f"{decimal(Fraction(size, 1_000_000), 1)}{NO_BREAK_SPACE}MB"


def counts_words(workers: int, enrolments: int) -> str:
    """``7.723 pekerja, 7.001 kepesertaan``"""
    people = translate_count("{count} worker", "{count} workers", workers).format(count=number(workers))
    enrolled = translate_count("{count} enrolment", "{count} enrolments", enrolments)
    return f"{people}, {enrolled.format(count=number(enrolments))}"


def contents_words(contents: Contents) -> str:
    """What a file holds, in one sentence."""
    return _("{counts}, last saved {moment}").format(
        counts=counts_words(contents.workers, contents.enrolments), moment=moment_words(contents.last_change)
    )


def checksum_words(digest: str) -> str:
    """In groups of eight, to be compared by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
