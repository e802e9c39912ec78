"""The evasions that training rows of both labels pass through, so that the disguise by itself gives no label away."""

from __future__ import annotations

import random

LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"})
HOMOGLYPHS = str.maketrans({"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і"})


def leetspeak(text: str, rng: random.Random) -> str:
    return "".join(c.translate(LEET) if rng.random() < 0.5 else c for c in text)


def homoglyphs(text: str, rng: random.Random) -> str:
    return "".join(c.translate(HOMOGLYPHS) if rng.random() < 0.3 else c for c in text)


def spaced(text: str, rng: random.Random) -> str:
    return " ".join(" ".join(w) if len(w) > 3 and rng.random() < 0.5 else w for w in text.split(" "))


def shouted(text: str, rng: random.Random) -> str:
    return text.upper() if rng.random() < 0.5 else text.title()


def typos(text: str, rng: random.Random) -> str:
    out = list(text)
    for i in range(len(out) - 1):
        if out[i].isalpha() and out[i + 1].isalpha() and rng.random() < 0.05:
            out[i], out[i + 1] = out[i + 1], out[i]
    return "".join(out)


def dotted(text: str, rng: random.Random) -> str:
    return text.replace(" ", rng.choice(["  ", " . ", "_", "...", " - "]))


def scrambled(text: str, rng: random.Random) -> str:
    def scramble(word: str) -> str:
        inner = list(word[1:-1])
        rng.shuffle(inner)
        return word[0] + "".join(inner) + word[-1] if word.isalpha() and len(word) > 3 else word

    share = rng.choice((0.4, 0.8, 1.0))
    return " ".join(scramble(w) if rng.random() < share else w for w in text.split(" "))


def split(text: str, rng: random.Random) -> str:
    mark = rng.choice(("-", ".", "_", " ", "*"))

    def cut(word: str) -> str:
        at = rng.randint(1, max(1, len(word) - 1))
        return word[:at] + mark + word[at:] if len(word) > 3 and rng.random() < 0.7 else word

    return " ".join(map(cut, text.split(" ")))


TRANSFORMS = (leetspeak, homoglyphs, spaced, shouted, typos, dotted, scrambled, split)


def disguise(text: str, rng: random.Random) -> str:
    """One transform at random, on the first 600 characters."""
    return rng.choice(TRANSFORMS)(text[:600], rng) + text[600:]
