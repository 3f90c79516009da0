"""The pairs that somebody goes through: which wait, which come later, what was decided in this visit. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.people.pairs import DoubtfulPair, PairState

if TYPE_CHECKING:
    from models.register import Register

SHOWN = 300
"""So many undecided pairs stand in the list at once; further ones come up as these are decided."""


class PairsInHand:
    """As they were found, and what became of each."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._asked: tuple[DoubtfulPair, ...] = ()
        """As they were found, or given."""
        self._states: dict[DoubtfulPair, PairState] = {}
        """Of these, and of those that went over to a kept record."""
        self._later: list[DoubtfulPair] = []
        self._decided: list[tuple[DoubtfulPair, int]] = []
        self.listed: list[DoubtfulPair] = []
        """Undecided ones first, those for later behind them, then what was decided in this visit."""

    def take(self, pairs: Iterable[DoubtfulPair]) -> None:
        """Others from now on."""
        self._asked, self._later, self._decided = tuple(dict.fromkeys(pairs)), [], []
        self.read()

    def read(self) -> None:
        """What became of them meanwhile, here or elsewhere."""
        stored = self._register.pairs
        pairs = (*self._asked, *stored.carried_over(self._asked))
        states = dict(zip(pairs, stored.states(pairs), strict=True))
        self._states = dict(sorted(states.items(), key=lambda item: -item[0].score))
        self.arrange()

    def arrange(self) -> None:
        """Puts the list in order."""
        first = [pair for pair in self._states if self.is_open(pair) and pair not in self._later]
        later = [pair for pair in self._later if self.is_open(pair)]
        made = dict.fromkeys(pair for pair, _save in reversed(self._decided))
        decided = [pair for pair in made if pair in self._states and not self.is_open(pair)]
        self.listed = list(dict.fromkeys([*first[:SHOWN], *later, *decided]))

    @property
    def is_empty(self) -> bool:
        """Whether there are none at all, decided or not."""
        return not self._states

    @property
    def undecided(self) -> int:
        """How many wait for a decision."""
        return sum(state is PairState.OPEN for state in self._states.values())

    def state(self, pair: DoubtfulPair) -> PairState:
        """What became of one."""
        return self._states.get(pair, PairState.GONE)

    def is_open(self, pair: DoubtfulPair | None) -> bool:
        """Whether it waits for a decision."""
        return pair is not None and self.state(pair) is PairState.OPEN

    def is_later(self, pair: DoubtfulPair) -> bool:
        """Whether it was put behind the others."""
        return pair in self._later

    def put_later(self, pair: DoubtfulPair) -> None:
        """Behind the others."""
        self._later = [*(one for one in self._later if one != pair), pair]
        self._decided.append((pair, 0))
        self.arrange()

    def note(self, pair: DoubtfulPair, save: int) -> None:
        """Decided, in this transaction."""
        self._decided.append((pair, save))

    @property
    def last(self) -> tuple[DoubtfulPair, int] | None:
        """The last decision of this visit with its save; 0 for later."""
        return self._decided[-1] if self._decided else None

    def forget_last(self) -> None:
        """The last decision no longer stands."""
        pair, save = self._decided.pop()
        if not save and pair in self._later:
            self._later.remove(pair)

    def next_open(self, row: int) -> int:
        """Where to go on after the pair in a row was decided: the next that waits, before those for later."""
        waiting = [at for at, pair in enumerate(self.listed) if self.is_open(pair) and not self.is_later(pair)]
        later = [at for at, pair in enumerate(self.listed) if self.is_open(pair)]
        return next(iter([at for at in waiting if at >= row] or waiting or later or [0]))
