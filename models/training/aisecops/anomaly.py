"""The isolation forest of a pickle, checked node by node, as a graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import onnx
from numpy.typing import NDArray
from pipeline.forest import compile_forest
from sklearn.ensemble import IsolationForest

from .card import DIMENSION
from .errors import refusing
from .forest_pickle import ESTIMATOR, TREE, load_forest
from .inert import Inert, kind_of
from .numpy_pickle import array_of

MOST_PLACES = 2**22
"""Of all trees filled up to their depth: 100 trees of 256 samples make 25,600."""
LARGEST = 3e38
"""Of a threshold, in float32."""


@dataclass(frozen=True)
class Tree:
    """What `compile_forest` reads of scikit-learn's tree: a row a node, children after their parent, -1 for a leaf's."""

    children_left: NDArray
    children_right: NDArray
    feature: NDArray
    threshold: NDArray
    n_node_samples: NDArray
    node_count: int
    max_depth: int


@dataclass(frozen=True)
class Estimator:
    tree_: Tree


@dataclass(frozen=True)
class Forest:
    """What `compile_forest` reads of scikit-learn's IsolationForest."""

    estimators_: list[Estimator]
    _max_samples: int
    n_features_in_: int


def depth_of(left: NDArray, right: NDArray) -> int:
    """Levels below the root. Raises ValueError for nodes that are no binary tree in scikit-learn's order."""
    count = len(left)
    depths = np.full(count, -1)
    depths[0] = 0
    for parent in range(count):
        children = (int(left[parent]), int(right[parent]))
        if children == (-1, -1):
            continue
        for child in children:
            if not parent < child < count or depths[parent] < 0 or depths[child] >= 0:
                raise ValueError(f"node {parent} has no two children of its own")
            depths[child] = depths[parent] + 1
    return int(depths.max())


def tree_of(found: Inert, features: NDArray) -> Tree:
    """`features`: the columns that the tree was fitted on. Raises ValueError."""
    if kind_of(found) != TREE:
        raise ValueError(f"{kind_of(found)} for a tree")
    nodes = array_of(found.state["nodes"])
    left, right, feature, threshold, samples = (nodes[name] for name in ("left_child", "right_child", "feature", "threshold", "n_node_samples"))
    depth, splits = depth_of(left, right), left >= 0
    if not (np.abs(threshold[splits]) < LARGEST).all() or (samples < 1).any():
        raise ValueError("a node with a threshold that is no number, or without samples")
    if ((feature[splits] < 0) | (feature[splits] >= len(features))).any():
        raise ValueError("a split on a feature that is not there")
    return Tree(left, right, np.where(splits, features[np.where(splits, feature, 0)], 0), threshold, samples, len(nodes), depth)


def forest_of(found: Inert) -> Forest:
    """Raises ValueError, or whatever a state of another form leads to."""
    state = found.state
    if state["n_features_in_"] != DIMENSION:
        raise ValueError(f"fitted on {state['n_features_in_']} dimensions, not {DIMENSION}")
    trees = []
    for estimator, chosen in zip(state["estimators_"], state["estimators_features_"], strict=True):
        if kind_of(estimator) != ESTIMATOR:
            raise ValueError(f"{kind_of(estimator)} for an estimator")
        features = array_of(chosen)
        if len(features) == DIMENSION:  # scikit-learn then scores all columns as they are
            features = np.arange(DIMENSION)
        if not ((features >= 0) & (features < DIMENSION)).all():
            raise ValueError("features that are not there")
        trees.append(Estimator(tree_of(estimator.state["tree_"], features)))
    samples = state["max_samples_"]
    if not trees or not isinstance(samples, int) or samples < 2:
        raise ValueError("no trees, or trees of fewer than two samples")
    if len(trees) * 2 ** max(one.tree_.max_depth for one in trees) > MOST_PLACES:
        raise ValueError("trees too deep to be filled up")
    return Forest(trees, samples, DIMENSION)


def convert_anomaly(path: Path, percentiles: tuple[float, float]) -> onnx.ModelProto:
    """Input `embedding`: float32 [batch, 1024]. Outputs, float32 [batch]: `raw`, scikit-learn's score_samples negated, in (0, 1];
    `anomaly`, the same between `percentiles`, clipped to [0, 1]. Raises ConvertError."""
    found = load_forest(path)
    with refusing(path, "no fitted IsolationForest"):
        forest = forest_of(found)
    return compile_forest(cast(IsolationForest, forest), *percentiles)
