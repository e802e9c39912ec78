"""The steps that a chain of layers is made of, each from its tensors; all in evaluation mode, so that dropout is none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import ConvertError
from .inert import Inert, kind_of
from .weights import Weights

EPSILON = 1e-5
"""PyTorch's default of LayerNorm and BatchNorm1d."""
ACTIVATIONS = ("GELU", "LeakyReLU", "ReLU", "SiLU", "Sigmoid", "Tanh")
LINEARS = ("Linear", "NonDynamicallyQuantizableLinear")


@dataclass(frozen=True)
class Linear:
    """x · weightᵀ + bias; `weight`: [out, in], `bias`: [out]."""

    weight: NDArray
    bias: NDArray


@dataclass(frozen=True)
class Scale:
    """BatchNorm1d by its running figures: x · gain + shift, each [width]."""

    gain: NDArray
    shift: NDArray


@dataclass(frozen=True)
class Norm:
    """LayerNorm; `gain`, `shift`: [width]."""

    gain: NDArray
    shift: NDArray
    epsilon: float = EPSILON


@dataclass(frozen=True)
class Activation:
    """`slope`: of a LeakyReLU below zero."""

    kind: str
    slope: float = 0.0

    def __str__(self) -> str:
        return self.kind


Step = Linear | Scale | Norm | Activation


def blocks(weights: Weights) -> dict[str, dict[str, NDArray]]:
    """The tensors of each module that has some, in the file's order."""
    found: dict[str, dict[str, NDArray]] = {}
    for name, tensor in weights.tensors.items():
        owner, _, own = name.rpartition(".")
        found.setdefault(owner, {})[own] = tensor
    return found


def step_of(weights: Weights, name: str, tensors: dict[str, NDArray]) -> Step:
    """Told by shape, and by the kind of the module if the file has it. Raises ConvertError for any other layer."""
    module = weights.modules.get(name)
    kind = module.kind if module else None
    epsilon = float(module.state["eps"]) if module and kind in ("LayerNorm", "BatchNorm1d") else EPSILON
    weight, parts = tensors.get("weight"), set(tensors)
    if weight is not None and weight.ndim == 2 and parts <= {"weight", "bias"} and kind in (None, *LINEARS):
        return Linear(weight, tensors.get("bias", np.zeros(len(weight), np.float32)))
    if {"running_mean", "running_var"} <= parts and kind in (None, "BatchNorm1d"):
        gain = tensors.get("weight", np.float32(1)) / np.sqrt(tensors["running_var"] + np.float32(epsilon))
        return Scale(gain, tensors.get("bias", np.float32(0)) - tensors["running_mean"] * gain)
    if weight is not None and weight.ndim == 1 and parts == {"weight", "bias"} and kind in (None, "LayerNorm"):
        return Norm(weight, tensors["bias"], epsilon)
    shapes = ", ".join(f"{own} {list(tensor.shape)}" for own, tensor in tensors.items())
    raise ConvertError(weights.path, f"left over: {name or 'the module itself'} ({kind or 'a layer'} with {shapes})")


def activation_of(weights: Weights, module: Inert | type) -> Activation:
    kind = kind_of(module)
    state = module.state if isinstance(module, Inert) else {}
    if kind not in ACTIVATIONS or state.get("approximate", "none") != "none":
        raise ConvertError(weights.path, f"{kind}: not an activation that is converted")
    return Activation(kind, float(state.get("negative_slope", 0.0)))


def check_widths(weights: Weights, steps: Sequence[Step], width: int, out: int) -> None:
    """That the steps fit on one another, from `width` numbers to `out`. Raises ConvertError."""
    for step in steps:
        if isinstance(step, Activation):
            continue
        size = step.weight.shape[1] if isinstance(step, Linear) else len(step.gain)
        shift = step.bias if isinstance(step, Linear) else step.shift
        made = len(step.weight) if isinstance(step, Linear) else size
        if size != width or shift.shape != (made,):
            raise ConvertError(weights.path, f"a layer takes {size} numbers where {width} come in, or has a bias of another size")
        width = made
    if width != out:
        raise ConvertError(weights.path, f"the last layer gives {width} numbers, not {out}")
