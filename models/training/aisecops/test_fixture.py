"""The engine's bundle for tests is the one that fixture.py makes, and its graphs give the golden figures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest

from .conftest import run
from .fixture import TURNS, build
from .tiny_e5 import embedded

COMMITTED = Path(__file__).parents[3] / "packages/engine/src/node/testing/aisecops"
GOLDEN = json.loads((COMMITTED / "golden.json").read_text())


def test_made_again(tmp_path: Path) -> None:
    made = build(tmp_path)
    assert made["known"] == GOLDEN["known"]
    for found, committed in zip(made["cases"], GOLDEN["cases"], strict=True):
        assert found["turns"] == committed["turns"] and found["score"] == pytest.approx(committed["score"], abs=1e-4)
        assert found["features"] == pytest.approx(committed["features"], abs=1e-4)
    new, old = (json.loads((folder / "manifest.json").read_text()) for folder in (tmp_path, COMMITTED))
    assert {**new, "artifacts": sorted(new["artifacts"])} == {**old, "artifacts": sorted(old["artifacts"])}


def test_graphs() -> None:
    anomaly, trajectory, fusion = (onnx.load(COMMITTED / f"{name}.onnx") for name in ("anomaly", "trajectory", "fusion"))
    for case in GOLDEN["cases"]:
        features = case["features"]
        forest = run(anomaly, "embedding", embedded(case["turns"][-1:]))
        assert forest["anomaly"][0] == pytest.approx(features["anomaly_score"], abs=1e-4)
        assert forest["raw"][0] == pytest.approx(features["if_score"], abs=1e-5)
        score = run(fusion, "features", np.array([list(features.values())]))["probability"][0]
        assert score == pytest.approx(case["score"], abs=1e-4)
    led = run(trajectory, "embeddings", embedded(TURNS[-6:])[None])["probability"][0]
    assert led == pytest.approx(GOLDEN["cases"][-1]["features"]["trajectory_score"], abs=1e-4)
