"""The key of a file in the computer's own safe place for secrets (Windows, macOS, a Linux desktop), where there is one.

Nothing of it may hold up the window: a service that hangs is left alone after some seconds, and the passphrase is
typed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

    from models.storage.keys import Key

SERVICE = "Cakupan"
PATIENCE = 4_000
"""Milliseconds that the computer's service has for its answer."""
_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""No places at all, or files that anybody can read."""


class KeyMemory(QObject):
    """Each question is answered once, on the screen's thread: with None where there is no such place or no answer."""

    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None, *, patience: int = PATIENCE) -> None:
        super().__init__(parent)
        self._patience = patience
        self._waiting: dict[int, Callable[[Any], None]] = {}
        self._asked = 0
        self._answered.connect(self._answer, QtCore.Qt.ConnectionType.QueuedConnection)

    def is_there(self, done: Callable[[bool], None]) -> None:
        """Whether this computer has a place that keeps keys."""
        self._ask(lambda: _place() is not None, lambda answer: done(bool(answer)))

    def find(self, salt: bytes, done: Callable[[bytes | None], None]) -> None:
        """The raw key that was kept for the file of this salt."""
        self._ask(lambda: _found(salt), done)

    def keep(self, key: Key, done: Callable[[bool], None]) -> None:
        """Keeps a key for whoever is logged in to this computer."""
        self._ask(lambda: _kept(key), lambda answer: done(bool(answer)))

    def forget(self, salt: bytes, done: Callable[[bool], None] | None = None) -> None:
        """Forgets the key of a file; True also where there was none."""
        self._ask(lambda: _forgotten(salt), lambda answer: done(bool(answer)) if done is not None else None)

    # Details

    def _ask(self, work: Callable[[], object], done: Callable[[Any], None]) -> None:
        """A thread of its own that nobody waits for, not even the end of the program."""
        self._asked += 1
        number = self._asked
        self._waiting[number] = done
        threading.Thread(target=self._work, args=(number, work), name="keyring", daemon=True).start()
        QTimer.singleShot(self._patience, self, lambda: self._answer(number, None))

    def _work(self, number: int, work: Callable[[], object]) -> None:
        answer: object = None
        try:
            answer = work()
        except Exception:  # noqa: BLE001 - of the computer's service, whatever it raises: then the passphrase is typed
            answer = None
        if shiboken6.isValid(self):
            self._answered.emit(number, answer)

    def _answer(self, number: int, answer: object) -> None:
        done = self._waiting.pop(number, None)
        if done is not None:
            done(answer)


def _place() -> KeyringBackend | None:
    """The computer's own place; none where keyring knows none, or only one that is not safe."""
    import keyring

    place = keyring.get_keyring()
    if type(place).__module__.startswith(_REFUSED) or place.priority <= 0:
        return None
    return place


def _found(salt: bytes) -> bytes | None:
    place = _place()
    text = None if place is None else place.get_password(SERVICE, salt.hex())
    try:
        raw = bytes.fromhex(text or "")
    except ValueError:
        return None
    return raw if len(raw) == 32 else None


def _kept(key: Key) -> bool:
    place = _place()
    if place is None:
        return False
    place.set_password(SERVICE, key.salt.hex(), key.raw.hex())
    return place.get_password(SERVICE, key.salt.hex()) == key.raw.hex()


def _forgotten(salt: bytes) -> bool:
    place = _place()
    if place is not None and place.get_password(SERVICE, salt.hex()) is not None:
        place.delete_password(SERVICE, salt.hex())
    return True
