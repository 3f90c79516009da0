"""Who works with the register, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.language import N_


class Role(StrEnum):
    """What a person is in the office."""

    CLERK = "clerk"
    """Petugas: registers workers."""
    VERIFIER = "verifier"
    """Pemeriksa: compares records with the papers and corrects them."""
    SUPERVISOR = "supervisor"
    """Atasan: decides, prints, publishes numbers."""
    ADMINISTRATOR = "administrator"
    """Pengelola: keeps users, settings and the file; may do everything."""

    @property
    def label(self) -> str:
        """English message id."""
        return _ROLES[self]


class Right(StrEnum):
    """One function of the program that not everybody may use."""

    ENTER = "enter"
    """Registering workers and enrolling them; taking back one's own saves."""
    CORRECT = "correct"
    """Correcting, confirming and cancelling what is registered."""
    APPROVE = "approve"
    """Deciding on proposed corrections; figures, targets, rates and schemes."""
    PRINT = "print"
    """Papers with a worker's name."""
    EXPORT = "export"
    """Lists that leave the program."""
    BACK_UP = "back_up"
    """Backups on demand, copies for carrying, restoring. Automatic backups need no right."""
    SETTINGS = "settings"
    """Office, users, passphrase, erasing personal data."""
    SHOW = "show"
    """Seeing NIK, family card, phone and mother's name in full; each showing is recorded."""

    @property
    def label(self) -> str:
        """English message id, fit for "Your role does not include: {}"."""
        return _RIGHTS[self]


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CLERK: frozenset({Right.ENTER, Right.PRINT}),
    Role.VERIFIER: frozenset({Right.ENTER, Right.CORRECT, Right.PRINT, Right.SHOW}),
    Role.SUPERVISOR: frozenset(Right) - {Right.SETTINGS},
    Role.ADMINISTRATOR: frozenset(Right),
}
"""What each role may do."""

_ROLES = {
    Role.CLERK: N_("Clerk"),
    Role.VERIFIER: N_("Verifier"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
_RIGHTS = {
    Right.ENTER: N_("registering workers"),
    Right.CORRECT: N_("correcting registered records"),
    Right.APPROVE: N_("approving and publishing numbers"),
    Right.PRINT: N_("printing papers"),
    Right.EXPORT: N_("taking lists out of the program"),
    Right.BACK_UP: N_("backing up and restoring"),
    Right.SETTINGS: N_("settings and users"),
    Right.SHOW: N_("seeing full NIK and other protected values"),
}


@dataclass(frozen=True, slots=True)
class User:
    """A person of the office."""

    name: str
    """By which the person logs in and stands in the audit rows; never given to somebody else, never changed."""
    role: Role
    full_name: str = ""
    id: int | None = None
    """None: a file that knows no users yet is used under this name."""
    is_active: bool = True
    has_password: bool = False

    @property
    def shown_name(self) -> str:
        return self.full_name or self.name

    def may(self, right: Right) -> bool:
        """Whether the role includes the function."""
        return self.is_active and right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody to be added, with the password chosen for the first log-in; it is shown in no report."""

    user: User
    password: str = field(repr=False)
