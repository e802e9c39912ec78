"""anomaly.onnx against scikit-learn, and pickles that are refused."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import IsolationForest

from .anomaly import convert_anomaly, tree_of
from .conftest import run
from .errors import ConvertError
from .forest_pickle import load_forest

ROWS = np.random.default_rng(5).normal(size=(40, 1024)).astype(np.float32) * np.linspace(0.3, 3, 40, dtype=np.float32)[:, None]


def written(path: Path, found: Any, protocol: int = 4) -> Path:
    path.write_bytes(pickle.dumps(found, protocol))
    return path


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_scores(tmp_path: Path, forest: IsolationForest, protocol: int) -> None:
    found = run(convert_anomaly(written(tmp_path / "isolation_forest.pkl", forest, protocol), (0.45, 0.5)), "embedding", ROWS)
    expected = -forest.score_samples(ROWS)
    assert np.ptp(expected) > 0.02
    np.testing.assert_allclose(found["raw"], expected, atol=1e-5)
    np.testing.assert_allclose(found["anomaly"], np.clip((expected - 0.45) / 0.05, 0, 1), atol=1e-5)


def test_columns_and_contamination(tmp_path: Path) -> None:
    forest = IsolationForest(n_estimators=5, max_samples=32, max_features=0.1, contamination=0.1, random_state=1).fit(ROWS)
    found = run(convert_anomaly(written(tmp_path / "isolation_forest.pkl", forest), (0.4, 0.6)), "embedding", ROWS)
    np.testing.assert_allclose(found["raw"], -forest.score_samples(ROWS), atol=1e-5)


class Hostile:
    """A pickle that makes a folder when it is read."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, (self.command,)


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_hostile(tmp_path: Path, forest: IsolationForest, protocol: int) -> None:
    hostile = Hostile(f"mkdir {tmp_path}/ran")
    for number, found in enumerate((hostile, [forest, hostile], {"forest": hostile})):
        path = written(tmp_path / f"{number}.pkl", found, protocol)
        with pytest.raises(ConvertError, match=rf"{number}\.pkl: refused: names posix\.system"):
            convert_anomaly(path, (0.4, 0.6))
    assert not (tmp_path / "ran").exists()
    pickle.loads(path.read_bytes())
    assert (tmp_path / "ran").exists()


def test_hostile_attribute(tmp_path: Path, forest: IsolationForest) -> None:
    changed = pickle.loads(pickle.dumps(forest))
    changed.estimators_[0].note = eval
    with pytest.raises(ConvertError, match="builtins.eval"):
        convert_anomaly(written(tmp_path / "isolation_forest.pkl", changed), (0.4, 0.6))


def test_truncated(tmp_path: Path, forest: IsolationForest) -> None:
    content = pickle.dumps(forest)
    path = tmp_path / "isolation_forest.pkl"
    for size in (0, 1, 100, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:size])
        with pytest.raises(ConvertError, match="isolation_forest.pkl: no readable pickle"):
            convert_anomaly(path, (0.4, 0.6))


def test_other_objects(tmp_path: Path, forest: IsolationForest) -> None:
    unfitted = written(tmp_path / "unfitted.pkl", IsolationForest())
    with pytest.raises(ConvertError, match="no fitted IsolationForest"):
        convert_anomaly(unfitted, (0.4, 0.6))
    with pytest.raises(ConvertError, match="holds list, not an IsolationForest"):
        convert_anomaly(written(tmp_path / "list.pkl", [forest]), (0.4, 0.6))
    with pytest.raises(ConvertError, match="missing"):
        convert_anomaly(tmp_path / "none.pkl", (0.4, 0.6))
    narrow = IsolationForest(n_estimators=2).fit(ROWS[:, :384])
    with pytest.raises(ConvertError, match="384 dimensions, not 1024"):
        convert_anomaly(written(tmp_path / "narrow.pkl", narrow), (0.4, 0.6))


@pytest.mark.parametrize(("field", "value"), [("left_child", 0), ("right_child", 10**9), ("feature", 1024), ("threshold", np.nan), ("n_node_samples", 0)])
def test_damaged_trees(tmp_path: Path, forest: IsolationForest, field: str, value: float) -> None:
    state = load_forest(written(tmp_path / "isolation_forest.pkl", forest)).state["estimators_"][0].state["tree_"]
    kind, shape, dtype, fortran, content = state.state["nodes"].state
    nodes = np.frombuffer(bytearray(content), forest.estimators_[0].tree_.__getstate__()["nodes"].dtype)
    nodes[field][0] = value
    state.state["nodes"].state = (kind, shape, dtype, fortran, nodes.tobytes())
    with pytest.raises(ValueError, match="node|feature"):
        tree_of(state, np.arange(1024))
