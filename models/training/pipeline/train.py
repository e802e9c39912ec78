"""The two training stages: weak-pair contrast (E5), then supervised contrast over categories with a classifier."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import Config
from .corpus import Row
from .encoder import DIMENSION, Encoder, pad
from .pairs import weak_pairs
from .transforms import disguise
from .windows import Windows
from .wrappings import Wrappings

CATEGORIES = {"direct_injection": 1, "indirect_injection": 1, "generated": 1, "extraction": 2, "jailbreak": 3}
"""Supervised contrast pulls attacks of one family together; everything benign is family 0."""


class Progress:
    """One line a stage, rewritten every few seconds; also what a log keeps."""

    def __init__(self, stage: str, total: int, before: int = 0):
        self.stage, self.total, self.before, self.started, self.shown = stage, total, before, time.time(), 0.0

    def tell(self, done: int, loss: float) -> None:
        now = time.time()
        if now - self.shown > 20 or done == self.total:
            self.shown = now
            spent = now - self.started
            print(f"{self.stage}: {done}/{self.total}  loss {loss:.4f}  {spent:.0f} s, {spent / (done - self.before) * (self.total - done):.0f} s to go", flush=True)


def schedule(optimiser: torch.optim.Optimizer, steps: int, warmup: float) -> torch.optim.lr_scheduler.LambdaLR:
    rise = max(1, int(steps * warmup))
    return torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(s / rise, max(0.0, (steps - s) / (steps - rise))))


def train_pairs(encoder: Encoder, windows: Windows, rows: list[Row], config: Config) -> None:
    """InfoNCE with in-batch negatives over weak pairs."""
    pairs = weak_pairs(config, rows)
    rng = random.Random(config.seed + 3)
    steps = len(pairs) // config.pair_batch
    parameters = [p for p in encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=config.pair_lr, weight_decay=config.weight_decay)
    rate = schedule(optimiser, steps, config.warmup)
    progress, mean = Progress("pairs", steps), 0.0
    encoder.train()
    for step in range(steps):
        batch = pairs[step * config.pair_batch : (step + 1) * config.pair_batch]
        # 64 tokens suffice to tell pairs apart and halve the time
        with torch.autocast("cpu", dtype=torch.bfloat16):
            left, right = (encoder(*pad([windows.sample(p[side], rng)[:64] for p in batch])) for side in (0, 1))
        logits = left @ right.T / config.pair_temperature
        target = torch.arange(len(batch))
        loss = (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step(), rate.step(), optimiser.zero_grad()
        mean = loss.item() if step == 0 else 0.95 * mean + 0.05 * loss.item()
        progress.tell(step + 1, mean)


@dataclass(frozen=True)
class Batch:
    """Some rows as a pass sees them."""

    windows: list[list[int]]
    labels: Tensor
    families: Tensor
    """Of attacks, float32 and int64 [rows]."""
    targets: Tensor
    """What the teacher makes of them, float32 [rows, 384]; zeros where it was not asked."""


def batches(rows: list[Row], windows: Windows, payload: dict[str, str], targets: dict[str, Tensor], wrappings: Wrappings, config: Config, epoch: int) -> Iterator[Batch]:
    """Batches of like length: sorted within pools of forty batches, then shuffled."""
    rng = random.Random(config.seed + 100 + epoch)
    table = [row for row in rows for _ in range(row.repeat)]
    rng.shuffle(table)
    pool, nothing = config.batch * 40, torch.zeros(DIMENSION)
    for start in range(0, len(table), pool):
        made = []
        for row in table[start : start + pool]:
            text = disguise(row.text, rng) if rng.random() < config.augment else row.text
            target = targets.get(row.text, nothing)
            if rng.random() < config.wrapped:
                text, target = wrappings.wrap(text, rng), nothing
            made.append((windows.sample(text, rng, payload.get(row.text)), row, target))
        made.sort(key=lambda m: len(m[0]))
        cuts = [made[i : i + config.batch] for i in range(0, len(made), config.batch)]
        rng.shuffle(cuts)
        for cut in cuts:
            labels = torch.tensor([float(r.label) for _, r, _ in cut])
            families = torch.tensor([CATEGORIES.get(r.category, 1) if r.label else 0 for _, r, _ in cut])
            yield Batch([w for w, _, _ in cut], labels, families, torch.stack([t for _, _, t in cut]))


def supervised_contrast(embeddings: Tensor, families: Tensor, temperature: float) -> Tensor:
    """SupCon (Khosla et al. 2020, equation 2): every row against the rows of its family in the batch."""
    logits = embeddings @ embeddings.T / temperature
    itself = torch.eye(len(families), dtype=torch.bool)
    same = (families[:, None] == families[None, :]) & ~itself
    log_probability = logits - logits.masked_fill(itself, -1e9).logsumexp(1, keepdim=True)
    counted = same.sum(1).clamp(min=1)
    return -((log_probability * same).sum(1) / counted)[same.any(1)].mean()


class Heads(nn.Module):
    """What the passes train beside the encoder, and no bundle carries: its own heads are fitted later."""

    def __init__(self) -> None:
        super().__init__()
        self.attack = nn.Linear(DIMENSION, 1)
        self.contrast = nn.Linear(DIMENSION, 64)
        """Contrast works on a projection (Chen et al. 2020, SimCLR), so that the embedding itself need not collapse into families."""

    def logits(self, embeddings: Tensor) -> Tensor:
        """Unit vectors: the scale lets a small part of them carry confident logits."""
        return self.attack(embeddings).squeeze(-1) * 20

    def projected(self, embeddings: Tensor) -> Tensor:
        return F.normalize(self.contrast(embeddings), dim=-1)


def train_supervised(encoder: Encoder, heads: Heads, windows: Windows, rows: list[Row], payload: dict[str, str], targets: dict[str, Tensor], config: Config, turn: int) -> None:
    """One pass: binary cross-entropy through a linear layer on the embedding, supervised contrast over attack families, and distillation:
    the cosine to what the backbone makes of the undisguised text, or of its translation."""
    steps = math.ceil(sum(r.repeat for r in rows) / config.batch)
    decayed = list(encoder.parameters())
    optimiser = torch.optim.AdamW([{"params": decayed, "lr": config.lr[turn]}, {"params": heads.parameters(), "lr": config.head_lr}], weight_decay=config.weight_decay, fused=True)
    rate = schedule(optimiser, steps, config.warmup)
    parts = {"encoder": encoder, "heads": heads, "optimiser": optimiser, "rate": rate}
    partial = config.work / f"pass{turn}-partial.pt"
    finished = resume(parts, partial)
    progress, mean = Progress(f"pass {turn}", steps, finished), 0.0
    encoder.train()
    for done, batch in enumerate(batches(rows, windows, payload, targets, Wrappings(rows), config, turn), 1):
        if done <= finished:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            embeddings = encoder(*pad(batch.windows))
        loss = F.binary_cross_entropy_with_logits(heads.logits(embeddings), batch.labels * 0.96 + 0.02)
        if len(set(batch.families.tolist())) > 1:
            loss = loss + config.supcon_weight * supervised_contrast(heads.projected(embeddings), batch.families, config.supcon_temperature)
        asked = batch.targets.any(1)
        if asked.any():
            loss = loss + config.distilled * (1 - (embeddings * batch.targets).sum(1)[asked]).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(decayed, 1.0)
        optimiser.step(), rate.step(), optimiser.zero_grad()
        mean = loss.item() if done == finished + 1 else 0.98 * mean + 0.02 * loss.item()
        progress.tell(done, mean)
        if done % config.save_every == 0:
            torch.save({"done": done, **{name: part.state_dict() for name, part in parts.items()}}, partial)


def resume(parts: dict[str, Any], path: Path) -> int:
    """Loads a stage that was cut short, if there is one: how many steps it had done."""
    if not path.exists():
        return 0
    saved = torch.load(path)
    for name, part in parts.items():
        part.load_state_dict(saved[name])
    return saved["done"]
