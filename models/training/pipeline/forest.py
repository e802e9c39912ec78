"""The isolation forest: fitted by scikit-learn, compiled to gathers and comparisons that every backend runs."""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length

from .graph import Graph


def fit(embeddings: NDArray, trees: int, samples: int, seed: int) -> IsolationForest:
    """Fits on benign embeddings only (AISecOps)."""
    return IsolationForest(n_estimators=trees, max_samples=samples, random_state=seed, n_jobs=1).fit(embeddings)


def tables(forest: IsolationForest) -> tuple[NDArray, NDArray, NDArray, int]:
    """Each tree as a full binary tree: features and thresholds [trees, 2^depth - 1], leaf path lengths [trees, 2^depth].
    A leaf above the last level is extended by nodes that always go left."""
    depth = int(max(e.tree_.max_depth for e in forest.estimators_))
    inner, leaves = 2**depth - 1, 2**depth
    features = np.zeros((len(forest.estimators_), inner), np.int32)
    thresholds = np.full((len(forest.estimators_), inner), np.float32(3e38))
    lengths = np.zeros((len(forest.estimators_), leaves), np.float32)
    for t, estimator in enumerate(forest.estimators_):
        tree = estimator.tree_

        def walk(node: int, place: int, level: int, reached: int, t: int = t, tree=tree) -> None:
            is_leaf = tree.children_left[node] < 0
            if level == depth:
                lengths[t, place - inner] = reached + _average_path_length([tree.n_node_samples[node]])[0]
                return
            if is_leaf:
                walk(node, 2 * place + 1, level + 1, reached)
                return
            features[t, place] = tree.feature[node]
            thresholds[t, place] = tree.threshold[node]
            walk(tree.children_left[node], 2 * place + 1, level + 1, reached + 1)
            walk(tree.children_right[node], 2 * place + 2, level + 1, reached + 1)

        walk(0, 0, 0, 0)
    return features, thresholds, lengths, depth


def compile_forest(forest: IsolationForest, low: float, high: float) -> onnx.ModelProto:
    """Input `embedding`: float32 [batch, dimension]. Outputs `raw` [batch]: 2^(-E(h)/c(ψ)) (Liu et al. 2008, equation 2);
    `anomaly` [batch]: raw between two percentiles of the benign training rows, clipped to [0, 1] (AISecOps)."""
    features, thresholds, lengths, depth = tables(forest)
    trees, inner = features.shape
    g = Graph()
    # One flat row of nodes: tree t's node n stands at t · inner + n.
    base = g.constant("base", (np.arange(trees, dtype=np.int32) * inner)[None, :])
    leaf_base = g.constant("leaf_base", (np.arange(trees, dtype=np.int32) * (inner + 1) - inner)[None, :])
    feature, threshold = g.constant("feature", features.reshape(-1)), g.constant("threshold", thresholds.reshape(-1))
    one, two = g.constant("one", np.array(1, np.int32)), g.constant("two", np.array(2, np.int32))
    batch = g.op("Slice", g.op("Shape", "embedding"), g.constant("i0", np.array([0])), g.constant("i1", np.array([1])))
    shape = g.op("Concat", batch, g.constant("trees", np.array([trees])), axis=0)
    node = g.op("Expand", g.constant("root", np.zeros((1, 1), np.int32)), shape)
    for _ in range(depth):
        at = g.op("Add", node, base)
        value = g.op("GatherElements", "embedding", g.op("Gather", feature, at), axis=1)
        right = g.op("Cast", g.op("Greater", value, g.op("Gather", threshold, at)), to=TensorProto.INT32)
        node = g.op("Add", g.op("Add", g.op("Mul", node, two), one), right)
    path = g.op("Gather", g.constant("length", lengths.reshape(-1)), g.op("Add", node, leaf_base))
    mean = g.op("ReduceMean", path, axes=[1], keepdims=0)
    raw = g.op("Pow", g.scalar(2.0), g.op("Mul", mean, g.scalar(-1 / float(_average_path_length([forest._max_samples])[0]))))
    spread = g.op("Mul", g.op("Sub", raw, g.scalar(low)), g.scalar(1 / (high - low)))
    anomaly = g.op("Min", g.op("Max", spread, g.scalar(0.0)), g.scalar(1.0))
    inputs = [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", forest.n_features_in_])]
    return g.model("isolation-forest", inputs, {"raw": (raw, ["batch"]), "anomaly": (anomaly, ["batch"])})
