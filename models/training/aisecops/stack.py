"""The layers of an nn.TransformerEncoder, found by the names that PyTorch gives their parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from .errors import ConvertError
from .spec import Spec
from .steps import Activation, Linear, Norm, activation_of, blocks, check_widths, step_of
from .weights import Weights

FIRST = re.compile(r"(?P<stem>.+)\.(?P<number>\d+)\.self_attn\.in_proj_weight")
IN_PROJECTION = {"in_proj_weight", "in_proj_bias"}
PARTS = {"self_attn", "self_attn.out_proj", "linear1", "linear2", "norm1", "norm2"}


@dataclass(frozen=True)
class Layer:
    """`qkv` stacks the projections to queries, keys and values: [3 · hidden, hidden]."""

    qkv: Linear
    out: Linear
    up: Linear
    down: Linear
    first: Norm
    second: Norm


@dataclass(frozen=True)
class Stack:
    """`names`: of all that was read. `norm`: after the last layer, None without. `assumed`: what neither the weights nor the config say."""

    names: list[str]
    layers: list[Layer]
    norm: Norm | None
    heads: int
    norm_first: bool
    activation: Activation
    assumed: list[str]


def _layer(weights: Weights, name: str, found: dict[str, dict[str, NDArray]], spec: Spec) -> Layer:
    hidden, own = spec.hidden, {part: found.get(f"{name}.{part}", {}) for part in PARTS}
    parts = {part for part, tensors in own.items() if tensors}
    others = {block for block in found if block.startswith(f"{name}.")} - {f"{name}.{part}" for part in PARTS}
    if parts != PARTS or set(own["self_attn"]) != IN_PROJECTION or others:
        raise ConvertError(weights.path, f"{name}: not the parameters of an nn.TransformerEncoderLayer with biases")
    qkv = Linear(own["self_attn"]["in_proj_weight"], own["self_attn"]["in_proj_bias"])
    out, up, down, first, second = (step_of(weights, f"{name}.{part}", own[part]) for part in ("self_attn.out_proj", "linear1", "linear2", "norm1", "norm2"))
    if not (isinstance(out, Linear) and isinstance(up, Linear) and isinstance(down, Linear) and isinstance(first, Norm) and isinstance(second, Norm)):
        raise ConvertError(weights.path, f"{name}: a linear layer or a normalisation is of another shape")
    check_widths(weights, [qkv], hidden, 3 * hidden)
    for steps in ([out], [up, down], [first], [second]):
        check_widths(weights, steps, hidden, hidden)
    if not weights.modules and spec.epsilon is not None:
        first, second = Norm(first.gain, first.shift, spec.epsilon), Norm(second.gain, second.shift, spec.epsilon)
    return Layer(qkv, out, up, down, first, second)


def _same(spec: Spec, name: str, told: set[Any], asked: Any) -> Any:
    """What all layers of a pickled module say, if the config says nothing else. Raises ConvertError if they differ."""
    if len(told | ({asked} - {None})) > 1:
        raise ConvertError(spec.path, f"{name}: the config says {asked}, the weights' module {', '.join(map(str, told))}")
    return next(iter(told), asked)


def _choices(weights: Weights, names: list[str], spec: Spec) -> tuple[bool, Activation, list[str]]:
    """Whether the norms come first, the activation, and what was assumed."""
    modules = [weights.modules[name] for name in names if name in weights.modules]
    other = {m.kind for m in modules} - {"TransformerEncoderLayer"}
    if other:
        raise ConvertError(weights.path, f"the layers are {', '.join(other)}, not nn.TransformerEncoderLayer")
    first = _same(spec, "norm_first", {m.state["norm_first"] for m in modules}, spec.norm_first)
    attentions = [weights.modules[f"{name}.self_attn"].state for name in names if name in weights.modules]
    _same(spec, "heads", {one["num_heads"] for one in attentions}, spec.heads)
    if any(one["bias_k"] is not None or one["add_zero_attn"] for one in attentions):
        raise ConvertError(weights.path, "attention with a key of its own: not converted")
    functions = [m.state["activation"] if "activation" in m.state else m.state["_modules"]["activation"] for m in modules]
    asked = Activation(spec.activation) if spec.activation else None
    activation = _same(spec, "activation", {activation_of(weights, one) for one in functions}, asked)
    assumed = [f"trajectory: {text}" for text, value in (("norm_first false", first), ("ReLU in the transformer", activation)) if value is None]
    return bool(first), activation or Activation("ReLU"), assumed


def read_stack(weights: Weights, spec: Spec) -> Stack:
    """Raises ConvertError where the file has no such layers, others than the config says, or two stacks of them."""
    matches = [match for name in weights.tensors if (match := FIRST.fullmatch(name))]
    stems = {match["stem"] for match in matches}
    if len(stems) != 1:
        raise ConvertError(weights.path, f"{len(stems)} stacks of nn.TransformerEncoder layers, where one is converted")
    stem, count = stems.pop(), len(matches)
    if sorted(int(match["number"]) for match in matches) != list(range(spec.layers)):
        raise ConvertError(weights.path, f"{count} transformer layers; the config says {spec.layers}")
    names, found = [f"{stem}.{number}" for number in range(count)], blocks(weights)
    layers = [_layer(weights, name, found, spec) for name in names]
    first, activation, assumed = _choices(weights, names, spec)
    owner, _, last = stem.rpartition(".")
    own = f"{owner}.norm"
    closing = step_of(weights, own, found[own]) if owner and last == "layers" and own in found else None
    if closing is not None:
        if not isinstance(closing, Norm):
            raise ConvertError(weights.path, f"{own}: not a LayerNorm")
        check_widths(weights, [closing], spec.hidden, spec.hidden)
    return Stack([stem, own] if closing else [stem], layers, closing, spec.heads, first, activation, assumed)
