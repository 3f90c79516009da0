"""NIK under which somebody stood in the register as well, until two records of that person were merged."""

from __future__ import annotations

import json
from collections.abc import Iterable

from models.people.merging import kept_in_the_end
from models.storage.opening import OpenFile

_ANY = "SELECT 1 FROM worker_merge WHERE living = 1 LIMIT 1"
_KEPT = (
    "SELECT other_nik, kept FROM worker_merge WHERE living = 1 AND other_nik <> '' "
    "AND other_nik IN (SELECT value FROM json_each(?)) ORDER BY id"
)


def kept_by_former_nik(file: OpenFile, niks: Iterable[str]) -> dict[str, int]:
    """Those of some NIK that went out of sight with a merging, whichever of the two records had it -> the worker in
    whom the person stands now, through a chain of mergings too."""
    if file.row(_ANY) is None:
        return {}
    merged = dict(file.rows("SELECT id, merged_into FROM worker WHERE merged_into IS NOT NULL"))
    rows = file.rows(_KEPT, (json.dumps(sorted(set(niks))),))
    return {nik: kept_in_the_end(merged, kept) for nik, kept in rows}
