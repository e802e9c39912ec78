"""Generated rows: hard negatives and matched pairs that differ only in whether the model's instructions are attacked."""

from __future__ import annotations

import random

from ..config import Config
from ..corpus import Row
from .fiction import fiction
from .framed import framed
from .overrides import overrides
from .sensitive import sensitive
from .trigger_words import trigger_words
from .twins import twins
from .written import written

GENERATORS = {"trigger_words": (trigger_words, 3600), "fiction": (fiction, 3400), "overrides": (overrides, 3000), "sensitive": (sensitive, 1800)}
"""Each generator with the number of rows it is asked for (before duplicates go)."""


MADE = ("written_", "generated_", "twins_")
"""How the names of the sets that come from here begin."""


def generated(config: Config, read: list[Row]) -> list[Row]:
    """`read`: the rows of the corpora, whose questions some generators put into settings of their own."""
    rows: list[Row] = written() + framed(read, random.Random(f"{config.seed}:framed")) + twins(read)
    for name, (generate, count) in GENERATORS.items():
        rng = random.Random(f"{config.seed}:{name}")
        seen: dict[str, int] = {}
        for _ in range(count):
            text, label = generate(rng)
            seen.setdefault(text, label)
        rows += [Row(t, y, "generated", f"generated_{name}") for t, y in seen.items()]
    return rows
