"""How well conversations are told apart: by group of conversations, each method at the threshold of the same false-positive rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pipeline.manifest import read
from sklearn.linear_model import LogisticRegression

from .config import Config
from .samples import Samples
from .talks import RED_TEAM, Talk


@dataclass(frozen=True)
class Course:
    """A talk with a score after each of its turns from the second on."""

    talk: Talk
    scores: NDArray

    @property
    def risk(self) -> float:
        return float(self.scores.max(initial=-np.inf))

    def caught(self, threshold: float) -> int | None:
        """The turn, from 1, with which it is caught."""
        found = np.flatnonzero(self.scores >= threshold)
        return int(found[0]) + 2 if len(found) else None


def courses(talks: list[Talk], owner: NDArray, scores: NDArray) -> list[Course]:
    """`scores` in the order of the samples that `owner` belongs to."""
    cuts = np.searchsorted(owner, np.arange(len(talks) + 1))
    return [Course(talk, scores[cuts[i] : cuts[i + 1]]) for i, talk in enumerate(talks)]


def alone(talks: list[Talk], table: Samples) -> list[Course]:
    """Each turn by its own probability, as a guard without memory reads it; the first one, which opens no window, aside."""
    return courses(talks, table.owner, 1 / (1 + np.exp(-table.newest())))


def turn_threshold(config: Config) -> float:
    """From which the engine blocks a single text."""
    return float(read(config.bundle)["thresholds"]["block"])


def calibration(raw: NDArray, labels: NDArray, owner: NDArray) -> tuple[float, float]:
    """Platt scaling over the windows that can be told, a conversation weighing one: scale and shift."""
    known = labels >= 0
    weights = 1 / np.bincount(owner[known], minlength=owner.max() + 1)[owner[known]]
    platt = LogisticRegression(C=1e6).fit(raw[known, None], labels[known], sample_weight=weights)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def is_corpus(talk: Talk) -> bool:
    return talk.kind == "corpus"


def threshold_at(found: Sequence[Course], fpr: float) -> float:
    """The score that this share of the corpora's ordinary conversations reaches."""
    risks = np.sort([c.risk for c in found if is_corpus(c.talk)])[::-1]
    return float(risks[int(len(risks) * fpr)])


def group(talk: Talk) -> str:
    if talk.source in ("made", "composed"):
        return f"{talk.source}, {'attack' if talk.label else 'look-alike'}"
    return RED_TEAM if talk.source == RED_TEAM else "corpora"


def report(title: str, found: Sequence[Course], threshold: float, by_kind: bool = False) -> None:
    key = (lambda t: f"{group(t)}: {t.kind if t.kind != 'corpus' else t.source}") if by_kind else group
    print(f"{title} at {threshold:.3f}", flush=True)
    for name in sorted({key(c.talk) for c in found}):
        part = [c for c in found if key(c.talk) == name]
        held = [c.caught(threshold) for c in part]
        turns = [at - c.talk.visible for at, c in zip(held, part, strict=True) if at is not None]
        late = f", {np.mean(turns):.2f} turns after it shows" if turns and part[0].talk.label else ""
        print(f"  {name}: {len(part)}, caught {100 * np.mean([h is not None for h in held]):.1f} %{late}", flush=True)
