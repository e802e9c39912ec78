"""Writes the trajectory model into the bundle: one small graph with int8 weights inside, its part of the manifest, and the golden vectors."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from pipeline.encoder_onnx import quantize
from pipeline.graph import Graph, save
from pipeline.manifest import artifacts, encoder_of, merged, read, write

from .config import Config
from .model import DIMENSION, LOGIT_LIMIT, LOGIT_SCALE, Trajectory
from .samples import NOTHING, Samples

ARTIFACT = "trajectory.onnx"
LICENCE = {"part": "trajectory", "licence": "Apache-2.0"}


def rounded(model: Trajectory) -> Trajectory:
    """With its weights as the bundle stores them: int8, a scale for each output channel, but for the first and the last layer."""
    copied = copy.deepcopy(model)
    with torch.no_grad():
        for module in copied.layers.modules():
            if isinstance(module, torch.nn.Linear):
                values, scales = quantize(module.weight.numpy(), axis=1)
                module.weight.copy_(torch.from_numpy(values * scales))
    return copied


class TrajectoryGraph:
    """Inputs `embeddings`: float32 [1, turns, 384], oldest first; `logits`: float32 [1, turns]. Outputs `logit`, `probability`: float32 [1]."""

    def __init__(self, model: Trajectory, config: Config) -> None:
        self.state = {name: value.numpy().astype(np.float32) for name, value in model.state_dict().items()}
        self.config, self.g = config, Graph()

    def linear(self, x: str, name: str) -> str:
        g, weight = self.g, self.state[f"{name}.weight"].T
        if name.startswith("layers."):
            values, scales = quantize(weight, axis=0)
            factor = g.op("Mul", g.op("Cast", g.constant(f"{name}.weight", values), to=TensorProto.FLOAT), g.constant(f"{name}.scale", scales))
        else:
            factor = g.constant(f"{name}.weight", weight)
        return g.op("Add", g.op("MatMul", x, factor), g.constant(f"{name}.bias", self.state[f"{name}.bias"]))

    def norm(self, x: str, name: str) -> str:
        gain, bias = (self.g.constant(f"{name}.{part}", self.state[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.g.op("LayerNormalization", x, gain, bias, axis=-1, epsilon=1e-5)

    def attention(self, x: str, name: str) -> str:
        g, heads, hidden = self.g, self.config.heads, self.config.hidden
        split = g.constant("split", np.array([0, 0, heads, hidden // heads]))
        qkv = g.op("Reshape", self.linear(x, f"{name}.qkv"), g.constant("thirds", np.array([0, 0, 3, hidden])))
        q, k, v = (g.op("Reshape", g.op("Gather", qkv, g.constant(f"i{part}", np.array(part)), axis=2), split) for part in range(3))
        q, v = (g.op("Transpose", t, perm=[0, 2, 1, 3]) for t in (q, v))
        scores = g.op("Mul", g.op("MatMul", q, g.op("Transpose", k, perm=[0, 2, 3, 1])), g.scalar((hidden // heads) ** -0.5))
        mixed = g.op("MatMul", g.op("Softmax", scores, axis=-1), v)
        joined = g.op("Reshape", g.op("Transpose", mixed, perm=[0, 2, 1, 3]), g.constant("join", np.array([0, 0, hidden])))
        return self.linear(joined, f"{name}.out")

    def build(self) -> onnx.ModelProto:
        g, config = self.g, self.config
        logits = g.op("Clip", g.op("Mul", "logits", g.scalar(1 / LOGIT_SCALE)), g.scalar(-LOGIT_LIMIT), g.scalar(LOGIT_LIMIT))
        entry = g.op("Add", self.linear("embeddings", "entry"), self.linear(g.op("Unsqueeze", logits, g.constant("axis2", np.array([2]))), "logit"))
        axis0, axis1, end = g.constant("axis0", np.array([0])), g.constant("axis1", np.array([1])), g.constant("end", np.array([config.turns]))
        turns = g.op("Slice", g.op("Shape", "logits"), axis1, g.constant("two", np.array([2])))
        x = g.op("Add", entry, g.op("Slice", g.constant("positions", self.state["positions"]), g.op("Sub", end, turns), end, axis0))
        for layer in range(config.layers):
            name = f"layers.{layer}"
            x = g.op("Add", x, self.attention(self.norm(x, f"{name}.first"), name))
            x = g.op("Add", x, self.linear(g.op("Relu", self.linear(self.norm(x, f"{name}.second"), f"{name}.up")), f"{name}.down"))
        newest = g.op("Gather", x, g.constant("last", np.array(-1)), axis=1)
        logit = g.op("Squeeze", self.linear(self.norm(newest, "norm"), "head"), g.constant("axes12", np.array([1, 2])))
        inputs = [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, [1, "turns", DIMENSION]), helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "turns"])]
        return g.model("trajectory", inputs, {"logit": (logit, [1]), "probability": (g.op("Sigmoid", logit), [1])})


def write_bundle(config: Config, model: Trajectory, thresholds: dict[str, float], cumulative: dict[str, float]) -> None:
    """`thresholds` of what the model says, `cumulative` of the turns read as one text."""
    save(TrajectoryGraph(model, config).build(), config.bundle / ARTIFACT)
    manifest = read(config.bundle)
    part = {"artifact": ARTIFACT, "encoder": encoder_of(manifest), "maxTurns": config.turns, "minTurns": config.least, "thresholds": thresholds, "cumulative": cumulative}
    write(config.bundle, merged(manifest, {"artifacts": artifacts(config.bundle, [ARTIFACT]), "trajectory": part, "licences": [LICENCE]}))


@torch.inference_mode()
def write_golden(config: Config, model: Trajectory, table: Samples, rows: Sequence[int]) -> None:
    """PyTorch's own figures, with the weights that the bundle stores: what the engine must reproduce."""
    model.eval()
    cases = []
    for row in rows:
        length = int((table.index[row] != NOTHING).sum())
        embeddings, own, mask = (part[:, -length:] for part in table.batch(np.array([row])))
        embeddings, own = (torch.from_numpy(part.numpy().round(6)) for part in (embeddings, own))
        logit = model(embeddings, own, mask)
        numbers = [[round(float(x), 6) for x in turn] for turn in embeddings[0]]
        cases.append({"embeddings": numbers, "logits": [round(float(x), 6) for x in own[0]], "logit": float(logit), "probability": float(torch.sigmoid(logit))})
    config.golden.mkdir(parents=True, exist_ok=True)
    (config.golden / "trajectory.json").write_text('{"cases": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]}\n")
    print(f"golden: {len(cases)} conversations", flush=True)
