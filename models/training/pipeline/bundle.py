"""Writes the bundle: graphs, weights, tokenizer, manifest, and the golden vectors beside it."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
import torch
from sklearn.ensemble import IsolationForest

from . import forest as forests
from .config import Config
from .encoder import BACKBONE, Encoder, embed
from .encoder_onnx import LOCATION, EncoderGraph, quantize
from .golden import TEXTS
from .graph import WeightFile, save
from .heads import Classifier, Fusion, compile_classifier
from .lexical import BUCKETS, chunks, features
from .manifest import artifacts, read, with_verifier_of, write
from .windows import Windows

ID, VERSION = "portcullis-e5-recipe-small", "0.1.0"
LICENCES = [
    {"part": "encoder", "licence": "Apache-2.0; fine-tuned from all-MiniLM-L6-v2 (Apache-2.0)"},
    {"part": "tokenizer", "licence": "Apache-2.0; BERT vocabulary (Apache-2.0)"},
    {"part": "heads", "licence": "Apache-2.0"},
]


@dataclass(frozen=True)
class Heads:
    """Everything that stands on the encoder or beside it."""

    classifier: Classifier
    forest: IsolationForest
    percentiles: tuple[float, float]
    """Of the forest's score on benign rows: what the anomaly signal calls 0 and 1."""
    lexical: Classifier
    words: NDArray
    """The lexical head's weights, int16 [2 × BUCKETS], and their scale."""
    scale: float
    fusion: Fusion


def dequantized(encoder: Encoder) -> Encoder:
    """The encoder with its weights rounded as the bundle stores them: what both graphs compute, in PyTorch."""
    rounded = copy.deepcopy(encoder)
    with torch.no_grad():
        for name, module in rounded.bert.named_modules():
            per_row = isinstance(module, torch.nn.Linear) or name == "embeddings.word_embeddings"
            if per_row:  # a linear layer's row is an output channel, an embedding table's a token
                values, scales = quantize(module.weight.numpy(), axis=1)
                module.weight.copy_(torch.from_numpy(values.astype(np.float32) * scales))
    return rounded


def write_bundle(config: Config, encoder: Encoder, heads: Heads, thresholds: dict[str, float]) -> None:
    folder = config.bundle
    folder.mkdir(parents=True, exist_ok=True)
    weights = WeightFile()
    for backend in ("wasm", "webgpu"):
        save(EncoderGraph(encoder, config.max_tokens, weights, backend).build(), folder / f"encoder.{backend}.onnx")
    (folder / LOCATION).write_bytes(bytes(weights.bytes))
    save(compile_classifier(heads.classifier), folder / "classifier.onnx")
    save(forests.compile_forest(heads.forest, *heads.percentiles), folder / "anomaly.onnx")
    (folder / "lexical.bin").write_bytes(heads.words.astype("<i2").tobytes())
    for name in ("tokenizer.json", "tokenizer_config.json"):
        content = json.loads((BACKBONE / name).read_text())
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")))

    names = ["encoder.wasm.onnx", "encoder.webgpu.onnx", LOCATION, "classifier.onnx", "anomaly.onnx", "lexical.bin", "tokenizer.json", "tokenizer_config.json"]
    found = artifacts(folder, names)
    revision = found[LOCATION]["sha256"][:16]
    owner = f"{ID}@{revision}"
    manifest = {
        "format": 1, "id": ID, "version": VERSION,
        "artifacts": found,
        "encoder": {
            "id": ID, "revision": revision, "dimension": int(encoder.bert.config.hidden_size), "maxTokens": config.max_tokens, "overlapTokens": config.stride_tokens,
            "prefix": config.prefix, "pooling": "mean", "tokenizer": "tokenizer.json", "tokenizerConfig": "tokenizer_config.json", "weights": LOCATION,
            "graphs": {"wasm": "encoder.wasm.onnx", "webgpu": "encoder.webgpu.onnx"},
        },
        "heads": {
            "classifier": {"graph": "classifier.onnx", "encoder": owner}, "anomaly": {"graph": "anomaly.onnx", "encoder": owner},
            "lexical": {"weights": "lexical.bin", "buckets": BUCKETS, "scale": heads.scale, "bias": heads.lexical.bias},
        },
        "fusion": {"weights": heads.fusion.weights, "bias": heads.fusion.bias},
        "thresholds": thresholds,
        "licences": LICENCES,
    }
    write(folder, with_verifier_of(manifest, read(folder)))


def write_golden(config: Config, encoder: Encoder, windows: Windows, heads: Heads) -> None:
    """PyTorch's and scikit-learn's own outputs for texts of every kind: what the engine must reproduce."""
    low, high = heads.percentiles
    rows = []
    for text in TEXTS:
        ids = windows.of(text)
        # Rounded as they are written: of a value beside a split of the forest, the last bit decides between two depths.
        embeddings = embed(encoder, ids).numpy().round(6)
        raw = -heads.forest.score_samples(embeddings)
        logits = {"classifier": float(heads.classifier.logits(embeddings).max()), "lexical": float(heads.lexical.logits(features(chunks(text))).max())}
        rows.append({
            "text": text, "windows": ids, "embeddings": [[round(float(x), 6) for x in e] for e in embeddings],
            "logits": logits, "fused": float(heads.fusion.scores(logits)), "raw": float(raw.max()), "anomaly": float(np.clip((raw.max() - low) / (high - low), 0, 1)),
        })
    path = config.bundle.parent / "golden" / "golden.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")
    print(f"golden: {len(rows)} texts", flush=True)
