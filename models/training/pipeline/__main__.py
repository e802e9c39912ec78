"""`python -m pipeline --data DIR --work DIR`: every stage in order, resuming after the last finished one."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy
import torch

from .config import Config
from .corpus import Row, held_out, read_prompts, read_turns, with_groups
from .encoder import Encoder, load_tokenizer
from .generate import generated
from .payloads import payloads
from .train import train_pairs, train_supervised
from .windows import Windows


def main() -> None:
    parser = argparse.ArgumentParser(prog="pipeline", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ (and eval/, which is not read)")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder for checkpoints")
    arguments = parser.parse_args()
    config = Config(data=arguments.data, work=arguments.work)
    config.work.mkdir(parents=True, exist_ok=True)
    random.seed(config.seed), numpy.random.seed(config.seed), torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)

    rows = with_groups(read_prompts(config) + read_turns(config) + generated(config))
    train: list[Row] = [r for r in rows if not held_out(r, config)]
    held: list[Row] = [r for r in rows if held_out(r, config)]
    print(f"corpus: {len(train)} rows to train ({sum(r.label for r in train)} attacks), {len(held)} held out ({sum(r.label for r in held)} attacks)", flush=True)

    encoder, windows = Encoder(), Windows(load_tokenizer(), config)
    paired, tuned = config.work / "encoder-pairs.pt", config.work / "encoder-supervised.pt"
    if tuned.exists():
        encoder.load_state_dict(torch.load(tuned))
    else:
        if paired.exists():
            encoder.load_state_dict(torch.load(paired))
        else:
            train_pairs(encoder, windows, train, config)
            torch.save(encoder.state_dict(), paired)
        train_supervised(encoder, windows, train, payloads(rows), config)
        torch.save(encoder.state_dict(), tuned)


if __name__ == "__main__":
    main()
