"""Cuts conversations into what the model reads: the last turns as they stand after each new one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .config import Config
from .talks import Talk
from .vectors import Turn

NOTHING = 0
"""The row of a turn that is not there."""


@dataclass(frozen=True)
class Samples:
    """Windows of turns, flush with the newest; window w ends with turn `at[w]` (from 1) of conversation `owner[w]`."""

    embeddings: Tensor
    """Of each text, float32 [texts, 384]."""
    logits: Tensor
    """Of each text, float32 [texts]."""
    index: NDArray
    """The texts of each window, int64 [windows, turns]."""
    owner: NDArray
    at: NDArray

    def batch(self, rows: NDArray) -> tuple[Tensor, Tensor, Tensor]:
        """What the model takes: embeddings, logits, mask."""
        texts = torch.from_numpy(self.index[rows])
        return self.embeddings[texts], self.logits[texts], texts != NOTHING

    def newest(self) -> NDArray:
        """The logit of each window's last turn."""
        return self.logits.numpy()[self.index[:, -1]]


def samples(talks: list[Talk], turns: dict[str, Turn], config: Config) -> Samples:
    texts = list(dict.fromkeys(text for talk in talks for text in talk.turns))
    rows = {text: row for row, text in enumerate(texts, NOTHING + 1)}
    embeddings = np.stack([np.zeros(384, np.float32), *(turns[text].embedding for text in texts)])
    logits = np.array([0, *(turns[text].logit for text in texts)], np.float32)
    index, owner, at = [], [], []
    for number, talk in enumerate(talks):
        padded = [NOTHING] * (config.turns - 1) + [rows[text] for text in talk.turns]
        for end in range(config.least, len(talk.turns) + 1):
            index.append(padded[end - 1 : end - 1 + config.turns])
            owner.append(number)
            at.append(end)
    return Samples(torch.from_numpy(embeddings), torch.from_numpy(logits), np.array(index), np.array(owner), np.array(at))


def labels(samples: Samples, talks: list[Talk]) -> NDArray:
    """1 an attack that can be told by now, 0 no attack, -1 one that cannot be told yet."""
    told = [(talks[o].label, e >= talks[o].visible) for o, e in zip(samples.owner, samples.at, strict=True)]
    return np.array([label if visible or label == 0 else -1 for label, visible in told])
