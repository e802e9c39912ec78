"""training_feature_stats.json and fusion_threshold.json: mean and standard deviation of each of the fusion's features, the forest's percentiles, the threshold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .card import FEATURES
from .errors import ConvertError
from .jsons import number, read_object

COLUMNS = {"mean": ("mean", "means"), "std": ("std", "stds")}
NAMES = ("feature_names", "features", "feature_order")
PERCENTILE = re.compile(r"p?(\d+(?:\.\d+)?)%?")


@dataclass(frozen=True)
class Stats:
    """`means`, `stds`: in the order of FEATURES. `percentiles`: lowest and highest of the forest's raw score on benign rows, None if the file has none."""

    means: list[float]
    stds: list[float]
    percentiles: tuple[float, float] | None


def column(path: Path, raw: dict[str, Any], figure: str) -> dict[str, Any]:
    """A figure by feature. The file may hold an object a feature, an object a figure, or a list a figure with or without the features' names."""
    if all(isinstance(raw.get(name), dict) for name in FEATURES):
        return {name: raw[name].get(figure) for name in FEATURES}
    found = next((raw[key] for key in COLUMNS[figure] if key in raw), None)
    if isinstance(found, dict):
        return found
    if isinstance(found, list):
        names = next((raw[key] for key in NAMES if isinstance(raw.get(key), list)), list(FEATURES))
        if sorted(names) != sorted(FEATURES) or len(found) != len(names):
            raise ConvertError(path, f"{figure}: not the {len(FEATURES)} features {', '.join(FEATURES)}")
        return dict(zip(names, found, strict=True))
    missing = [name for name in FEATURES if not isinstance(raw.get(name), dict)]
    raise ConvertError(path, f"no {figure} of {', '.join(missing)}")


def percentiles_of(path: Path, raw: dict[str, Any]) -> tuple[float, float] | None:
    """Of if_score: keys such as p1 and p99, by themselves or under `percentiles`. Below zero they are scikit-learn's score_samples, and are negated."""
    own = raw.get("if_score")
    if not isinstance(own, dict):
        return None
    held = own["percentiles"] if isinstance(own.get("percentiles"), dict) else {key: value for key, value in own.items() if key.startswith("p")}
    found = {float(match[1]): number(path, f"if_score.{key}", value) for key, value in held.items() if (match := PERCENTILE.fullmatch(key))}
    if len(found) < 2:
        return None
    low, high = found[min(found)], found[max(found)]
    return checked(path, (-high, -low) if high <= 0 else (low, high))


def checked(path: Path, percentiles: tuple[float, float]) -> tuple[float, float]:
    """Raises ConvertError for two numbers that are no range within [0, 1], where the raw score lies."""
    low, high = percentiles
    if not 0 <= low < high <= 1:
        raise ConvertError(path, f"percentiles {low} and {high} are no range of the forest's raw score; give them by --percentiles")
    return low, high


def read_stats(path: Path) -> Stats:
    """Raises ConvertError for a missing feature, for no finite number, and for a standard deviation of zero or less."""
    raw = read_object(path)
    table = next((raw[key] for key in ("features", "feature_stats", "stats") if isinstance(raw.get(key), dict)), raw)
    figures = {}
    for figure in COLUMNS:
        found = column(path, table, figure)
        figures[figure] = [number(path, f"{name}.{figure}", found.get(name)) for name in FEATURES]
    if min(figures["std"]) <= 0:
        raise ConvertError(path, "a standard deviation of zero or less")
    return Stats(figures["mean"], figures["std"], percentiles_of(path, table))


def read_threshold(path: Path) -> float:
    """`optimal_threshold`, in (0, 1)."""
    threshold = number(path, "optimal_threshold", read_object(path).get("optimal_threshold"))
    if not 0 < threshold < 1:
        raise ConvertError(path, f"optimal_threshold: {threshold} is no probability")
    return threshold
