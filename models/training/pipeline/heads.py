"""Logistic heads, their calibration, and the fusion of the signals' figures."""

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
class Platt:
    """Calibrated logit = scale · raw + shift (Platt 1999)."""

    scale: float
    shift: float

    def logits(self, raw: NDArray) -> NDArray:
        return raw * self.scale + self.shift


def fit_platt(raw: NDArray, labels: NDArray) -> Platt:
    model = LogisticRegression(C=1e6).fit(raw[:, None], labels)
    return Platt(float(model.coef_[0, 0]), float(model.intercept_[0]))


@dataclass(frozen=True)
class Classifier:
    """Logit = weight · features + bias; probability = its sigmoid."""

    weight: NDArray
    bias: float

    def logits(self, features: NDArray) -> NDArray:
        return features @ self.weight + self.bias

    def calibrated(self, platt: Platt) -> Classifier:
        return Classifier((self.weight * platt.scale).astype(np.float32), self.bias * platt.scale + platt.shift)


def embedding_model(seed: int) -> LogisticRegression:
    """C by sets left out of the fit, ROC AUC over all of them: 0.9915 at 10, 0.9918 at 1, 0.9925 at 0.1 and 0.03, 0.9923 at 0.01 (held-out rows: 0.9705 at 0.1)."""
    return LogisticRegression(C=0.1, max_iter=2000, random_state=seed)


def shared_weights(train: Embedded) -> NDArray:
    """A row's weight, its repeats in training, shared among its windows."""
    return (train.weights / np.bincount(train.owner, minlength=len(train.labels)))[train.owner]


def innocent(train: Embedded, logits: NDArray) -> NDArray:
    """Windows of attacks that are not their worst half: the rest of a long attack may be innocent."""
    return (train.labels[train.owner] == 1) & (logits < np.minimum(train.worst(logits), 0)[train.owner])


def fit_classifier(train: Embedded, model: LogisticRegression) -> Classifier:
    """Logistic regression on the windows of the training rows; those of attacks that a first fit finds innocent do not count."""
    labels, weights = train.labels[train.owner], shared_weights(train)
    model.fit(train.embeddings, labels, sample_weight=weights)
    kept = ~innocent(train, model.decision_function(train.embeddings))
    model.fit(train.embeddings[kept], labels[kept], sample_weight=weights[kept])
    return Classifier(model.coef_[0], float(model.intercept_[0]))


@dataclass(frozen=True)
class Feature:
    """A figure enters the joined logit as weight · (figure - mean) / std (AISecOps' z-normalised features)."""

    weight: float
    mean: float
    std: float


@dataclass(frozen=True)
class Fusion:
    """Calibrated logit of a text = the sum over its features + bias."""

    features: dict[str, Feature]
    bias: float

    def scores(self, figures: dict[str, NDArray]) -> NDArray:
        return 1 / (1 + np.exp(-(sum(f.weight * (figures[name] - f.mean) / f.std for name, f in self.features.items()) + self.bias)))


def fit_fusion(figures: dict[str, NDArray], labels: NDArray) -> Fusion:
    """Logistic regression over the z-normalised figures (stacking, Wolpert 1992)."""
    columns = np.stack(list(figures.values()), axis=1)
    mean, std = columns.mean(axis=0), columns.std(axis=0)
    model = LogisticRegression(C=1e6).fit((columns - mean) / std, labels)
    weighed = zip(figures, model.coef_[0], mean, std, strict=True)
    return Fusion({name: Feature(float(w), float(m), float(s)) for name, w, m, s in weighed}, float(model.intercept_[0]))


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
