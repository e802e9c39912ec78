"""Conversations: those of the corpora, and the shape that all have in common."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pipeline.corpus import read_jsonl, talk_held

from .config import Config

CAPS = {
    "mtbench101": 800, "mt_eval": 312, "mt_bench": 64, "topical_chat": 350, "sgd": 350, "taskmaster4": 400, "tau_bench_conv": 235,
    "bfcl_multi_turn_conv": 162, "b_multiwoz": 250, "b_multiwoz_zh": 80, "b_crosswoz": 80, "b_crosswoz_en": 150, "b_dstc11_track5": 200,
    "b_owasp_constructed": 400, "b_security_constructed": 216, "b_oasst_val": 9,
}
"""Ordinary conversations taken of each set."""
RED_TEAM = "hh_rlhf_harmless_test"
"""People who press an assistant for what it should not say, over several turns; weakly labelled."""


@dataclass(frozen=True)
class Talk:
    """The user's turns of one conversation, oldest first; label 1: as a whole they attack the model."""

    turns: tuple[str, ...]
    label: int
    source: str
    kind: str
    held: bool
    visible: int = 1
    """Of an attack: the turn, from 1, from which on it can be told from its harmless twin."""


def read(config: Config) -> list[Talk]:
    """The corpora's conversations, with their first turns only."""
    rng = random.Random(config.seed)
    talks = []
    for name, cap in [*CAPS.items(), (RED_TEAM, 1344)]:
        rows = read_jsonl(config.data / "train" / "conversations" / f"{name}.jsonl.gz")
        for row in rng.sample(rows, min(cap, len(rows))):
            turns = tuple(t["text"] for t in row["turns"] if t["role"] == "user" and t["text"].strip())[: config.most]
            if len(turns) >= config.least:
                talks.append(Talk(turns, int(name == RED_TEAM), name, "red team" if name == RED_TEAM else "corpus", talk_held(f"{name}:{row['id']}"), visible=config.least))
    return talks
