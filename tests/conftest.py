"""What every test stands on: no screen, Indonesian, and no file of the person who runs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from argon2 import PasswordHasher, Type
from hypothesis import HealthCheck, settings

from models import language
from models.offices import passwords
from tests.factories import BLANKS

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first import of Qt

USUAL_HASHER = passwords._HASHER

settings.register_profile(
    "desk",
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault of the code
)
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(autouse=True)
def speak_indonesian() -> Iterator[None]:
    """Each test starts in the language of the office, whatever the one before it chose."""
    language.use("id")
    yield
    language.use("id")


@pytest.fixture(autouse=True)
def blank_registers() -> Iterator[None]:
    """What a test makes first differs from what it makes next, whatever other tests have made."""
    with BLANKS.for_one_test():
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """A password is hashed with 8 KiB in an instant: what it costs is tried where `costly_passwords` is asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID))
        yield


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashed as the program does it."""
    monkeypatch.setattr(passwords, "_HASHER", USUAL_HASHER)


@pytest.fixture(scope="session", autouse=True)
def own_folders() -> Iterator[Path]:
    """The folders in which the program keeps its files by default, empty and thrown away afterwards.

    Of this process alone, and with a short name: the path of a socket ends at 107 bytes.
    """
    with TemporaryDirectory(prefix="cakupan-") as folder, pytest.MonkeyPatch.context() as patch:
        home = Path(folder)
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
            patch.setenv(name, str(home / name.lower()))
        (home / "run").mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(home / "run"))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # nor the keys of that person
        yield home
