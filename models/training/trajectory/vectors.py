"""What the engine knows of a turn: the embedding of its worst window, and its calibrated logit. Embeddings are kept by the text's hash."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from pipeline.bundle import dequantized
from pipeline.config import Config as Pipeline
from pipeline.encoder import Encoder, embed, load_tokenizer
from pipeline.heads import Classifier
from pipeline.lexical import chunks, features
from pipeline.manifest import read
from pipeline.windows import Windows

from .config import Config

CHUNK = 2048


@dataclass(frozen=True)
class Turn:
    embedding: NDArray
    """Of the window that the classifier finds worst, float32 [384]."""
    logit: float
    """Of the whole text, classifier and lexical head joined."""


class Vectors:
    """`of(texts)` gives each text's `Turn`."""

    def __init__(self, config: Config) -> None:
        self.config = config
        manifest = read(config.bundle)
        graph = onnx.load(config.bundle / manifest["heads"]["classifier"]["graph"]).graph
        tensors = {t.name: onnx.numpy_helper.to_array(t) for t in graph.initializer}
        bias = next(value.item() for name, value in tensors.items() if name.startswith("f"))
        self.classifier = Classifier(tensors["weight"][:, 0], bias)
        lexical = manifest["heads"]["lexical"]
        self.lexical = Classifier(np.frombuffer((config.bundle / lexical["weights"]).read_bytes(), "<i2").astype(np.float32) * lexical["scale"], lexical["bias"])
        self.fusion = manifest["fusion"]
        state = torch.load(config.encoder)["encoder"]
        self.encoder = Encoder()
        self.encoder.load_state_dict(state)
        self.encoder = dequantized(self.encoder)
        self.windows = Windows(load_tokenizer(config.bundle), Pipeline(data=config.data, work=config.work))
        self.check()
        config.work.mkdir(parents=True, exist_ok=True)
        self.store = sqlite3.connect(config.work / f"embeddings-{manifest['encoder']['revision']}.sqlite")
        self.store.execute("create table if not exists embeddings (hash blob primary key, rows blob)")

    def check(self) -> None:
        """@raises SystemExit: the checkpoint is not what the bundle's encoder was made from."""
        row = json.loads((self.config.golden / "golden.json").read_text())[2]
        found = embed(self.encoder, row["windows"]).numpy()
        if np.abs(found - np.array(row["embeddings"])).max() > 1e-4:
            raise SystemExit(f"{self.config.encoder} is not the encoder of {self.config.bundle}")

    def embeddings(self, texts: Iterable[str]) -> dict[str, NDArray]:
        """Of each text's windows, float32 [windows, 384]."""
        keys = {text: hashlib.sha256(text.encode()).digest()[:16] for text in dict.fromkeys(texts)}
        known = {bytes(key) for (key,) in self.store.execute("select hash from embeddings")}
        new = sorted((t for t in keys if keys[t] not in known), key=len)
        for start in range(0, len(new), CHUNK):
            part = new[start : start + CHUNK]
            cut = [self.windows.of(text)[: self.config.windows] for text in part]
            rows = embed(self.encoder, [w for ws in cut for w in ws], half=True).split([len(ws) for ws in cut])
            self.store.executemany("insert or ignore into embeddings values (?, ?)", [(keys[t], r.numpy().tobytes()) for t, r in zip(part, rows, strict=True)])
            self.store.commit()
            print(f"embedded: {start + len(part)} of {len(new)} new texts", flush=True)
        out = {}
        for text, key in keys.items():
            (blob,) = self.store.execute("select rows from embeddings where hash = ?", (key,)).fetchone()
            out[text] = np.frombuffer(blob, np.float32).reshape(-1, 384)
        return out

    def of(self, texts: Iterable[str]) -> dict[str, Turn]:
        rows = self.embeddings(texts)
        turns = {}
        listed = list(rows)
        for start in range(0, len(listed), CHUNK):
            part = listed[start : start + CHUNK]
            cut = [chunks(text) for text in part]
            words = np.split(self.lexical.logits(features([c for cs in cut for c in cs])), np.cumsum([len(cs) for cs in cut])[:-1])
            for text, lexical in zip(part, words, strict=True):
                logits = self.classifier.logits(rows[text])
                worst = int(logits.argmax())
                turns[text] = Turn(rows[text][worst], self.fused({"classifier": float(logits[worst]), "lexical": float(lexical.max())}))
        return turns

    def fused(self, logits: dict[str, float]) -> float:
        """As the engine joins them."""
        if "weights" in self.fusion:
            return sum(weight * logits[name] for name, weight in self.fusion["weights"].items()) + self.fusion["bias"]
        return sum(f["weight"] * (logits[name] - f["mean"]) / f["std"] for name, f in self.fusion["features"].items()) + self.fusion["bias"]
