"""A field that takes several of a list, written with commas between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from models.language import N_
from models.language import translate as _
from models.problems import Problem
from models.values.parsed import Parsed
from ui.fields.choice import Choice
from ui.fields.field import Field
from ui.fields.matching import fold, rank


class SeveralField(Field):
    """Reads a tuple of values; each is typed by its code or the start of its name, in any order."""

    help_topic = "choice"

    def __init__(self, name: str, label: str, choices: Sequence[Choice], **options: Any) -> None:
        self._choices = tuple(choices)
        super().__init__(name, label, **options)
        listed = ", ".join(choice.shown for choice in self._choices)
        self.describe(_("Several with commas between them: {listed}.").format(listed=listed))
        self.setPlaceholderText(listed)

    def read(self, text: str) -> Parsed[tuple[Any, ...]]:
        found: list[Any] = []
        for word in re.split(r"[,;+]", text):
            if not word.strip():
                continue
            choice = self._meant(word)
            if choice is None:
                listed = ", ".join(one.text for one in self._choices)
                message = N_("“{text}” is not one of these: {listed}. Put commas between several.")
                problem = Problem(self.name, "choice_unknown", message, {"text": word.strip(), "listed": listed})
                return None, (problem,)
            if choice.value not in found:
                found.append(choice.value)
        order = [choice.value for choice in self._choices]
        return (tuple(sorted(found, key=order.index)) or None), ()

    def written(self, value: Any) -> str:
        return ", ".join(choice.text for choice in self._choices if choice.value in value)

    def _meant(self, word: str) -> Choice | None:
        fits = []
        for place, choice in enumerate(self._choices):
            fit = rank(fold(word), fold(choice.code), fold(choice.text), tuple(map(fold, choice.aliases)))
            if fit is not None:
                fits.append((fit, place))
        return self._choices[min(fits)[1]] if fits else None
