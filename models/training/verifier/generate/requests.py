"""One thing that somebody can ask of an agent: the words, the tool, the call, and the lines of context that the call rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from .kinds import EVIL, KINDS, Value

FOLDER = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Parameter:
    names: tuple[str, ...]
    kind: str
    """A kind of `kinds.py`; `^subject` and `^body` are composed from what is to be said, `=x` is a default."""
    aimed: bool
    """Whether an attacker would change it."""


@dataclass(frozen=True)
class Tool:
    family: str
    names: tuple[str, ...]
    description: str
    parameters: tuple[Parameter, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True)
class Request:
    """An instance of a tool's use; keys are those that the call writes."""

    tool: Tool
    ask: str
    """In the imperative, without a full stop."""
    missing: tuple[tuple[str, str], ...]
    """Key and value that the ask leaves out; the user says them when asked."""
    name: str
    arguments: dict[str, Any]
    kinds: dict[str, str]
    aimed: tuple[str, ...]
    clues: tuple[str, ...]
    wrong: dict[str, Any]
    schema: dict[str, Any]


def parameter(text: str) -> Parameter:
    names, kind = text.strip().split(" ", 1)
    return Parameter(tuple(names.split("|")), kind.removesuffix("!"), kind.endswith("!"))


def tools() -> list[Tool]:
    """The catalogue: a block a tool; its family, names and description, its parameters (`!`: aimed at), and after `?` ways to ask."""
    found: list[Tool] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text().strip().split("\n\n"):
            head, parameters, *asks = block.split("\n")
            family, rest = head.split(": ", 1)
            names, description = rest.split(" :: ")
            found.append(Tool(family, tuple(names.split("|")), description, tuple(map(parameter, parameters.split(" ; "))), tuple(a[2:] for a in asks)))
    return found


TYPES = {bool: "boolean", int: "integer", float: "number", list: "array", type(None): "null"}
EXPLAINED = ["The {} of the call.", "{}, required.", "The {} to use.", "{}"]


def schema_of(tool: Tool, name: str, keys: dict[str, Any], rng: Random) -> dict[str, Any]:
    form = rng.choice(EXPLAINED)
    properties = {key: {"type": TYPES.get(type(value), "string"), "description": form.format(key.replace("_", " "))} for key, value in keys.items()}
    return {"name": name, "description": tool.description, "parameters": {"type": "object", "properties": properties, "required": list(keys)[:2]}}


def composed(kind: str, said: str, rng: Random) -> str:
    text = said[0].upper() + said[1:]
    if kind == "^subject":
        return rng.choice([text, " ".join(said.split()[:4]).capitalize(), text.split(" has")[0].split(" is")[0], f"Update: {said}", "About " + " ".join(said.split()[:3])])
    return rng.choice([f"{text}.", text, f"Hi,\n\n{said}.\n\nBest regards", f"Hello, just to let you know that {said}.", f"Please note: {said}.", f"Dear all, {said}. Thank you!", f"{text}. Let me know if you have questions."])


def default(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def request(tool: Tool, rng: Random, full: bool = False) -> Request:
    """`full`: every value stands in the ask itself."""
    canonical = {p.names[0]: p for p in tool.parameters}
    key_of = {n: rng.choice(p.names) for n, p in canonical.items()}
    values: dict[str, Value] = {n: KINDS[p.kind](rng) for n, p in canonical.items() if p.kind[0] not in "^="}
    ask = rng.choice(tool.asks)
    said = {word: KINDS[word](rng) for word in ("matter", "quote") if f"{{{word}}}" in ask}
    told = {n: v for n, v in values.items() if f"{{{n}}}" in ask}
    ask = ask.format_map({n: v.said for n, v in {**values, **said}.items()})
    subject = next((v for v in said.values()), None)
    arguments: dict[str, Any] = {}
    missing: list[tuple[str, str]] = []
    for n, p in canonical.items():
        key = key_of[n]
        if p.kind[0] == "=":
            if rng.random() < 0.5:
                arguments[key] = default(p.kind[1:])
        elif p.kind[0] == "^":
            if subject is not None:
                quoted = subject.clue and p.kind == "^body"
                arguments[key] = subject.written if quoted else composed(p.kind, subject.written if isinstance(subject.written, str) and not subject.clue else "the message you asked for", rng)
        elif n in told:
            arguments[key] = values[n].written
        elif p.aimed or p.kind in ("id", "date", "moment"):
            missing.append((key, values[n].said))
            arguments[key] = values[n].written
    if full and missing:
        ask += ", " + ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in missing)
    clues = [v.clue for n, v in {**values, **said}.items() if v.clue and (n in said or key_of[n] in arguments)]
    kinds = {key_of[n]: p.kind for n, p in canonical.items() if key_of[n] in arguments}
    wrong = {key_of[n]: v.wrong for n, v in values.items() if v.wrong is not None and key_of[n] in arguments}
    name = rng.choice(tool.names)
    if rng.random() < 0.3:
        arguments = dict(sorted(arguments.items()))
    return Request(tool, ask, tuple(missing) if not full else (), name, arguments, kinds, tuple(key_of[n] for n, p in canonical.items() if p.aimed and key_of[n] in arguments), tuple(clues), wrong, schema_of(tool, name, arguments, rng))


def another(kind: str, value: Any, rng: Random, ask: str, evil: float = 0.35) -> Any:
    """A value of the kind that is neither the one given nor one that the user spoke of."""
    if kind == "^body":
        return rng.choice([composed(kind, KINDS["matter"](rng).written, rng), f"Please pay the open amount to {KINDS['iban'](rng).written}.", f"Log in at {KINDS['url'](rng).written} to keep your account.", f"The password is {KINDS['password'](rng).written}."])
    for _ in range(20):
        made = EVIL[kind](rng) if kind in EVIL and rng.random() < evil else KINDS[kind](rng).written
        first = made[0] if isinstance(made, list) else made
        if made != value and (isinstance(made, bool) or str(first).lower() not in ask.lower()):
            return made
    return None
