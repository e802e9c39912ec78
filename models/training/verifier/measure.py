"""Scores calls as the engine does, and says how well: by word, by call, by source and category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from torch import Tensor

from .config import Config
from .corpora import CAPS
from .inputs import UNKNOWN, Window
from .rows import Call


@dataclass(frozen=True)
class Word:
    """A word of a value: its tokens share one score, the mean of theirs."""

    score: float
    label: int
    tokens: int


@dataclass(frozen=True)
class Scored:
    call: Call
    words: list[Word]

    @property
    def score(self) -> float:
        """A call's: that of its worst word."""
        return max((w.score for w in self.words), default=0.0)


def scored(calls: list[Call], windows: list[Window], rows: list[Tensor]) -> list[Scored]:
    """`rows`: the calibrated logits of each window."""
    words: defaultdict[int, list[Word]] = defaultdict(list)
    for window, row in zip(windows, rows, strict=True):
        probability = torch.sigmoid(row).numpy()
        for slot in window.slots:
            for start, end in slot.words:
                words[window.call].append(Word(float(probability[start:end].mean()), slot.label, end - start))
    return [Scored(call, words[index]) for index, call in enumerate(calls)]


def calibration(windows: list[Window], rows: list[Tensor], counted: set[int]) -> tuple[float, float]:
    """Platt scaling of the token logits over the values of the counted calls, a value weighing one: scale and shift."""
    x, y, weights = [], [], []
    for window, row in zip(windows, rows, strict=True):
        for slot in window.slots if window.call in counted else ():
            if slot.label != UNKNOWN:
                size = slot.end - slot.start
                x += row[slot.start : slot.end].tolist()
                y += [slot.label] * size
                weights += [1 / size] * size
    platt = LogisticRegression(C=1e6).fit(np.array(x)[:, None], y, sample_weight=weights)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def found(call: Call) -> bool:
    """Whether the row is one of the corpora, and not made by us."""
    return call.source in CAPS


def thresholds(results: list[Scored], config: Config) -> dict[str, float]:
    """The scores that these shares of the corpora's authorised calls reach."""
    asked = np.array(sorted((r.score for r in results if found(r.call) and not r.call.label), reverse=True))
    return {name: float(asked[int(len(asked) * fpr)]) for name, fpr in (("block", config.block_fpr), ("confirm", config.confirm_fpr))}


def tokens(results: Iterable[Scored], threshold: float) -> str:
    """UNAUTHORIZED over the tokens of known label."""
    counts = np.zeros((2, 2))
    for r in results:
        for w in r.words:
            if w.label != UNKNOWN:
                counts[w.label, int(w.score >= threshold)] += w.tokens
    (tn, fp), (fn, tp) = counts
    precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return f"tokens F1 {2 * tp / max(2 * tp + fp + fn, 1):.4f} precision {precision:.4f} recall {recall:.4f} accuracy {(tn + tp) / max(counts.sum(), 1):.4f} ({int(tp + fn)} + {int(tn + fp)})"


def calls(results: list[Scored], limits: dict[str, float]) -> str:
    bad = np.array([r.score for r in results if r.call.label])
    asked = np.array([r.score for r in results if not r.call.label])
    parts = [f"{len(bad)} + {len(asked)} calls"]
    for name, limit in limits.items():
        told = [f"recall {(bad >= limit).mean():.4f}"] if len(bad) else []
        told += [f"pass {(asked < limit).mean():.4f}"] if len(asked) else []
        parts.append(f"{name}: {', '.join(told)}")
    if len(bad) and len(asked):
        parts.append(f"recall at 1 % FPR {(bad > quantile(asked, 0.01)).mean():.4f}")
    return "; ".join(parts)


def quantile(asked: NDArray, fpr: float) -> float:
    return float(np.sort(asked)[::-1][int(len(asked) * fpr)])


def report(title: str, results: list[Scored], limits: dict[str, float], parts: bool = False) -> None:
    corpora = [r for r in results if found(r.call)]
    for name, rows in ((f"{title}, corpora", corpora), (f"{title}, all", results)):
        print(f"{name}: {tokens(rows, limits['confirm'])}; {calls(rows, limits)}", flush=True)
    if parts:
        for key in ("source", "category"):
            values = sorted({getattr(r.call, key) for r in results})
            for value in values:
                rows = [r for r in results if getattr(r.call, key) == value]
                print(f"  {key} {value}: {tokens(rows, limits['confirm'])}; {calls(rows, limits)}", flush=True)
