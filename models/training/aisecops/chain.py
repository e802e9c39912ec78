"""Puts layers in a row: as an nn.Sequential of the file says, else in the file's order, with one activation between any two linear layers."""

from __future__ import annotations

from os.path import commonprefix

from .errors import ConvertError
from .steps import Activation, Linear, Step, activation_of, blocks, check_widths, step_of
from .weights import Weights


def container_of(weights: Weights, names: list[str]) -> str | None:
    """The nn.Sequential that holds all these modules and runs them in its order; None if the file has none."""
    parts = [name.split(".") for name in names]
    above = ".".join(commonprefix([own[:-1] for own in parts]))
    holders = [above, *(name.rpartition(".")[0] for name in names)]
    kinds = {weights.modules[holder].kind if holder in weights.modules else None for holder in holders}
    return above if kinds == {"Sequential"} else None


def inside(name: str, container: str) -> bool:
    return name != container and (not container or name.startswith(f"{container}."))


def in_sequence(weights: Weights, container: str) -> list[Step]:
    """Every module of an nn.Sequential, and of those inside it. Raises ConvertError for a kind that is not converted."""
    tensors, steps = blocks(weights), []
    for name, module in weights.modules.items():
        if not inside(name, container) or module.kind in ("Sequential", "Dropout", "Identity"):
            continue
        steps.append(step_of(weights, name, tensors[name]) if name in tensors else activation_of(weights, module))
    return steps


def gap(weights: Weights, name: str, following: str) -> int:
    """How many modules stand between two of one numbered sequence. Raises ConvertError if they are not of one."""
    (stem, _, one), (other, _, two) = name.rpartition("."), following.rpartition(".")
    if stem != other or not one.isdigit() or not two.isdigit():
        raise ConvertError(weights.path, f"ambiguous: whether the activation comes before or after the normalisation near {name} and {following}")
    return int(two) - int(one) - 1


def by_position(weights: Weights, names: list[str], activation: Activation) -> list[Step]:
    """The numbers of a sequence tell what stands beside a normalisation. Raises ConvertError where they don't."""
    tensors, steps, due = blocks(weights), [], False
    for at, name in enumerate(names):
        step = step_of(weights, name, tensors[name])
        if isinstance(step, Linear):
            steps += [activation, step] if due else [step]
            due = True
            continue
        if at + 1 == len(names):
            raise ConvertError(weights.path, f"ambiguous: {name} is a normalisation after the last linear layer")
        before, after = at > 0 and gap(weights, names[at - 1], name) > 0, gap(weights, name, names[at + 1]) > 0
        if before + after != due:
            raise ConvertError(weights.path, f"ambiguous: whether an activation comes before or after {name}")
        steps += [activation, step] if before else [step]
        due = after
    return steps


def usual(weights: Weights, default: str) -> tuple[Activation, bool]:
    """The one activation that the file's modules have, apart from a sigmoid; else the default, and that it was assumed. Raises ConvertError for several."""
    found = {activation_of(weights, m) for m in weights.modules.values() if m.kind in ("GELU", "LeakyReLU", "ReLU", "SiLU", "Tanh")}
    if len(found) > 1:
        raise ConvertError(weights.path, f"ambiguous: which of {', '.join(sorted(one.kind for one in found))} comes between the linear layers")
    return (found.pop(), False) if found else (Activation(default), True)


def chain(weights: Weights, width: int, out: int, default: str = "ReLU") -> tuple[list[Step], bool]:
    """All of `weights` as layers in a row, from `width` numbers to `out`, and whether the activation between them was assumed.

    Raises ConvertError for what is no such row."""
    names = list(blocks(weights))
    if not names:
        raise ConvertError(weights.path, f"no linear layers from {width} numbers to {out}")
    container, assumed = container_of(weights, names), False
    if container is not None:
        steps = in_sequence(weights, container)
    else:
        activation, assumed = usual(weights, default)
        steps = by_position(weights, names, activation)
        assumed = assumed and activation in steps
    check_widths(weights, steps, width, out)
    return steps, assumed


def logit_chain(weights: Weights, width: int, default: str = "ReLU") -> tuple[list[Step], bool]:
    """`chain` to one number, before the sigmoid that it may end with."""
    steps, assumed = chain(weights, width, 1, default)
    if steps[-1] == Activation("Sigmoid"):
        steps.pop()
    if not isinstance(steps[-1], Linear):
        raise ConvertError(weights.path, "the last layer is not a linear one")
    return steps, assumed
