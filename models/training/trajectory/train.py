"""Binary cross-entropy over windows of turns. The encoder was trained to tell attacks, and most of the variance of its embeddings
lies on that one axis; whitened, what else they know of a turn is learned from as well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from pipeline.train import schedule
from torch import Tensor, nn
from torch.nn import functional as F

from .config import Config
from .model import Trajectory
from .samples import NOTHING, Samples

SMOOTHING = 0.02
WINDOWS = 3
"""Of one conversation in an epoch, drawn anew each time: long ones shall not drown the others."""


FLOOR = 3.0
"""Added to each axis' variance before whitening, in units of their mean."""


def train(table: Samples, labels: NDArray, config: Config) -> Trajectory:
    """`labels` as `samples.labels` gives them; windows of -1 are left out."""
    torch.manual_seed(config.seed)
    model, rng = Trajectory(config), np.random.default_rng(config.seed)
    mean, whitening = whitened(table.embeddings[NOTHING + 1 :])
    table = replace(table, embeddings=(table.embeddings - mean) @ whitening)
    target, known = torch.from_numpy(labels).float(), np.flatnonzero(labels >= 0)
    steps = -(-len(drawn(table.owner, known, rng)) // config.batch)
    optimiser = torch.optim.AdamW(model.parameters(), lr=config.lr, weight_decay=config.weight_decay)
    rate = schedule(optimiser, steps * config.epochs, config.warmup)
    model.train()
    for epoch in range(config.epochs):
        order, total = drawn(table.owner, known, rng), 0.0
        for rows in np.split(order, range(config.batch, len(order), config.batch)):
            logits = model(*table.batch(rows))
            loss = F.binary_cross_entropy_with_logits(logits, target[rows] * (1 - 2 * SMOOTHING) + SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step(), rate.step()
            total += loss.item()
        print(f"trajectory: epoch {epoch + 1} of {config.epochs}, loss {total / steps:.3f}", flush=True)
    fold(model, mean, whitening)
    return model


def whitened(embeddings: Tensor) -> tuple[Tensor, Tensor]:
    """Their mean, and the matrix that makes all axes weigh alike but for those that hardly vary (PCA whitening with a floor); their mean square is then 1."""
    mean = embeddings.mean(0)
    variance, axes = torch.linalg.eigh((embeddings - mean).T.double() @ (embeddings - mean).double() / len(embeddings))
    floored = variance + FLOOR * variance.mean() + 1e-9
    matrix = axes * floored.rsqrt() @ axes.T / (variance / floored).mean().clamp(min=1e-6).sqrt()
    return mean, matrix.float()


@torch.no_grad()
def fold(model: Trajectory, mean: Tensor, whitening: Tensor) -> None:
    """Makes the whitening a part of the first layer: the model then reads embeddings as they are."""
    weight = model.entry.weight @ whitening
    model.entry.bias.sub_(weight @ mean)
    model.entry.weight.copy_(weight)


def drawn(owner: NDArray, known: NDArray, rng: np.random.Generator) -> NDArray:
    """Of each conversation's known windows at most so many, in random order."""
    order = rng.permutation(known)
    by_owner = order[np.argsort(owner[order], kind="stable")]
    starts = np.searchsorted(owner[by_owner], owner[by_owner])
    return rng.permutation(by_owner[np.arange(len(by_owner)) - starts < WINDOWS])


@torch.inference_mode()
def logits(model: nn.Module, table: Samples, batch: int = 2048) -> NDArray:
    model.eval()
    rows = np.arange(len(table.owner))
    return torch.cat([model(*table.batch(part)) for part in np.split(rows, range(batch, len(rows), batch))]).numpy()
