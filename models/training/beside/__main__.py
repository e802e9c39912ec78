"""`python -m beside --work DIR --encoder CHECKPOINT`: trains a checkpoint to read a text and its bot's system prompt as one
sequence, and measures it on system prompts that it has not seen. Nothing of it ships: `models/README.md` says why.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from pipeline.config import Config
from pipeline.corpus import read_jsonl
from pipeline.encoder import DIMENSION, Encoder, embed, load_tokenizer, pad
from pipeline.text import normalise
from pipeline.train import Progress, schedule
from pipeline.windows import Windows
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional as F

TEXTS = Path(__file__).parent / "texts"
FOLDS = 5


@dataclass(frozen=True)
class Pair:
    """`kind`: `conflict` breaks this prompt only, `attack` any; `harmless` neither."""

    system: str
    text: str
    label: int
    kind: str

    def beside(self, system: str) -> Pair:
        """The same text put to another bot."""
        return replace(self, system=system, label=int(self.kind == "attack"))


def read() -> list[Pair]:
    groups = [group for path in sorted(TEXTS.glob("*.jsonl")) for group in read_jsonl(path)]
    return [Pair(group["system"], one["text"], one["label"], one["kind"]) for group in groups for one in group["texts"]]


def joined(pair: Pair, windows: Windows, most: int) -> list[int]:
    """[CLS] prefix text [SEP] system [SEP]: each gets half of the room, and what the other leaves."""
    text, system = (windows.tokenizer.encode(normalise(part), add_special_tokens=False).ids for part in (pair.text, pair.system))
    room = most - len(windows.prefix) - 3
    text = text[: max(room // 2, room - len(system))]
    return [windows.cls, *windows.prefix, *text, windows.sep, *system[: room - len(text)], windows.sep]


def mismatched(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    systems = sorted({pair.system for pair in pairs})
    return [pair.beside(rng.choice([s for s in systems if s != pair.system])) for pair in pairs]


def train(encoder: Encoder, head: nn.Linear, windows: Windows, pairs: list[Pair], epochs: int, config: Config) -> None:
    """Each epoch sees every pair, and every text once more beside another prompt."""
    rng = random.Random(config.seed)
    steps = epochs * (2 * len(pairs) // config.batch)
    optimiser = torch.optim.AdamW([{"params": encoder.parameters(), "lr": 5e-5}, {"params": head.parameters(), "lr": config.head_lr}], weight_decay=config.weight_decay)
    rate, progress, done = schedule(optimiser, steps, config.warmup), Progress("beside", steps), 0
    for _ in range(epochs):
        made = sorted(((joined(p, windows, config.max_tokens), p.label) for p in pairs + mismatched(pairs, rng)), key=lambda m: len(m[0]) + rng.random() * 20)
        cuts = [made[i : i + config.batch] for i in range(0, len(made) - config.batch + 1, config.batch)]
        rng.shuffle(cuts)
        encoder.train()
        for cut in cuts:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                embeddings = encoder(*pad([ids for ids, _ in cut]))
            labels = torch.tensor([float(label) for _, label in cut])
            loss = F.binary_cross_entropy_with_logits(head(embeddings).squeeze(-1) * 20, labels * 0.96 + 0.02)
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step(), rate.step(), optimiser.zero_grad()
            progress.tell(done := done + 1, loss.item())


@torch.no_grad()
def scores(encoder: Encoder, head: nn.Linear, windows: Windows, pairs: list[Pair], config: Config) -> NDArray:
    return head(embed(encoder, [joined(p, windows, config.max_tokens) for p in pairs], half=True).clone()).squeeze(-1).numpy()


def main() -> None:
    parser = argparse.ArgumentParser(prog="beside", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="scratch folder with the checkpoint's tokenizer.json")
    parser.add_argument("--encoder", type=Path, required=True, help="checkpoint of a pass")
    parser.add_argument("--epochs", type=int, default=2)
    arguments = parser.parse_args()
    config = Config(data=Path(), work=arguments.work)
    torch.manual_seed(config.seed), torch.set_num_threads(config.threads)
    windows, pairs = Windows(load_tokenizer(config.work), config), read()
    systems = sorted({pair.system for pair in pairs})
    random.Random(config.seed).shuffle(systems)
    held = set(systems[::FOLDS])
    encoder, head = Encoder(), nn.Linear(DIMENSION, 1)
    encoder.load_state_dict(torch.load(arguments.encoder)["encoder"])
    train(encoder, head, windows, [p for p in pairs if p.system not in held], arguments.epochs, config)

    asked = [p for p in pairs if p.system in held]
    labels, found = np.array([p.label for p in asked]), scores(encoder, head, windows, asked, config)
    elsewhere = [p for p in mismatched(asked, random.Random(config.seed + 1)) if not p.label]
    harmless = np.concatenate([found[labels == 0], scores(encoder, head, windows, elsewhere, config)])
    recall = (found[labels == 1] >= np.quantile(harmless, 0.98)).mean()
    print(f"{len(asked)} texts to {len(held)} system prompts held out: ROC AUC {roc_auc_score(labels, found):.3f}, recall at 2 % false positives, the texts put to other bots among the harmless: {recall:.3f}")


if __name__ == "__main__":
    main()
