"""The parts of the trajectory model, found in its weights: entry, positions, transformer, head."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from numpy.typing import NDArray

from .card import DIMENSION
from .chain import chain, container_of, logit_chain
from .errors import ConvertError, refusing
from .spec import Spec
from .stack import Stack, read_stack
from .steps import Step, blocks
from .weights import Weights, load_weights


@dataclass(frozen=True)
class Trajectory:
    """`entry`: from 1024 numbers to the hidden size. `positions`: [turns, hidden], of the oldest turn first. `head`: from the pooled turns to
    the logit. `assumed`: what neither the weights nor the config say."""

    entry: list[Step]
    positions: NDArray | None
    stack: Stack
    pooling: str
    head: list[Step]
    assumed: list[str]


def find_positions(weights: Weights, spec: Spec) -> tuple[str | None, NDArray | None]:
    """The name and the rows of the one table over turns: [1, turns, hidden], [turns, 1, hidden], or [turns, hidden] without a bias. Raises ConvertError."""
    found = {}
    for name, tensor in weights.tensors.items():
        flat = tensor.reshape(-1, tensor.shape[-1]) if tensor.ndim == 3 and 1 in tensor.shape[:2] else tensor
        has_bias = name.removesuffix("weight") + "bias" in weights.tensors
        if flat.ndim == 2 and flat.shape[1] == spec.hidden and (tensor.ndim == 3 or len(flat) >= spec.turns) and not has_bias:
            found[name] = flat
    if len(found) > 1:
        raise ConvertError(weights.path, f"ambiguous: which of {', '.join(found)} are the positions")
    for name, rows in found.items():
        if len(rows) < spec.turns:
            raise ConvertError(weights.path, f"{name}: {len(rows)} positions for {spec.turns} turns")
        return name, rows[: spec.turns]
    return None, None


def find_entry(weights: Weights) -> str:
    """The linear layer that takes 1024 numbers, or the nn.Sequential around it. Raises ConvertError."""
    shapes = {name: tensors["weight"].shape for name, tensors in blocks(weights).items() if "weight" in tensors}
    names = [name for name, shape in shapes.items() if len(shape) == 2 and shape[1] == DIMENSION]
    if len(names) != 1:
        raise ConvertError(weights.path, f"{len(names)} linear layers that take {DIMENSION} numbers, where one is converted")
    owner, _, number = names[0].rpartition(".")
    if owner and container_of(weights, names) == owner:
        return owner
    if number.isdigit():
        raise ConvertError(weights.path, f"ambiguous: {names[0]} is one of a sequence, and what follows it is not in the file")
    return names[0]


def parts_of(weights: Weights, spec: Spec) -> Trajectory:
    stack = read_stack(weights, spec)
    rest = weights.apart_from(*stack.names)
    name, positions = find_positions(rest, spec)
    if name is not None:
        rest = rest.apart_from(name)
    found = find_entry(rest)
    entry, _ = chain(rest.only(found), DIMENSION, spec.hidden)
    head, assumed = logit_chain(rest.apart_from(found), spec.hidden, spec.head_activation or "ReLU")
    choices = (
        (name is None, "no positions"),
        (spec.pooling is None, "mean over the turns"),
        (assumed and spec.head_activation is None, "ReLU between the last linear layers"),
    )
    made = [f"trajectory: {text}" for unsaid, text in choices if unsaid]
    return Trajectory(entry, positions, stack, spec.pooling or "mean", head, [*stack.assumed, *made])


def read_trajectory(path: Path, spec: Spec) -> Trajectory:
    """Raises ConvertError for a file that is refused, and for weights that are missing, left over or ambiguous."""
    weights = load_weights(path)
    with refusing(path, "no trajectory model"):
        return parts_of(weights, spec)
