"""Weak pairs for the contrastive stage: a turn with its reply, a text with its disguise, two halves of one document."""

from __future__ import annotations

import random

from .config import Config
from .corpus import Row, read_jsonl
from .transforms import disguise

CONVERSATIONS = {"mtbench101": 2200, "mt_eval": 400, "mt_bench": 100, "topical_chat": 900, "b_dstc11_track5": 500, "b_owasp_constructed": 700, "b_security_constructed": 300}


def turn_pairs(config: Config, rng: random.Random) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, cap in CONVERSATIONS.items():
        found = []
        for conversation in read_jsonl(config.data / "train" / "conversations" / f"{name}.jsonl.gz"):
            turns = conversation["turns"]
            found += [(a["text"], b["text"]) for a, b in zip(turns, turns[1:]) if a["role"] == "user" and len(a["text"]) > 15 and len(b["text"]) > 15]
        pairs += rng.sample(found, min(cap, len(found)))
    return pairs


def weak_pairs(config: Config, rows: list[Row]) -> list[tuple[str, str]]:
    rng = random.Random(config.seed + 2)
    pairs = turn_pairs(config, rng)
    for row in rng.sample(rows, min(len(rows), 3 * config.pair_rows)):
        if len(pairs) >= config.pair_rows:
            break
        words = row.text.split()
        if len(words) > 60:
            middle = len(words) // 2
            pairs.append((" ".join(words[:middle]), " ".join(words[middle:])))
        elif len(words) > 3:
            pairs.append((row.text, disguise(row.text, rng)))
    rng.shuffle(pairs)
    return pairs[: config.pair_rows]
