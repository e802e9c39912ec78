"""Conversations that are made of frames: attacks in which each turn is harmless by itself and the sum is not, and ordinary
talks on the same subjects, in the same words, of the same length. Only the course tells them apart."""

from __future__ import annotations

import random
from collections.abc import Callable

from ..config import Config
from ..talks import Talk
from .lines import Pool, asides, fillings, frames

FAMILIES = {"topic": 0.55, "secret": 0.25, "rules": 0.2}
"""What the conversation is about: a subject, what the model keeps to itself, how the model shall be. Share of each."""
SURFACE = 0.2
"""Share of turns that get an aside, or lose their capitals or full stop."""
STRAY = 0.25
"""Share of conversations with one turn of the other label's, from its first stage."""
MIXED = 0.3
"""Share of conversations whose stages come from two courses of the same label."""


def halves(text: str) -> tuple[str, str]:
    words = text.split()
    cut = len(words) // 2
    return " ".join(words[:cut]), " ".join(words[cut:])


class Writer:
    """`talk(rng, label, held)` writes one conversation."""

    def __init__(self, config: Config, without: frozenset[str] = frozenset()) -> None:
        """`without`: courses that are not used."""
        self.config = config
        self.families = {name: frames(name, config) for name in FAMILIES}
        self.slots = fillings(config)
        self.leads, self.tails = asides()
        self.courses = {
            (family, label): sorted({key.split()[1] for key in pools if key.startswith(f"{word} ")} - without)
            for family, pools in self.families.items() for label, word in ((1, "attack"), (0, "benign"))
        }

    def talk(self, rng: random.Random, label: int, held: bool) -> Talk:
        family = rng.choices(list(FAMILIES), list(FAMILIES.values()))[0]
        pools = self.families[family]
        course = rng.choice(self.courses[family, label])
        second = rng.choice(self.courses[family, label]) if rng.random() < MIXED else course
        word, other = ("attack", "benign") if label else ("benign", "attack")
        plan = ["both open"] * rng.choice((0, 1, 1, 1)) + ["both near"] * rng.choice((0, 0, 1, 1, 2))
        visible = len(plan) + 1
        plan += [f"{word} {course} 1"] * rng.choice((0, 1, 1, 1, 2)) + ["both follow"] * rng.choice((0, 0, 0, 1))
        plan += [f"{word} {second} 2"] * rng.choice((1, 1, 2)) + ["both follow"] * rng.choice((0, 0, 0, 1)) + [f"{word} {second} 3"]
        if rng.random() < STRAY:
            at = rng.randint(1, len(plan) - 1)
            plan.insert(at, f"{other} {rng.choice(self.courses[family, 1 - label])} 1")
            visible += int(at < visible)
        slots = self.filled(rng, held)
        turns = [self.dressed(line.format(**slots), rng) for line in drawn(plan, pools, rng, held)]
        return Talk(tuple(turns), label, "made", f"{family} {course}", held, visible)

    def filled(self, rng: random.Random, held: bool) -> dict[str, str]:
        slots = {key: value for pool in self.slots for key, value in rng.choice(pool.of(held)).items()}
        for key in ("act", "safe"):
            slots[f"{key}1"], slots[f"{key}2"] = halves(slots[key])
        return slots

    def dressed(self, text: str, rng: random.Random) -> str:
        """As people type."""
        text = text[0].upper() + text[1:]
        if rng.random() > SURFACE:
            return text
        changes: list[Callable[[str], str]] = [str.lower, lambda t: t.rstrip(".?!"), lambda t: f"{rng.choice(self.leads)} {t}", lambda t: f"{t} {rng.choice(self.tails)}"]
        return rng.choice(changes)(text)


def drawn(plan: list[str], pools: dict[str, Pool], rng: random.Random, held: bool) -> list[str]:
    """A frame for each stage of the plan, none twice as long as there are others."""
    lines, used = [], set()
    for stage in plan:
        left = [line for line in pools[stage].of(held) if line not in used] or list(pools[stage].of(held))
        lines.append(rng.choice(left))
        used.add(lines[-1])
    return lines
