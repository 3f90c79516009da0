"""The list of a restore as a file: PDF to be printed, or text. Knows no Qt by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import translate as _
from models.papers.change_list import ChangeList, ChangeSection
from models.papers.letterhead import Letterhead
from models.storage.contents import Contents
from models.storage.whole_file import whole_file
from ui.exchange.change_words import about_words, text_of_list

if TYPE_CHECKING:
    from ui.exchange.comparing import Looked
    from ui.session import Session


def list_of(
    sections: Sequence[ChangeSection],
    backup: Contents,
    file: Path,
    *,
    letterhead: Letterhead | None,
    by: str,
    at: datetime,
) -> ChangeList:
    """What is written; without a letterhead (a file that does not open) the program stands in its place."""
    return ChangeList(
        letterhead=letterhead or Letterhead("", "Cakupan", str(file)),
        about=about_words(backup, str(file)),
        sections=tuple(sections),
        printed_by=by,
        printed_at=at,
        is_sample=backup.is_sample,
    )


def list_work(
    session: Session, sections: Sequence[ChangeSection], looked: Looked, file: Path, target: Path, by: str
) -> Callable[[], Path]:
    """What writes the lists to `target` in the background; that they leave the program is recorded first.

    Raises Rejected where the role does not include it. In a file that does not open nothing can be recorded.
    """
    from models.papers.letterhead import letterhead_of

    register = session.register
    if register is not None and register.person is not None and not register.is_read_only:
        rows = sum(len(section.rows) for section in sections)
        register.disclosures.export("restore", rows, purpose="restore", file_name=target.name)
    listed = list_of(
        sections,
        looked.comparison.backup,
        file,
        letterhead=None if register is None else letterhead_of(register.office),
        by=by,
        at=session.now(),
    )
    return partial(write_list, listed, target)


def write_list(listed: ChangeList, path: Path) -> Path:
    """Writes the list, as plain text where the name ends in ``.txt``, otherwise as PDF. Raises StorageFailure."""
    from reports.change_list import HEADS, change_list

    if path.suffix.lower() == ".txt":
        content = ("\ufeff" + text_of_list(listed, [_(head) for head in HEADS])).encode()
    else:
        path = path if path.suffix else path.with_name(path.name + ".pdf")
        content = change_list(listed)
    with whole_file(path) as stream:
        stream.write(content)
    return path
