"""`python -m verifier --data DIR --work DIR`: every stage in order, resuming after the last finished one."""

from __future__ import annotations

import argparse
import hashlib
import random
from dataclasses import replace
from pathlib import Path

import torch
from pipeline.calibrated_head import calibrated
from pipeline.config import Config as Pipeline
from pipeline.encoder import load_tokenizer
from tokenizers import Tokenizer
from torch import Tensor

from .bundle import TOKENIZER, write_bundle, write_golden
from .config import Config
from .corpora import capped, read
from .generate import derived, handed_over, made, tools
from .golden import HARD
from .inputs import Window, rendered, tokenized
from .measure import calibration, found, report, scored, thresholds
from .model import Verifier, logits, rounded
from .rows import NAME, Call, leaves
from .shipped import load_shipped
from .train import train
from .written import written


def main() -> None:
    parser = argparse.ArgumentParser(prog="verifier", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/tool_calls (eval/ is not read)")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder for checkpoints")
    parser.add_argument("--encoder", type=Path, help="checkpoint of the encoder; by default the pipeline's last pass, in the scratch folder")
    parser.add_argument("--again", action="store_true", help="trains the bundle's own verifier on: one pass over the newest rows and some of all others")
    parser.add_argument("--check", action="store_true", help="only checks the rows: paths, twins, balance")
    arguments = parser.parse_args()
    last = arguments.work / f"pass{len(Pipeline.lr) - 1}.pt"
    config = Config(data=arguments.data, work=arguments.work, encoder=arguments.encoder or last, again=arguments.again)
    config.work.mkdir(parents=True, exist_ok=True)
    random.seed(config.seed), torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)

    catalogue = tools()
    fit, held = split(read(config), config)
    fit = capped(fit)
    new = handed_over(catalogue, config.handed_over, config.seed)
    (made_fit, made_held), (new_fit, new_held), (written_fit, written_held) = (split(calls, config) for calls in (made(catalogue, config.made, config.seed), new, written()))
    fit += derived(fit, catalogue, config.seed) + made_fit + written_fit
    held += derived(held, catalogue, config.seed) + made_held + new_held + written_held
    fit = (some(fit, config) if config.again else fit) + new_fit
    check(fit + held)
    if arguments.check:
        return
    print(f"calls: {len(fit)} to train ({sum(c.label for c in fit)} not asked for), {len(held)} held out ({sum(c.label for c in held)})", flush=True)
    verifier = trained(config, nameless(fit, config))

    plain = rounded(verifier)
    on_held, raw = read_by(plain, held, config, "held")
    scale, shift = calibration(on_held, raw, {i for i, c in enumerate(held) if found(c)})
    results = scored(held, on_held, [row * scale + shift for row in raw])
    limits = thresholds(results, config)
    print(f"calibration: {scale:.3f} · logit + {shift:.3f}; thresholds: {limits}", flush=True)
    report("held out", results, limits, parts=True)
    for name, hidden in (("context-hidden", [replace(c, context="") for c in held if c.context]), ("name-hidden", [hidden_name(c) for c in held])):
        windows, rows = read_by(plain, hidden, config, name)
        # A call of which only the name was not asked for is none without it.
        report(name, [r for r in scored(hidden, windows, [row * scale + shift for row in rows]) if r.call.label or r.call.known], limits)

    verifier = calibrated(plain, scale, shift)
    write_bundle(config, verifier, limits)
    shown = [*HARD, *{(c.category, c.label): c for c in reversed(made_held + new_held)}.values()]
    texts = rendered(shown, config.work, "golden")
    write_golden(verifier, shown, [texts[c.id][0]["text"] for c in shown], tokenized(shown, {c.id: texts[c.id][:1] for c in shown}, tokenizer_of(config), config.max_tokens))


def trained(config: Config, fit: list[Call]) -> Verifier:
    verifier = Verifier(None if config.again else config.encoder)
    if config.again:
        load_shipped(verifier, config.bundle)
        config = replace(config, epochs=1, lr=config.lr_again, head_lr=config.lr_again)
    path = config.work / "verifier.pt"
    if path.exists():
        verifier.load_state_dict(torch.load(path))
    else:
        train(verifier, windows_of(fit, config, "train"), config)
        torch.save(verifier.state_dict(), path)
    return verifier


def windows_of(calls: list[Call], config: Config, name: str) -> list[Window]:
    return tokenized(calls, rendered(calls, config.work, name), tokenizer_of(config), config.max_tokens)


def tokenizer_of(config: Config) -> Tokenizer:
    """The prompt encoder's; a verifier that is trained on keeps its own."""
    return Tokenizer.from_file(str(config.bundle / TOKENIZER)) if config.again else load_tokenizer(config.bundle)


def some(fit: list[Call], config: Config) -> list[Call]:
    """The share of what was trained on before that is gone over again."""
    rng = random.Random(config.seed + 1)
    return [c for c in fit if rng.random() < (config.written_again if c.source == "written" else config.others_again)]


def read_by(verifier: Verifier, calls: list[Call], config: Config, name: str) -> tuple[list[Window], list[Tensor]]:
    """The calls' windows and their logits, computed once."""
    windows, path = windows_of(calls, config, name), config.work / f"{name}-logits.pt"
    if not path.exists():
        torch.save(logits(verifier, [w.ids for w in windows]), path)
    return windows, torch.load(path)


def split(calls: list[Call], config: Config) -> tuple[list[Call], list[Call]]:
    """By intent, so that a row and those made from it stand on one side: to train, held out."""
    held = {c.group for c in calls if int(hashlib.sha256(f"{config.salt}:{c.group}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < config.validation}
    return [c for c in calls if c.group not in held], [c for c in calls if c.group in held]


def nameless(calls: list[Call], config: Config) -> list[Call]:
    """Some calls with the tool's name hidden; whether it was asked for is then unknown."""
    rng = random.Random(config.seed)
    return [hidden_name(c) if rng.random() < config.nameless else c for c in calls]


def hidden_name(call: Call) -> Call:
    return replace(call, name="tool", bad=call.bad - {NAME}, name_known=False)


def check(calls: list[Call]) -> None:
    """Every label stands on a value of its call, ids are one of a kind, and no tool, category or context belongs to one label alone."""
    assert len({c.id for c in calls}) == len(calls), "ids repeat"
    for c in calls:
        lost = c.bad - {NAME} - {leaf.path for leaf in leaves(c.arguments)}
        assert not lost, f"{c.id}: no such values: {lost}"
    made = [c for c in calls if c.source == "made"]
    for name, rows in {**{c.category: [d for d in made if d.category == c.category] for c in made}, "all": calls}.items():
        attacks, asked = [c for c in rows if c.label], [c for c in rows if not c.label]
        told = [f"{sum(bool(c.context) for c in part) / max(len(part), 1):.0%}" for part in (attacks, asked)]
        print(f"  {name}: {len(rows)} rows, {len(attacks) / len(rows):.0%} not asked for; with a context: {told[0]} of these, {told[1]} of the others", flush=True)
    tools = {label: {c.name for c in made if c.label == label} for label in (0, 1)}
    print(f"  tools of generated rows: {len(tools[0] & tools[1])} in both labels, {len(tools[1] - tools[0])} only in calls not asked for", flush=True)


if __name__ == "__main__":
    main()
