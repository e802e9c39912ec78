"""trajectory_model_best_config.json: the architecture of the trajectory model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .card import DIMENSION, LEAST_TURNS
from .errors import ConvertError
from .jsons import number, read_object

SIZES = {
    "dimension": ("input_dim", "input_size", "d_input", "embedding_dim"),
    "hidden": ("hidden_dim", "hidden_size", "d_model"),
    "layers": ("num_layers", "n_layers", "transformer_layers", "layers"),
    "heads": ("num_heads", "n_heads", "nhead", "attention_heads", "heads"),
    "turns": ("max_seq_len", "max_sequence_length", "max_seq_length", "max_len", "max_turns", "seq_len"),
}
"""Names that each size may have; the file must have one of them."""
CHOICES = {
    "norm_first": ("norm_first", "pre_norm"),
    "activation": ("activation",),
    "head_activation": ("head_activation", "output_activation"),
    "pooling": ("pooling", "pool", "pooling_type"),
    "epsilon": ("layer_norm_eps",),
}
POOLINGS = ("mean", "max", "first", "last")
NAMES = {"relu": "ReLU", "gelu": "GELU"}
NESTED = ("architecture", "model", "model_config", "config")


@dataclass(frozen=True)
class Spec:
    """`turns`: at most. A choice that the file does not make is None."""

    path: Path
    dimension: int
    hidden: int
    layers: int
    heads: int
    turns: int
    norm_first: bool | None
    activation: str | None
    head_activation: str | None
    pooling: str | None
    epsilon: float | None
    unread: list[str]
    """Fields of the file that the conversion does not look at."""


def _one_of(path: Path, raw: dict[str, Any], names: tuple[str, ...]) -> Any:
    """The value under the one of these names that the file has; None without. Raises ConvertError for two that differ."""
    found = [raw[name] for name in names if raw.get(name) is not None]
    if any(value != found[0] for value in found):
        raise ConvertError(path, f"ambiguous: {', '.join(name for name in names if name in raw)} differ")
    return found[0] if found else None


def _size(path: Path, raw: dict[str, Any], names: tuple[str, ...]) -> int:
    value = _one_of(path, raw, names)
    if value is None:
        raise ConvertError(path, f"no {names[0]} (nor {', '.join(names[1:])})")
    if number(path, names[0], value) != int(value) or value < 1:
        raise ConvertError(path, f"{names[0]}: {value!r} is no size")
    return int(value)


def _choice(path: Path, name: str, value: Any, known: tuple[Any, ...]) -> Any:
    if value is not None and value not in known:
        raise ConvertError(path, f"{name}: {value!r} is not converted; known are {', '.join(map(str, known))}")
    return value


def read_spec(path: Path) -> Spec:
    """Raises ConvertError for a missing size, a choice that is not converted, and sizes that can't be."""
    raw = read_object(path)
    raw = {**raw, **{key: value for nested in NESTED if isinstance(raw.get(nested), dict) for key, value in raw[nested].items()}}
    sizes = {name: _size(path, raw, names) for name, names in SIZES.items()}
    if sizes["dimension"] != DIMENSION:
        raise ConvertError(path, f"{sizes['dimension']} numbers a turn, not {DIMENSION}")
    if sizes["hidden"] % sizes["heads"]:
        raise ConvertError(path, f"{sizes['hidden']} numbers for {sizes['heads']} heads")
    if sizes["turns"] < LEAST_TURNS:
        raise ConvertError(path, f"fewer than {LEAST_TURNS} turns")
    made = {name: _one_of(path, raw, names) for name, names in CHOICES.items()}
    for name in ("activation", "head_activation"):
        told = made[name].lower() if isinstance(made[name], str) else made[name]
        made[name] = NAMES.get(_choice(path, name, told, tuple(NAMES)))
    _choice(path, "norm_first", made["norm_first"], (True, False))
    _choice(path, "pooling", made["pooling"], POOLINGS)
    if made["epsilon"] is not None:
        made["epsilon"] = number(path, "layer_norm_eps", made["epsilon"])
    known = {name for names in (*SIZES.values(), *CHOICES.values()) for name in names}
    return Spec(path, **sizes, **made, unread=sorted(name for name, value in raw.items() if name not in known and not isinstance(value, dict)))
