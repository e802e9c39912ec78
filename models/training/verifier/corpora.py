"""Reads the corpora of tool calls; what they say of a call's values becomes labels, what they leave open stays open."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import Any

from pipeline.corpus import near_duplicate_key, read_jsonl

from .config import Config
from .rows import NAME, Call, paths_under

CAPS = {"agentdojo_ground_truth": 2000, "agentdojo_traces": 1150, "bfcl_calls": 1050, "bfcl_multi_turn_calls": 500, "contrast_authorized": 400,
        "injecagent": 900, "sgd_calls": 1200, "taskmaster4_calls": 400, "tau_bench_calls": 520, "toolalpaca_calls": 220}
"""Rows of each set that are trained on at most; attacks of AgentDojo all are. What is held out is not capped."""


def read(config: Config) -> list[Call]:
    """All sets, calls of one label that are alike counted once, in a random order."""
    found: dict[str, list[dict[str, Any]]] = {name: read_jsonl(config.data / "train" / "tool_calls" / f"{name}.jsonl.gz") for name in CAPS}
    used: defaultdict[str, set[str]] = defaultdict(set)
    for rows in found.values():
        for r in rows:
            if not r["label"]:
                used[r["user_intent"].strip()].add(r["tool_call"]["name"])
    calls: list[Call] = []
    for name, rows in found.items():
        random.Random(f"{config.seed}:{name}").shuffle(rows)
        read = [call_of(r, name, used) for r in rows]
        calls += {(c.intent, c.name, repr(c.arguments), c.label, c.label and c.context): c for c in read}.values()
    return calls


def capped(calls: list[Call]) -> list[Call]:
    taken: Counter[str] = Counter()
    kept: list[Call] = []
    for c in sorted(calls, key=lambda c: not (c.label and c.source == "agentdojo_traces")):
        taken[c.source] += 1
        if taken[c.source] <= CAPS[c.source]:
            kept.append(c)
    return kept


def call_of(row: dict[str, Any], source: str, used: dict[str, set[str]]) -> Call:
    name, arguments, intent = row["tool_call"]["name"], row["tool_call"]["arguments"], row["user_intent"]
    listed = row.get("unauthorized_spans") or []
    bad = paths_under(arguments, listed)
    # No path listed: the call itself is what nobody asked for; likewise a tool that nothing the user asked for needs.
    if row["label"] and (not bad or source == "injecagent" or name not in used[intent.strip()]):
        bad.add(NAME)
    return Call(f"{source}:{row['id']}", intent, row.get("tool_schema"), row.get("context") or "", name, arguments, frozenset(bad), not row["label"],
                source, source, near_duplicate_key(intent), name_known=not row["label"])
