"""Reads a JSON file and its numbers."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from .errors import ConvertError, present, refusing


def read_object(path: Path) -> dict[str, Any]:
    """Raises ConvertError for a missing file and for anything but a JSON object."""
    with refusing(path, "no JSON"):
        found = json.loads(present(path).read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ConvertError(path, "no JSON object")
    return found


def number(path: Path, name: str, value: Any) -> float:
    """Raises ConvertError for what is no finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ConvertError(path, f"{name}: {value!r} is no finite number")
    return float(value)
