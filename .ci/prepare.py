"""Makes this computer ready for the program or for its tests; says nothing and takes a moment when it already is.

    python3 .ci/prepare.py program|screen|tests ...

`program` makes .venv, installs the locked packages and what Qt needs of the system to show a window; `tests` adds the
packages and tools of the tests; `screen` asks whether there is a display now. What the system lacks is installed with
apt-get where that is allowed, otherwise the exact command is printed. Only the standard library is used here.
"""

from __future__ import annotations

import ctypes
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "tests" / "requirements.txt"
DEBIANS_PYTHON = "/usr/bin/python3"


class NotReady(Exception):
    """Something that only the person at the computer can mend; the text says what and how."""


def loads(library: str) -> bool:
    """Whether the system's loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def runs(command: str) -> bool:
    """Whether this command is in PATH."""
    return shutil.which(command) is not None


def exists(path: str) -> bool:
    return Path(path).exists()


def knows(code: str) -> bool:
    """Whether the system's own Python runs this line: python3-gi is Debian's, not one of our packages."""
    return exists(DEBIANS_PYTHON) and succeeds(DEBIANS_PYTHON, "-c", code)


def makes_environments(_: str) -> bool:
    """Whether .venv stands, or this Python could make it: Debian keeps half of the venv module in a package."""
    return has_environment() or succeeds(sys.executable, "-c", "import venv, ensurepip")


Needs = dict[str, tuple[Callable[[str], bool], str]]
"""Debian package -> how to see that the computer has it."""

VENV_MODULE: Needs = {f"python3.{sys.version_info.minor}-venv": (makes_environments, "")}
QT: Needs = {
    "libgl1": (loads, "libGL.so.1"),
    "libegl1": (loads, "libEGL.so.1"),
    "libfontconfig1": (loads, "libfontconfig.so.1"),
    "libxkbcommon0": (loads, "libxkbcommon.so.0"),
    "libdbus-1-3": (loads, "libdbus-1.so.3"),
    "libglib2.0-0": (loads, "libgthread-2.0.so.0"),
    "libxcb-cursor0": (loads, "libxcb-cursor.so.0"),
    "libxcb-icccm4": (loads, "libxcb-icccm.so.4"),
    "libxcb-keysyms1": (loads, "libxcb-keysyms.so.1"),
    "libxcb-shape0": (loads, "libxcb-shape.so.0"),
    "libxkbcommon-x11-0": (loads, "libxkbcommon-x11.so.0"),
}
TOOLS: Needs = {
    "xvfb": (runs, "Xvfb"),
    "xauth": (runs, "xauth"),
    "xdotool": (runs, "xdotool"),
    "openbox": (runs, "openbox"),
    "poppler-utils": (runs, "pdftotext"),
    "procps": (runs, "ps"),
    "age": (runs, "age"),
    "sqlite3": (runs, "sqlite3"),
    "binutils": (runs, "strings"),
    "dbus": (runs, "dbus-run-session"),
    "at-spi2-core": (exists, "/usr/libexec/at-spi-bus-launcher"),
    "python3-gi": (knows, "import gi"),
    "gir1.2-atspi-2.0": (knows, "import gi; gi.require_version('Atspi', '2.0')"),
}


def prepare(purpose: str) -> None:
    """Everything for one purpose; raises NotReady with a plain sentence when that cannot be done from here."""
    if purpose == "screen":
        find_screen()
        return
    if sys.platform == "linux":
        install_system(missing(VENV_MODULE | QT | TOOLS if purpose == "tests" else VENV_MODULE | QT))
    make_environment()
    install_packages([LOCK, TEST_LOCK] if purpose == "tests" else [LOCK])


def make_environment() -> None:
    """A virtual environment in .venv with pip, made anew when its Python is gone or of another version."""
    if has_environment():
        return
    say(f"Making the virtual environment .venv with Python {sys.version.split()[0]}.")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        raise NotReady(f"{sys.executable} could not make a virtual environment in {VENV} (see above).")


def has_environment() -> bool:
    """Whether .venv works, with pip and a Python that the locks are made for."""
    return succeeds(PYTHON, "-c", "import pip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))")


def install_packages(locks: list[Path]) -> None:
    """Just what the locks name, each file checked against its hash, wheels only; nothing when it is all there."""
    if not absent(locks):
        return
    say("Installing the packages of " + " and ".join(str(lock.relative_to(ROOT)) for lock in locks) + ".")
    rules = ("--require-hashes", "--only-binary=:all:", "--disable-pip-version-check")
    files = [argument for lock in locks for argument in ("-r", lock)]
    if subprocess.run([PYTHON, "-m", "pip", "install", *rules, *files]).returncode:
        raise NotReady("pip could not install the packages (see above). Is there a network? Then run the same again.")


def absent(locks: Iterable[Path]) -> set[str]:
    """Pins (those without a condition) that .venv does not hold whole and in this version."""
    pins = re.findall(r"^([\w.-]+==[\w.]+) \\$", "".join(lock.read_text("utf-8") for lock in locks), re.MULTILINE)
    records = VENV.glob("lib/python3*/site-packages/*.dist-info/RECORD")  # pip writes it last
    held = {_plain(record.parent.stem.replace("-", "==")) for record in records}
    return {pin for pin in pins if _plain(pin) not in held}


def _plain(pin: str) -> str:
    name, _, version = pin.partition("==")
    return re.sub(r"[-_.]+", "-", name).lower() + "==" + version


def missing(needs: Needs) -> list[str]:
    """The Debian packages of which the computer lacks what we need."""
    return [package for package, (is_there, name) in needs.items() if not is_there(name)]


def install_system(packages: list[str]) -> None:
    """With apt-get as root or through a sudo that asks for no password; otherwise NotReady holds the command."""
    if not packages:
        return
    lacks = "This system lacks what Debian calls " + ", ".join(packages) + "."
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not runs("apt-get"):
        raise NotReady(f"{lacks}\nInstall them the way it installs programs, then run the same again.")
    if os.geteuid() == 0:
        as_root = []
    elif runs("sudo") and succeeds("sudo", "-n", "true"):
        as_root = ["sudo", "-n"]
    else:
        command = f"sudo {shlex.join(install)}" if runs("sudo") else f"su -c '{shlex.join(install)}'"
        raise NotReady(f"{lacks}\nRun this, then the same again:\n\n    {command}\n")
    say("Installing with apt-get: " + ", ".join(packages))
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*apt, "apt-get", "update", "-qq"])  # when this fails, an older list may still do
    if subprocess.run([*apt, *install, "-qq", "-o", "DPkg::Lock::Timeout=120"]).returncode:
        raise NotReady(f"apt-get could not do it (see above). Mend that, then run:\n\n    {shlex.join(install)}\n")


def find_screen() -> None:
    """Raises NotReady when there is no display on which a window could open."""
    if os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY") or sys.platform != "linux":
        return
    name = os.environ.get("DISPLAY")
    if not name:
        trouble = "there is no display to open the window on"
    elif not answers(name):
        trouble = f"the display {name} does not answer"
    else:
        return
    raise NotReady(
        f"The program is set up, but {trouble}.\n"
        "Start it in a desktop session, or without a window: .venv/bin/python main.py --help"
    )


def answers(display: str) -> bool:
    """Whether an X server takes a connection under this name."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def succeeds(*command: str | Path) -> bool:
    """Whether this command ends well; what it prints is nobody's business."""
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        for word in sys.argv[1:]:
            prepare(word)
    except NotReady as trouble:
        sys.exit(f"\n{trouble}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same again to go on.")
