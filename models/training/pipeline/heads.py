"""What stands on the embeddings: the logistic head with its calibration, the global thresholds, the forest's percentiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from .graph import Graph


@dataclass(frozen=True)
class Embedded:
    """Rows with the embeddings of all their windows: window w belongs to row `owner[w]`."""

    embeddings: NDArray
    owner: NDArray
    labels: NDArray
    groups: NDArray
    weights: NDArray

    def worst(self, scores: NDArray) -> NDArray:
        """Each row's largest window score."""
        out = np.full(len(self.labels), -np.inf)
        np.maximum.at(out, self.owner, scores)
        return out


@dataclass(frozen=True)
class Classifier:
    """Calibrated logit = weight · embedding + bias; probability = its sigmoid."""

    weight: NDArray
    bias: float

    def logits(self, embeddings: NDArray) -> NDArray:
        return embeddings @ self.weight + self.bias


def embedding_model(seed: int) -> LogisticRegression:
    return LogisticRegression(C=10.0, max_iter=2000, random_state=seed)


def fit_classifier(train: Embedded, held: Embedded, model: LogisticRegression) -> Classifier:
    """Logistic regression on the windows of the training rows (a row's weight, its repeats in training, shared among its windows; for an attack only its
    worst half counts, found by a first fit: the rest of a long attack may be innocent), then Platt scaling of the row maxima on held-out rows."""
    windows_of = np.bincount(train.owner, minlength=len(train.labels))
    weights = (train.weights / windows_of)[train.owner]
    labels = train.labels[train.owner]
    model.fit(train.embeddings, labels, sample_weight=weights)
    first = model.decision_function(train.embeddings)
    innocent = (labels == 1) & (first < np.minimum(train.worst(first), 0)[train.owner])
    model.fit(train.embeddings[~innocent], labels[~innocent], sample_weight=weights[~innocent])
    raw = held.worst(model.decision_function(held.embeddings))
    platt = LogisticRegression(C=1e6).fit(raw[:, None], held.labels)
    scale, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    return Classifier((model.coef_[0] * scale).astype(np.float32), float(model.intercept_[0] * scale + shift))


@dataclass(frozen=True)
class Fusion:
    """Calibrated logit of a text = weights · (each head's logit of the text's worst part) + bias."""

    weights: dict[str, float]
    bias: float

    def scores(self, logits: dict[str, NDArray]) -> NDArray:
        return 1 / (1 + np.exp(-(sum(weight * logits[name] for name, weight in self.weights.items()) + self.bias)))


def fit_fusion(logits: dict[str, NDArray], labels: NDArray) -> Fusion:
    """Logistic regression over the heads' logits of held-out rows (stacking, Wolpert 1992)."""
    model = LogisticRegression(C=1e6).fit(np.stack(list(logits.values()), axis=1), labels)
    return Fusion(dict(zip(logits, map(float, model.coef_[0]), strict=True)), float(model.intercept_[0]))


def threshold_at(scores: NDArray, rows: Embedded, fpr: float, counted: NDArray | None = None) -> float:
    """The score that this share of benign rows reaches, of those `counted` (all by default); a group of near-duplicates counts as one row."""
    benign = rows.labels == 0 if counted is None else (rows.labels == 0) & counted
    _, group, sizes = np.unique(rows.groups[benign], return_inverse=True, return_counts=True)
    order = np.argsort(-scores[benign])
    passed = np.cumsum((1 / sizes)[group][order]) / len(sizes)
    return float(scores[benign][order][np.searchsorted(passed, fpr)])


def report(name: str, scores: NDArray, labels: NDArray, threshold: float) -> None:
    recall, passed = (scores[labels == 1] >= threshold).mean(), (scores[labels == 0] < threshold).mean()
    print(f"{name}: recall {recall:.3f}, pass {passed:.3f} at {threshold:.3f}, ROC AUC {roc_auc_score(labels, scores):.4f}, {len(labels)} rows", flush=True)


def compile_classifier(classifier: Classifier) -> onnx.ModelProto:
    """Input `embedding`: float32 [batch, dimension]. Outputs `logit`, `probability`: float32 [batch]."""
    g = Graph()
    product = g.op("MatMul", "embedding", g.constant("weight", classifier.weight[:, None]))
    logit = g.op("Squeeze", g.op("Add", product, g.scalar(classifier.bias)), g.constant("axis", np.array([1])))
    inputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", len(classifier.weight)])]
    return g.model("classifier", inputs, {"logit": (logit, ["batch"]), "probability": (g.op("Sigmoid", logit), ["batch"])})
