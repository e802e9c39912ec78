"""Every number of the trajectory model's training, in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.corpus import fraction

REPO = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Config:
    """Settings of one run. Paths come from the command line; the rest is fixed so that a rerun is the same run."""

    data: Path
    """Folder that holds `train/conversations/*.jsonl.gz` and `train/prompts/*.jsonl.gz`; `eval` is not read."""
    work: Path
    """Scratch folder for embeddings and results; outside git."""
    encoder: Path
    """Checkpoint of the bundle's encoder: a pass of `pipeline`."""
    bundle: Path = REPO / "models" / "bundle"
    """Its heads give each turn's own logit; the model is written there too."""
    golden: Path = REPO / "models" / "golden"
    seed: int = 20261121

    turns: int = 6
    """User turns that the model reads, the last of a conversation."""
    least: int = 2
    most: int = 10
    """User turns of a conversation that are trained on, from its first."""
    windows: int = 4
    """Of one turn; what stands beyond is not read."""

    made: int = 1_600
    """Generated conversations of each label to train on."""
    made_held: int = 400
    hidden: int = 96
    layers: int = 2
    heads: int = 4
    dropout: float = 0.3
    epochs: int = 5
    batch: int = 256
    lr: float = 2e-3
    weight_decay: float = 0.02
    warmup: float = 0.06

    validation: float = 0.25
    """Share of subjects, of frames and of the corpora's conversations that are held out."""
    salt: str = "courses-1"
    block_fpr: float = 0.005
    """False-positive rate, a conversation, of the threshold to block, on the corpora's held-out conversations."""
    warn_fpr: float = 0.01
    threads: int = field(default_factory=lambda: int(os.environ.get("PORTCULLIS_THREADS", os.cpu_count() or 2)))

    def held(self, name: str) -> bool:
        """Whether what goes by this name is held out; the same in every run."""
        return fraction(f"{self.salt}:{name}") < self.validation
