"""The words themselves: a linear model on hashed n-grams of characters and of words. It knows turns of phrase in languages
that the encoder's English vocabulary cuts to pieces. packages/engine/src/shared/signals/lexical.ts computes the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from .corpus import Row
from .heads import Classifier, Embedded
from .text import normalise, overlapping

BUCKETS = 2**16
"""Of each of the two blocks: characters first, words after them."""
CHUNK, STEP = 1000, 750
"""Characters of one chunk, and from the start of one to the start of the next."""
CHARACTERS = range(2, 6)
WORDS = range(1, 4)


def chunks(text: str) -> list[str]:
    folded = re.sub(r"[^\S\n]+", " ", normalise(text)).lower()
    return [folded[s : s + CHUNK] for s in overlapping(len(folded), CHUNK, STEP)]


def character_grams(chunk: str) -> Iterator[str]:
    """Within each word, a blank before and after it; of a word shorter than the gram, the whole."""
    for word in set(chunk.split()):
        padded = f" {word} "
        for n in CHARACTERS:
            for start in range(max(1, len(padded) - n + 1)):
                yield padded[start : start + n]


def word_grams(chunk: str) -> Iterator[str]:
    words = re.findall(r"\w+", chunk)
    for n in WORDS:
        for start in range(len(words) - n + 1):
            yield " ".join(words[start : start + n])


HASHERS = [HashingVectorizer(analyzer=grams, n_features=BUCKETS, binary=True, norm="l2", alternate_sign=False, dtype=np.float32) for grams in (character_grams, word_grams)]
"""MurmurHash3 (x86, 32 bits, seed 0) of the gram's UTF-8, its absolute value modulo BUCKETS; each block of unit length."""


def features(pieces: list[str]) -> csr_matrix:
    return hstack([hasher.transform(pieces) for hasher in HASHERS]).tocsr()


def featured(rows: list[Row], like: Embedded, most: int) -> Embedded:
    """The rows' chunks, at most so many of each, with labels and weights as `like` has them."""
    cut = [chunks(row.text)[:most] for row in rows]
    owner = np.repeat(np.arange(len(rows)), [len(pieces) for pieces in cut])
    return Embedded(features([piece for pieces in cut for piece in pieces]), owner, like.labels, like.groups, like.weights)


def model(seed: int) -> LogisticRegression:
    return LogisticRegression(C=20.0, solver="liblinear", random_state=seed, max_iter=60)


def quantized(head: Classifier) -> tuple[NDArray, float, Classifier]:
    """int16 weights, their scale, and the head that they make."""
    scale = float(np.abs(head.weight).max() / 32767)
    values = np.round(head.weight / scale).astype(np.int16)
    return values, scale, Classifier(values.astype(np.float32) * scale, head.bias)
