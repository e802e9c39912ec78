"""Writes steps as ONNX operators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pipeline.graph import Graph

from .steps import Activation, Linear, Norm, Scale, Step


def linear(g: Graph, x: str, name: str, weight: NDArray, bias: NDArray) -> str:
    """`weight`: [out, in], as PyTorch keeps it."""
    return g.op("Add", g.op("MatMul", x, g.constant(f"{name}.weight", weight.T)), g.constant(f"{name}.bias", bias))


def norm(g: Graph, x: str, name: str, step: Norm) -> str:
    return g.op("LayerNormalization", x, g.constant(f"{name}.gain", step.gain), g.constant(f"{name}.shift", step.shift), axis=-1, epsilon=step.epsilon)


def activation(g: Graph, x: str, step: Activation) -> str:
    match step.kind:
        case "GELU":  # opset 17 has no operator for it
            doubled = g.op("Add", g.op("Erf", g.op("Mul", x, g.scalar(0.5**0.5))), g.scalar(1.0))
            return g.op("Mul", g.op("Mul", x, g.scalar(0.5)), doubled)
        case "LeakyReLU":
            return g.op("LeakyRelu", x, alpha=step.slope)
        case "SiLU":
            return g.op("Mul", x, g.op("Sigmoid", x))
        case "ReLU":
            return g.op("Relu", x)
    return g.op(step.kind, x)  # Sigmoid and Tanh go by the same name


def in_a_row(g: Graph, x: str, name: str, steps: Sequence[Step]) -> str:
    """`name` keeps the weights of two rows apart."""
    for at, step in enumerate(steps):
        own = f"{name}.{at}"
        match step:
            case Linear(weight, bias):
                x = linear(g, x, own, weight, bias)
            case Scale(gain, shift):
                x = g.op("Add", g.op("Mul", x, g.constant(f"{own}.gain", gain)), g.constant(f"{own}.shift", shift))
            case Norm():
                x = norm(g, x, own, step)
            case Activation():
                x = activation(g, x, step)
    return x


def squeezed(g: Graph, x: str) -> str:
    """[batch, 1, …] → [batch, …]."""
    return g.op("Squeeze", x, g.constant("axis1", np.array([1])))
