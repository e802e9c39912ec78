"""Harmless twins of jailbreaks: the same framing word for word, with only the harmful aim replaced. The edits are ours; the
texts they belong to stay in the corpora and are found by their hash, so that no row of theirs stands here."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ..corpus import Row

EDITS = Path(__file__).parent / "written" / "twins" / "edits.jsonl"
REPEAT = 2


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with `length` characters from `start` on replaced, edit after edit, each in the text that the one before it left."""
    for start, length, new in edits:
        text = text[:start] + new + text[start + length :]
    return text


def twins(rows: list[Row]) -> list[Row]:
    edits = {r["of"]: r["edits"] for r in map(json.loads, EDITS.read_text(encoding="utf-8").splitlines())}
    attacks = {digest(row.text): row for row in rows if row.label == 1}
    return [Row(edited(attacks[of].text, edits[of]), 0, "hard_negative", f"twins_{attacks[of].source}", repeat=REPEAT) for of in edits if of in attacks]
