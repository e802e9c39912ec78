"""Turns read as one text, as the engine reads them: which score an ordinary conversation seldom reaches. The longer a text, the
more of it looks suspicious, so the thresholds of single texts would hold too many."""

from __future__ import annotations

import numpy as np

from .config import Config
from .measure import Course, is_corpus, threshold_at
from .talks import Talk
from .vectors import Vectors

MOST_JOINED = 4000
"""Characters of earlier turns (packages/engine/src/shared/scan-turn.ts)."""
QUIET = 0.01
"""Probability below which a turn is quiet: quiet turns are not read as one text (the same place)."""


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


def report_quiet(found: list[Course], vectors: Vectors, config: Config, limits: dict[str, float]) -> None:
    """What it changes that quiet turns are not read as one text: turns that are spared it, and conversations that are caught otherwise."""
    ordinary, spared, changed = 0, 0, 0
    for course in found:
        turns = vectors.of(course.talk.turns)
        loud = [turns[text].logit >= np.log(QUIET / (1 - QUIET)) for text in course.talk.turns]
        asked = np.array([any(loud[max(0, end - config.turns) : end]) for end in range(config.least, len(loud) + 1)])
        gated = Course(course.talk, np.where(asked, course.scores, 0))
        changed += any(gated.caught(limit) != course.caught(limit) for limit in limits.values())
        if is_corpus(course.talk):
            ordinary, spared = ordinary + len(asked), spared + int((~asked).sum())
    print(f"quiet turns: {spared / ordinary:.1%} of the turns of ordinary conversations; {changed} of {len(found)} conversations are caught otherwise", flush=True)
