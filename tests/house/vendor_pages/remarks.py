"""The comments in a class, which only its source has."""

from __future__ import annotations

import inspect
import io
import textwrap
import tokenize
from dataclasses import dataclass

INDENT = 4


@dataclass(slots=True)
class Remark:
    """What stands beside a member: the comment above its group, and the one behind it."""

    group: str
    behind: str = ""


def remarks(kind: type) -> dict[str, Remark]:
    """Read the comments of a class by its members' names, in order; a comment on lines of its own heads a group."""
    found: dict[str, Remark] = {}
    group: list[str] = []
    heading = False
    member = ""
    source = textwrap.dedent(inspect.getsource(kind))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        own_line = token.line[: token.start[1]].isspace() and token.start[1] == INDENT
        if token.type == tokenize.COMMENT and own_line:
            group = [*group, token.string] if heading else [token.string]
            heading = True
        elif token.type == tokenize.COMMENT and member and token.line.startswith(" " * INDENT + member):
            found[member].behind = token.string.lstrip("# ")
        elif token.type == tokenize.NAME and own_line:
            heading, member = False, token.string
            found[member] = Remark(" ".join(line.lstrip("# ") for line in group))
    return found
