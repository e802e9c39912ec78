"""The verifier as the bundle has it, to train on from: int8 weights unfolded, the calibration left in the head."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx.external_data_helper import load_external_data_for_model
from onnx.numpy_helper import to_array
from torch import Tensor

from .bundle import GRAPH
from .model import Verifier


def load_shipped(verifier: Verifier, folder: Path) -> None:
    """Fills the verifier with what `write_bundle` wrote; positions beyond its longest reading stay as they were."""
    model = onnx.load(folder / GRAPH, load_external_data=False)
    load_external_data_for_model(model, str(folder))
    stored = {i.name: torch.from_numpy(to_array(i).copy()) for i in model.graph.initializer}
    state = verifier.encoder.bert.state_dict()
    words = stored["embeddings.words"].float() * stored["embeddings.words.scale"]
    positions = state["embeddings.position_embeddings.weight"].clone()
    positions[: len(stored["embeddings.position"])] = stored["embeddings.position"]
    # The table of positions holds the one type of tokens that there is.
    state |= {"embeddings.word_embeddings.weight": words, "embeddings.position_embeddings.weight": positions, "embeddings.token_type_embeddings.weight": torch.zeros_like(state["embeddings.token_type_embeddings.weight"])}
    state |= {name: unfolded(name, stored) for name in state if name in stored}
    verifier.encoder.bert.load_state_dict(state)
    with torch.no_grad():
        verifier.head.weight.copy_(stored["head.weight"].T)
        verifier.head.bias.fill_(bias_of(model))


def unfolded(name: str, stored: dict[str, Tensor]) -> Tensor:
    """A linear layer is stored transposed, with a scale for each output channel."""
    scale = stored.get(name.removesuffix("weight") + "scale") if name.endswith(".weight") else None
    return stored[name] if scale is None else (stored[name].float() * scale).T.contiguous()


def bias_of(model: onnx.ModelProto) -> float:
    """The head's bias, which the graph keeps as a scalar: what is added to the product with the head."""
    product = next(node.output[0] for node in model.graph.node if "head.weight" in node.input)
    added = next(node for node in model.graph.node if product in node.input)
    name = next(value for value in added.input if value != product)
    return next(float(to_array(i).item()) for i in model.graph.initializer if i.name == name)
