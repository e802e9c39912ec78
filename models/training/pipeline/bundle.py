"""Writes the bundle: graphs, weights, tokenizer, manifest, and the golden vectors beside it."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
import torch

from .config import Config
from .dictionaries import FILE as DICTIONARIES, write_dictionaries
from .encoder import BACKBONE, Encoder, embed
from .encoder_onnx import LOCATION, EncoderGraph, quantize
from .forest import compile_forest
from .golden import TEXTS
from .graph import WeightFile, save
from .heads import Embedded, Fusion, Platt, compile_classifier
from .intents import TEMPERATURE
from .lexical import BUCKETS, chunks, features
from .manifest import artifacts, read, merged, write
from .trees import compile_trees
from .voters import Voters, figures
from .windows import Windows

VERSION = "0.1.0"
HEADS = ["classifier.onnx", "lexical.bin", "trees.onnx", "bank.bin", "intents.bin", "anomaly.onnx"]


def licences(config: Config) -> list[dict[str, str]]:
    """A published encoder keeps its own, which nobody but its card can name."""
    encoder, tokenizer = "Apache-2.0; fine-tuned from all-MiniLM-L6-v2 (Apache-2.0)", "Apache-2.0; BERT vocabulary (Apache-2.0), its rarest pieces replaced"
    if config.published:
        encoder = tokenizer = f"as {Path(config.published).name} is published"
    return [{"part": "encoder", "licence": encoder}, {"part": "tokenizer", "licence": tokenizer}, {"part": "heads", "licence": "Apache-2.0"}]


LOGITS = ("classifier", "lexical", "trees")
"""Signals whose raw figure is a logit."""


@dataclass(frozen=True)
class Heads:
    """The voters, and what makes their figures comparable and joins them."""

    voters: Voters
    """The lexical one as its rounded weights make it."""
    words: NDArray
    """The lexical head's weights, int16 [2 × BUCKETS], and their scale."""
    scale: float
    platt: dict[str, Platt]
    """Of classifier, lexical head, trees and similarity."""
    percentiles: tuple[float, float]
    """Of the forest's score on benign rows: what the anomaly signal calls 0 and 1."""
    fusion: Fusion
    thresholds: dict[str, float]
    calibration: dict[str, dict[str, float]]
    """What the thresholds come from, as the manifest tells it."""

    def figures(self, rows: Embedded, featured: Embedded) -> dict[str, NDArray]:
        return calibrated(figures(self.voters, rows, featured), self.platt)


def calibrated(raw: dict[str, NDArray], platt: dict[str, Platt]) -> dict[str, NDArray]:
    """Each signal's raw figure as the engine gives it: those of the heads are calibrated logits, that of the similarity is the cosine itself."""
    return {name: platt[name].logits(figure) if name in LOGITS else figure for name, figure in raw.items()}


def one_row(parts: NDArray) -> Embedded:
    """All parts of one text whose label is not asked for."""
    return Embedded(parts, np.zeros(parts.shape[0], int), np.zeros(1, int), np.array([""]), np.ones(1))


def dequantized(encoder: Encoder) -> Encoder:
    """The encoder with its weights rounded as the bundle stores them: what its graph computes, in PyTorch."""
    rounded = copy.deepcopy(encoder)
    with torch.no_grad():
        for name, module in rounded.bert.named_modules():
            per_row = isinstance(module, torch.nn.Linear) or name == "embeddings.word_embeddings"
            if per_row:  # a linear layer's row is an output channel, an embedding table's a token
                values, scales = quantize(module.weight.numpy(), axis=1)
                module.weight.copy_(torch.from_numpy(values.astype(np.float32) * scales))
    return rounded


def write_bundle(config: Config, encoder: Encoder, heads: Heads) -> None:
    folder = config.bundle
    folder.mkdir(parents=True, exist_ok=True)
    weights = WeightFile()
    save(EncoderGraph(encoder, config.max_tokens, weights).build(), folder / "encoder.onnx")
    (folder / LOCATION).write_bytes(bytes(weights.bytes))
    voters, platt = heads.voters, heads.platt
    save(compile_classifier(voters.classifier.calibrated(platt["classifier"])), folder / "classifier.onnx")
    save(compile_trees(voters.trees, platt["trees"]), folder / "trees.onnx")
    save(compile_forest(voters.forest, *heads.percentiles), folder / "anomaly.onnx")
    (folder / "lexical.bin").write_bytes(heads.words.astype("<i2").tobytes())
    (folder / "bank.bin").write_bytes(voters.bank.tobytes())
    (folder / "intents.bin").write_bytes(voters.intents.tobytes())
    for source in (config.work / "tokenizer.json", BACKBONE / "tokenizer_config.json"):
        (folder / source.name).write_text(json.dumps(json.loads(source.read_text()), ensure_ascii=False, separators=(",", ":")))

    write_dictionaries(config)
    names = ["encoder.onnx", LOCATION, *HEADS, "tokenizer.json", "tokenizer_config.json", DICTIONARIES]
    found = artifacts(folder, names)
    revision = found[LOCATION]["sha256"][:16]
    owner = f"{config.id}@{revision}"
    manifest = {
        "format": 2, "id": config.id, "version": VERSION,
        "artifacts": found,
        "encoder": {
            "id": config.id, "revision": revision, "dimension": int(encoder.bert.config.hidden_size), "maxTokens": config.max_tokens, "overlapTokens": config.stride_tokens,
            "prefix": config.prefix, "pooling": "mean", "tokenizer": "tokenizer.json", "tokenizerConfig": "tokenizer_config.json",
            "graph": "encoder.onnx", "weights": LOCATION,
        },
        "dictionaries": DICTIONARIES,
        "heads": {
            "classifier": {"graph": "classifier.onnx", "encoder": owner},
            "lexical": {"weights": "lexical.bin", "buckets": BUCKETS, "scale": heads.scale * platt["lexical"].scale, "bias": voters.lexical.calibrated(platt["lexical"]).bias},
            "trees": {"graph": "trees.onnx", "encoder": owner},
            "similarity": {"bank": "bank.bin", "size": len(voters.bank), "scale": platt["similarity"].scale, "bias": platt["similarity"].shift, "encoder": owner},
            "intent": {"prototypes": "intents.bin", "size": len(voters.intents), "temperature": TEMPERATURE, "encoder": owner},
            "anomaly": {"graph": "anomaly.onnx", "encoder": owner},
        },
        "fusion": asdict(heads.fusion),
        "thresholds": heads.thresholds,
        "calibration": heads.calibration,
        "licences": licences(config),
    }
    write(folder, merged(manifest, read(folder)))


def write_golden(config: Config, encoder: Encoder, windows: Windows, heads: Heads) -> None:
    """PyTorch's and scikit-learn's own outputs for texts of every kind: what the engine must reproduce."""
    low, high = heads.percentiles
    rows = []
    for text in TEXTS:
        ids = windows.of(text)
        # Rounded as they are written: of a value beside a split of a tree, the last bit decides between two leaves.
        embeddings = embed(encoder, ids).numpy().round(6)
        raw = {name: float(figure[0]) for name, figure in heads.figures(one_row(embeddings), one_row(features(chunks(text)))).items()}
        rows.append({
            "text": text, "windows": ids, "embeddings": [[round(float(x), 6) for x in e] for e in embeddings],
            "raw": raw, "fused": float(heads.fusion.scores(raw)), "anomaly": float(np.clip((raw["anomaly"] - low) / (high - low), 0, 1)),
        })
    path = config.bundle.parent / "golden" / "golden.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")
    print(f"golden: {len(rows)} texts", flush=True)
