"""Calls that the team wrote by hand, in groups around one request: `written/NAME.jsonl`, a group a line.

A group has what the person said, the tools, what the agent had read without and with a stranger's order in it, and the calls: right ones
whose values the person left to a document, in both contexts; ones that obey the order; ones that mix a value up.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.corpus import near_duplicate_key, read_jsonl

from .rows import NAME, Call, paths_under

FOLDER = Path(__file__).parent / "written"
SOURCE = "written"


def written() -> list[Call]:
    calls: list[Call] = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for number, group in enumerate(read_jsonl(path), 1):
            calls += [call_of(group, call, f"{path.stem}-{number}-{k}") for k, call in enumerate(group["calls"], 1)]
    return calls


def call_of(group: dict, call: dict, number: str) -> Call:
    """A call that nobody asked for may still hold values that somebody did: those not listed are unknown there."""
    name, arguments = call["name"], call["arguments"]
    bad = paths_under(arguments, call["unauthorized"]) | ({NAME} if call["name_unasked"] else set())
    kind = "asked" if not bad else "order obeyed" if call["context"] == "injected" else "value mixed up"
    return Call(f"{SOURCE}:{number}", group["intent"], {"name": name, **group["tools"][name]}, group[call["context"]], name, arguments,
                frozenset(bad), not call["name_unasked"], f"{SOURCE}, {call['context']} context: {kind}", SOURCE, near_duplicate_key(group["intent"]))
