"""`python -m pipeline --data DIR --work DIR`: every stage in order, resuming after the last finished one."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from . import forest as forests
from .bundle import dequantized, write_bundle, write_golden
from .config import Config
from .corpus import NOISY, Row, held_out, read_prompts, read_turns, thinned, cleaned, with_groups
from .encoder import Encoder, embed, load_tokenizer
from .generate import generated
from .heads import Embedded, fit_classifier, report, threshold_at
from .payloads import payloads
from .train import attack_logits, train_pairs, train_supervised
from .windows import Windows


def main() -> None:
    parser = argparse.ArgumentParser(prog="pipeline", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ (and eval/, which is not read)")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder for checkpoints")
    arguments = parser.parse_args()
    config = Config(data=arguments.data, work=arguments.work)
    config.work.mkdir(parents=True, exist_ok=True)
    random.seed(config.seed), np.random.seed(config.seed), torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)

    read = read_prompts(config) + read_turns(config)
    rows = with_groups(read + generated(config, read))
    train: list[Row] = [r for r in rows if not held_out(r, config)]
    held: list[Row] = [r for r in rows if held_out(r, config)]
    print(f"corpus: {len(train)} rows to train ({sum(r.label for r in train)} attacks), {len(held)} held out ({sum(r.label for r in held)} attacks)", flush=True)

    windows = Windows(load_tokenizer(), config)
    encoder = dequantized(trained(config, windows, train, rows))
    # Thresholds and calibration come from the held-out rows, so those are seen as the engine sees them; a fit bears bf16 and fewer windows.
    embedded = {"train": cached(config, "train", encoder, windows, thinned(train, config.seed, 2), 3, half=True), "held": cached(config, "held", encoder, windows, held, 12)}
    classifier = fit_classifier(embedded["train"], embedded["held"], config.seed)

    def scores(part: Embedded) -> np.ndarray:
        return 1 / (1 + np.exp(-part.worst(classifier.logits(part.embeddings))))

    on_held = embedded["held"]
    thresholds = {name: threshold_at(scores(on_held), on_held, fpr) for name, fpr in (("block", config.target_fpr), ("warn", config.warn_fpr))}
    for name, part in embedded.items():
        report(name, scores(part), part.labels, thresholds["block"])
    report_sources(held, scores(on_held), thresholds["block"])

    benign = embedded["train"].embeddings[embedded["train"].labels[embedded["train"].owner] == 0]
    benign = benign[np.random.default_rng(config.seed).permutation(len(benign))[: config.forest_benign]]
    forest = forests.fit(benign, config.forest_trees, config.forest_samples, config.seed)
    low, high = (float(q) for q in np.quantile(-forest.score_samples(benign), [0.01, 0.99]))
    write_bundle(config, encoder, classifier, forest, (low, high), thresholds)
    write_golden(config, encoder, windows, classifier, forest, (low, high))


def trained(config: Config, windows: Windows, train: list[Row], rows: list[Row]) -> Encoder:
    """Weak pairs, then supervised passes, after the first on cleaned and thinned rows; each stage kept when done."""
    encoder = Encoder()
    head = torch.nn.Linear(encoder.bert.config.hidden_size, 1)

    def stage(name: str, work: Callable[[], None]) -> None:
        path = config.work / f"{name}.pt"
        if path.exists():
            saved = torch.load(path)
            encoder.load_state_dict(saved["encoder"]), head.load_state_dict(saved["head"])
            return
        work()
        torch.save({"encoder": encoder.state_dict(), "head": head.state_dict()}, path)

    def chosen(turn: int) -> list[Row]:
        return thinned(clean(train, encoder, head, windows), config.seed, turn) if turn else train

    found = payloads(rows)
    stage("pairs", lambda: train_pairs(encoder, windows, train, config))
    for turn in range(len(config.lr)):
        stage(f"pass{turn}", lambda: train_supervised(encoder, head, windows, chosen(turn), found, config, turn))
    return encoder


@torch.inference_mode()
def clean(rows: list[Row], encoder: Encoder, head: torch.nn.Linear, windows: Windows) -> list[Row]:
    doubtful = [r for r in rows if r.source in NOISY]
    cut = [windows.of(r.text)[:4] for r in doubtful]
    scores = torch.sigmoid(attack_logits(head, embed(encoder, [w for ws in cut for w in ws], half=True)))
    worst = [float(part.max()) for part in scores.split([len(ws) for ws in cut])]
    kept = cleaned(rows, {r.text: score for r, score in zip(doubtful, worst, strict=True)})
    print(f"cleaned: {len(rows) - len(kept)} of {len(doubtful)} doubtful rows left out", flush=True)
    return kept


def cached(config: Config, name: str, encoder: Encoder, windows: Windows, rows: list[Row], most: int, half: bool = False) -> Embedded:
    """Embeds the rows, at most so many windows of each, once."""
    path = config.work / f"embedded-{name}.npz"
    if not path.exists():
        cut = [windows.of(r.text)[:most] for r in rows]
        embeddings = embed(encoder, [w for ws in cut for w in ws], half=half).numpy()
        owner = np.repeat(np.arange(len(rows)), [len(ws) for ws in cut])
        np.savez(path, embeddings=embeddings, owner=owner, labels=np.array([r.label for r in rows]), groups=np.array([r.group for r in rows]), weights=np.array([float(r.repeat) for r in rows]))
        print(f"embedded {name}: {len(rows)} rows, {len(owner)} windows", flush=True)
    return Embedded(**np.load(path))


def report_sources(rows: list[Row], scores: np.ndarray, threshold: float) -> None:
    """Where the held-out errors come from."""
    wrong: dict[str, list[int]] = {}
    for row, score in zip(rows, scores, strict=True):
        wrong.setdefault(f"{row.source}:{row.label}", []).append(int((score >= threshold) != row.label))
    for source, errors in sorted(wrong.items(), key=lambda item: -sum(item[1]))[:25]:
        print(f"  {source}: {sum(errors)} of {len(errors)} wrong", flush=True)


if __name__ == "__main__":
    main()
