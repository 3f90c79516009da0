"""What others owe in the sample district: rosters of offices and nagari, promises of companies, Perisai agents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from models.obligations.records import Agent, Outreach, Promise, Roster
from models.register import Register
from models.sample.published import SOURCE
from models.sample.stock import Places
from models.values.months import Month

_NAGARI = {
    "WALI": (0,),
    "PERANGKAT": (0, 1, 2, 0, 3),
    "STAF": (0, 1, 0, 2),
    "BAMUS": (0, 2, 1),
    "KADER": (1, 0, 4, 2),
}
"""By scheme how many more there are than are registered, nagari after nagari."""
_UNCOUNTED = 29
"""Every so many nagari have not answered yet."""
_TOPICS = (
    "Iuran dan manfaat JKK dan JKM",
    "Meluruskan kabar tentang dana kepesertaan",
    "Cara mendaftar peserta mandiri",
    "Klaim kematian: surat apa saja",
    "Perlindungan pekerja sawit",
)


def oblige(register: Register, agents: Sequence[str], month: Month, as_of: date, agreement: int | None) -> None:
    """Adds rosters, promises, agents and their events to a register that holds the sample; `agents` are the names of
    the agents, in the order of their codes."""
    _rosters(register, month, as_of)
    _promises(register, month, agreement)
    _agents(register, agents, as_of)


def agent_code(number: int) -> str:
    """``PRS-01`` for 0: as it stands on a worker's record."""
    return f"PRS-{number + 1:02d}"


def _rosters(register: Register, month: Month, as_of: date) -> None:
    counted_on = min(date(month.year, 1, 31), as_of)
    for code, more in _NAGARI.items():
        scheme = register.schemes.by_code(code)
        assert scheme is not None
        assert scheme.id is not None
        done = {row.unit: row.done for row in register.obligations.board(scheme, month)}
        source = SOURCE.format(what="daftar aparatur nagari")
        for at, nagari in enumerate(register.regions.nagari()):
            number = done.get(nagari.code, 0) + more[at % len(more)] if code != "WALI" else 1
            if at % _UNCOUNTED != _UNCOUNTED - 1:
                register.obligations.count(Roster(
                    scheme=scheme.id, unit=nagari.code, number=number, counted_on=counted_on, source=source,
                ))  # fmt: skip
    for code, times, source in (("ASN", 5, "daftar ASN tiap OPD"), ("KMP", 2, "daftar pengurus koperasi")):
        scheme = register.schemes.by_code(code)
        assert scheme is not None
        assert scheme.id is not None
        for row in register.obligations.board(scheme, month):
            if row.unit:
                register.obligations.count(Roster(
                    scheme=scheme.id, unit=row.unit, number=row.done * times // 2 + 3, counted_on=counted_on,
                    source=SOURCE.format(what=source),
                ))  # fmt: skip


def _promises(register: Register, month: Month, agreement: int | None) -> None:
    scheme = register.schemes.by_code("CSR")
    assert scheme is not None
    assert scheme.id is not None
    companies = Places()["company"]
    for company, heads, amount in ((companies[0], 250, None), (companies[1], None, 25_000_000)):
        register.obligations.promise(Promise(
            scheme=scheme.id, company=company, year=month.year, heads=heads, amount=amount, legal_basis=agreement,
            notes="Contoh, bukan janji sungguhan",
        ))  # fmt: skip


def _agents(register: Register, names: Sequence[str], as_of: date) -> None:
    nagari = register.regions.nagari()
    made: list[Agent] = []
    for number, name in enumerate(names):
        areas = tuple(region.code for region in nagari[number * 7 % len(nagari) :][: 1 + number % 3])
        begun = as_of - timedelta(days=200 + 90 * number)
        made.append(register.agents.save(Agent(
            code=agent_code(number), name=name, areas=areas, active_from=begun,
            notes="Contoh",
        )))  # fmt: skip
    for at, topic in enumerate(_TOPICS):
        agent = made[at % len(made)] if at else None
        held_on = as_of - timedelta(days=2 + 6 * at)
        place = agent.areas[0] if agent is not None else nagari[0].code
        register.agents.hold(Outreach(
            agent=None if agent is None else agent.id, held_on=held_on, nagari=place, topic=topic,
            attendance=18 + 11 * at, notes="Contoh",
        ))  # fmt: skip
