"""Sentences that stand above every page: what the register is, what was found wrong in it, what should be done soon."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from models.language import translate as _
from ui.fields.messages import MessageBar
from ui.page import button


class Bars:
    """Each comes with its first words; no words take it away."""

    def __init__(self, column: QVBoxLayout) -> None:
        """`column` is what they stand on top of."""
        self._column = column
        self.banner: MessageBar | None = None
        self.alarm: MessageBar | None = None
        self.reminder: MessageBar | None = None

    def show_banner(self, words: str) -> None:
        """What kind of register this is."""
        if words and self.banner is None:
            self.banner = self._new()
        _say(self.banner, words, "warning")

    def show_alarm(self, words: str, put_away: Callable[[], None]) -> None:
        """Stays until the person has read it."""
        if words and self.alarm is None:
            self.alarm = self._new()
            self.alarm.add_tail(button(_("I have read it"), put_away, icon="close"))
        _say(self.alarm, words, "error")

    def show_reminder(self, words: str, act: str, run: Callable[[], None], *, is_shut: bool) -> None:
        """Its button does what it reminds of, so it waits behind a lock."""
        if words and self.reminder is None:
            self.reminder = self._new()
            self.reminder.add_tail(button(act, run, icon="backup"))
        _say(self.reminder, words, "warning")
        self.shut(is_shut)

    def shut(self, is_shut: bool) -> None:
        """The window is locked, or open again."""
        if self.reminder is not None:
            self.reminder.setVisible(bool(self.reminder.text) and not is_shut)

    def dress(self) -> None:
        """In the colours in use."""
        for bar in (self.banner, self.alarm, self.reminder):
            if bar is not None:
                bar.dress()

    def _new(self) -> MessageBar:
        bar = MessageBar()
        self._column.insertWidget(0, bar)
        return bar


def _say(bar: MessageBar | None, words: str, level: str) -> None:
    if bar is not None:
        bar.say(words, level)
        bar.setVisible(bool(words))
