"""Files of the published shape, with weights made up: the forest of few trees, the transformer at full size."""

from __future__ import annotations

import json
import pickle
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from sklearn.ensemble import IsolationForest
from torch import Tensor, nn

torch.set_num_threads(1)
CARD = {
    "anomaly_score": (0.538, 0.227), "if_score": (0.478, 0.215), "pattern_score": (0.311, 0.341),
    "max_similarity_score": (0.515, 0.234), "trajectory_score": (0.497, 0.260), "intent_entropy": (0.494, 0.250),
}
CONFIG = {"input_dim": 1024, "hidden_dim": 512, "num_layers": 4, "num_heads": 8, "dropout": 0.3, "max_seq_len": 6}


class Trajectory(nn.Module):
    """`forward`: [batch, turns, 1024] → probability [batch]."""

    def __init__(
        self, norm_first: bool = False, activation: str | nn.Module = "relu", width: int = 2048, hidden: int = 512, heads: int = 8, layers: int = 4
    ) -> None:
        super().__init__()
        self.input_proj = nn.Linear(1024, hidden)
        self.pos = nn.Parameter(torch.randn(1, 6, hidden))
        layer = nn.TransformerEncoderLayer(hidden, heads, width, dropout=0.3, activation=activation, batch_first=True, norm_first=norm_first)
        self.encoder = nn.TransformerEncoder(layer, layers, norm=nn.LayerNorm(hidden) if norm_first else None, enable_nested_tensor=False)
        self.head = nn.Sequential(nn.Linear(hidden, 64), nn.ReLU(), nn.Dropout(0.3), nn.Linear(64, 1))

    def forward(self, x: Tensor) -> Tensor:
        encoded = self.encoder(self.input_proj(x) + self.pos[:, : x.shape[1]])
        return torch.sigmoid(self.head(encoded.mean(1))).squeeze(-1)


class FusionMLP(nn.Module):
    """`forward`: six z-normalised features → probability [batch]."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__()
        self.net = nn.Sequential(*(layers or (nn.Linear(6, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1), nn.Sigmoid())))

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x).squeeze(-1)


def shaken(model: nn.Module, *shape: int) -> nn.Module:
    """Biases, gains and running figures away from zero and one, so that one mistaken for another shows; then the last layer so that probabilities spread
    around 0.5 for random inputs of the shape given."""
    with torch.no_grad():
        for tensor in (*model.parameters(), *model.buffers()):
            if tensor.ndim == 1:
                tensor.add_(torch.rand(tensor.shape) * 0.5)
        last = [one for one in model.modules() if isinstance(one, nn.Linear)][-1]
        for _ in range(2):
            logits = torch.logit(model.eval()(torch.randn(64, *shape)).double())
            last.bias.sub_(logits.mean())
            last.weight.mul_(1.5 / logits.std())
            last.bias.mul_(1.5 / logits.std())
    return model


def save_module(model: nn.Module, path: Path) -> None:
    """As a whole, under a package that is not there when the file is read."""
    package = types.ModuleType("firewall_models")
    cls = type(model)
    stand = type(cls.__name__, (cls,), {"__module__": "firewall_models"})
    setattr(package, cls.__name__, stand)
    sys.modules["firewall_models"] = package
    model.__class__ = stand
    try:
        torch.save(model, path)
    finally:
        model.__class__ = cls
        del sys.modules["firewall_models"]


def figures(percentiles: tuple[float, float]) -> dict[str, dict[str, float]]:
    """The card's, as training_feature_stats.json, with the forest's percentiles."""
    found = {name: {"mean": mean, "std": std} for name, (mean, std) in CARD.items()}
    found["if_score"] |= dict(zip(("p1", "p99"), percentiles, strict=True))
    return found


def save_files(folder: Path, forest: IsolationForest, trajectory: nn.Module, fusion: nn.Module, config: Any, stats: Any, threshold: Any) -> None:
    """The six files."""
    torch.save(trajectory.state_dict(), folder / "trajectory_model_best.pt")
    (folder / "isolation_forest.pkl").write_bytes(pickle.dumps(forest))
    save_module(fusion, folder / "fusion_model.pt")
    contents = {"trajectory_model_best_config": config, "training_feature_stats": stats, "fusion_threshold": threshold}
    for name, content in contents.items():
        (folder / f"{name}.json").write_text(json.dumps(content))


def run(model: onnx.ModelProto, name: str, values: NDArray) -> dict[str, NDArray]:
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return dict(zip((one.name for one in session.get_outputs()), session.run(None, {name: values.astype(np.float32)}), strict=True))


@pytest.fixture(autouse=True)
def seeded() -> None:
    torch.manual_seed(2)


@pytest.fixture(scope="session")
def forest() -> IsolationForest:
    rows = np.random.default_rng(0).normal(size=(300, 1024)).astype(np.float32)
    return IsolationForest(n_estimators=12, max_samples=64, random_state=0).fit(rows)


@pytest.fixture(scope="session")
def trajectory() -> Trajectory:
    torch.manual_seed(0)
    return shaken(Trajectory(), 4, 1024)


@pytest.fixture(scope="session")
def fusion() -> FusionMLP:
    torch.manual_seed(1)
    return shaken(FusionMLP(), 6)


@pytest.fixture
def published(tmp_path: Path, forest: IsolationForest, trajectory: Trajectory, fusion: FusionMLP) -> Callable[..., Path]:
    """Writes the six files and gives their folder; a keyword replaces one of the JSON files."""

    def write(config: Any = CONFIG, stats: Any = None, threshold: Any = None) -> Path:
        save_files(tmp_path, forest, trajectory, fusion, config, stats or figures((0.47, 0.53)), threshold or {"optimal_threshold": 0.46})
        return tmp_path

    return write
