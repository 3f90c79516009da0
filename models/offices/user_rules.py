"""What a user of the office must be, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

from models.language import N_
from models.offices.passwords import problem_of_password
from models.offices.users import Role, User
from models.problems import Problem


def problems_of_new_user(user: User, password: str, users: Iterable[User]) -> tuple[Problem, ...]:
    """Everything that keeps a user from being added to those who are there; without a password one must be alone."""
    known = tuple(users)
    name = " ".join(user.name.split())
    problems = [*problems_of_name(name, known), *problems_of_new_password(password, name, known)]
    if not known and user.role is not Role.ADMINISTRATOR:
        message = N_("The first user keeps the register: choose the role administrator.")
        problems.append(Problem("role", "first_user", message))
    return tuple(problems)


def problems_of_name(name: str, users: Iterable[User]) -> tuple[Problem, ...]:
    """Why nobody new can log in by this name."""
    if not 2 <= len(name) <= 30 or not name.isprintable():
        return (Problem("name", "name_length", N_("The name for logging in has 2 to 30 letters.")),)
    if any(user.name.casefold() == name.casefold() for user in users):
        message = N_("There is a user {name} already. Choose another name; names stay with their person for ever.")
        return (Problem("name", "same_name", message, {"name": name}),)
    return ()


def problems_of_new_password(password: str, name: str, others: Iterable[User]) -> tuple[Problem, ...]:
    """Why the user of this name cannot have the password beside the `others`; none at all only where one is alone."""
    active = [other for other in others if other.is_active]
    if not password and not active:
        return ()
    bare = next((other for other in active if not other.has_password), None)
    problem = problem_without_password(bare) if bare is not None else problem_of_password(password, name)
    return () if problem is None else (problem,)


def problem_without_password(user: User) -> Problem:
    """Several users, and one of them has no password."""
    message = N_("{name} has no password yet. Give {name} one first: with several users everybody logs in.")
    return Problem("password", "no_password", message, {"name": user.name})
