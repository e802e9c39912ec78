"""The bank of known attacks: centres of their embeddings, so that no row of the data stands in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import MiniBatchKMeans

from .vectors import cosines, directions


def bank(attacks: NDArray, size: int, seed: int) -> NDArray:
    """k-means over the embeddings of attacks: int8 [size, dimension]."""
    model = MiniBatchKMeans(size, random_state=seed, n_init=1, batch_size=4096, max_iter=20)
    return directions(model.fit(attacks).cluster_centers_)


def nearest(embeddings: NDArray, known: NDArray) -> NDArray:
    """The largest cosine with a row of the bank: [embeddings]."""
    return np.concatenate([cosines(part, known).max(axis=1) for part in np.array_split(embeddings, max(1, len(embeddings) // 4096))])
