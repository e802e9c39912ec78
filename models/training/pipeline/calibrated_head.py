"""A model of PyTorch whose last layer, `head`, is linear and gives logits: what verifier and trajectory are."""

from __future__ import annotations

import copy
from typing import TypeVar

import torch
from torch import nn

Model = TypeVar("Model", bound=nn.Module)


def calibrated(model: Model, scale: float, shift: float) -> Model:
    """A copy with Platt's calibration, scale · logit + shift, folded into the head."""
    copied = copy.deepcopy(model)
    with torch.no_grad():
        copied.head.weight.mul_(scale)
        copied.head.bias.mul_(scale).add_(shift)
    return copied
