"""NumPy arrays of a pickle, rebuilt from plain numbers: NumPy's own unpickling trusts the flags and fields of a data type."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .inert import Inert, kind_of

NUMBERS = {"b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"}


def dtype_of(found: Any) -> np.dtype:
    """Of numbers, or of records of numbers. Raises ValueError for anything else, objects above all."""
    if kind_of(found) != "numpy.dtype":
        raise ValueError(f"{kind_of(found)} for a data type")
    _, order, subarray, names, fields, size, *_ = found.state
    code = found.arguments[0]
    if names is None and subarray is None and code in NUMBERS:
        return np.dtype(code if order == "|" else order + code)
    if names is None or subarray is not None:
        raise ValueError(f"data type {code}")
    formats, offsets = [dtype_of(fields[name][0]) for name in names], [fields[name][1] for name in names]
    return np.dtype({"names": list(names), "formats": formats, "offsets": offsets, "itemsize": size})


def array_of(found: Any) -> NDArray:
    """Of either form: `_reconstruct` with a state (protocol 4 and before), `_frombuffer` (protocol 5). Raises ValueError."""
    kind = kind_of(found).rpartition(".")[2]
    if kind == "_reconstruct":
        _, shape, dtype, fortran, content = found.state
        order = "F" if fortran else "C"
    elif kind == "_frombuffer":
        content, dtype, shape, order = found.arguments
    else:
        raise ValueError(f"{kind_of(found)} for an array")
    if not isinstance(content, bytes | bytearray):
        raise ValueError("an array of objects")
    return np.frombuffer(bytes(content), dtype_of(dtype)).reshape(shape, order=order)


class Latin1(Inert):
    """`_codecs.encode`, by which protocol 2 writes bytes: gives them at once, since arrays and data types are made of them."""

    kind = "_codecs.encode"
    called = True

    def __new__(cls, text: str, encoding: str) -> Any:
        if encoding != "latin1":
            raise ValueError(f"bytes in {encoding}")
        return text.encode("latin1")
