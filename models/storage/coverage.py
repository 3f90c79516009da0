"""Coverage as stored: the published numbers (eligible workers, BPJS counts, targets) and the sums of the register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.coverage.changes import CONFIRMED, PERSON
from models.coverage.estimates import shared_by_population
from models.coverage.point import Count, CoveragePoint, SchemeCoverage, Target
from models.coverage.rules import problems_of_count, problems_of_target
from models.offices.users import Right
from models.people.worker import Segment
from models.problems import Rejected
from models.storage.audit import Change
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.rows import from_rows
from models.storage.schemes import Schemes
from models.storage.uids import new_uid
from models.values.months import Month


class PublishedCounts:
    """Numbers of people that somebody published, by area and segment; corrected by a newer one, never deleted."""

    def __init__(self, file: OpenFile, table: str, *, least: int) -> None:
        """`least`: the smallest number that can be published."""
        self._file = file
        self._table = table
        self.least = least

    def add(self, area: str, number: int, counted_on: date, source: str, segment: Segment | None = None) -> int:
        """Adds a number with its date and source; returns its id. Raises Rejected or StorageFailure."""
        with self._file.change(Right.APPROVE) as change:
            return self.add_within(change, area, number, counted_on, source, segment)

    def add_within(
        self, change: Change, area: str, number: int, counted_on: date, source: str, segment: Segment | None = None
    ) -> int:
        """The same inside the caller's transaction."""
        problems = problems_of_count(area, number, counted_on, source, change.at.date(), least=self.least)
        if problems:
            raise Rejected(problems)
        id = change.execute(
            f"INSERT INTO {self._table} (uid, area, segment, number, counted_on, source) VALUES (?, ?, ?, ?, ?, ?)",
            (new_uid(), area, segment, number, counted_on.isoformat(), source),
        )
        change.record(
            "add",
            self._table,
            id,
            [
                ("area", None, area),
                ("segment", None, segment),
                ("number", None, number),
                ("counted_on", None, counted_on.isoformat()),
                ("source", None, source),
            ],
        )
        return id

    def withdraw(self, id: int) -> None:
        """Takes a number back that was entered by mistake; the row stays."""
        with self._file.change(Right.APPROVE) as change:
            change.execute(f"UPDATE {self._table} SET living = 0 WHERE id = ?", (id,))
            change.record("withdraw", self._table, id, [("living", 1, 0)])

    def all(self) -> tuple[tuple[int, str, Segment | None, Count], ...]:
        """Every number as (id, area, segment, count), newest first."""
        return tuple(
            (row[0], row[1], Segment(row[2]) if row[2] else None, _count(row[3:]))
            for row in self._file.rows(
                f"SELECT id, area, segment, number, counted_on, source FROM {self._table} WHERE living = 1 "
                "ORDER BY counted_on DESC, id DESC"
            )
        )

    def latest(self, month: Month) -> dict[tuple[str, Segment | None], Count]:
        """The newest number of each area and segment at or before the end of a month."""
        newest: dict[tuple[str, Segment | None], Count] = {}
        for _, area, segment, count in self.all():
            if count.counted_on <= month.last_day:
                newest.setdefault((area, segment), count)
        return newest


class Targets:
    """The promised coverages."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def add(self, target: Target) -> int:
        """Adds a target; returns its id. Raises Rejected or StorageFailure."""
        problems = problems_of_target(target.permyriad, target.due_on, target.source)
        if problems:
            raise Rejected(problems)
        with self._file.change(Right.APPROVE) as change:
            id = change.execute(
                "INSERT INTO target (uid, permyriad, due_on, source) VALUES (?, ?, ?, ?)",
                (new_uid(), target.permyriad, target.due_on.isoformat(), target.source),
            )
            change.record("add", "target", id, [
                ("permyriad", None, target.permyriad),
                ("due_on", None, target.due_on.isoformat()),
                ("source", None, target.source),
            ])  # fmt: skip
        return id

    def withdraw(self, id: int) -> None:
        """Takes a target back; the row stays."""
        with self._file.change(Right.APPROVE) as change:
            change.execute("UPDATE target SET living = 0 WHERE id = ?", (id,))
            change.record("withdraw", "target", id, [("living", 1, 0)])

    @from_rows
    def all(self) -> tuple[Target, ...]:
        """Newest due date first."""
        return tuple(
            Target(row[1], date.fromisoformat(row[2]), row[3], row[0])
            for row in self._file.rows(
                "SELECT id, permyriad, due_on, source FROM target WHERE living = 1 ORDER BY due_on DESC, id DESC"
            )
        )


class Coverage:
    """The coverage of any area and segment in any month."""

    def __init__(self, file: OpenFile, regions: Regions, schemes: Schemes) -> None:
        self._file = file
        self._regions = regions
        self._schemes = schemes
        self.eligible = PublishedCounts(file, "eligible_workers", least=1)
        self.bpjs_counts = PublishedCounts(file, "bpjs_count", least=0)
        self.targets = Targets(file)

    def district(self, month: Month, segment: Segment | None = None) -> CoveragePoint:
        """The whole kabupaten."""
        return self._points([self._regions.regency], month, segment)[0]

    def kecamatan(self, month: Month, segment: Segment | None = None) -> tuple[CoveragePoint, ...]:
        """Each kecamatan; where nobody published its eligible workers, it gets its share of what is left of the
        district's, by population."""
        return self._points([region.code for region in self._regions.kecamatan()], month, segment)

    def nagari(self, month: Month, kecamatan: str = "", segment: Segment | None = None) -> tuple[CoveragePoint, ...]:
        """Each nagari, of one kecamatan or of all."""
        return self._points([region.code for region in self._regions.nagari(kecamatan)], month, segment)

    def segments(self, month: Month) -> tuple[CoveragePoint, ...]:
        """The district by segment."""
        return tuple(self.district(month, segment) for segment in Segment)

    def schemes(self, month: Month) -> tuple[SchemeCoverage, ...]:
        """Each scheme: workers, confirmed workers and rupiah of the month."""
        totals: dict[str, int] = dict(
            self._file.rows(
                "SELECT counted, sum(change) FROM coverage_change WHERE month <= ? GROUP BY counted", (month.index,)
            )
        )
        return tuple(
            SchemeCoverage(
                scheme.code,
                scheme.name,
                scheme.segment,
                totals.get(f"scheme {scheme.id}", 0),
                totals.get(f"{CONFIRMED} scheme {scheme.id}", 0),
                totals.get(f"rupiah scheme {scheme.id}", 0),
            )
            for scheme in self._schemes.all()
        )

    def active_by_nagari(self, month: Month, counted: str = PERSON) -> dict[str, int]:
        """Distinct workers by nagari in a month, of what is counted."""
        return dict(
            self._file.rows(
                "SELECT nagari, sum(change) FROM coverage_change WHERE counted = ? AND month <= ? GROUP BY nagari",
                (counted, month.index),
            )
        )

    def _points(self, areas: list[str], month: Month, segment: Segment | None) -> tuple[CoveragePoint, ...]:
        counted, confirmed = PERSON, CONFIRMED
        if segment is not None:
            counted, confirmed = f"segment {segment}", f"{CONFIRMED} segment {segment}"
        active = self.active_by_nagari(month, counted)
        sure = self.active_by_nagari(month, confirmed)
        bpjs_counts = self.bpjs_counts.latest(month)
        eligible = self._eligible(areas, self.eligible.latest(month), segment)
        at_count: dict[Month, dict[str, int]] = {month: active}
        points = []
        for area in areas:
            bpjs = _of_area(bpjs_counts, area, segment)
            then = 0
            if bpjs is not None:
                counted_in = Month.of(bpjs.counted_on)
                if counted_in not in at_count:
                    at_count[counted_in] = self.active_by_nagari(counted_in, counted)
                then = _sum(at_count[counted_in], area)
            points.append(
                CoveragePoint(
                    area=area,
                    area_name=self._regions.name(area),
                    month=month,
                    segment=segment,
                    bpjs=bpjs,
                    active=_sum(active, area),
                    active_at_count=then,
                    confirmed=_sum(sure, area),
                    eligible=eligible.get(area),
                )
            )
        return tuple(points)

    def _eligible(
        self, areas: list[str], counts: dict[tuple[str, Segment | None], Count], segment: Segment | None
    ) -> dict[str, Count]:
        """The eligible workers of each area: published, or for a kecamatan estimated."""
        published = {area: count for area in areas if (count := _of_area(counts, area, segment)) is not None}
        whole = _of_area(counts, self._regions.regency, segment)
        if whole is None or all(area in published or area.count(".") != 2 for area in areas):
            return published
        return {**shared_by_population(whole, published, self._regions.population()), **published}


def _of_area(counts: dict[tuple[str, Segment | None], Count], area: str, segment: Segment | None) -> Count | None:
    """The number of an area and segment.

    All segments together are the sum of the segments where nobody published the whole, or where PU and BPU both have
    a newer number: that of one of them alone is not the whole, while Jakon and PMI are often left out.
    """
    whole = counts.get((area, segment))
    if segment is not None:
        return whole
    by_segment = {part: count for part in Segment if (count := counts.get((area, part))) is not None}
    if whole is not None:
        newer = {part for part, count in by_segment.items() if count.counted_on > whole.counted_on}
        if not newer >= {Segment.PU, Segment.BPU}:
            return whole
    parts = list(by_segment.values())
    if not parts:
        return None
    newest = max(part.counted_on for part in parts)
    source = "; ".join(dict.fromkeys(part.source for part in parts))
    return replace(parts[0], number=sum(part.number for part in parts), counted_on=newest, source=source)


def _sum(by_nagari: dict[str, int], area: str) -> int:
    return sum(number for nagari, number in by_nagari.items() if nagari == area or nagari.startswith(area + "."))


@from_rows
def _count(row: tuple[int, str, str]) -> Count:
    return Count(row[0], date.fromisoformat(row[1]), row[2])
