"""Writes the verifier into the bundle: its graph and weight file, its part of the manifest, and the golden vectors."""

from __future__ import annotations

import json

import numpy as np
import onnx
import torch
from onnx import TensorProto
from pipeline.encoder_onnx import EncoderGraph
from pipeline.graph import WeightFile, save
from pipeline.manifest import artifacts, merged, read, write

from .config import REPO, Config
from .inputs import Window
from .model import Verifier, logits
from .rows import Call

GRAPH, WEIGHTS, TOKENIZER = "verifier.onnx", "verifier.weights.bin", "verifier.tokenizer.json"
LICENCE = {"part": "verifier", "licence": "Apache-2.0; fine-tuned from all-MiniLM-L6-v2 (Apache-2.0)"}


def graph(verifier: Verifier, config: Config, weights: WeightFile) -> onnx.ModelProto:
    """Inputs `input_ids`, `attention_mask`: int32 [batch, tokens]. Output `probability`: float32 [batch, tokens], calibrated."""
    encoder = EncoderGraph(verifier.encoder, config.max_tokens, weights, WEIGHTS)
    g = encoder.g
    x = encoder.hidden(g.op("Cast", "attention_mask", to=TensorProto.FLOAT))
    product = g.op("MatMul", x, g.constant("head.weight", verifier.head.weight.detach().numpy().T))
    logit = g.op("Squeeze", g.op("Add", product, g.scalar(float(verifier.head.bias.detach()))), g.constant("axis2", np.array([2])))
    return g.model("verifier", encoder.inputs(), {"probability": (g.op("Sigmoid", logit), ["batch", "tokens"])})


def write_bundle(config: Config, verifier: Verifier, thresholds: dict[str, float]) -> None:
    folder = config.bundle
    folder.mkdir(parents=True, exist_ok=True)
    weights = WeightFile()
    save(graph(verifier, config, weights), folder / GRAPH)
    (folder / WEIGHTS).write_bytes(bytes(weights.bytes))
    if not config.again:
        # A copy of the encoder's, which may have another one day.
        (folder / TOKENIZER).write_bytes((folder / "tokenizer.json").read_bytes())
    part = {"graph": GRAPH, "weights": WEIGHTS, "tokenizer": TOKENIZER, "maxTokens": config.max_tokens, "thresholds": thresholds}
    own = {"artifacts": artifacts(folder, [GRAPH, WEIGHTS, TOKENIZER]), "verifier": part, "licences": [LICENCE]}
    write(folder, merged(read(folder), own))


def write_golden(verifier: Verifier, calls: list[Call], texts: list[str], windows: list[Window]) -> None:
    """PyTorch's own probabilities, with the weights that the bundle stores, for the first reading of each call: what the engine must reproduce."""
    rows = []
    for call, text, window, row in zip(calls, texts, windows, logits(verifier, [w.ids for w in windows]), strict=True):
        rows.append({"call": call.row()["tool_call"], "label": call.label, "text": text, "ids": window.ids, "probabilities": [round(float(p), 6) for p in torch.sigmoid(row)]})
    path = REPO / "models" / "golden" / "verifier.json"
    path.write_text("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")
    print(f"golden: {len(rows)} calls", flush=True)
