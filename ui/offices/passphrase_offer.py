"""The offer of a passphrase for a register that was just made, while there is nothing in it yet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.offices.users import Right
from ui.offices.passphrase_dialog import PassphraseDialog, Way
from ui.session import Session


def offer_passphrase(session: Session, window: QWidget) -> None:
    """Recommends one and can be declined; nothing waits for the answer."""
    register = session.register
    if register is not None and register.key is None and not register.is_sample and register.may(Right.SETTINGS):
        dialog = PassphraseDialog(session, Way.ADD, window, is_offer=True)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
