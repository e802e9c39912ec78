"""trajectory.onnx against PyTorch, in all forms of file, and weights that are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from .conftest import CONFIG, Trajectory, run, save_module, shaken
from .errors import ConvertError
from .spec import read_spec
from .trajectory import read_trajectory
from .trajectory_onnx import TrajectoryGraph


def converted(path: Path, **more: object) -> TrajectoryGraph:
    config = path.with_name("trajectory_model_best_config.json")
    config.write_text(json.dumps(CONFIG | more))
    return TrajectoryGraph(read_trajectory(path, read_spec(config)))


def compare(graph: TrajectoryGraph, model: nn.Module) -> None:
    """On every number of turns, several rows at once."""
    built, made = graph.build(), torch.Generator().manual_seed(3)
    results = []
    for turns in range(2, 7):
        rows = torch.randn(5, turns, 1024, generator=made)
        with torch.no_grad():
            expected = model(rows).numpy()
        found = run(built, "embeddings", rows.numpy())["probability"]
        np.testing.assert_allclose(found, expected, atol=1e-4)
        results.append(expected)
    assert np.std(np.concatenate(results)) > 0.05


@pytest.mark.parametrize("form", ["state", "model_state_dict", "state_dict", "model", "module"])
def test_forms(tmp_path: Path, trajectory: Trajectory, form: str) -> None:
    path = tmp_path / "trajectory_model_best.pt"
    if form == "module":
        save_module(trajectory, path)
    elif form == "state":
        torch.save(trajectory.state_dict(), path)
    else:
        optimizer = torch.optim.Adam(trajectory.head.parameters(), lr=0.0)
        trajectory.head(torch.zeros(1, 512)).sum().backward()
        optimizer.step()
        torch.save({form: trajectory.state_dict(), "optimizer_state_dict": optimizer.state_dict(), "epoch": 7, "best": np.float64(0.9), "curve": np.arange(3.0)}, path)
    compare(converted(path), trajectory)


@pytest.mark.parametrize("whole", [True, False])
def test_norm_first_and_gelu(tmp_path: Path, whole: bool) -> None:
    path, model = tmp_path / "trajectory_model_best.pt", shaken(Trajectory(True, "gelu", width=512), 4, 1024)
    if whole:
        save_module(model, path)
        compare(converted(path), model)
        with pytest.raises(ConvertError, match="norm_first: the config says False"):
            converted(path, norm_first=False)
        with pytest.raises(ConvertError, match="heads: the config says 4"):
            converted(path, num_heads=4)
    else:
        torch.save(model.state_dict(), path)
        compare(converted(path, norm_first=True, activation="gelu"), model)


class Other(Trajectory):
    """Activations as modules, an embedding for the positions, a sequence around the entry, one head, and pooling by the name given."""

    def __init__(self, pooling: str) -> None:
        super().__init__(activation=nn.GELU(), width=256)
        del self.pos
        self.pos = nn.Embedding(8, 512)
        self.input_proj = nn.Sequential(nn.Linear(1024, 512), nn.LayerNorm(512), nn.GELU(), nn.Dropout(0.1))
        self.head = nn.Linear(512, 1)
        self.pooling = pooling

    def forward(self, x: Tensor) -> Tensor:
        encoded = self.encoder(self.input_proj(x) + self.pos(torch.arange(x.shape[1])))
        pooled = {"mean": encoded.mean(1), "max": encoded.amax(1), "first": encoded[:, 0], "last": encoded[:, -1]}[self.pooling]
        return torch.sigmoid(self.head(pooled)).squeeze(-1)


@pytest.mark.parametrize("pooling", ["mean", "max", "first", "last"])
def test_pooling(tmp_path: Path, pooling: str) -> None:
    path, model = tmp_path / "trajectory_model_best.pt", shaken(Other(pooling), 4, 1024)
    save_module(model, path)
    compare(converted(path, pooling=pooling), model)
    torch.save(model.state_dict(), path)
    with pytest.raises(ConvertError, match=r"ambiguous: input_proj\.0 is one of a sequence"):
        converted(path, pooling=pooling)


def test_refused(tmp_path: Path, trajectory: Trajectory) -> None:
    path, state = tmp_path / "trajectory_model_best.pt", trajectory.state_dict()

    def refused(match: str, **changed: Tensor | None) -> None:
        given = {**state, **{name.replace("__", "."): tensor for name, tensor in changed.items()}}
        torch.save({name: tensor for name, tensor in given.items() if tensor is not None}, path)
        with pytest.raises(ConvertError, match=f"trajectory_model_best.pt: .*{match}"):
            converted(path)

    refused("0 linear layers that take 1024", input_proj__weight=torch.zeros(512, 384))
    refused("pos: 4 positions for 6 turns", pos=torch.zeros(1, 4, 512))
    refused("ambiguous: which of pos, table", table=torch.zeros(6, 512))
    refused("ambiguous: .*head.0 and norm|ambiguous: norm is", norm__weight=torch.ones(512), norm__bias=torch.ones(512))
    refused("left over: extra", extra__gate=torch.zeros(3))
    refused("encoder.layers.2: not the parameters", encoder__layers__2__self_attn__in_proj_bias=None)
    refused("2 stacks", other__layers__0__self_attn__in_proj_weight=torch.zeros(1536, 512))
    refused("a layer takes 40 numbers where 64", head__3__weight=torch.zeros(1, 40))
    refused("head.0.bias: holds a weight that is no finite", head__0__bias=torch.full((64,), torch.nan))
    torch.save(state, path)
    with pytest.raises(ConvertError, match="4 transformer layers; the config says 3"):
        converted(path, num_layers=3)
