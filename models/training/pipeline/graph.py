"""A small builder for ONNX graphs whose weights live in one shared external-data file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper

OPSET = 17
IR_VERSION = 9


class WeightFile:
    """Tensors laid end to end, each at a 64-byte boundary; a tensor asked for twice is stored once."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self.places: dict[str, tuple[int, int]] = {}

    def put(self, name: str, array: NDArray) -> tuple[int, int]:
        if name not in self.places:
            self.bytes.extend(b"\0" * (-len(self.bytes) % 64))
            raw = np.ascontiguousarray(array).tobytes()
            self.places[name] = (len(self.bytes), len(raw))
            self.bytes.extend(raw)
        return self.places[name]


class Graph:
    """Nodes in order of the calls; every method that adds a node returns the name of its output."""

    def __init__(self, weights: WeightFile | None = None, location: str = "") -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}
        self.weights, self.location = weights, location
        self.count = 0

    def op(self, kind: str, *inputs: str, **attributes: object) -> str:
        self.count += 1
        out = f"{kind}_{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=out, **attributes))
        return out

    def constant(self, name: str, array: NDArray) -> str:
        """A small tensor, kept inside the graph."""
        if name not in self.initializers:
            self.initializers[name] = onnx.numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def scalar(self, value: float) -> str:
        return self.constant(f"f{value!r}", np.array(value, dtype=np.float32))

    def weight(self, name: str, array: NDArray) -> str:
        """A large tensor, kept in the shared weight file."""
        if self.weights is None:
            return self.constant(name, array)
        if name not in self.initializers:
            offset, length = self.weights.put(name, array)
            tensor = onnx.TensorProto(name=name, data_type=helper.np_dtype_to_tensor_dtype(array.dtype), dims=array.shape, data_location=TensorProto.EXTERNAL)
            for key, value in (("location", self.location), ("offset", str(offset)), ("length", str(length))):
                tensor.external_data.add(key=key, value=value)
            self.initializers[name] = tensor
        return name

    def model(self, name: str, inputs: list[onnx.ValueInfoProto], outputs: dict[str, tuple[str, list]]) -> onnx.ModelProto:
        """Closes the graph; `outputs` maps a public name to the inner name and its shape (float32)."""
        for public, (inner, _) in outputs.items():
            self.nodes.append(helper.make_node("Identity", [inner], [public], name=public))
        infos = [helper.make_tensor_value_info(public, TensorProto.FLOAT, shape) for public, (_, shape) in outputs.items()]
        graph = helper.make_graph(self.nodes, name, inputs, infos, list(self.initializers.values()))
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="portcullis")


def save(model: onnx.ModelProto, path: Path) -> None:
    path.write_bytes(model.SerializeToString())
