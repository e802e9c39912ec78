"""Conversations with turns of the corpora: real talks before a made one, or before a prompt of either label."""

from __future__ import annotations

import random

from pipeline.corpus import NOISY, near_duplicate_key, read_jsonl

from ..config import Config
from ..talks import RED_TEAM, Talk

LONGEST = 500
"""Characters of a prompt that ends a talk."""
TOUCHY = ("cyberseceval_frr", "self_instruct", "dolly_subset", "awesome_prompts", "b_owasp_llm_top10", "b_truthfulqa", "spikee", "deepset", "b_banking77", "b_bitext_support", "mt_vicuna_bench")
"""Sets whose benign prompts end a talk."""


def prompts(config: Config) -> dict[tuple[int, bool], list[str]]:
    """Short prompts by label and by whether they are held out, near-duplicates on the same side."""
    found: dict[tuple[int, bool], list[str]] = {(label, held): [] for label in (0, 1) for held in (False, True)}
    for path in sorted((config.data / "train" / "prompts").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        for row in read_jsonl(path):
            usable = row["category"] not in ("harmful_request", "indirect_injection") and len(row["text"]) <= LONGEST and row.get("split", "train") == "train"
            if usable and name not in NOISY and (row["label"] == 1 or name in TOUCHY):
                found[int(row["label"]), config.held(near_duplicate_key(row["text"]))].append(row["text"])
    return found


def composed(made: list[Talk], real: list[Talk], config: Config, count: int, held: bool) -> list[Talk]:
    """Of each label `count`: half of them real turns and then a made talk, half of them real turns and then a prompt."""
    rng = random.Random(config.seed + held)
    leads = [t for t in real if t.held == held and t.source != RED_TEAM and not t.source.endswith("_zh") and t.source != "b_crosswoz"]
    ends = prompts(config)
    talks = []
    for label in (0, 1):
        parts = [t for t in made if t.held == held and t.label == label]
        for index in range(count):
            lead = rng.choice(leads).turns
            lead = lead[: rng.randint(1, min(5, len(lead)))]
            if index % 2:
                part = rng.choice(parts)
                lead = lead[: max(1, config.most - len(part.turns))]
                talks.append(Talk(lead + part.turns, label, "composed", part.kind, held, visible=len(lead) + part.visible))
            else:
                talks.append(Talk((*lead, rng.choice(ends[label, held])), label, "composed", "prompt at the end", held, visible=len(lead) + 1))
    return talks
