"""Every number the pipeline turns on, in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Config:
    """Settings of one training run. Paths come from the command line; the rest is fixed so that a rerun is the same run."""

    data: Path
    """Folder that holds `train/prompts/*.jsonl.gz` and `train/conversations/*.jsonl.gz`."""
    work: Path
    """Scratch folder for checkpoints and caches; outside git."""
    bundle: Path = REPO / "models" / "bundle"
    id: str = "portcullis-e5-recipe-small"
    published: str = ""
    """Repository or folder of a published BERT that only the heads are trained for."""
    seed: int = 20261121

    prefix: str = "query: "
    """The E5 recipe's prefix (Wang et al. 2022, arXiv 2212.03533)."""
    max_tokens: int = 256
    """Tokens of one window, `[CLS]`, prefix and `[SEP]` included: nine in ten jailbreaks fit, so that a scenario is read
    together with what it asks for."""
    stride_tokens: int = 64
    """Tokens that two neighbouring windows share."""

    rare_uses: int = 12
    """Pieces of BERT's vocabulary that are used no more often in all training texts may give their places away,"""
    replaced: int = 8_500
    """so many at most."""

    pair_temperature: float = 0.01
    """InfoNCE temperature of the weak-pair stage (E5, section 3.2)."""
    pair_rows: int = 6_000
    pair_batch: int = 64
    pair_lr: float = 1e-5

    save_every: int = 200
    """Steps between two checkpoints of a supervised pass."""
    batch: int = 32
    lr: tuple[float, ...] = (5e-5, 4e-5, 4e-5, 3e-5, 5e-5, 3e-5, 5e-5, 5e-5, 4e-5, 1.5e-5)
    """Peak learning rate of each supervised pass; the last is over `refreshed` rows."""
    head_lr: float = 1e-3
    weight_decay: float = 0.01
    warmup: float = 0.06
    distilled: float = 0.3
    """Weight of the distillation to the backbone."""
    supcon_weight: float = 0.2
    supcon_temperature: float = 0.1
    augment: float = 0.12
    """Share of rows, of either label, that pass through one evasion transform."""

    wrapped: float = 0.2
    """Share of rows, of either label, that come wrapped."""

    validation: float = 0.12
    """Share of near-duplicate groups held out of every fit; thresholds and calibration come from them."""
    target_fpr: float = 0.01
    """False-positive rate, on held-out benign rows of the corpora, of the global (block) threshold."""
    warn_fpr: float = 0.02
    forest_trees: int = 100
    forest_samples: int = 256
    forest_benign: int = 12_000
    tree_rounds: int = 1000
    """Boosted trees at most; early stopping keeps fewer."""
    tree_depth: int = 5
    tree_lr: float = 0.07
    bank: int = 128
    """Centres of known attacks."""
    fused: tuple[str, ...] = ("classifier", "lexical")
    """Signals that enter the score: of texts that neither encoder nor heads had a source of, the others told nothing that these two did not."""
    threads: int = field(default_factory=lambda: int(os.environ.get("PORTCULLIS_THREADS", os.cpu_count() or 2)))
