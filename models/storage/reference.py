"""Loads the reference data of resources/ into a new file: regions, occupations, schemes, rates, reliefs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from models.people.names import fold
from models.storage.audit import Change
from models.storage.uids import new_uid
from models.values.months import Month

RESOURCES = Path(__file__).parents[2] / "resources"


def load_reference(change: Change, regency: str) -> None:
    """Fills the empty tables; the villages of `regency` only where resources/ has them."""
    load_regions(change, regency)
    rows = change.connection.executemany
    rows(
        "INSERT INTO occupation (code, name, kind) VALUES (:code, :name, :kind)", _csv("occupations/occupations.csv")
    )
    for row in _csv("schemes/schemes.csv"):
        change.execute(
            "INSERT INTO scheme (uid, code, name, segment, programmes, payer_kind, is_public_money, is_subsidised, "
            "usual_months, wage_base, risk_class, asks, occupation_kinds, bars_members) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                new_uid(),
                row["code"],
                row["name"],
                row["segment"],
                row["programmes"],
                row["payer_kind"],
                int(row["is_public_money"]),
                int(row["is_subsidised"]),
                int(row["usual_months"]),
                _number(row["wage_base"]),
                _number(row["risk_class"]),
                row["asks"],
                row["occupation_kinds"],
                _number(row["bars_members"]),
            ),
        )
    rows(
        "INSERT INTO rate (segment, programme, risk_class, income_from, base, amount, share, first_month, last_month, "
        "source, wage_cap) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*_bpu_rates(), *_pu_rates()],
    )
    rows(
        "INSERT INTO relief (segment, programme, percent_off, applies_to_public_money, first_month, last_month, "
        "source) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row["segment"],
                row["programme"],
                int(row["percent_off"]),
                int(row["applies_to_public_money"]),
                _month(row["first_month"]),
                _month(row["last_month"]),
                row["source"],
            )
            for row in _csv("rates/reliefs.csv")
        ],
    )


def load_regions(change: Change, regency: str) -> None:
    """All provinces, regencies and kecamatan, and the villages and aliases of one regency."""
    populations = {
        row["code"]: int(row["population_2024_bps"])
        for file in _if_there(f"regions/kecamatan_population_{regency.replace('.', '')}.csv")
        for row in _csv(file)
    }
    regions = [
        (row["code"], row["name"], level, populations.get(row["code"]))
        for level, file in ((1, "provinces"), (2, "regencies"), (3, "districts_all"))
        for row in _csv(f"regions/{file}.csv")
    ]
    change.connection.executemany(
        "INSERT OR IGNORE INTO region (code, name, level, population) VALUES (?, ?, ?, ?)", regions
    )
    short = regency.replace(".", "")
    for file in _if_there(f"regions/villages_{short}.csv"):
        add_villages(change, [(row["code"], row["name"]) for row in _csv(file)])
    for file in _if_there(f"regions/aliases_{short}.csv"):
        add_aliases(change, [(row["alias"], row["code"]) for row in _csv(file)])


def add_villages(change: Change, villages: list[tuple[str, str]]) -> None:
    """Adds nagari (desa, kelurahan) as (code, name); a known code gets the new name."""
    change.connection.executemany(
        "INSERT INTO region (code, name, level) VALUES (?, ?, 4) ON CONFLICT (code) DO UPDATE SET name = excluded.name",
        villages,
    )


def add_aliases(change: Change, aliases: list[tuple[str, str]]) -> None:
    """Adds old names and spellings as (name, code of the nagari)."""
    change.connection.executemany(
        "INSERT OR IGNORE INTO region_alias (alias, code) VALUES (?, ?)",
        [(fold(name), code) for name, code in aliases],
    )


def _bpu_rates() -> Iterator[tuple[object, ...]]:
    """The BPU table in force since December 2019: each bracket's JKK, JKM and JHT."""
    first = Month(2019, 12).index
    source = "PP 44/2015 jo. PP 82/2019 Lampiran II"
    for row in _csv("rates/bpu_2019.csv"):
        note = f" ({row['note']})" if row["note"] else ""
        for programme in ("jkk", "jkm", "jht"):
            yield (
                "BPU", programme.upper(), None, int(row["income_min"]), int(row["base"]), int(row[programme]), None,
                first, None, f"{source}, baris {row['row']}{note}", None,
            )  # fmt: skip


def _pu_rates() -> Iterator[tuple[object, ...]]:
    for row in _csv("rates/pu_shares.csv"):
        yield (
            "PU", row["programme"], _number(row["risk_class"]), None, None, None, int(row["share"]),
            _month(row["first_month"]), _month(row["last_month"]), row["source"], _number(row["wage_cap"]),
        )  # fmt: skip


def _csv(file: str) -> list[dict[str, str]]:
    with (RESOURCES / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _if_there(file: str) -> tuple[str, ...]:
    return (file,) if (RESOURCES / file).exists() else ()


def _number(text: str) -> int | None:
    return int(text) if text else None


def _month(text: str) -> int | None:
    return Month.parse(text).index if text else None
