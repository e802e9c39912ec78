"""Tool calls with what is known of them: which values, if any, the user did not ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

NAME = ""
"""The path of the tool's name."""


@dataclass(frozen=True)
class Call:
    """One call; `bad` are the paths of its leaves that the user did not ask for, `known` whether all others were asked for."""

    id: str
    intent: str
    schema: dict[str, Any] | None
    context: str
    name: str
    arguments: dict[str, Any]
    bad: frozenset[str]
    known: bool
    category: str
    source: str
    group: str
    name_known: bool = True
    """Whether the name's label is known where it is not in `bad`."""

    @property
    def label(self) -> int:
        return int(bool(self.bad))

    def row(self) -> dict[str, Any]:
        """As `docs` of the data describe a tool-call row, and as the command line reads it."""
        return {"id": self.id, "user_intent": self.intent, "tool_schema": self.schema, "context": self.context,
                "tool_call": {"name": self.name, "arguments": self.arguments}, "label": self.label, "unauthorized_spans": sorted(self.bad - {NAME})}

    def gold(self, path: str) -> int:
        """1 not asked for, 0 asked for, -100 unknown."""
        if path in self.bad:
            return 1
        if path == NAME:
            return 0 if self.name_known else -100
        return 0 if self.known else -100


@dataclass(frozen=True)
class Leaf:
    path: str
    """As the engine writes it: `recipients[0]`, `filter.from`; a key that would read otherwise stands in brackets and quotes."""
    steps: tuple[str | int, ...]
    value: Any


PLAIN_KEY = re.compile(r'[^.\[\]"\s]+')


def leaves(value: Any, path: str = "", steps: tuple[str | int, ...] = ()) -> Iterator[Leaf]:
    """The values of a call's arguments that hold no others."""
    if isinstance(value, dict):
        for key, inner in value.items():
            joined = f"{path}[{json.dumps(key, ensure_ascii=False)}]" if not PLAIN_KEY.fullmatch(key) else f"{path}.{key}" if path else key
            yield from leaves(inner, joined, (*steps, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{index}]", (*steps, index))
    elif path:
        yield Leaf(path, steps, value)


def paths_under(arguments: dict[str, Any], listed: Iterable[str]) -> set[str]:
    """Paths of the leaves that the listed ones name or hold."""
    return {leaf.path for leaf in leaves(arguments) for path in listed if leaf.path == path or leaf.path.startswith((f"{path}[", f"{path}."))}
