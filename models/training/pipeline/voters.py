"""All that is fitted on the training rows and votes on a text, before any calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xgboost
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest

from . import forest as forests, lexical as words, similarity, trees
from .config import Config
from .heads import Classifier, Embedded, embedding_model, fit_classifier, innocent
from .intents import entropy


@dataclass(frozen=True)
class Voters:
    """What stands on the encoder or beside it. A new signal is a field here, a fit below and a line in `figures`."""

    classifier: Classifier
    lexical: Classifier
    trees: xgboost.Booster
    bank: NDArray
    intents: NDArray
    forest: IsolationForest


def fit_voters(train: Embedded, featured: Embedded, intents: NDArray, config: Config) -> Voters:
    """`train`: rows with the embeddings of their windows; `featured`: the same rows with the n-grams of their chunks."""
    classifier = fit_classifier(train, embedding_model(config.seed))
    logits = classifier.logits(train.embeddings)
    attacks = train.embeddings[(train.labels[train.owner] == 1) & ~innocent(train, logits)]
    return Voters(
        classifier,
        fit_classifier(featured, words.model(config.seed)),
        trees.fit(train, logits, config),
        similarity.bank(attacks, config.bank, config.seed),
        intents,
        forests.fit(ordinary(train, config), config.forest_trees, config.forest_samples, config.seed),
    )


def ordinary(train: Embedded, config: Config) -> NDArray:
    """Embeddings of benign windows, as many as the forest is fitted on."""
    benign = train.embeddings[train.labels[train.owner] == 0]
    return benign[np.random.default_rng(config.seed).permutation(len(benign))[: config.forest_benign]]


def figures(voters: Voters, rows: Embedded, featured: Embedded) -> dict[str, NDArray]:
    """Each signal's raw figure, of each row's strongest part."""
    e = rows.embeddings
    by_window = {
        "classifier": voters.classifier.logits(e),
        "trees": trees.margins(voters.trees, e),
        "similarity": similarity.nearest(e, voters.bank),
        "intent": entropy(e, voters.intents),
        "anomaly": -voters.forest.score_samples(e),
    }
    return {**{name: rows.worst(figure) for name, figure in by_window.items()}, "lexical": featured.worst(voters.lexical.logits(featured.embeddings))}
