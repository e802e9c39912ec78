"""Reads a .pt file: a state dict, a checkpoint that holds one, or a whole pickled module. Only PyTorch's tensors are made; all else stays inert."""

from __future__ import annotations

import sys
from _compat_pickle import IMPORT_MAPPING
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.serialization import get_unsafe_globals_in_checkpoint, safe_globals

from .errors import ConvertError, RefusedError, present, refusing
from .inert import Inert, kind_of, stand_in

_NN = {
    "activation": ("GELU", "LeakyReLU", "MultiheadAttention", "ReLU", "SiLU", "Sigmoid", "Tanh"),
    "batchnorm": ("BatchNorm1d",),
    "container": ("ModuleList", "Sequential"),
    "dropout": ("Dropout",),
    "linear": ("Identity", "Linear", "NonDynamicallyQuantizableLinear"),
    "normalization": ("LayerNorm",),
    "sparse": ("Embedding",),
    "transformer": ("TransformerEncoder", "TransformerEncoderLayer"),
}
LAYERS = {f"torch.nn.modules.{module}.{name}": name for module, names in _NN.items() for name in names}
FUNCTIONS = {"torch.nn.functional.relu": "ReLU", "torch.nn.functional.gelu": "GELU", "torch._C._nn.gelu": "GELU"}
"""Activations of nn.TransformerEncoderLayer, which it keeps as functions."""
FIGURES = {"numpy.dtype", "numpy.ndarray", *(f"numpy.{core}.multiarray.{name}" for core in ("core", "_core") for name in ("scalar", "_reconstruct"))}
"""NumPy's numbers, which checkpoints keep beside the weights."""
STATES = ("model_state_dict", "state_dict", "model")
"""Where a checkpoint keeps the weights."""


@dataclass(frozen=True)
class Weights:
    """`tensors`: float32, by dotted name, in the file's order. `modules`: of a pickled module, itself ("") and those inside it; empty for a state dict."""

    path: Path
    tensors: dict[str, NDArray]
    modules: dict[str, Inert]

    def apart_from(self, *names: str) -> Weights:
        """Without what goes by these names or stands under them."""
        return self._of(lambda name: not any(within(name, one) for one in names))

    def only(self, one: str) -> Weights:
        """What goes by this name or stands under it."""
        return self._of(lambda name: within(name, one))

    def _of(self, kept: Callable[[str], bool]) -> Weights:
        return Weights(self.path, {k: v for k, v in self.tensors.items() if kept(k)}, {k: v for k, v in self.modules.items() if kept(k)})


def within(name: str, other: str) -> bool:
    return name == other or name.startswith(f"{other}.")


def _stand_in(name: str) -> type[Inert]:
    """For a class or function of a file. Python's own (by their names in Python 2 too, as PyTorch writes them), PyTorch's and NumPy's are
    refused but for those listed; a class of another package may be the model's own, and is refused only if the file calls it."""
    known = LAYERS | FUNCTIONS
    if name in known:
        return stand_in(known[name])
    if name in FIGURES:
        return stand_in(name, called=True)
    if name.partition(".")[0] in {*sys.stdlib_module_names, *IMPORT_MAPPING, "torch", "numpy"}:
        raise RefusedError(f"names {name}")
    return stand_in(name)


def _array(path: Path, name: str, tensor: Any) -> NDArray | None:
    """None for whole numbers and truth values: counters and masks, which no layer multiplies by."""
    if not isinstance(tensor, torch.Tensor) or tensor.layout != torch.strided or tensor.is_quantized or tensor.device.type != "cpu":
        raise ConvertError(path, f"{name}: no plain tensor, but {kind_of(tensor)}")
    if not tensor.is_floating_point():
        return None
    values = tensor.detach().to(torch.float32).numpy()
    if not np.isfinite(values).all():
        raise ConvertError(path, f"{name}: holds a weight that is no finite number")
    return values


def _walk(module: Inert, name: str, modules: dict[str, Inert], tensors: dict[str, Any]) -> None:
    modules[name] = module
    stem = f"{name}." if name else ""
    for part in ("_parameters", "_buffers"):
        tensors.update((stem + own, tensor) for own, tensor in module.state[part].items() if tensor is not None)
    for own, child in module.state["_modules"].items():
        if child is not None:
            _walk(child, stem + own, modules, tensors)


def _read(path: Path) -> Weights:
    names = get_unsafe_globals_in_checkpoint(path)
    with safe_globals([(_stand_in(name), name) for name in names]):
        try:
            found = torch.load(path, map_location="cpu", weights_only=True)
        except UnpicklingError as error:  # whose text advises to load it unsafely
            raise RefusedError("not the pickle of weights or of a module") from error
    if isinstance(found, dict) and not all(isinstance(value, torch.Tensor) for value in found.values()):
        keys = [key for key in STATES if key in found]
        if len(keys) != 1:
            raise ConvertError(path, f"a checkpoint with {' and '.join(keys) or 'none'} of {', '.join(STATES)}")
        found = found[keys[0]]
    modules: dict[str, Inert] = {}
    tensors: dict[str, Any] = {}
    if isinstance(found, Inert):
        _walk(found, "", modules, tensors)
    elif isinstance(found, dict):
        tensors = found
    else:
        raise ConvertError(path, f"holds {kind_of(found)}, neither weights nor a module")
    arrays = {name: _array(path, name, tensor) for name, tensor in tensors.items()}
    return Weights(path, {name: array for name, array in arrays.items() if array is not None}, modules)


def load_weights(path: Path) -> Weights:
    """Raises ConvertError for a missing or damaged file, a refused class, weights that are no finite numbers."""
    with refusing(path, "not read"):
        return _read(present(path))
