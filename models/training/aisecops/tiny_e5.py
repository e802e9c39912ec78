"""The made-up encoder of the engine's tests, packages/engine/src/node/testing/tiny-e5.ts: hidden states are rows of a table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from .card import DIMENSION, PREFIX

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", "what", "is", "a", "prompt", "heat", "pump", "##s")
TABLE = np.sin(np.arange(1, len(VOCABULARY) + 1)[:, None] * np.arange(1, DIMENSION + 1)).astype(np.float32)


def embedded(texts: list[str]) -> NDArray:
    """The mean of each text's rows behind E5's prefix, of length 1: float32 [texts, 1024]."""
    ids = {word: place for place, word in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    rows = [TABLE[[ids["[CLS]"], *tokenizer.encode(PREFIX + text, add_special_tokens=False).ids, ids["[SEP]"]]].mean(axis=0) for text in texts]
    return np.stack([row / np.linalg.norm(row) for row in rows])
