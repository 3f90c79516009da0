"""Which files this computer remembers the key of; only for those its safe place is ever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.offices.passphrase_memory import KeyMemory
from ui.session import Session

if TYPE_CHECKING:
    from models.storage.keys import Key


def is_remembered(session: Session, key: Key | None) -> bool:
    """Whether the key of this file was kept here."""
    return key is not None and is_salt_remembered(session, key.salt)


def is_salt_remembered(session: Session, salt: bytes) -> bool:
    """The same of a file that is still closed."""
    return bool(session.preferences.text(_name(salt)))


def memory_of(session: Session) -> KeyMemory:
    """The way to the computer's safe place; one for the session, for an answer may come after its asker has gone."""
    found = session.findChild(KeyMemory)
    return found if isinstance(found, KeyMemory) else KeyMemory(session)


def keep_remembered(session: Session, key: Key) -> None:
    """Remembers the key; says in the status bar where the computer refuses."""

    def tell(kept: bool) -> None:
        from models.language import translate as _

        session.preferences.keep(_name(key.salt), "yes" if kept else "")
        if not kept:
            session.message(_("This computer did not take the passphrase, so it is typed at each start."))

    memory_of(session).keep(key, tell)


def forget_remembered(session: Session, salt: bytes) -> None:
    """From now on the passphrase is typed."""
    session.preferences.keep(_name(salt), "")
    memory_of(session).forget(salt)


def _name(salt: bytes) -> str:
    return f"passphrase/{salt.hex()}"
