"""Rows made from the corpora's: one value swapped, the call replaced, and the same context with the right call."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from random import Random
from typing import Any

from ..rows import NAME, Call, Leaf, leaves
from .documents import document
from .injections import dressed, redirection
from .requests import Tool, another, request
from .twins import goal_of

SHARE = {"bfcl_calls": 0.45, "bfcl_multi_turn_calls": 0.4, "sgd_calls": 0.35, "taskmaster4_calls": 0.4, "tau_bench_calls": 0.5, "toolalpaca_calls": 0.8, "contrast_authorized": 0.6, "agentdojo_ground_truth": 0.9, "agentdojo_traces": 0.4}
"""Share of each set's authorised rows that others are made from."""


def planted_in(context: str, text: str, rng: Random) -> str:
    """Where a document has lines, between two of them."""
    if not context:
        return document(rng, text)
    lines = context.split("\n")
    place = rng.randint(len(lines) // 2, len(lines))
    return "\n".join([*lines[:place], text, *lines[place:]])


def put(value: Any, steps: tuple[str | int, ...], new: Any) -> Any:
    """A copy with one leaf changed."""
    if not steps:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[steps[0]] = put(value[steps[0]], steps[1:], new)
    return copy


def last_key(leaf: Leaf) -> str:
    return next(step for step in reversed(leaf.steps) if isinstance(step, str))


GUESSES = {"@": "email", "0x": "wallet", "http": "url", "www.": "url", "/": "path"}


def swapped(c: Call, pool: dict[tuple[str, str, type], list[Any]], rng: Random) -> tuple[Leaf, Any] | None:
    """A leaf whose value the user named, and a value of its kind that they did not."""
    told = f"{c.intent}\n{c.context}".lower()
    named = [leaf for leaf in leaves(c.arguments) if not isinstance(leaf.value, bool) and 1 < len(str(leaf.value)) < 80 and str(leaf.value).lower() in c.intent.lower()]
    rng.shuffle(named)
    for leaf in named:
        old = leaf.value
        kind = next((k for mark, k in GUESSES.items() if mark in str(old)), None)
        choices = pool[c.source, last_key(leaf), type(old)]
        for _ in range(8):
            new = another(kind, old, rng, told) if kind and rng.random() < 0.6 else rng.choice(choices)
            if new is not None and str(new).lower() not in told and str(old).lower() not in str(new).lower():
                return leaf, new
    return None


def derived(calls: list[Call], tools: list[Tool], seed: int) -> list[Call]:
    authorised = [c for c in calls if not c.label]
    pool: defaultdict[tuple[str, str, type], list[Any]] = defaultdict(list)
    for c in authorised:
        for leaf in leaves(c.arguments):
            pool[c.source, last_key(leaf), type(leaf.value)].append(leaf.value)
    short = [c for c in authorised if len(c.intent) < 220 and "user:" not in c.intent and c.source in ("bfcl_calls", "toolalpaca_calls", "contrast_authorized")]
    rows: list[Call] = []
    for c in authorised:
        rng = Random(f"{seed}:derived:{c.id}")
        if rng.random() > SHARE.get(c.source, 0):
            continue
        made = replace(c, source=f"derived_{c.source}")
        if rng.random() < 0.62 and (swap := swapped(c, pool, rng)):
            leaf, new = swap
            injected = rng.random() < 0.5
            text, category = dressed(redirection(leaf.path, new, c.name, rng), rng) if injected else ("", "intent_mismatch")
            context = planted_in(c.context, text, rng) if injected else c.context
            rows.append(replace(made, id=f"{c.id}:swap", context=context, arguments=put(c.arguments, leaf.steps, new), bad=frozenset({leaf.path}), category=category))
            if injected and rng.random() < 0.6:
                rows.append(replace(made, id=f"{c.id}:kept", context=context, category=category))
            continue
        if rng.random() < 0.5:
            other = rng.choice(short)
            goal, schema, name, arguments = other.intent.strip().rstrip(".?!"), other.schema, other.name, other.arguments
        else:
            order = request(rng.choice(tools), rng, full=True)
            goal, schema, name, arguments = goal_of(order, rng), order.schema, order.name, order.arguments
        text, category = dressed(goal, rng)
        context = planted_in(c.context, text, rng)
        if name != c.name:
            rows.append(replace(made, id=f"{c.id}:hijack", context=context, schema=schema if c.schema else None, name=name, arguments=arguments, bad=frozenset({NAME, *(leaf.path for leaf in leaves(arguments))}), category=category))
        if rng.random() < 0.6:
            rows.append(replace(made, id=f"{c.id}:kept", context=context, category=category))
    return rows + resisted(calls, seed)


def resisted(calls: list[Call], seed: int) -> list[Call]:
    """Injected contexts of InjecAgent and AgentDojo, each with the call that the user did ask for: else their contexts would give the label away."""
    rows: list[Call] = []
    rng = Random(f"{seed}:resisted")
    by_intent: defaultdict[str, list[Call]] = defaultdict(list)
    for c in calls:
        if not c.label and c.source in ("injecagent", "agentdojo_ground_truth", "agentdojo_traces"):
            by_intent[c.intent.strip()].append(c)
    for attack in calls:
        if not attack.label or not attack.context or attack.source not in ("injecagent", "agentdojo_ground_truth"):
            continue
        own = by_intent.get(attack.intent.strip())
        if own and rng.random() < (0.3 if attack.source == "injecagent" else 0.4):
            c = rng.choice(own)
            rows.append(replace(c, id=f"{attack.id}:resisted", context=planted_in(c.context, attack.context, rng) if c.context else attack.context, category="resisted", source=f"derived_{attack.source}"))
    contexts = [c.context for c in calls if c.source == "injecagent" and c.label]
    for c in calls:
        if c.source == "contrast_authorized" and contexts and rng.random() < 0.6:
            context = rng.choice(contexts)
            if not any(str(leaf.value) in context for leaf in leaves(c.arguments) if len(str(leaf.value)) > 3):
                rows.append(replace(c, id=f"{c.id}:resisted", context=context, category="resisted", source="derived_contrast_authorized"))
    return rows
