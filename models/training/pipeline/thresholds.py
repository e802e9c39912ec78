"""The global thresholds of the joined score: by false positives, which are used, and by Youden's J, for comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .heads import Embedded


@dataclass(frozen=True)
class Counted:
    """Held-out scores that draw the border. A group of near-duplicates counts as one row of its class: `weights`, one over its size."""

    scores: NDArray
    labels: NDArray
    weights: NDArray

    def size(self, label: int) -> int:
        return round(float(self.weights[self.labels == label].sum()))

    def share(self, label: int, threshold: float) -> float:
        """Of the rows of a class, those whose score reaches the threshold."""
        of = self.labels == label
        return float(self.weights[of & (self.scores >= threshold)].sum() / self.weights[of].sum())


def counted(scores: NDArray, rows: Embedded, chosen: NDArray) -> Counted:
    """The rows where `chosen` is true."""
    keys = np.char.add(rows.groups[chosen], rows.labels[chosen].astype(str))
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    return Counted(scores[chosen], rows.labels[chosen], (1 / sizes)[group])


def by_false_positives(rows: Counted, rate: float) -> float:
    """The score that this share of benign rows reaches."""
    benign = rows.labels == 0
    order = np.argsort(-rows.scores[benign])
    passed = np.cumsum(rows.weights[benign][order]) / rows.weights[benign].sum()
    return float(rows.scores[benign][order][np.searchsorted(passed, rate)])


def by_youden(rows: Counted) -> tuple[float, float]:
    """The threshold where J = recall + pass rate - 1 is largest (Youden 1950), and that J."""
    order = np.argsort(-rows.scores, kind="stable")
    labels, weights = rows.labels[order], rows.weights[order]
    recall, false = (np.cumsum(weights * (labels == label)) / weights[labels == label].sum() for label in (1, 0))
    last = np.append(rows.scores[order][1:] != rows.scores[order][:-1], True)  # of equal scores all reach the threshold
    best = int(np.argmax(np.where(last, recall - false, -1.0)))
    return float(rows.scores[order][best]), float((recall - false)[best])
