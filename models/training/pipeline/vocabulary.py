"""Gives the places of BERT's rarest pieces to pieces of other languages, so that the table stays as large as it was.

BERT's English vocabulary reads most of Chinese, Thai and Japanese as unknown, and Russian or Arabic letter by letter. The pieces that
come in are learned by the WordPiece trainer of `tokenizers` from the corpora's texts in other languages, as many letters of each.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch import Tensor

from .config import Config
from .corpus import read_jsonl
from .encoder import BACKBONE, load_tokenizer
from .generate.written import FOLDER, FRAMINGS

LETTERS = 150_000
"""Of each language, at most: the large ones would drown the small."""
CANDIDATES = 30_000
FEWEST = 3
"""A letter that is rarer than that in the texts gets no piece."""


def texts_by_language(config: Config) -> dict[str, list[str]]:
    rng = random.Random(config.seed + 20)
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((config.data / "train" / "prompts").glob("*.jsonl.gz")):
        for row in read_jsonl(path):
            found[row["lang"]].append(row["text"])
    for path in sorted(FOLDER.glob("*.jsonl")):
        for row in read_jsonl(path) if path != FRAMINGS else []:
            found[row["lang"]].append(row["text"])
    for texts in found.values():
        rng.shuffle(texts)
    return found


def adapted(config: Config) -> dict:
    """The content of a `tokenizer.json`: BERT's, the rarest pieces replaced."""
    content = json.loads((BACKBONE / "tokenizer.json").read_text())
    old: dict[str, int] = content["model"]["vocab"]
    tokenizer = load_tokenizer(BACKBONE)
    texts = texts_by_language(config)

    uses: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch([text[:4000] for some in texts.values() for text in some], add_special_tokens=False):
        uses.update(encoding.ids)
    kept = {i for piece, i in old.items() if piece.startswith("[") or (piece.removeprefix("##").isascii() and len(piece.removeprefix("##")) == 1)}
    rare = sorted((i for i in old.values() if uses[i] <= config.rare_uses and i not in kept), key=lambda i: (uses[i], -i))[: config.replaced]

    # The same normaliser and words as BERT's; the trainer sees words and their counts.
    counts: Counter[str] = Counter()
    for language, some in sorted(texts.items()):
        if language == "en":
            continue
        room = LETTERS
        for text in some:
            if room <= 0:
                break
            counts.update(word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text[:room])))
            room -= len(text)
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.normalizer, learner.pre_tokenizer = normalizers.Sequence([]), pre_tokenizers.WhitespaceSplit()
    trainer = trainers.WordPieceTrainer(vocab_size=CANDIDATES, min_frequency=FEWEST, special_tokens=["[UNK]"], show_progress=False)
    learner.train_from_iterator((" ".join([word] * n) for word, n in sorted(counts.items())), trainer)
    # In the trainer's order: letters first, then what it joined, the most frequent first.
    order = sorted(learner.get_vocab().items(), key=lambda item: item[1])
    letters = Counter(letter for word, n in counts.items() for letter in word for _ in range(min(n, FEWEST)))
    new = [piece for piece, _ in order if piece not in old and (len(piece.removeprefix("##")) > 1 or letters[piece.removeprefix("##")] >= FEWEST)][: len(rare)]
    gone = dict(zip(rare[: len(new)], new, strict=True))
    content["model"]["vocab"] = {gone.get(i, piece): i for piece, i in sorted(old.items(), key=lambda item: item[1])}
    print(f"vocabulary: {len(new)} pieces replaced, used {sum(uses[i] for i in gone)} times of {sum(uses.values())}", flush=True)
    return content


def vocabulary(config: Config) -> Tokenizer:
    """The adapted tokenizer, made once and kept in the scratch folder."""
    path = config.work / "tokenizer.json"
    if not path.exists():
        path.write_text(json.dumps(adapted(config), ensure_ascii=False, separators=(",", ":")))
    return load_tokenizer(config.work)


@torch.no_grad()
def moved(table: Tensor, tokenizer: Tokenizer) -> Tensor:
    """BERT's embedding table [pieces, dimension] for the adapted vocabulary: a new piece begins as the mean of what BERT made of its letters."""
    before = load_tokenizer(BACKBONE)
    known = before.get_vocab()
    out, unknown, mean = table.clone(), known["[UNK]"], table.mean(0)
    for piece, i in tokenizer.get_vocab().items():
        if piece in known:
            continue
        ids = [j for j in before.encode(piece.removeprefix("##"), add_special_tokens=False).ids if j != unknown]
        out[i] = table[ids].mean(0) if ids else mean
    return out
