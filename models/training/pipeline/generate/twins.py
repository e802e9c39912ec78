"""Harmless twins of jailbreaks: the same framing word for word, with only the harmful aim replaced. The edits are ours; the
texts they belong to stay in the corpora and are found by their hash, so that no row of theirs stands here."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..corpus import Row, read_jsonl

FOLDER = Path(__file__).parent / "written" / "twins"
"""`edits.jsonl` turns to any harmless subject, `sensitive.jsonl` stays on the attack's own."""
REPEAT = 2


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with `length` characters from `start` on replaced, edit after edit, each in the text that the one before it left."""
    for start, length, new in edits:
        text = text[:start] + new + text[start + length :]
    return text


def twins(rows: list[Row]) -> list[Row]:
    attacks = {digest(row.text): row for row in rows if row.label == 1}
    edits = [e for path in sorted(FOLDER.glob("*.jsonl")) for e in read_jsonl(path)]
    return [Row(edited(attacks[e["of"]].text, e["edits"]), 0, "hard_negative", f"twins_{attacks[e['of']].source}", repeat=REPEAT) for e in edits if e["of"] in attacks]
