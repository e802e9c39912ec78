"""The isolation forest: fitted by scikit-learn, compiled to gathers and comparisons that every backend runs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length

from .descent import Node, leaf_values, tables
from .graph import Graph


def fit(embeddings: NDArray, trees: int, samples: int, seed: int) -> IsolationForest:
    """Fits on benign embeddings only (AISecOps)."""
    return IsolationForest(n_estimators=trees, max_samples=samples, random_state=seed, n_jobs=1).fit(embeddings)


def nodes_of(tree) -> Callable[[int], Node]:
    """scikit-learn's nodes; a leaf's value is the length of the path to it (Liu et al. 2008)."""
    depths = np.zeros(tree.node_count)
    for parent in range(tree.node_count):  # children stand after their parent
        for child in (tree.children_left[parent], tree.children_right[parent]):
            if child >= 0:
                depths[child] = depths[parent] + 1

    def node_of(index: int) -> Node:
        if tree.children_left[index] < 0:
            return Node(value=depths[index] + _average_path_length([tree.n_node_samples[index]])[0])
        return Node(tree.feature[index], tree.threshold[index], tree.children_left[index], tree.children_right[index])

    return node_of


def compile_forest(forest: IsolationForest, low: float, high: float) -> onnx.ModelProto:
    """Input `embedding`: float32 [batch, dimension]. Outputs `raw` [batch]: 2^(-E(h)/c(ψ)) (Liu et al. 2008, equation 2);
    `anomaly` [batch]: raw between two percentiles of the benign training rows, clipped to [0, 1] (AISecOps)."""
    trees = [estimator.tree_ for estimator in forest.estimators_]
    g = Graph()
    path = leaf_values(g, "embedding", tables([nodes_of(tree) for tree in trees], int(max(tree.max_depth for tree in trees))))
    mean = g.op("ReduceMean", path, axes=[1], keepdims=0)
    raw = g.op("Pow", g.scalar(2.0), g.op("Mul", mean, g.scalar(-1 / float(_average_path_length([forest._max_samples])[0]))))
    spread = g.op("Mul", g.op("Sub", raw, g.scalar(low)), g.scalar(1 / (high - low)))
    anomaly = g.op("Min", g.op("Max", spread, g.scalar(0.0)), g.scalar(1.0))
    inputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", forest.n_features_in_])]
    return g.model("isolation-forest", inputs, {"raw": (raw, ["batch"]), "anomaly": (anomaly, ["batch"])})
