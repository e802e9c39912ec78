"""`python -m pipeline --data DIR --work DIR`: every stage in order, resuming after the last finished one."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from .bundle import LOGITS, Heads, calibrated, dequantized, write_bundle, write_golden
from .config import Config
from .corpus import NOISY, Row, cleaned, held_out, read_prompts, read_talks, read_turns, thinned, with_groups
from .encoder import Encoder, embed, load_tokenizer
from .generate import MADE, generated
from .heads import Embedded, fit_fusion, fit_platt, report
from .intents import prototypes
from .lexical import featured, quantized
from .payloads import payloads
from .refresh import refreshed
from .thresholds import by_false_positives, by_youden, counted
from .teacher import targets, translated
from .train import Heads as TrainingHeads, train_pairs, train_supervised
from .vocabulary import moved, vocabulary
from .voters import figures, fit_voters, ordinary
from .windows import Windows
from .wrappings import wrapped


def main() -> None:
    parser = argparse.ArgumentParser(prog="pipeline", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ (and eval/, which is not read)")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder for checkpoints")
    parser.add_argument("--heads-for", metavar="REPOSITORY", help="trains no encoder: fits the heads to a BERT of the Hub (intfloat/e5-small-v2) or of a folder, and writes WORK/bundle")
    arguments = parser.parse_args()
    config = Config(data=arguments.data, work=arguments.work)
    if arguments.heads_for:
        config = replace(config, published=arguments.heads_for, bundle=config.work / "bundle", id=f"portcullis-{Path(arguments.heads_for).name}")
    config.work.mkdir(parents=True, exist_ok=True)
    random.seed(config.seed), np.random.seed(config.seed), torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)

    train, held, rows = corpora(config)
    print(f"corpus: {len(train)} rows to train ({sum(r.label for r in train)} attacks), {len(held)} held out ({sum(r.label for r in held)} attacks)", flush=True)

    windows = Windows(published_tokenizer(config) if config.published else vocabulary(config), config)
    encoder = dequantized(Encoder(config.published) if config.published else trained(config, windows, train, rows))
    # Thresholds and calibration come from the held-out rows, so those are seen as the engine sees them; a fit bears bf16 and fewer windows.
    fitted = wrapped(thinned(train, config.seed, len(config.lr)), config)
    on_train, on_held = cached(config, "train", encoder, windows, fitted, 3, half=True), cached(config, "held", encoder, windows, held, 12)
    words_train, words_held = featured(fitted, on_train, 3), featured(held, on_held, 100)
    intents = prototypes(encoder, windows)
    voters = fit_voters(on_train, words_train, intents, config)
    words, scale, lexical = quantized(voters.lexical)
    voters = replace(voters, lexical=lexical)

    raw = figures(voters, on_held, words_held)
    platt = {name: fit_platt(raw[name], on_held.labels) for name in (*LOGITS, "similarity")}
    found = calibrated(raw, platt)
    fusion = fit_fusion({name: found[name] for name in config.fused}, on_held.labels)
    fused = fusion.scores(found)
    # What the team wrote or generated lies at the border by design, and noisy labels draw no border.
    bordering = np.array([not row.source.startswith(MADE) and row.source not in NOISY for row in held])
    border = counted(fused, on_held, bordering)
    thresholds = {name: by_false_positives(border, rate) for name, rate in (("block", config.target_fpr), ("warn", config.warn_fpr))}
    youden, j = by_youden(border)
    calibration = {
        "rows": {"benign": border.size(0), "attacks": border.size(1)},
        "falsePositiveRates": {name: border.share(0, threshold) for name, threshold in thresholds.items()},
        "youden": {"threshold": youden, "j": j},
    }
    for name, scores in {**found, "fused": fused}.items():
        report(name, scores, on_held.labels, by_false_positives(counted(scores, on_held, bordering), config.target_fpr))
    print(f"thresholds: {thresholds}, {calibration}", flush=True)
    report_sources(held, fused, thresholds["block"])

    low, high = (float(q) for q in np.quantile(-voters.forest.score_samples(ordinary(on_train, config)), [0.01, 0.99]))
    heads = Heads(voters, words, scale, platt, (low, high), fusion, thresholds, calibration)
    write_bundle(config, encoder, heads)
    write_golden(config, encoder, windows, heads)


def corpora(config: Config) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows to train on, those held out, and both."""
    read = read_prompts(config) + read_turns(config)
    made = generated(config, read)
    rows = with_groups(read + translated(config) + made + read_talks(config, [r for r in read + made if r.label]))
    return [r for r in rows if not held_out(r, config)], [r for r in rows if held_out(r, config)], rows


def published_tokenizer(config: Config) -> Tokenizer:
    """Kept in the scratch folder, where the bundle takes it from."""
    AutoTokenizer.from_pretrained(config.published).save_pretrained(config.work)
    return load_tokenizer(config.work)


def trained(config: Config, windows: Windows, train: list[Row], rows: list[Row]) -> Encoder:
    """Weak pairs, then supervised passes, after the first on cleaned and thinned rows; each stage kept when done."""
    encoder, heads = Encoder(), TrainingHeads()
    table = encoder.bert.embeddings.word_embeddings.weight
    table.data = moved(table.data, windows.tokenizer)

    def stage(name: str, work: Callable[[], None]) -> None:
        path = config.work / f"{name}.pt"
        if path.exists():
            saved = torch.load(path)
            encoder.load_state_dict(saved["encoder"]), heads.load_state_dict(saved["heads"])
            return
        work()
        torch.save({"encoder": encoder.state_dict(), "heads": heads.state_dict()}, path)

    def chosen(turn: int) -> list[Row]:
        if turn == 0:
            return train
        rows = thinned(clean(train, encoder, heads, windows), config.seed, turn)
        return refreshed(rows, config.seed) if turn == len(config.lr) - 1 else rows

    found, distilled = payloads(rows), targets(config, train)
    stage("pairs", lambda: train_pairs(encoder, windows, train, config))
    for turn in range(len(config.lr)):
        stage(f"pass{turn}", lambda: train_supervised(encoder, heads, windows, chosen(turn), found, distilled, config, turn))
    return encoder


@torch.inference_mode()
def clean(rows: list[Row], encoder: Encoder, heads: TrainingHeads, windows: Windows) -> list[Row]:
    doubtful = [r for r in rows if r.source in NOISY]
    cut = [windows.of(r.text)[:4] for r in doubtful]
    scores = torch.sigmoid(heads.logits(embed(encoder, [w for ws in cut for w in ws], half=True)))
    worst = [float(part.max()) for part in scores.split([len(ws) for ws in cut])]
    kept = cleaned(rows, {r.text: score for r, score in zip(doubtful, worst, strict=True)})
    print(f"cleaned: {len(rows) - len(kept)} of {len(doubtful)} doubtful rows left out", flush=True)
    return kept


def cached(config: Config, name: str, encoder: Encoder, windows: Windows, rows: list[Row], most: int, half: bool = False) -> Embedded:
    """Embeds the rows, at most so many windows of each, once."""
    path = kept_path(config, name)
    if not path.exists():
        cut = [windows.of(r.text)[:most] for r in rows]
        embeddings = embed(encoder, [w for ws in cut for w in ws], half=half).numpy()
        owner = np.repeat(np.arange(len(rows)), [len(ws) for ws in cut])
        np.savez(path, embeddings=embeddings, owner=owner, labels=np.array([r.label for r in rows]), groups=np.array([r.group for r in rows]), weights=np.array([float(r.repeat) for r in rows]))
        print(f"embedded {name}: {len(rows)} rows, {len(owner)} windows", flush=True)
    return kept(config, name)


def kept_path(config: Config, name: str) -> Path:
    return config.work / f"embedded-{name}.npz"


def kept(config: Config, name: str) -> Embedded:
    """The embeddings that `cached` left in the scratch folder."""
    return Embedded(**np.load(kept_path(config, name)))


def report_sources(rows: list[Row], scores: np.ndarray, threshold: float) -> None:
    """Where the held-out errors come from."""
    wrong: dict[str, list[int]] = {}
    for row, score in zip(rows, scores, strict=True):
        wrong.setdefault(f"{row.source}:{row.label}", []).append(int((score >= threshold) != row.label))
    for source, errors in sorted(wrong.items(), key=lambda item: -sum(item[1]))[:25]:
        print(f"  {source}: {sum(errors)} of {len(errors)} wrong", flush=True)


if __name__ == "__main__":
    main()
