"""The engine's normalisation (packages/core/src/text/normalise.ts), as the encoder sees text."""

from __future__ import annotations

import re
import unicodedata

# Default_Ignorable_Code_Point of Unicode 16, and the interlinear annotation marks.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def normalise(text: str) -> str:
    folded = INVISIBLE.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))
    return folded.replace("\v", " ").replace("\f", " ")  # blanks to the engine; the tokenizer alone would drop them


def overlapping(length: int, size: int, step: int) -> list[int]:
    """Where stretches of `size` begin that cover `length` units: one step apart, the last one flush with the end."""
    return [*range(0, length - size, step), max(0, length - size)]
