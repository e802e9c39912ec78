"""The engine's normalisation (packages/core/src/text/normalise.ts), as the encoder sees text."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")


def normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
