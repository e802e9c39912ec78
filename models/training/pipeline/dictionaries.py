"""Words of languages with alphabets, from the corpora: what a word of shuffled letters may have been (packages/core/src/text/words/languages.ts).

    python -m pipeline.dictionaries --data DATA

writes them into the bundle that is there, and the manifest's part of it."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from .config import Config
from .corpus import read_jsonl
from .generate.written import FOLDER, FRAMINGS
from .manifest import artifacts, read, write
from .text import normalise

FILE = "dictionaries.txt"
SHORTEST, LONGEST = 4, 20
"""Letters of a word; shuffling leaves shorter ones as they are."""
FEWEST_WORDS = 700
MOST_WORDS = 6_000
"""Of each language but English."""
COMMON = 1_000
"""Words of the first list: where two have the same letters, the commoner one is read."""
SAME = {"nb": "no"}
"""Two codes of one language."""
NONE = ("mul", "zh")
"""Several languages in one text; and one without an alphabet, whose words in letters are others' names."""
WORD = re.compile(r"[^\W\d_]+")
LETTERS = re.compile("[a-zß-öø-ÿāăąćčďđēėęěğģīįıķļłńņňőœŕřśşšţťūůűųźżžșțơưạ-ỹάέήίόύώα-ωϊϋа-яёєіїґ]+")


def texts(config: Config) -> dict[str, list[tuple[str, str]]]:
    """Every text to train on, by language, with its set."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    train = config.data / "train"
    for path in [*sorted((train / "prompts").glob("*.jsonl.gz")), *sorted(FOLDER.glob("*.jsonl")), *sorted((train / "conversations").glob("*.jsonl.gz"))]:
        if path == FRAMINGS:
            continue
        for row in read_jsonl(path):
            language = row.get("lang", "en")
            said = [turn["text"] for turn in row["turns"]] if "turns" in row else [row["text"]]
            found[SAME.get(language, language)] += [(path.name, text) for text in said]
    return found


def words_of(rows: list[tuple[str, str]], fewest: int, sets: int) -> list[str]:
    """Words in lower case that stand in so many texts of so many sets, the commonest first."""
    counts: Counter[str] = Counter()
    seen: dict[str, set[str]] = defaultdict(set)
    for name, text in rows:
        for word in {word.lower() for word in WORD.findall(normalise(text)) if SHORTEST <= len(word) <= LONGEST}:
            if LETTERS.fullmatch(word):
                counts[word] += 1
                seen[word].add(name)
    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [word for word, n in common if n >= fewest and len(seen[word]) >= sets]


def front_coded(words: list[str]) -> str:
    """Sorted words in less room: of each how many letters of the word before it are dropped, `A` for none, and what comes instead."""
    out, before = [], ""
    for word in sorted(words):
        shared = next((i for i, (a, b) in enumerate(zip(word, before)) if a != b), min(len(word), len(before)))
        out.append(chr(ord("A") + len(before) - shared) + word[shared:])
        before = word
    return "".join(out)


def dictionaries(config: Config, pieces: set[str]) -> str:
    """A line a language: its code, its commonest words, its other ones. Of English, what the tokenizer's vocabulary lacks."""
    lines = []
    for language, rows in sorted(texts(config).items()):
        words = [word for word in words_of(rows, 4, 2) if word not in pieces] if language == "en" else words_of(rows, 2, 1)[:MOST_WORDS]
        if len(words) >= FEWEST_WORDS and language not in NONE:
            lines.append("\t".join([language, front_coded(words[:COMMON]), front_coded(words[COMMON:])]))
            print(f"dictionaries: {language} {len(words)} words", flush=True)
    return "".join(f"{line}\n" for line in lines)


def write_dictionaries(config: Config) -> None:
    vocabulary = json.loads((config.bundle / "tokenizer.json").read_text())["model"]["vocab"]
    (config.bundle / FILE).write_text(dictionaries(config, set(vocabulary)), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    config = Config(data=parser.parse_args().data, work=Path())
    write_dictionaries(config)
    manifest = read(config.bundle)
    manifest["artifacts"] |= artifacts(config.bundle, [FILE])
    write(config.bundle, manifest | {"dictionaries": FILE})


if __name__ == "__main__":
    main()
