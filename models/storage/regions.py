"""Regions: any kecamatan of Indonesia by code, the office's own nagari by name, old name or spelling."""

from __future__ import annotations

from functools import cached_property

from models.offices.region import Region
from models.offices.users import Right
from models.people.names import fold
from models.storage.opening import OpenFile
from models.storage.reference import add_villages


class Regions:
    """Reading regions; read once and kept, for they change only with the office's settings."""

    def __init__(self, file: OpenFile, regency: str) -> None:
        self._file = file
        self.regency = regency

    def find(self, code: str) -> Region | None:
        """The region of a code, or None."""
        row = self._file.row("SELECT code, name FROM region WHERE code = ?", (code,))
        return Region(*row) if row else None

    def name(self, code: str) -> str:
        """The region's name; the code itself where it is unknown."""
        known = self._names.get(code)
        if known is None:
            region = self.find(code)
            known = self._names[code] = region.name if region else code
        return known

    def is_known(self, code: str) -> bool:
        """Whether a kecamatan of Indonesia (``13.12.03``, as in a NIK) or a loaded nagari has this code."""
        return code in self._known

    @property
    def known(self) -> frozenset[str]:
        """The codes of all these."""
        return self._known

    def regencies(self, province: str = "") -> tuple[Region, ...]:
        """Kabupaten and kota, of one province or of all."""
        return self._regions("level = 2 AND code LIKE ?", (f"{province}.%" if province else "%",))

    def kecamatan(self) -> tuple[Region, ...]:
        """The kecamatan of the office's own regency."""
        return self._kecamatan

    def nagari(self, kecamatan: str = "") -> tuple[Region, ...]:
        """The office's own nagari, of one kecamatan or of all; its kecamatan where no nagari were loaded yet."""
        return tuple(region for region in self._nagari if not kecamatan or region.code.startswith(kecamatan))

    def population(self) -> dict[str, int]:
        """Inhabitants of the office's own kecamatan, where known."""
        rows = self._file.rows(
            "SELECT code, population FROM region WHERE level = 3 AND code LIKE ? AND population IS NOT NULL",
            (f"{self.regency}.%",),
        )
        return dict(rows)

    def nagari_named(self, text: str) -> tuple[Region, ...]:
        """Nagari that a person may mean: an exact name or old name first, then starts of the name, then of a word."""
        wanted = fold(text)
        if not wanted:
            return ()
        ranked: dict[str, int] = {}
        for key, code in self._names_to_match:
            if key == wanted:
                rank = 0
            elif key.startswith(wanted):
                rank = 1
            elif f" {wanted}" in f" {key}":
                rank = 2
            else:
                continue
            ranked[code] = min(rank, ranked.get(code, 9))
        by_code = {region.code: region for region in self._nagari}
        return tuple(
            by_code[code] for code in sorted(ranked, key=lambda code: (ranked[code], code)) if code in by_code
        )

    def aliases(self, code: str) -> tuple[str, ...]:
        """Old names and other spellings of a nagari."""
        return self._aliases.get(code, ())

    def add_villages(self, villages: list[tuple[str, str]]) -> None:
        """Adds the nagari of a regency that resources/ has none for, as (code, name)."""
        with self._file.change(Right.SETTINGS) as change:
            add_villages(change, villages)
            change.record("add", "region", 0, [("villages", None, len(villages))])
        for name in ("_nagari", "_names_to_match", "_aliases", "_known", "_names"):
            self.__dict__.pop(name, None)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {region.code: region.name for region in (*self._nagari, *self._kecamatan)}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._file.rows("SELECT code FROM region WHERE level >= 3"))

    @cached_property
    def _kecamatan(self) -> tuple[Region, ...]:
        return self._regions("level = 3 AND code LIKE ?", (f"{self.regency}.%",))

    @cached_property
    def _nagari(self) -> tuple[Region, ...]:
        return self._regions("level = 4 AND code LIKE ?", (f"{self.regency}.%",)) or self._kecamatan

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, ...]]:
        rows = self._file.rows(
            "SELECT alias, code FROM region_alias WHERE code LIKE ? ORDER BY rowid", (f"{self.regency}.%",)
        )
        found: dict[str, tuple[str, ...]] = {}
        for alias, code in rows:
            found[code] = (*found.get(code, ()), alias)
        return found

    @cached_property
    def _names_to_match(self) -> tuple[tuple[str, str], ...]:
        aliases = ((alias, code) for code, aliases in self._aliases.items() for alias in aliases)
        return (*((fold(region.name), region.code) for region in self._nagari), *aliases)

    def _regions(self, where: str, parameters: tuple[object, ...]) -> tuple[Region, ...]:
        return tuple(
            Region(*row)
            for row in self._file.rows(f"SELECT code, name FROM region WHERE {where} ORDER BY code", parameters)
        )
