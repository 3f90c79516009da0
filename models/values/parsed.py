"""What a reader of typed text gives back: the value, and what is wrong with the text."""

from __future__ import annotations

from typing import TypeVar

from models.problems import Problem

T = TypeVar("T")

Parsed = tuple[T | None, tuple[Problem, ...]]
"""`(value, problems)`. An error leaves the value None, a warning does not. Empty text is `(None, ())`: whether
something had to be there is for the rules of the record to say. No reader raises, whatever the text."""
