"""What the verifier reads of each call, written by the engine's own code, as token ids with a label a token."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from .config import REPO
from .rows import Call

UNKNOWN = -100


@dataclass(frozen=True)
class Slot:
    """A value, or a piece of a long one."""

    path: str
    words: list[tuple[int, int]]
    """Token ranges of its words: what stands between blanks, or one CJK character, as the engine has it."""
    label: int

    @property
    def start(self) -> int:
        return self.words[0][0]

    @property
    def end(self) -> int:
        return self.words[-1][1]


@dataclass(frozen=True)
class Window:
    call: int
    """Index of its call."""
    ids: list[int]
    slots: list[Slot]


def rendered(calls: list[Call], work: Path, name: str) -> dict[str, list[dict]]:
    """The engine's windows of each call, by id."""
    rows, inputs = work / f"{name}-rows.jsonl.gz", work / f"{name}-inputs.jsonl"
    with gzip.open(rows, "wt", encoding="utf-8", compresslevel=3) as out:
        out.writelines(json.dumps(c.row()) + "\n" for c in calls)
    subprocess.run(["npm", "run", "--silent", "portcullis", "--", "verifier-inputs", "--input", str(rows), "--output", str(inputs)], cwd=REPO, check=True)
    with inputs.open(encoding="utf-8") as lines:
        return {row["id"]: row["windows"] for row in map(json.loads, lines)}


def tokenized(calls: list[Call], windows: dict[str, list[dict]], tokenizer: Tokenizer, most: int) -> list[Window]:
    """Windows cut at `most` tokens; a slot beyond the cut is left out, one across it ends there."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = [(i, w) for i, c in enumerate(calls) for w in windows[c.id]]
    made: list[Window] = []
    for (i, window), encoding in zip(texts, tokenizer.encode_batch([w["text"] for _, w in texts]), strict=True):
        place = code_points(window["text"])
        words = words_of(window["text"], [start for start, _ in encoding.offsets[1:-1]][: most - 2])
        slots = []
        for s in window["slots"]:
            first, last = place(s["start"]), place(s["end"])
            if inside := [tokens for at, tokens in words if first <= at < last]:
                slots.append(Slot(s["path"], inside, calls[i].gold(s["path"])))
        ids = encoding.ids if len(encoding.ids) <= most else [*encoding.ids[: most - 1], encoding.ids[-1]]
        made.append(Window(i, ids, slots))
    return made


CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002b81f\U0002b920-\U0002ceaf\U0002f800-\U0002fa1f"
WORD = re.compile(f"[{CJK}]|[^\\s{CJK}]+")


def words_of(text: str, starts: list[int]) -> list[tuple[int, tuple[int, int]]]:
    """Where each word that has tokens begins, and the range of these; `starts` are the tokens' places, the first token's index is 1."""
    made: list[tuple[int, tuple[int, int]]] = []
    token = 0
    for word in WORD.finditer(text):
        first = token
        while token < len(starts) and starts[token] < word.end():
            token += 1
        if token > first:
            made.append((word.start(), (first + 1, token + 1)))
    return made


def code_points(text: str) -> Callable[[int], int]:
    """From an offset in UTF-16 code units, which the engine counts in, to one in code points."""
    if text.isascii() or max(text) <= "\uffff":
        return lambda offset: offset
    points = [0]
    for index, character in enumerate(text):
        points += [index + 1] * (2 if character > "\uffff" else 1)
    return lambda offset: points[offset]
