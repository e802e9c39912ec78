"""Cuts token sequences into the windows the engine scans: same prefix, same length, same overlap."""

from __future__ import annotations

import random

from tokenizers import Tokenizer

from .config import Config
from .text import normalise, overlapping


class Windows:
    """`of(text)` gives every window as token ids, special tokens and prefix included."""

    def __init__(self, tokenizer: Tokenizer, config: Config):
        self.tokenizer = tokenizer
        self.cls = tokenizer.token_to_id("[CLS]")
        self.sep = tokenizer.token_to_id("[SEP]")
        self.prefix = tokenizer.encode(config.prefix, add_special_tokens=False).ids
        self.body = config.max_tokens - len(self.prefix) - 2
        self.step = self.body - config.stride_tokens

    def bodies(self, text: str) -> list[list[int]]:
        ids = self.tokenizer.encode(normalise(text), add_special_tokens=False).ids
        return [ids[s : s + self.body] for s in overlapping(len(ids), self.body, self.step)]

    def wrap(self, body: list[int]) -> list[int]:
        return [self.cls, *self.prefix, *body, self.sep]

    def of(self, text: str) -> list[list[int]]:
        return [self.wrap(b) for b in self.bodies(text)]

    def sample(self, text: str, rng: random.Random, keep: str | None = None) -> list[int]:
        """One window for training: the whole text where it fits, otherwise a window at random; of `keep`'s windows where given."""
        if keep is not None and keep in text and len(text) > 400:
            at = text.index(keep)
            lead = rng.randint(0, 250)
            text = text[max(0, at - lead) : at + len(keep) + 400]
        bodies = self.bodies(text)
        return self.wrap(bodies[0] if rng.random() < 0.4 else rng.choice(bodies))
