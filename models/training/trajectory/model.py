"""The trajectory model: a transformer encoder over the last turns (AISecOps' shape, scaled to our encoder)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import Config

DIMENSION = 384
LOGIT_SCALE, LOGIT_LIMIT = 4.0, 3.0
"""A turn's logit enters as clip(logit / scale, ±limit)."""


class Layer(nn.Module):
    """Self-attention and two linear layers, each behind its normalisation (pre-norm)."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        hidden = config.hidden
        self.heads = config.heads
        self.first, self.second = nn.LayerNorm(hidden), nn.LayerNorm(hidden)
        self.qkv, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.up, self.down = nn.Linear(hidden, 2 * hidden), nn.Linear(2 * hidden, hidden)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, turns, hidden = x.shape
        q, k, v = self.qkv(self.first(x)).view(batch, turns, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + bias, dim=-1)
        mixed = (self.dropout(weights) @ v).transpose(1, 2).reshape(batch, turns, hidden)
        x = x + self.dropout(self.out(mixed))
        return x + self.dropout(self.down(F.relu(self.up(self.second(x)))))


class Trajectory(nn.Module):
    """`forward(embeddings, logits, mask)`: float32 [batch, turns, 384], [batch, turns], bool [batch, turns], all flush with the newest turn → logits [batch]."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.entry = nn.Linear(DIMENSION, config.hidden)
        self.logit = nn.Linear(1, config.hidden)
        self.positions = nn.Parameter(torch.randn(config.turns, config.hidden) * 0.02)
        """Of the newest turn last."""
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.norm, self.head = nn.LayerNorm(config.hidden), nn.Linear(config.hidden, 1)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, embeddings: Tensor, logits: Tensor, mask: Tensor) -> Tensor:
        scaled = (logits / LOGIT_SCALE).clamp(-LOGIT_LIMIT, LOGIT_LIMIT).unsqueeze(-1)
        x = self.entry(self.dropout(embeddings)) + self.logit(scaled) + self.positions[-embeddings.shape[1] :]
        bias = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(self.norm(x[:, -1])).squeeze(-1)
