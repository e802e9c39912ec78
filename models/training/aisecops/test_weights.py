""".pt files that are hostile, damaged or of another kind."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from .conftest import FusionMLP, save_module
from .errors import ConvertError
from .weights import load_weights


class Hostile:
    """Calls a function as it is read."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.function, self.arguments


@pytest.mark.parametrize(("function", "name"), [(os.system, "posix.system"), (eval, "builtins.eval"), (subprocess.getoutput, "commands.getoutput")])
@pytest.mark.parametrize("form", ["alone", "checkpoint", "state", "attribute"])
def test_hostile(tmp_path: Path, function: Callable[..., Any], name: str, form: str) -> None:
    path, ran = tmp_path / "fusion_model.pt", tmp_path / "ran"
    hostile = Hostile(function, f"__import__('os').mkdir({str(ran)!r})" if function is eval else f"mkdir {ran}")
    if form == "attribute":
        model = FusionMLP()
        model.note = hostile
        save_module(model, path)
    else:
        torch.save({"alone": hostile, "checkpoint": {"model_state_dict": {}, "note": hostile}, "state": {"weight": hostile}}[form], path)
    with pytest.raises(ConvertError, match=f"fusion_model.pt: refused: names {re.escape(name)}$"):
        load_weights(path)
    assert not ran.exists()
    if form == "alone":
        torch.load(path, weights_only=False)
        assert ran.exists()


def ran_here(path: str) -> None:
    Path(path).mkdir()


def test_call_of_an_unknown_function(tmp_path: Path) -> None:
    """A name that may be the model's class is not called."""
    path, ran = tmp_path / "fusion_model.pt", tmp_path / "ran"
    torch.save({"state_dict": {}, "note": Hostile(ran_here, str(ran))}, path)
    with pytest.raises(ConvertError, match=r"refused: calls .*test_weights\.ran_here"):
        load_weights(path)
    assert not ran.exists()


def test_code_of_the_class_does_not_run(tmp_path: Path) -> None:
    class Loud(nn.Sequential):
        def __setstate__(self, state: Any) -> None:
            raise AssertionError("ran")

    Loud.__qualname__ = "Loud"
    globals()["Loud"] = Loud
    try:
        torch.save(Loud(nn.Linear(6, 1)), tmp_path / "fusion_model.pt")
        assert list(load_weights(tmp_path / "fusion_model.pt").tensors) == ["0.weight", "0.bias"]
    finally:
        del globals()["Loud"]


def test_plain_pickle(tmp_path: Path) -> None:
    path, ran = tmp_path / "fusion_model.pt", tmp_path / "ran"
    path.write_bytes(pickle.dumps(Hostile(os.system, f"mkdir {ran}"), 2))
    with pytest.raises(ConvertError, match="not read"):
        load_weights(path)
    assert not ran.exists()


def test_truncated(tmp_path: Path, fusion: FusionMLP) -> None:
    path = tmp_path / "fusion_model.pt"
    torch.save(fusion.state_dict(), path)
    content = path.read_bytes()
    for size in (0, 1, 30, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:size])
        with pytest.raises(ConvertError, match="fusion_model.pt: not read"):
            load_weights(path)
    with pytest.raises(ConvertError, match="none.pt: missing"):
        load_weights(tmp_path / "none.pt")


def test_other_contents(tmp_path: Path, fusion: FusionMLP) -> None:
    path = tmp_path / "fusion_model.pt"

    def refused(found: Any, match: str) -> None:
        torch.save(found, path)
        with pytest.raises(ConvertError, match=match):
            load_weights(path)

    refused([1, 2], "holds list, neither weights nor a module")
    refused({"epoch": 1}, "a checkpoint with none of")
    refused({"model": fusion.state_dict(), "state_dict": fusion.state_dict()}, "a checkpoint with state_dict and model of")
    refused({"model": {"weight": 1}}, "weight: no plain tensor, but int")
    refused({"weight": torch.zeros(3, device="meta")}, "weight: no plain tensor")
    refused({"weight": torch.tensor([torch.inf])}, "weight: holds a weight that is no finite number")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other/data.txt", "no checkpoint")
    with pytest.raises(ConvertError, match="not read"):
        load_weights(path)
