"""fusion.onnx against PyTorch: normalisation, batch normalisation, activations, and 1 - p."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from .conftest import CARD, FusionMLP, run, save_module, shaken
from .errors import ConvertError
from .fusion import compile_fusion, read_fusion
from .stats import Stats

MEANS, STDS = ([figures[at] for figures in CARD.values()] for at in (0, 1))
STATS = Stats(MEANS, STDS, None)
ROWS = np.random.default_rng(2).random((30, 6)).astype(np.float32)


def expected(model: nn.Module) -> np.ndarray:
    with torch.no_grad():
        return model((torch.from_numpy(ROWS) - torch.tensor(MEANS)) / torch.tensor(STDS)).numpy()


def found(path: Path, reverse: bool = False) -> np.ndarray:
    return run(compile_fusion(read_fusion(path), STATS, reverse), "features", ROWS)["probability"]


@pytest.mark.parametrize("form", ["module", "state", "checkpoint", "module in a checkpoint", "sequence"])
def test_forms(tmp_path: Path, fusion: FusionMLP, form: str) -> None:
    path = tmp_path / "fusion_model.pt"
    match form:
        case "module":
            save_module(fusion, path)
        case "state":
            torch.save(fusion.state_dict(), path)
        case "checkpoint":
            torch.save({"model_state_dict": fusion.state_dict(), "optimizer": {"state": {}}, "threshold": 0.46}, path)
        case "module in a checkpoint":
            torch.save({"model": fusion.net, "epoch": 3}, path)
        case "sequence":
            torch.save(fusion.net, path)
    wanted = expected(fusion)
    assert np.ptp(wanted) > 0.1
    np.testing.assert_allclose(found(path), wanted, atol=1e-5)
    np.testing.assert_allclose(found(path, reverse=True), 1 - wanted, atol=1e-5)


SEQUENCES = {
    "norm first": lambda: (nn.Linear(6, 16), nn.BatchNorm1d(16), nn.LeakyReLU(0.2), nn.Linear(16, 1), nn.Sigmoid()),
    "norm last": lambda: (nn.Linear(6, 16), nn.Tanh(), nn.BatchNorm1d(16, affine=False), nn.Dropout(0.1), nn.Linear(16, 1), nn.Sigmoid()),
    "others": lambda: (nn.LayerNorm(6), nn.Linear(6, 16), nn.GELU(), nn.Linear(16, 8, bias=False), nn.SiLU(), nn.Linear(8, 1), nn.Sigmoid()),
    "nested": lambda: (nn.Sequential(nn.Linear(6, 8), nn.ReLU()), nn.Sequential(nn.Linear(8, 8), nn.ReLU()), nn.Linear(8, 1), nn.Sigmoid()),
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_sequences(tmp_path: Path, name: str) -> None:
    model = shaken(FusionMLP(*SEQUENCES[name]()), 6)
    save_module(model, tmp_path / "fusion_model.pt")
    np.testing.assert_allclose(found(tmp_path / "fusion_model.pt"), expected(model), atol=1e-5)


def test_batch_norm_of_a_state_dict(tmp_path: Path) -> None:
    path = tmp_path / "fusion_model.pt"
    clear = shaken(FusionMLP(nn.Linear(6, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 1), nn.Sigmoid()), 6)
    torch.save(clear.state_dict(), path)
    np.testing.assert_allclose(found(path), expected(clear), atol=1e-5)
    after = shaken(FusionMLP(nn.Linear(6, 16), nn.ReLU(), nn.BatchNorm1d(16), nn.Linear(16, 1), nn.Sigmoid()), 6)
    torch.save(after.state_dict(), path)
    np.testing.assert_allclose(found(path), expected(after), atol=1e-5)
    torch.save(FusionMLP(nn.Linear(6, 16), nn.ReLU(), nn.BatchNorm1d(16), nn.Dropout(0.1), nn.Linear(16, 1)).state_dict(), path)
    with pytest.raises(ConvertError, match=r"ambiguous: .* before or after net\.2"):
        read_fusion(path)


class Attributes(nn.Module):
    """Layers as attributes, the sigmoid in the code; `forward` as FusionMLP's."""

    def __init__(self, *activations: nn.Module) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(6, 16), nn.Linear(16, 1)
        self.act = nn.ModuleList(activations)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        between = self.act[0] if self.act else torch.relu
        return torch.sigmoid(self.fc2(between(self.fc1(x)))).squeeze(-1)


def test_attributes(tmp_path: Path) -> None:
    path = tmp_path / "fusion_model.pt"
    for activations in ((), (nn.GELU(),)):
        model = shaken(Attributes(*activations), 6)
        save_module(model, path)
        np.testing.assert_allclose(found(path), expected(model), atol=1e-5)
        assert bool(read_fusion(path).assumed) == (not activations)
    save_module(Attributes(nn.GELU(), nn.ReLU()), path)
    with pytest.raises(ConvertError, match="ambiguous: which of GELU, ReLU"):
        read_fusion(path)


@pytest.mark.parametrize(
    ("layers", "match"),
    [
        ((nn.Linear(5, 1),), "takes 5 numbers where 6 come in"),
        ((nn.Linear(6, 2),), "gives 2 numbers, not 1"),
        ((nn.Linear(6, 8), nn.Linear(9, 1)), "takes 9 numbers where 8 come in"),
        ((nn.Linear(6, 1), nn.Tanh()), "the last layer is not a linear one"),
        ((nn.Linear(6, 1), nn.Softmax(dim=1)), r"refused: names torch\.nn\.modules\.activation\.Softmax"),
    ],
)
def test_refused(tmp_path: Path, layers: tuple[nn.Module, ...], match: str) -> None:
    save_module(FusionMLP(*layers), tmp_path / "fusion_model.pt")
    with pytest.raises(ConvertError, match=f"fusion_model.pt: .*{match}"):
        read_fusion(tmp_path / "fusion_model.pt")
