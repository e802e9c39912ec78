"""Writes the verifier's bundle: two graphs over one weight file, tokenizer, manifest, and the golden vectors."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import onnx
import torch
from onnx import TensorProto
from pipeline.encoder import BACKBONE
from pipeline.encoder_onnx import Backend, EncoderGraph
from pipeline.graph import WeightFile, save

from .config import REPO, Config
from .inputs import Window
from .model import Verifier, logits
from .rows import Call

ID, VERSION = "portcullis-tool-call-verifier", "0.1.0"
WEIGHTS = "verifier.weights.bin"
LICENCES = [
    {"part": "verifier", "licence": "Apache-2.0; fine-tuned from all-MiniLM-L6-v2 (Apache-2.0)"},
    {"part": "tokenizer", "licence": "Apache-2.0; BERT vocabulary (Apache-2.0)"},
]


def graph(verifier: Verifier, config: Config, weights: WeightFile, backend: Backend) -> onnx.ModelProto:
    """Inputs `input_ids`, `attention_mask`: int32 [batch, tokens]. Output `probability`: float32 [batch, tokens], calibrated."""
    encoder = EncoderGraph(verifier.encoder, config.max_tokens, weights, backend, WEIGHTS)
    g = encoder.g
    x = encoder.hidden(g.op("Cast", "attention_mask", to=TensorProto.FLOAT))
    product = g.op("MatMul", x, g.constant("head.weight", verifier.head.weight.detach().numpy().T))
    logit = g.op("Squeeze", g.op("Add", product, g.scalar(float(verifier.head.bias.detach()))), g.constant("axis2", np.array([2])))
    return g.model("verifier", encoder.inputs(), {"probability": (g.op("Sigmoid", logit), ["batch", "tokens"])})


def write_bundle(config: Config, verifier: Verifier, thresholds: dict[str, float]) -> None:
    folder = config.bundle
    folder.mkdir(parents=True, exist_ok=True)
    weights = WeightFile()
    for backend in ("wasm", "webgpu"):
        save(graph(verifier, config, weights, backend), folder / f"verifier.{backend}.onnx")
    (folder / WEIGHTS).write_bytes(bytes(weights.bytes))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_text(json.dumps(json.loads((BACKBONE / name).read_text()), ensure_ascii=False, separators=(",", ":")))
    names = ["verifier.wasm.onnx", "verifier.webgpu.onnx", WEIGHTS, "tokenizer.json", "tokenizer_config.json"]
    contents = {name: (folder / name).read_bytes() for name in names}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    manifest = {
        "format": 1, "id": ID, "version": VERSION,
        "artifacts": {name: {"bytes": len(contents[name]), "sha256": digests[name]} for name in names},
        "verifier": {
            "id": ID, "revision": digests[WEIGHTS][:16], "maxTokens": config.max_tokens, "tokenizer": "tokenizer.json", "tokenizerConfig": "tokenizer_config.json",
            "weights": WEIGHTS, "graphs": {"wasm": "verifier.wasm.onnx", "webgpu": "verifier.webgpu.onnx"}, "thresholds": thresholds,
        },
        "licences": LICENCES,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"bundle: {sum(map(len, contents.values())) / 1e6:.2f} MB in {folder.name}/", flush=True)


def write_golden(verifier: Verifier, calls: list[Call], texts: list[str], windows: list[Window]) -> None:
    """PyTorch's own probabilities, with the weights that the bundle stores, for the first reading of each call: what the engine must reproduce."""
    rows = []
    for call, text, window, row in zip(calls, texts, windows, logits(verifier, [w.ids for w in windows]), strict=True):
        rows.append({"call": call.row()["tool_call"], "label": call.label, "text": text, "ids": window.ids, "probabilities": [round(float(p), 6) for p in torch.sigmoid(row)]})
    path = REPO / "models" / "golden" / "verifier.json"
    path.write_text("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")
    print(f"golden: {len(rows)} calls", flush=True)
