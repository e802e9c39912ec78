"""`python -m trajectory --data DIR --work DIR`: every stage in order; embeddings that an earlier run has made are read from the scratch folder."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pipeline.calibrated_head import calibrated
from pipeline.config import Config as Pipeline

from .ablation import ablation
from .bundle import rounded, write_bundle, write_golden
from .config import Config
from .cumulative import read_as_one, report_quiet, thresholds
from .generate import generated
from .measure import alone, calibration, courses, report, threshold_at, turn_threshold
from .samples import NOTHING, labels, samples
from .talks import RED_TEAM, Talk, read
from .train import logits, train
from .vectors import Vectors


def main() -> None:
    parser = argparse.ArgumentParser(prog="trajectory", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/conversations and train/prompts (eval/ is not read)")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder for embeddings")
    parser.add_argument("--encoder", type=Path, help="checkpoint of the bundle's encoder; by default the pipeline's last pass, in the scratch folder")
    parser.add_argument("--bundle", type=Path, default=Config.bundle, help="bundle whose heads are read and which the model is written into")
    parser.add_argument("--golden", type=Path, default=Config.golden, help="folder of the golden vectors")
    parser.add_argument("--ablation", action="store_true", help="only measures, on what is held out, what each part is worth")
    arguments = parser.parse_args()
    last = arguments.work / f"pass{len(Pipeline.lr) - 1}.pt"
    config = Config(data=arguments.data, work=arguments.work, encoder=arguments.encoder or last, bundle=arguments.bundle, golden=arguments.golden)
    torch.set_num_threads(config.threads)

    real = read(config)
    talks = real + generated(config, real)
    vectors = Vectors(config)
    turns = vectors.of(text for talk in talks for text in talk.turns)
    fit, held = [t for t in talks if not t.held], [t for t in talks if t.held]
    print(f"conversations: {len(fit)} to train, {len(held)} held out; {dict(Counter((t.source, t.label) for t in talks if t.source in ('made', 'composed', RED_TEAM)))}", flush=True)
    on_held = samples(held, turns, config)
    if arguments.ablation:
        ablation(fit, held, turns, config)
        return
    table = samples(fit, turns, config)
    model = rounded(train(table, labels(table, fit), config))
    raw = logits(model, on_held)
    scale, shift = calibration(raw, labels(on_held, held), on_held.owner)
    model = calibrated(model, scale, shift)
    found = courses(held, on_held.owner, 1 / (1 + np.exp(-(raw * scale + shift))))
    limits = {name: threshold_at(found, fpr) for name, fpr in (("warn", config.warn_fpr), ("block", config.block_fpr))}
    print(f"calibration: {scale:.3f} · logit + {shift:.3f}; thresholds: {limits}", flush=True)
    report("each turn alone", alone(held, on_held), turn_threshold(config))
    for name, limit in limits.items():
        report(name, found, limit)
    report("block, by kind", found, limits["block"], by_kind=True)
    as_one = read_as_one(held, vectors, config)
    cumulative = thresholds(as_one, config)
    report("turns as one text", as_one, cumulative["block"])
    report_quiet(as_one, vectors, config, cumulative)
    write_bundle(config, model, limits, cumulative)
    write_golden(config, model, on_held, shown(held, on_held.owner, (on_held.index != NOTHING).sum(1)))


def shown(held: list[Talk], owner: NDArray, lengths: NDArray) -> list[int]:
    """Windows for the golden vectors: made conversations of either label, of every length."""
    rows = {}
    for row, (talk, length) in enumerate(zip((held[o] for o in owner), lengths, strict=True)):
        if talk.source == "made":
            rows.setdefault((talk.label, int(length)), row)
    return [rows[key] for key in sorted(rows)]


if __name__ == "__main__":
    main()
