"""`python -m pipeline.leave_one_out --data DIR --work DIR`: what the heads make of a set that they were not fitted on.

Reads the embeddings that a run of the pipeline left in its scratch folder. Only the heads leave a set out: the encoder has seen them all,
so that the figures flatter the heads that stand on it, and the lexical head looks worse beside them than it is.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from . import lexical as words
from .config import Config
from .corpus import thinned
from .heads import Embedded, embedding_model, fit_classifier
from .lexical import featured
from .__main__ import corpora, kept
from .wrappings import wrapped

FEWEST = 100
"""Rows of a set that is left out; smaller ones tell little."""


def without(part: Embedded, rows: NDArray) -> Embedded:
    """Those rows alone (a mask), with their windows."""
    inside = rows[part.owner]
    place = np.cumsum(rows) - 1
    return Embedded(part.embeddings[inside], place[part.owner[inside]], part.labels[rows], part.groups[rows], part.weights[rows])


def auc(scores: NDArray, labels: NDArray) -> str:
    """Of the set's rows by themselves; a dash where they have one label only."""
    return f"{roc_auc_score(labels, scores):.3f}" if len(set(labels)) == 2 else "–"


def main() -> None:
    parser = argparse.ArgumentParser(prog="pipeline.leave_one_out", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder of a finished run")
    arguments = parser.parse_args()
    config = Config(data=arguments.data, work=arguments.work)
    random.seed(config.seed)

    train, _, _ = corpora(config)
    rows = wrapped(thinned(train, config.seed, len(config.lr)), config)
    embedded = kept(config, "train")
    if len(embedded.labels) != len(rows):
        raise SystemExit(f"{config.work} holds {len(embedded.labels)} rows of a run on other data, not {len(rows)}")
    lexical = featured(rows, embedded, 3)
    sources = np.array([row.source for row in rows])
    print("| left out | attacks + benign | classifier: recall % | pass % | ROC AUC | lexical: recall % | pass % | ROC AUC |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    for source, count in sorted(Counter(sources).items()):
        if count < FEWEST:
            continue
        out = sources == source
        cells = []
        for part, model in ((embedded, embedding_model(config.seed)), (lexical, words.model(config.seed))):
            classifier = fit_classifier(without(part, ~out), model)
            asked = without(part, out)
            found, labels = asked.worst(classifier.logits(asked.embeddings)), asked.labels
            shares = [f"{100 * ((found >= 0) == bool(label))[labels == label].mean():.1f}" if (labels == label).any() else "–" for label in (1, 0)]
            cells += [*shares, auc(found, labels)]
        attacks = int(embedded.labels[out].sum())
        print(f"| {source} | {attacks} + {count - attacks} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
