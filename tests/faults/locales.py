"""The system speaks another language: the same work leaves the same file, the same words, the same numbers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.files import PLAIN, Kind, look, what_is_not_whole
from tests.faults.tally import Fault, Tally

_ROOT = Path(__file__).parents[2]
_STRICT = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-W", "error::ResourceWarning")
LOCALES: dict[str, tuple[str, dict[str, str]]] = {
    "C": ("", {"LC_ALL": "C"}),
    "C without UTF-8": ("", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "Indonesian": ("id_ID", {"PYTHONUTF8": "0"}),
    "Indonesian in Latin 1": ("id_ID/ISO-8859-1", {"PYTHONUTF8": "0"}),
    "Turkish": ("tr_TR", {"PYTHONUTF8": "0"}),
    "Turkish in Latin 5": ("tr_TR/ISO-8859-9", {"PYTHONUTF8": "0"}),
}
"""Turkish has an I of its own, and 1.234,50 for 1,234.50."""


def in_every_locale(tally: Tally, folder: Path, tries: int, seed: int, *, kind: Kind = PLAIN) -> None:
    """A day's work in a process of the locale, compared with the same day in UTF-8."""
    told, picture = _a_day(folder / "acuan", {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"})
    if not told:
        raise RuntimeError(f"the day itself fails: {picture}")
    places = folder / "locales"
    places.mkdir()
    for number in range(tries):
        name = list(LOCALES)[number % len(LOCALES)]
        locale, environment = LOCALES[name]
        made = _generated(places, locale) if locale else {}
        if made is None:
            tally.seen[f"no locale {locale} can be made here"] += 1
            continue
        tally.tries += 1
        other, seen = _a_day(folder / str(number), {**environment, **made})
        if not other:
            tally.misword(f"{name}: {seen}")
        elif seen != picture:
            tally.tear(f"{name}: the file is another")
        elif other != told:
            tally.misword(f"{name}: {other} instead of {told}")


def _a_day(folder: Path, environment: dict[str, str]) -> tuple[dict[str, object], str]:
    """What the day told and the picture of its file; without a word, what it complained of."""
    folder.mkdir(parents=True)
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMP", "TEMP") if name in os.environ}
    path = folder / "kantor é数.db"
    done = subprocess.run(
        [sys.executable, *_STRICT, "-m", "tests.faults.a_day", str(path)],
        cwd=_ROOT, env={**kept, **environment}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    if done.returncode:
        return {}, done.stderr.decode("utf-8", "replace")[-600:]
    if question := what_is_not_whole(path):
        return {}, question
    return json.loads(done.stdout), look(path, without=("audit",))


def _generated(places: Path, locale: str) -> dict[str, str] | None:
    """The environment in which the locale is there; made in a folder of our own where the system has it not."""
    language, _, signs = locale.partition("/")
    name = f"{language}.{signs or 'UTF-8'}"
    if not (places / name).exists():
        tool = shutil.which("localedef")
        if tool is None:
            return None
        make = [tool, "-i", language, "-f", signs or "UTF-8", str(places / name)]
        subprocess.run(make, capture_output=True, check=False)  # it complains of much, and makes it all the same
        if not (places / name).exists():
            return None
    return {"LOCPATH": str(places), "LC_ALL": name}


def why_not() -> str:
    """Why there are no such locales here."""
    return "Windows has locales of its own" if os.name == "nt" else ""


FAULTS = (Fault("another locale", in_every_locale, 2 * len(LOCALES), why_not, is_of_any_file=False),)
