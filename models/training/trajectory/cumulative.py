"""Turns read as one text, as the engine reads them: which score an ordinary conversation seldom reaches. The longer a text, the
more of it looks suspicious, so the thresholds of single texts would hold too many."""

from __future__ import annotations

import numpy as np

from .config import Config
from .measure import Course, threshold_at
from .talks import Talk
from .vectors import Vectors

MOST_JOINED = 4000
"""Characters of earlier turns (packages/engine/src/shared/scan-turn.ts)."""


def joined(turns: tuple[str, ...], config: Config) -> str:
    """The last turn with the newest before it that fit, as many as the policy's window has by default."""
    *before, last = turns[-config.turns :]
    texts, length = [last], 0
    for text in reversed(before):
        if length + len(text) > MOST_JOINED:
            break
        texts.insert(0, text)
        length += len(text)
    return "\n".join(texts)


def read_as_one(talks: list[Talk], vectors: Vectors, config: Config) -> list[Course]:
    texts = [[joined(talk.turns[:end], config) for end in range(config.least, len(talk.turns) + 1)] for talk in talks]
    turns = vectors.of(text for each in texts for text in each)
    return [Course(talk, 1 / (1 + np.exp(-np.array([turns[text].logit for text in each])))) for talk, each in zip(talks, texts, strict=True)]


def thresholds(found: list[Course], config: Config) -> dict[str, float]:
    return {name: threshold_at(found, fpr) for name, fpr in (("warn", config.warn_fpr), ("block", config.block_fpr))}
