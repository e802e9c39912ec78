"""Directions kept as int8, and cosines with them: packages/engine/src/shared/signals/cosines.ts computes the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def directions(vectors: NDArray) -> NDArray:
    """Each row scaled to the full range by itself, and rounded: int8 [rows, dimension]."""
    return np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)


def cosines(embeddings: NDArray, rows: NDArray) -> NDArray:
    """Of unit vectors with the rows: [embeddings, rows]."""
    unit = rows / np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    return embeddings @ unit.T.astype(np.float32)
