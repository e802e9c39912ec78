"""The whole conversion: manifest, the command line, the JSON files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from pipeline.intents import INTENTS

from .__main__ import main
from .conftest import CARD, CONFIG, run
from .convert import Options, convert
from .errors import ConvertError
from .spec import read_spec
from .stats import read_stats, read_threshold

FIGURES = {name: {"mean": mean, "std": std} for name, (mean, std) in CARD.items()}
ROW = np.array([[0.85, 0.78, 0.60, 0.91, 0.72, 0.44]])


def test_reversed(tmp_path: Path, published: Callable[..., Path]) -> None:
    files, found = published(), {}
    for name, flags in (("as it is", []), ("reversed", ["--reversed"])):
        out = tmp_path / name
        assert main(["--files", str(files), "--out", str(out), *flags]) == 0
        manifest = json.loads((out / "manifest.json").read_text())
        found[name] = (manifest, run(onnx.load(out / "fusion.onnx"), "features", ROW)["probability"][0])
        for file, told in manifest["artifacts"].items():
            content = (out / file).read_bytes()
            assert told == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (plain, p), (turned, q) = found["as it is"], found["reversed"]
    assert q == pytest.approx(1 - p, abs=1e-5) and p != pytest.approx(0.5, abs=1e-2)
    means = {name: mean for name, (mean, _) in CARD.items()}
    assert plain["fusion"] == {"artifact": "fusion.onnx", "features": list(CARD), "means": means, "threshold": 0.46, "reversed": False}
    assert plain["intents"] == {"temperature": 0.1, "descriptions": {name: list(texts) for name, texts in INTENTS.items()}}
    assert turned["fusion"] == plain["fusion"] | {"threshold": 0.54, "reversed": True}
    assert {key: plain[key] for key in ("format", "encoder", "dimension", "prefix", "anomaly", "trajectory")} == {
        "format": "aisecops-1",
        "encoder": "intfloat/e5-large-v2",
        "dimension": 1024,
        "prefix": "query: ",
        "anomaly": {"artifact": "anomaly.onnx", "percentiles": [0.47, 0.53]},
        "trajectory": {"artifact": "trajectory.onnx", "source": "trajectory_model_best.pt", "minTurns": 2, "maxTurns": 6},
    }
    assert sorted(plain["artifacts"]) == ["anomaly.onnx", "fusion.onnx", "trajectory.onnx"]


def test_final_checkpoint_and_percentiles(tmp_path: Path, published: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    files, out = published(stats=FIGURES), tmp_path / "out"
    (files / "trajectory_model_best.pt").rename(files / "trajectory_model_final.pt")
    assert main(["--files", str(files), "--out", str(out)]) == 1
    assert "training_feature_stats.json: no percentiles of if_score" in capsys.readouterr().err
    assert not out.exists()
    notes = convert(files, out, Options(percentiles=(0.4, 0.6)))
    manifest = json.loads((out / "manifest.json").read_text())
    assert (manifest["anomaly"]["percentiles"], manifest["trajectory"]["source"]) == ([0.4, 0.6], "trajectory_model_final.pt")
    assert "assumed: trajectory: mean over the turns" in notes and "trajectory_model_best_config.json: dropout not looked at" in notes


FILES = ("trajectory_model_best.pt", "trajectory_model_best_config.json", "isolation_forest.pkl", "fusion_model.pt", "training_feature_stats.json", "fusion_threshold.json")


@pytest.mark.parametrize("name", FILES)
def test_missing(tmp_path: Path, published: Callable[..., Path], name: str) -> None:
    files = published()
    (files / name).unlink()
    with pytest.raises(ConvertError, match=f"{name}: missing"):
        convert(files, tmp_path / "out", Options())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"input_dim": 768}, "768 numbers a turn, not 1024"),
        ({"input_dim": None}, "no input_dim"),
        ({"num_heads": None}, r"no num_heads \(nor n_heads"),
        ({"num_heads": 7}, "512 numbers for 7 heads"),
        ({"max_seq_len": 1}, "fewer than 2 turns"),
        ({"num_layers": 2.5}, "num_layers: 2.5 is no size"),
        ({"pooling": "attention"}, "pooling: 'attention' is not converted"),
        ({"activation": "mish"}, "activation: 'mish' is not converted"),
        ({"d_model": 256}, "ambiguous: hidden_dim, d_model differ"),
    ],
)
def test_config_refused(tmp_path: Path, change: dict[str, Any], match: str) -> None:
    path = tmp_path / "trajectory_model_best_config.json"
    path.write_text(json.dumps(CONFIG | change))
    with pytest.raises(ConvertError, match=f"trajectory_model_best_config.json: {match}"):
        read_spec(path)


def test_forms_of_stats(tmp_path: Path) -> None:
    path = tmp_path / "training_feature_stats.json"
    means, stds = ([FIGURES[name][figure] for name in CARD] for figure in ("mean", "std"))
    backwards = {"mean": means[::-1], "std": stds[::-1], "feature_names": list(CARD)[::-1]}
    by_figure = {figure: {name: FIGURES[name][figure] for name in CARD} for figure in ("mean", "std")}
    for form in (FIGURES, {"features": FIGURES}, {"mean": means, "std": stds}, backwards, by_figure):
        path.write_text(json.dumps(form))
        assert (read_stats(path).means, read_stats(path).stds) == (means, stds)
    path.write_text(json.dumps(FIGURES | {"if_score": {"mean": 0.4, "std": 0.2, "percentiles": {"5": -0.55, "95": -0.41}}}))
    assert read_stats(path).percentiles == (0.41, 0.55)


@pytest.mark.parametrize("change", [{"std": 0}, {"std": None}, {"mean": float("nan")}, {"p1": 0.6, "p99": 0.5}, {"p1": -0.1, "p99": 0.2}])
def test_stats_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "training_feature_stats.json"
    path.write_text(json.dumps(FIGURES | {"if_score": FIGURES["if_score"] | change}))
    with pytest.raises(ConvertError, match="training_feature_stats.json: "):
        read_stats(path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"optimal_threshold": "0.46"}', '{"optimal_threshold": 46}', '{"optimal_threshold"'])
def test_threshold_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "fusion_threshold.json").write_text(content)
    with pytest.raises(ConvertError, match="fusion_threshold.json: "):
        read_threshold(tmp_path / "fusion_threshold.json")
