"""What may go wrong: one fault a file, found by looking into this folder; each decides, the weather applies it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache

from harness.errors import MisuseError
from harness.faults.fault import Fault


@cache
def kinds() -> tuple[type[Fault], ...]:
    """List every kind of fault, in the order of the alphabet of their files."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(
        kind
        for module in modules
        for kind in vars(module).values()
        if inspect.isclass(kind)
        and issubclass(kind, Fault)
        and kind is not Fault
        and kind.__module__ == module.__name__
    )


def read(words: str) -> Fault:
    """Give the fault that words name, such as ``answers 503``.

    Raises:
        MisuseError: none has that name; the remedy lists what may go wrong.
    """
    for kind in kinds():
        fault = kind.read(words)
        if fault is not None:
            return fault
    known = ", ".join(f"«{kind()}»" for kind in kinds())
    raise MisuseError(f"No fault is called «{words}».", f"There are: {known}.")
