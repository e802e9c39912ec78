"""What the backbone makes of a text: the targets of the distillation (Hinton et al. 2015), for translations those of the English text
(Reimers and Gurevych 2020)."""

from __future__ import annotations

import random
import re
from collections import defaultdict

import torch
from torch import Tensor

from .config import Config
from .corpus import Row, read_jsonl, talks_to_train
from .encoder import BACKBONE, Encoder, embed, load_tokenizer
from .windows import Windows

TURNS = 1200
"""Translated turns of each set of conversations."""
SHORT = 900
"""Characters: a text that is longer may not fit one window."""


def translations(config: Config) -> dict[str, str]:
    """Text → the same in English, as far as the corpora tell: descriptions of one agent, paragraphs with the same figures in them."""
    found: dict[str, str] = {}
    agents: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_jsonl(config.data / "train" / "prompts" / "b_lobe_agents.jsonl.gz"):
        agents[row["agent"]][row["lang"]] = row["text"]
    for texts in agents.values():
        if "en" in texts:
            found.update({text: texts["en"] for lang, text in texts.items() if lang != "en"})
    paragraphs: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for row in read_jsonl(config.data / "train" / "prompts" / "b_xquad_paragraphs.jsonl.gz"):
        figures = tuple(sorted(re.findall(r"\d{2,}", row["text"])))
        if len(figures) > 2:
            paragraphs[row["lang"]][figures] = row["text"]
    for lang, texts in paragraphs.items():
        found.update({text: paragraphs["en"][figures] for figures, text in texts.items() if lang != "en" and figures in paragraphs["en"]})
    for chinese, original in (("b_crosswoz", "b_crosswoz_en"), ("b_multiwoz_zh", "b_multiwoz")):
        found.update(random.Random(config.seed + 21).sample(translated_turns(config, chinese, original), TURNS))
    return {text: english for text, english in found.items() if max(len(text), len(english)) < SHORT}


def translated_turns(config: Config, name: str, original: str) -> list[tuple[str, str]]:
    """Turns of the user with the same turns in English, where both conversations have as many."""
    talks = [{row["id"].rsplit("-", 1)[1]: [t["text"] for t in row["turns"] if t["role"] == "user"] for row in talks_to_train(config, one)} for one in (name, original)]
    return [pair for i, turns in talks[0].items() if len(turns) == len(talks[1].get(i, [])) for pair in zip(turns, talks[1][i], strict=True)]


def translated(config: Config) -> list[Row]:
    """The texts of `translations` as harmless rows."""
    return [Row(text, 0, "benign", "translated") for text in translations(config)]


def english(text: str) -> bool:
    """Whether the backbone can read it: nearly all of its letters are of the Latin alphabet's first 26."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isascii() for c in letters) > 0.98 * len(letters)


def targets(config: Config, rows: list[Row]) -> dict[str, Tensor]:
    """Text → the backbone's embedding of it, or of its translation: float32 [384], length 1. Made once and kept in the scratch folder."""
    path = config.work / "targets.pt"
    if not path.exists():
        asked = {row.text: row.text for row in rows if len(row.text) < SHORT and english(row.text)} | translations(config)
        windows = Windows(load_tokenizer(BACKBONE), config)
        read = sorted(set(asked.values()))
        # The backbone was trained without a prefix.
        found = dict(zip(read, embed(Encoder(), [[windows.cls, *windows.bodies(text)[0], windows.sep] for text in read], half=True), strict=True))
        torch.save({text: found[source].half() for text, source in asked.items()}, path)
        print(f"targets: {len(asked)} texts", flush=True)
    return {text: target.float() for text, target in torch.load(path).items()}
