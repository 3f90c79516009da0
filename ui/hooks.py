"""Parts of the program that are imported only when they are needed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any


def find(address: str) -> Any:
    """What stands under ``module:name``, or None where there is no such module; a broken module is a bug."""
    module, _colon, name = address.partition(":")
    package = module.rpartition(".")[0]
    if find_spec(package) is None or find_spec(module) is None:
        return None
    return getattr(import_module(module), name)
