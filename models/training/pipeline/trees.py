"""The boosted trees: fitted by XGBoost on embeddings (PromptForest), compiled to gathers and comparisons that every backend runs."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import onnx
import xgboost
from numpy.typing import NDArray
from onnx import TensorProto, helper

from .config import Config
from .descent import Node, leaf_values, tables
from .graph import Graph
from .heads import Embedded, Platt, innocent, shared_weights


def fit(train: Embedded, first: NDArray, config: Config) -> xgboost.Booster:
    """PromptForest's depth and learning rate, and early stopping on a tenth of the near-duplicate groups. `first`: a classifier's
    logits of the windows, which find the innocent windows of attacks."""
    labels, weights = train.labels[train.owner], shared_weights(train)
    kept = ~innocent(train, first)
    stop = np.array([int(group[:4], 16) % 10 == 0 for group in train.groups])[train.owner]
    data, watched = (
        xgboost.DMatrix(train.embeddings[part], labels[part], weight=weights[part]) for part in (kept & ~stop, kept & stop)
    )
    settings = {"objective": "binary:logistic", "base_score": 0.5, "max_depth": config.tree_depth, "eta": config.tree_lr, "tree_method": "hist", "max_bin": 64, "colsample_bynode": 0.3, "nthread": config.threads, "seed": config.seed}
    booster = xgboost.train(settings, data, config.tree_rounds, evals=[(watched, "stop")], early_stopping_rounds=30, verbose_eval=False)
    return booster[: booster.best_iteration + 1]


def margins(booster: xgboost.Booster, embeddings: NDArray) -> NDArray:
    return booster.predict(xgboost.DMatrix(embeddings), output_margin=True)


def nodes_of(tree: dict) -> Callable[[int], Node]:
    """XGBoost goes to the left where a feature is below the threshold: to the right where it is above the float before it."""

    def node_of(index: int) -> Node:
        split = np.float32(tree["split_conditions"][index])
        if tree["left_children"][index] < 0:
            return Node(value=float(split))
        return Node(tree["split_indices"][index], float(np.nextafter(split, np.float32(-np.inf))), tree["left_children"][index], tree["right_children"][index])

    return node_of


def compile_trees(booster: xgboost.Booster, platt: Platt) -> onnx.ModelProto:
    """Input `embedding`: float32 [batch, dimension]. Outputs `logit`: the calibrated sum of the leaves, `probability`: its sigmoid; float32 [batch]."""
    trees = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]["model"]["trees"]
    depth = int(json.loads(booster.save_config())["learner"]["gradient_booster"]["tree_train_param"]["max_depth"])
    g = Graph()
    total = g.op("ReduceSum", leaf_values(g, "embedding", tables([nodes_of(tree) for tree in trees], depth)), g.constant("axis", np.array([1])), keepdims=0)
    logit = g.op("Add", g.op("Mul", total, g.scalar(platt.scale)), g.scalar(platt.shift))
    inputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", booster.num_features()])]
    return g.model("boosted-trees", inputs, {"logit": (logit, ["batch"]), "probability": (g.op("Sigmoid", logit), ["batch"])})
