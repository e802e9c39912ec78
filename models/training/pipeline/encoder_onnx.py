"""The encoder as an ONNX graph over int8 weights, for WASM and WebGPU alike: loading it folds the weights to float32.

Weights: int8, symmetric, a scale for each output channel. Activations stay float32. WASM had a graph of its own before, whose products
were of integers, with activations of sixteen bits in two halves (one half of eight bits costs a cosine of 0.993 to 0.997, and moves
scores by up to 0.05): on one thread it was as fast, on two a quarter to a third slower, and it took half a second longer to load. What
the floats cost is memory: 84 MB in the worker, measured in Chromium.
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

from .encoder import Encoder
from .graph import Graph, WeightFile

LOCATION = "encoder.weights.bin"


def quantize(weight: NDArray, axis: int) -> tuple[NDArray, NDArray]:
    """Symmetric int8 a channel: the tensor and its float32 scales, broadcastable over `axis`."""
    scale = np.maximum(np.abs(weight).max(axis=axis, keepdims=True) / 127, 1e-12).astype(np.float32)
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale


class EncoderGraph:
    """Builds the graph, and fills its weight file."""

    def __init__(self, encoder: Encoder, max_tokens: int, weights: WeightFile, location: str = LOCATION):
        self.state = {k: v.detach().numpy().astype(np.float32) for k, v in encoder.bert.state_dict().items()}
        self.spec, self.max_tokens = encoder.bert.config, max_tokens
        self.g = Graph(weights, location)

    def linear(self, x: str, name: str) -> str:
        """`x · W + b`."""
        g = self.g
        weight, weight_scale = quantize(self.state[f"{name}.weight"].T, axis=0)
        w, step = g.weight(f"{name}.weight", weight), g.weight(f"{name}.scale", weight_scale[0])
        product = g.op("MatMul", x, g.op("Mul", g.op("Cast", w, to=TensorProto.FLOAT), step))
        return g.op("Add", product, g.weight(f"{name}.bias", self.state[f"{name}.bias"]))

    def layer_norm(self, x: str, name: str) -> str:
        gain, bias = (self.g.weight(f"{name}.{part}", self.state[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.g.op("LayerNormalization", x, gain, bias, axis=-1, epsilon=self.spec.layer_norm_eps)

    def embeddings(self) -> str:
        g, table = self.g, self.state["embeddings.word_embeddings.weight"]
        words, scales = quantize(table, axis=1)
        w = g.weight("embeddings.words", words)
        s = g.weight("embeddings.words.scale", scales)
        # Gathering before the cast keeps the table at eight bits in memory.
        word = g.op("Mul", g.op("Cast", g.op("Gather", w, "input_ids"), to=TensorProto.FLOAT), g.op("Gather", s, "input_ids"))
        position = self.state["embeddings.position_embeddings.weight"][: self.max_tokens] + self.state["embeddings.token_type_embeddings.weight"][0]
        tokens = g.op("Slice", g.op("Shape", "input_ids"), g.constant("i1", np.array([1])), g.constant("i2", np.array([2])))
        place = g.op("Slice", g.weight("embeddings.position", position), g.constant("i0", np.array([0])), tokens, g.constant("axis0", np.array([0])))
        return self.layer_norm(g.op("Add", word, place), "embeddings.LayerNorm")

    def attention(self, x: str, bias: str, name: str) -> str:
        g, heads = self.g, self.spec.num_attention_heads
        size = self.spec.hidden_size // heads
        split = g.constant("split", np.array([0, 0, heads, size]))
        q, k, v = (g.op("Reshape", self.linear(x, f"{name}.self.{part}"), split) for part in ("query", "key", "value"))
        q, v = (g.op("Transpose", t, perm=[0, 2, 1, 3]) for t in (q, v))
        scores = g.op("Mul", g.op("MatMul", q, g.op("Transpose", k, perm=[0, 2, 3, 1])), g.scalar(size**-0.5))
        mixed = g.op("MatMul", g.op("Softmax", g.op("Add", scores, bias), axis=-1), v)
        joined = g.op("Reshape", g.op("Transpose", mixed, perm=[0, 2, 1, 3]), g.constant("join", np.array([0, 0, self.spec.hidden_size])))
        return self.layer_norm(g.op("Add", self.linear(joined, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")

    def feed_forward(self, x: str, name: str) -> str:
        g = self.g
        inner = self.linear(x, f"{name}.intermediate.dense")
        half = g.op("Mul", inner, g.scalar(0.5))
        gelu = g.op("Mul", half, g.op("Add", g.op("Erf", g.op("Mul", inner, g.scalar(2**-0.5))), g.scalar(1.0)))
        return self.layer_norm(g.op("Add", self.linear(gelu, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")

    def inputs(self) -> list[onnx.ValueInfoProto]:
        return [helper.make_tensor_value_info(n, TensorProto.INT32, ["batch", "tokens"]) for n in ("input_ids", "attention_mask")]

    def hidden(self, mask: str) -> str:
        """The last layer: float32 [batch, tokens, 384]."""
        g = self.g
        bias = g.op("Mul", g.op("Sub", mask, g.scalar(1.0)), g.scalar(10_000.0))
        bias = g.op("Unsqueeze", bias, g.constant("axes12", np.array([1, 2])))
        x = self.embeddings()
        for layer in range(self.spec.num_hidden_layers):
            x = self.attention(x, bias, f"encoder.layer.{layer}.attention")
            x = self.feed_forward(x, f"encoder.layer.{layer}")
        return x

    def build(self) -> onnx.ModelProto:
        """Inputs `input_ids`, `attention_mask`: int32 [batch, tokens]. Output `embedding`: float32 [batch, 384], length 1."""
        g = self.g
        mask = g.op("Cast", "attention_mask", to=TensorProto.FLOAT)
        x = self.hidden(mask)
        weights = g.op("Unsqueeze", mask, g.constant("axes2", np.array([2])))
        total = g.op("ReduceSum", g.op("Mul", x, weights), g.constant("axes1", np.array([1])), keepdims=0)
        mean = g.op("Div", total, g.op("ReduceSum", mask, g.constant("axes1", np.array([1])), keepdims=1))
        length = g.op("Sqrt", g.op("ReduceSum", g.op("Mul", mean, mean), g.constant("axes1", np.array([1])), keepdims=1))
        return g.model("encoder", self.inputs(), {"embedding": (g.op("Div", mean, length), ["batch", self.spec.hidden_size])})
