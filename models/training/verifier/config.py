"""Every number of the verifier's training, in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Config:
    """Settings of one run. Paths come from the command line; the rest is fixed so that a rerun is the same run."""

    data: Path
    """Folder that holds `train/tool_calls/*.jsonl.gz`; `eval` is not read."""
    work: Path
    """Scratch folder for inputs, checkpoints and results; outside git."""
    encoder: Path
    """Checkpoint of the prompt encoder that the verifier starts from: a pass of `pipeline`."""
    bundle: Path = REPO / "models" / "bundle"
    seed: int = 20261121

    max_tokens: int = 320
    """Tokens of one window, `[CLS]` and `[SEP]` included; what is cut is the end of the context."""
    again: bool = False
    """Whether the bundle's own verifier is trained on, instead of the encoder."""
    lr_again: float = 3e-5
    others_again: float = 0.4
    """Share of the rows of before that are gone over again."""
    written_again: float = 0.15
    """More of the written ones make the others worse."""
    handed_over: int = 900
    """Groups of calls that were left to a document, some 3.9 rows each."""
    made: int = 2_700
    """Groups of generated rows, some 2.4 rows each."""

    batch: int = 16
    epochs: int = 3
    lr: float = 6e-5
    head_lr: float = 1e-3
    weight_decay: float = 0.01
    warmup: float = 0.06
    unauthorized_weight: float = 2.0
    """Weight of a token that nobody asked for, against one that was."""
    nameless: float = 0.08
    """Share of rows that are read with the tool's name hidden, so that it is not leaned on."""
    save_every: int = 100

    validation: float = 0.12
    """Share of intents held out of the fit; calibration and thresholds come from them."""
    salt: str = "intents-3"
    """Draws the intents that are held out; two of InjecAgent's thirteen are among them."""
    block_fpr: float = 0.002
    """False-positive rate, a call, of the threshold to block, on held-out authorised calls of the corpora."""
    confirm_fpr: float = 0.005
    threads: int = field(default_factory=lambda: int(os.environ.get("PORTCULLIS_THREADS", os.cpu_count() or 2)))
