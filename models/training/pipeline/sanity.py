"""`python -m pipeline.sanity --data DIR --encoder CHECKPOINT`: is it still an encoder of sentences in general?

Retrieval over held-out texts: of 500 candidates, how often is a text's own partner the nearest, for the rounded encoder and for the backbone
that it comes from. Mean reciprocal rank as well (Voorhees 1999).
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from .bundle import dequantized
from .config import Config
from .corpus import held_out, read_jsonl, read_prompts, talk_held, with_groups
from .encoder import BACKBONE, Encoder, embed, load_tokenizer
from .pairs import CONVERSATIONS
from .transforms import disguise
from .windows import Windows

PAIRS = 500
Pair = tuple[str, str]


def replies(config: Config, rng: random.Random) -> list[Pair]:
    """A user's opening turn and its answer, of held-out conversations; the first stage's weak pairs may have some of them."""
    found: list[Pair] = []
    for name in CONVERSATIONS:
        for row in read_jsonl(config.data / "train" / "conversations" / f"{name}.jsonl.gz"):
            turns = row["turns"]
            if talk_held(f"{name}:{row['id']}") and len(turns) > 1 and turns[0]["role"] == "user" and min(len(t["text"]) for t in turns[:2]) > 15:
                found.append((turns[0]["text"], turns[1]["text"]))
    return rng.sample(found, min(PAIRS, len(found)))


def disguised(texts: list[str], rng: random.Random) -> list[Pair]:
    """A text and what an evasion transform makes of it."""
    return [(text, disguise(text, rng)) for text in texts]


def halves(texts: list[str]) -> list[Pair]:
    """The two halves of a longer text."""
    words = [text.split() for text in texts]
    return [(" ".join(w[: len(w) // 2]), " ".join(w[len(w) // 2 :])) for w in words]


@torch.inference_mode()
def retrieval(encoder: Encoder, windows: Windows, pairs: list[Pair]) -> tuple[float, float]:
    """Share of texts whose partner is the nearest of all partners, and the mean reciprocal rank; of each text its first window."""
    left, right = (embed(encoder, [windows.of(pair[side])[0] for pair in pairs], half=True) for side in (0, 1))
    cosines = left @ right.T
    ranks = (cosines >= cosines.diagonal()[:, None]).sum(1).float()
    return float((ranks == 1).float().mean()), float((1 / ranks).mean())


def main() -> None:
    parser = argparse.ArgumentParser(prog="pipeline.sanity", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/")
    parser.add_argument("--encoder", type=Path, required=True, help="checkpoint of a stage, in the scratch folder of its run")
    arguments = parser.parse_args()
    config = Config(data=arguments.data, work=arguments.encoder.parent)
    torch.set_num_threads(config.threads)
    rng = random.Random(config.seed + 12)

    benign = [row.text for row in with_groups(read_prompts(config)) if row.label == 0 and held_out(row, config)]
    short = [text for text in benign if 8 < len(text.split()) <= 60]
    long = [text for text in benign if 60 < len(text.split()) < 300]
    pairs = {"reply to a turn": replies(config, rng), "disguise of a text": disguised(rng.sample(short, PAIRS), rng), "other half of a text": halves(rng.sample(long, min(PAIRS, len(long))))}

    ours = Encoder()
    ours.load_state_dict(torch.load(arguments.encoder)["encoder"])
    readers = [(dequantized(ours), Windows(load_tokenizer(arguments.encoder.parent), config)), (Encoder(), Windows(load_tokenizer(BACKBONE), config))]
    print("| nearest of all | pairs | ours: first % | mean reciprocal rank | backbone: first % | mean reciprocal rank |\n|---|--:|--:|--:|--:|--:|")
    for name, found in pairs.items():
        figures = [figure for encoder, windows in readers for figure in retrieval(encoder, windows, found)]
        print(f"| {name} | {len(found)} | {100 * figures[0]:.1f} | {figures[1]:.3f} | {100 * figures[2]:.1f} | {figures[3]:.3f} |", flush=True)


if __name__ == "__main__":
    main()
