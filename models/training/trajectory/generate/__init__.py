"""Conversations that the project makes for training: escalating ones, and harmless ones that look alike."""

from __future__ import annotations

import random

from ..config import Config
from ..talks import Talk
from .composed import composed
from .courses import Writer

__all__ = ["generated"]


def generated(config: Config, real: list[Talk], without: frozenset[str] = frozenset()) -> list[Talk]:
    """Made conversations of both labels, and such as begin with turns of the corpora."""
    writer, rng = Writer(config, without), random.Random(config.seed)
    made = [writer.talk(rng, label, held) for held, count in ((False, config.made), (True, config.made_held)) for _ in range(count) for label in (0, 1)]
    return made + composed(made, real, config, config.made // 3, False) + composed(made, real, config, config.made_held // 2, True)
