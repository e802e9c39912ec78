"""The trajectory model's graph, in float32."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper
from pipeline.graph import Graph

from .card import DIMENSION
from .operators import activation, in_a_row, linear, norm, squeezed
from .stack import Layer
from .trajectory import Trajectory


class TrajectoryGraph:
    """Input `embeddings`: float32 [batch, turns, 1024], oldest turn first, none of them padding. Output `probability`: float32 [batch]."""

    def __init__(self, model: Trajectory) -> None:
        self.model, self.g = model, Graph()
        self.hidden = len(model.stack.layers[0].out.weight)

    def attention(self, x: str, name: str, layer: Layer) -> str:
        g, heads, width = self.g, self.model.stack.heads, self.hidden // self.model.stack.heads
        split = g.constant("split", np.array([0, 0, heads, width]))
        qkv = g.op("Reshape", linear(g, x, f"{name}.qkv", layer.qkv.weight, layer.qkv.bias), g.constant("thirds", np.array([0, 0, 3, self.hidden])))
        q, k, v = (g.op("Reshape", g.op("Gather", qkv, g.constant(f"i{part}", np.array([part])), axis=2), split) for part in range(3))
        q, v = (g.op("Transpose", t, perm=[0, 2, 1, 3]) for t in (q, v))
        scores = g.op("Mul", g.op("MatMul", q, g.op("Transpose", k, perm=[0, 2, 3, 1])), g.scalar(width**-0.5))
        mixed = g.op("Transpose", g.op("MatMul", g.op("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
        joined = g.op("Reshape", mixed, g.constant("join", np.array([0, 0, self.hidden])))
        return linear(g, joined, f"{name}.out", layer.out.weight, layer.out.bias)

    def forward(self, x: str, name: str, layer: Layer) -> str:
        up = activation(self.g, linear(self.g, x, f"{name}.up", layer.up.weight, layer.up.bias), self.model.stack.activation)
        return linear(self.g, up, f"{name}.down", layer.down.weight, layer.down.bias)

    def layer(self, x: str, name: str, layer: Layer) -> str:
        g = self.g
        if self.model.stack.norm_first:
            x = g.op("Add", x, self.attention(norm(g, x, f"{name}.first", layer.first), name, layer))
            return g.op("Add", x, self.forward(norm(g, x, f"{name}.second", layer.second), name, layer))
        x = norm(g, g.op("Add", x, self.attention(x, name, layer)), f"{name}.first", layer.first)
        return norm(g, g.op("Add", x, self.forward(x, name, layer)), f"{name}.second", layer.second)

    def pooled(self, x: str) -> str:
        """[batch, turns, hidden] → [batch, hidden]."""
        if self.model.pooling in ("first", "last"):
            at = self.g.constant("pooled", np.array([{"first": 0, "last": -1}[self.model.pooling]]))
            return squeezed(self.g, self.g.op("Gather", x, at, axis=1))
        return self.g.op({"mean": "ReduceMean", "max": "ReduceMax"}[self.model.pooling], x, axes=[1], keepdims=0)

    def build(self) -> onnx.ModelProto:
        g, model = self.g, self.model
        x = in_a_row(g, "embeddings", "entry", model.entry)
        if model.positions is not None:
            zero, one, two = (g.constant(f"a{n}", np.array([n])) for n in range(3))
            turns = g.op("Slice", g.op("Shape", "embeddings"), one, two)
            x = g.op("Add", x, g.op("Slice", g.constant("positions", model.positions), zero, turns, zero))
        for number, layer in enumerate(model.stack.layers):
            x = self.layer(x, f"layers.{number}", layer)
        if model.stack.norm is not None:
            x = norm(g, x, "norm", model.stack.norm)
        logit = squeezed(g, in_a_row(g, self.pooled(x), "head", model.head))
        inputs = [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["batch", "turns", DIMENSION])]
        return g.model("trajectory", inputs, {"probability": (g.op("Sigmoid", logit), ["batch"])})
