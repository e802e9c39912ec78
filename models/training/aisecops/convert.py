"""From AISecOps' published files to a folder of graphs with their manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.graph import save
from pipeline.intents import INTENTS, TEMPERATURE
from pipeline.manifest import Manifest, artifacts

from .anomaly import convert_anomaly
from .card import DIMENSION, ENCODER, FEATURES, LEAST_TURNS, PREFIX
from .errors import ConvertError, refusing
from .fusion import compile_fusion, read_fusion
from .spec import read_spec
from .stats import checked, read_stats, read_threshold
from .trajectory import read_trajectory
from .trajectory_onnx import TrajectoryGraph

FORMAT = "aisecops-1"
LICENCES = [{"part": "aisecops", "licence": "Apache-2.0, as the model card says; converted from Tarunvoff/aisecops-models"}]
STATS = "training_feature_stats.json"


@dataclass(frozen=True)
class Options:
    """`percentiles`: of the forest's raw score on benign rows, in place of the file's. `reverse`: 1 - p for the fusion's p."""

    percentiles: tuple[float, float] | None = None
    reverse: bool = False


def weights_of_trajectory(files: Path) -> Path:
    """The best checkpoint; the final one where that is not there."""
    best = files / "trajectory_model_best.pt"
    final = files / "trajectory_model_final.pt"
    return best if best.is_file() or not final.is_file() else final


def convert(files: Path, out: Path, options: Options) -> list[str]:
    """Writes anomaly.onnx, trajectory.onnx, fusion.onnx and manifest.json, or nothing. Gives what was assumed and what was not looked at, a line each.

    Raises ConvertError for the first file that is missing, damaged, refused or of another shape."""
    stats, threshold = read_stats(files / STATS), read_threshold(files / "fusion_threshold.json")
    percentiles = checked(files / STATS, options.percentiles) if options.percentiles else stats.percentiles
    if percentiles is None:
        raise ConvertError(files / STATS, "no percentiles of if_score; give them by --percentiles")
    spec, weights = read_spec(files / "trajectory_model_best_config.json"), weights_of_trajectory(files)
    trajectory, fusion = read_trajectory(weights, spec), read_fusion(files / "fusion_model.pt")
    models = {
        "anomaly.onnx": convert_anomaly(files / "isolation_forest.pkl", percentiles),
        "trajectory.onnx": TrajectoryGraph(trajectory).build(),
        "fusion.onnx": compile_fusion(fusion, stats, options.reverse),
    }
    manifest: Manifest = {
        "format": FORMAT,
        "encoder": ENCODER,
        "dimension": DIMENSION,
        "prefix": PREFIX,
        "anomaly": {"artifact": "anomaly.onnx", "percentiles": list(percentiles)},
        "trajectory": {"artifact": "trajectory.onnx", "source": weights.name, "minTurns": LEAST_TURNS, "maxTurns": spec.turns},
        "fusion": {
            "artifact": "fusion.onnx",
            "features": list(FEATURES),
            "means": dict(zip(FEATURES, stats.means, strict=True)),
            "threshold": round(1 - threshold, 6) if options.reverse else threshold,
            "reversed": options.reverse,
        },
        "intents": {"temperature": TEMPERATURE, "descriptions": {name: list(texts) for name, texts in INTENTS.items()}},
        "assumed": [*trajectory.assumed, *fusion.assumed],
        "licences": LICENCES,
    }
    with refusing(out, "not written"):
        out.mkdir(parents=True, exist_ok=True)
        for name, model in models.items():
            save(model, out / name)
        (out / "manifest.json").write_text(json.dumps({**manifest, "artifacts": artifacts(out, list(models))}, indent=2) + "\n")
    unread = [f"{spec.path.name}: {', '.join(spec.unread)} not looked at"] if spec.unread else []
    return [*(f"assumed: {one}" for one in manifest["assumed"]), *unread]
