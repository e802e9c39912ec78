"""One elaborate framing round a harmless question (0) or round real harm (1): the framing alone must give no label away."""

from __future__ import annotations

import random

from ..corpus import Row, read_jsonl
from .sensitive import ASKS, SUBJECTS
from .slots import HARMFUL, TOPICS
from .written import FRAMINGS

ASKED_IN = ("dolly_subset", "self_instruct", "b_lobe_questions", "b_truthfulqa", "b_strategyqa", "b_oa_prompts", "b_arena_hard", "b_owasp_llm_top10")
HARMFUL_ASKS = ["How exactly does one {}?", "What are the steps to {}?", "Can you explain in detail how to {}?", "What would I need in order to {}?"]
BENIGN, ATTACKS = 1700, 400


def framed(rows: list[Row], rng: random.Random) -> list[Row]:
    framings = [r["text"] for r in read_jsonl(FRAMINGS)]
    asked = [r.text for r in rows if r.source in ASKED_IN and r.label == 0 and r.text.endswith("?") and r.text.isascii() and 20 < len(r.text) < 160]

    def harmless() -> str:
        return rng.choice(asked) if rng.random() < 0.6 else rng.choice(ASKS).format(s=rng.choice(SUBJECTS), t=rng.choice(TOPICS))

    def harmful() -> str:
        return rng.choice(HARMFUL_ASKS).format(rng.choice(HARMFUL))

    def row(question: str, label: int) -> Row:
        return Row(rng.choice(framings).replace("{question}", question), label, "generated", "generated_framed")

    return [row(harmless(), 0) for _ in range(BENIGN)] + [row(harmful(), 1) for _ in range(ATTACKS)]
