"""Reads isolation_forest.pkl. Neither scikit-learn's code nor NumPy's unpickling runs on what it holds."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

from .errors import ConvertError, RefusedError, present, refusing
from .inert import Inert, kind_of, stand_in
from .numpy_pickle import Latin1

FOREST = "sklearn.ensemble._iforest.IsolationForest"
ESTIMATOR = "sklearn.tree._classes.ExtraTreeRegressor"
TREE = "sklearn.tree._tree.Tree"
MADE = {FOREST, ESTIMATOR}
CALLED = {
    TREE, "numpy.ndarray", "numpy.dtype",
    *(f"{package}.{name}" for package in ("numpy.core", "numpy._core") for name in ("multiarray._reconstruct", "multiarray.scalar", "numeric._frombuffer")),
}
ALLOWED: dict[str, type[Inert]] = {name: stand_in(name) for name in MADE} | {name: stand_in(name, called=True) for name in CALLED} | {Latin1.kind: Latin1}
"""All that a pickled IsolationForest refers to, NumPy before and since 2.0."""


class ForestUnpickler(pickle.Unpickler):
    """Finds no class but the stand-ins."""

    def find_class(self, module: str, name: str) -> type[Inert]:
        full = f"{module}.{name}"
        if full not in ALLOWED:
            raise RefusedError(f"names {full}")
        return ALLOWED[full]


def load_forest(path: Path) -> Inert:
    """The IsolationForest of a pickle, inert.

    Raises ConvertError for a missing or damaged file, a class off the list, and any other object."""
    with refusing(path, "no readable pickle"):
        found = ForestUnpickler(io.BytesIO(present(path).read_bytes())).load()
    if not isinstance(found, Inert) or found.kind != FOREST:
        raise ConvertError(path, f"holds {kind_of(found)}, not an IsolationForest")
    return found
