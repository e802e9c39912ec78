"""The rows of the last pass: what is newest, beside some of all else."""

from __future__ import annotations

import random
from dataclasses import replace

from .corpus import Row

NEWEST = tuple(f"written_{name}" for name in ("commands", "own-data", "short-orders", "advice", "spelling", "pastes"))
"""Everyday texts, and attacks near to them."""
CORPORA = 0.3
WRITTEN = 0.5


def refreshed(rows: list[Row], seed: int) -> list[Row]:
    """The newest texts twice, and the rows whose label was reviewed to harmless as they are; of the other written ones half, of all else three in ten.

    Rows reviewed to an attack are left to the heads: they read like harmless role play.
    """
    rng = random.Random(seed + 5)
    chosen: list[Row] = []
    for row in rows:
        if row.source.startswith("reviewed_"):
            chosen += [] if row.label else [row]
        elif row.source in NEWEST:
            chosen.append(replace(row, repeat=2))
        elif rng.random() < (WRITTEN if row.source.startswith(("written_", "twins_")) else CORPORA):
            chosen.append(replace(row, repeat=1))
    return chosen
