"""Decision trees as plain tensor operators: the WebGPU runtime has none for trees (Hummingbird, Nakandala et al. 2020, calls this
perfect tree traversal)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from .graph import Graph


@dataclass(frozen=True)
class Node:
    """A split, which goes to the right where the feature is above the threshold, or a leaf."""

    feature: int = 0
    threshold: float = 3e38
    left: int = -1
    right: int = -1
    value: float = 0.0

    @property
    def is_leaf(self) -> bool:
        return self.left < 0


@dataclass(frozen=True)
class Tables:
    """Each tree as a full binary tree: features and thresholds [trees, 2^depth - 1], the values of the leaves [trees, 2^depth]."""

    features: NDArray
    thresholds: NDArray
    values: NDArray
    depth: int


def tables(trees: list[Callable[[int], Node]], depth: int) -> Tables:
    """`trees`: a look-up of nodes for each tree, its root 0. A leaf above the last level is extended by nodes that always go left."""
    inner, leaves = 2**depth - 1, 2**depth
    features = np.zeros((len(trees), inner), np.int32)
    thresholds = np.full((len(trees), inner), np.float32(3e38))
    values = np.zeros((len(trees), leaves), np.float32)
    for t, node_of in enumerate(trees):

        def walk(index: int, place: int, level: int, t: int = t, node_of: Callable[[int], Node] = node_of) -> None:
            node = node_of(index)
            if level == depth:
                values[t, place - inner] = node.value
            elif node.is_leaf:
                walk(index, 2 * place + 1, level + 1)
            else:
                features[t, place], thresholds[t, place] = node.feature, node.threshold
                walk(node.left, 2 * place + 1, level + 1)
                walk(node.right, 2 * place + 2, level + 1)

        walk(0, 0, 0)
    return Tables(features, thresholds, values, depth)


def leaf_values(g: Graph, embedding: str, found: Tables) -> str:
    """The value of the leaf that each row of `embedding` [batch, dimension] reaches in each tree: float32 [batch, trees]."""
    trees, inner = found.features.shape
    # One flat row of nodes: tree t's node n stands at t · inner + n.
    base = g.constant("base", (np.arange(trees, dtype=np.int32) * inner)[None, :])
    leaf_base = g.constant("leaf_base", (np.arange(trees, dtype=np.int32) * (inner + 1) - inner)[None, :])
    feature, threshold = g.constant("feature", found.features.reshape(-1)), g.constant("threshold", found.thresholds.reshape(-1))
    one, two = g.constant("one", np.array(1, np.int32)), g.constant("two", np.array(2, np.int32))
    batch = g.op("Slice", g.op("Shape", embedding), g.constant("i0", np.array([0])), g.constant("i1", np.array([1])))
    shape = g.op("Concat", batch, g.constant("trees", np.array([trees])), axis=0)
    node = g.op("Expand", g.constant("root", np.zeros((1, 1), np.int32)), shape)
    for _ in range(found.depth):
        at = g.op("Add", node, base)
        value = g.op("GatherElements", embedding, g.op("Gather", feature, at), axis=1)
        right = g.op("Cast", g.op("Greater", value, g.op("Gather", threshold, at)), to=TensorProto.INT32)
        node = g.op("Add", g.op("Add", g.op("Mul", node, two), one), right)
    return g.op("Gather", g.constant("value", found.values.reshape(-1)), g.op("Add", node, leaf_base))
