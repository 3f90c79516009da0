"""Words for files and backups."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from models.language import translate as _
from models.language import translate_count
from models.storage.backing_up import BackedUp
from models.storage.contents import Contents
from models.storage.manifest import Manifest
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


def second_words(made: BackedUp) -> str:
    """Whether the stick may be pulled out; empty where no second place was chosen."""
    if made.trouble is not None:
        return made.trouble.text
    if made.second is None:
        return ""
    return _("The same backup is in {folder}, read back and compared: safe to remove.").format(
        folder=made.second.parent
    )


def made_words(made: BackedUp) -> str:
    """What was made, with the checksum by which it is known again."""
    sentence = _("Backup made and read back: {file} in {folder}. It holds {counts}. SHA-256 {checksum}")
    contents = made.report.contents
    words = sentence.format(
        file=made.report.path.name,
        folder=made.report.path.parent,
        counts=counts_words(contents.workers, contents.enrolments),
        checksum=checksum_words(made.report.checksum),
    )
    second = second_words(made)
    return f"{words}\n{second}" if second else words


def manifest_words(manifest: Manifest) -> str:
    """What a backup holds and what is proven of it, by what stands beside it."""
    parts = [contents_words(manifest.contents)]
    if manifest.verified_at is not None:
        parts.append(_("read back {moment}").format(moment=moment_words(manifest.verified_at)))
    if manifest.checked_at is not None:
        parts.append(_("every page checked {moment}").format(moment=moment_words(manifest.checked_at)))
    if manifest.is_encrypted:
        parts.append(_("protected by a passphrase"))
    if manifest.contents.head is not None:
        parts.append(_("trail code {code}").format(code=manifest.contents.head.code))
    return "; ".join(parts) + "."
