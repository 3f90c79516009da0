"""Rows turned into records, where the file may hold what no program of ours wrote."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from models.language import N_
from models.problems import StorageFailure

_Given = ParamSpec("_Given")
_Record = TypeVar("_Record")


class RecordMissing(StorageFailure, LookupError):
    """There is no record of an id; since records are never deleted, only a damaged file lists one that is not there."""

    def __init__(self) -> None:
        super().__init__(
            "damaged",
            N_(
                "A record that is listed is not in the file: it is damaged. Nothing was changed. Check the file "
                "(Data, Check) or restore the newest backup."
            ),
        )


def from_rows(convert: Callable[_Given, _Record]) -> Callable[_Given, _Record]:
    """Marks what makes records of rows: a value that cannot be read is damage of the file, not a fault of the program.

    One flipped bit can turn a date, a word of a list or a JSON text into something else that SQLite does not notice.
    """

    @wraps(convert)
    def converted(*given: _Given.args, **named: _Given.kwargs) -> _Record:
        try:
            return convert(*given, **named)
        except (ValueError, TypeError, KeyError) as error:
            raise StorageFailure(
                "damaged",
                N_(
                    "A record cannot be read, for the file holds something in it that this program never wrote: it is "
                    "damaged. Nothing was changed. Check the file (Data, Check) or restore the newest backup."
                ),
            ) from error

    return converted
