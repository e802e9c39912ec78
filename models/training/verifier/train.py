"""Token classification over the values of calls; tokens outside of them, and values of unknown label, are not trained on."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

import torch
from pipeline.encoder import pad
from pipeline.train import Progress, resume, schedule
from torch import Tensor, nn
from torch.nn import functional as F

from .config import Config
from .inputs import UNKNOWN, Window
from .model import Verifier


def targets(windows: list[Window], tokens: int, unauthorized: float) -> tuple[Tensor, Tensor]:
    """Labels and weights, float32 [batch, tokens]; a value of n tokens weighs √n, so that a long body does not drown an address."""
    labels, weights = torch.zeros(len(windows), tokens), torch.zeros(len(windows), tokens)
    for row, window in enumerate(windows):
        for slot in window.slots:
            if slot.label != UNKNOWN:
                labels[row, slot.start : slot.end] = slot.label
                weights[row, slot.start : slot.end] = (unauthorized if slot.label else 1.0) / math.sqrt(slot.end - slot.start)
    return labels, weights


def batches(windows: list[Window], config: Config, epoch: int) -> Iterator[list[Window]]:
    """Batches of like length: sorted within pools of fifty batches, then shuffled."""
    rng = random.Random(config.seed + epoch)
    table = list(windows)
    rng.shuffle(table)
    pool = config.batch * 50
    for start in range(0, len(table), pool):
        part = sorted(table[start : start + pool], key=lambda w: len(w.ids))
        cuts = [part[i : i + config.batch] for i in range(0, len(part), config.batch)]
        rng.shuffle(cuts)
        yield from cuts


def train(verifier: Verifier, windows: list[Window], config: Config) -> None:
    table = [batch for epoch in range(config.epochs) for batch in batches(windows, config, epoch)]
    trained = [p for p in verifier.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW([{"params": trained, "lr": config.lr}, {"params": verifier.head.parameters(), "lr": config.head_lr}], weight_decay=config.weight_decay, fused=True)
    rate = schedule(optimiser, len(table), config.warmup)
    parts = {"verifier": verifier, "optimiser": optimiser, "rate": rate}
    partial = config.work / "verifier-partial.pt"
    finished = resume(parts, partial)
    progress, mean = Progress("verifier", len(table), finished), 0.0
    verifier.train()
    for done, batch in enumerate(table[finished:], finished + 1):
        ids, mask = pad([w.ids for w in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = verifier(ids, mask)
        labels, weights = targets(batch, ids.shape[1], config.unauthorized_weight)
        loss = (F.binary_cross_entropy_with_logits(output, labels * 0.98 + 0.01, reduction="none") * weights).sum() / weights.sum().clamp(min=1e-6)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step(), rate.step(), optimiser.zero_grad()
        mean = loss.item() if done == finished + 1 else 0.98 * mean + 0.02 * loss.item()
        progress.tell(done, mean)
        if done % config.save_every == 0:
            torch.save({"done": done, **{name: part.state_dict() for name, part in parts.items()}}, partial)
