"""The fusion MLP: six figures of a text to one probability."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper
from pipeline.graph import Graph

from .card import FEATURES
from .chain import logit_chain
from .errors import refusing
from .operators import in_a_row, squeezed
from .stats import Stats
from .steps import Step
from .weights import load_weights


@dataclass(frozen=True)
class Fusion:
    """`steps`: from six z-normalised features to the logit. `assumed`: what the file does not say."""

    steps: list[Step]
    assumed: list[str]


def read_fusion(path: Path) -> Fusion:
    """Raises ConvertError for a file that is refused, and for layers that are no chain from 6 numbers to 1."""
    weights = load_weights(path)
    with refusing(path, "no fusion model"):
        steps, assumed = logit_chain(weights, len(FEATURES))
    return Fusion(steps, ["fusion: ReLU between the linear layers"] if assumed else [])


def compile_fusion(fusion: Fusion, stats: Stats, reverse: bool) -> onnx.ModelProto:
    """Input `features`: float32 [batch, 6], in the order of FEATURES, not normalised. Output `probability`: float32 [batch]; 1 - p if `reverse`."""
    g = Graph()
    centred = g.op("Sub", "features", g.constant("mean", np.array(stats.means, np.float32)))
    z = g.op("Div", centred, g.constant("std", np.array(stats.stds, np.float32)))
    logit = squeezed(g, in_a_row(g, z, "fusion", fusion.steps))
    probability = g.op("Sigmoid", g.op("Neg", logit) if reverse else logit)
    inputs = [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", len(FEATURES)])]
    return g.model("fusion", inputs, {"probability": (probability, ["batch"])})
