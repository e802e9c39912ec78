"""What each part of the trajectory model is worth, on held-out subjects, frames and conversations, all at the same false-positive rate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch

from .config import Config
from .measure import alone, courses, report, threshold_at
from .samples import labels, samples
from .talks import RED_TEAM, Talk
from .train import logits, train
from .vectors import Turn

UNSEEN = ("format", "wearing", "hypothetical", "game", "insider", "simulation", "layout", "journalist", "play", "builder", "practice")
"""Courses that one of the runs is not trained on."""


def ablation(fit: list[Talk], held: list[Talk], turns: dict[str, Turn], config: Config) -> None:
    """Prints each variant's figures."""
    table, on_held = samples(fit, turns, config), samples(held, turns, config)
    known = labels(table, fit)
    of = [fit[o] for o in table.owner]
    own = alone(held, on_held)
    report("each turn alone", own, threshold_at(own, config.block_fpr))
    variants = {
        "all": ([], known),
        "without the turns' logits": (["logits"], known),
        "without embeddings": (["embeddings"], known),
        "without the red team": ([], np.where([t.source == RED_TEAM for t in of], -1, known)),
        "without some courses": ([], np.where([unseen(t) for t in of], -1, known)),
    }
    for name, (hidden, told) in variants.items():
        part, shown = (replace(s, **{key: torch.zeros_like(getattr(s, key)) for key in hidden}) for s in (table, on_held))
        found = courses(held, on_held.owner, logits(train(part, told, config), shown))
        limit = threshold_at(found, config.block_fpr)
        report(name, found, limit)
        if name == "without some courses":
            report("of these courses", [c for c in found if unseen(c.talk) or c.talk.kind == "corpus"], limit)


def unseen(talk: Talk) -> bool:
    return talk.kind.split()[-1] in UNSEEN and talk.source == "made"
