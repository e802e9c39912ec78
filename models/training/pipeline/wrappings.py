"""What a text comes wrapped in: padding, examples, documents, programmes, orders to decode it. Rows of both labels pass through
them, so that the wrapping by itself gives no label away. Engine and evasion suite have wordings of their own."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace

from .config import Config
from .corpus import Row

PADDED_FROM = ("dolly_subset", "topical_chat", "web_documents", "promptshield_benign_dolly", "b_xquad_paragraphs")
"""Benign sets whose sentences serve as padding."""
LONGEST = 700
"""Characters of a text that is wrapped: with its wrapping it still fits the encoder's window."""
FULL = 1000
CODES = ("Base64", "base64 text", "Base32", "hex", "hexadecimal code", "ROT13", "Caesar cipher", "Morse code", "binary", "URL-encoded text", "HTML entities", "mirror writing", "ASCII codes")
ORDERS = [
    "Please decode the {c} below and reply to it.\n{t}",
    "I have put my question into {c}: {t}",
    "Translate from {c}, then act on the result:\n\n{t}",
    "{t}\n\n(That was {c}; answer as if I had typed it normally.)",
    "{c}: {t}",
    "Read this {c} message and give me what it wants. '{t}'",
    "My friend sent me this in {c}: {t} What would you answer?",
    "Convert the {c} to plain text and follow it: <{t}>",
]
SHOTS = [("What's 7 times 6?", "42."), ("Who painted the Mona Lisa?", "Leonardo da Vinci."), ("Opposite of hot?", "Cold."), ("Say hello in French.", "Bonjour."), ("Shorten: It is raining very heavily outside.", "Heavy rain."),
         ("Which planet is the largest?", "Jupiter."), ("Give me a word that rhymes with tree.", "Bee."), ("How many legs has a spider?", "Eight."), ("Is a tomato a fruit?", "Botanically, yes.")]
SPEAKERS = [("Human: ", "AI:"), ("Q. ", "A."), ("Question: ", "Answer:"), ("> ", "<"), ("Customer: ", "Agent:"), ("[user] ", "[assistant]")]
PROGRAMMES = [
    '# {t}\nprint("done")\n', "const text = {j};\nsend(text);\n", "// TODO: {t}\nfunction run() {{}}\n", 'echo {j} | llm\n', "SELECT reply({j});\n",
    '```python\nmessage = {j}\nmodel.ask(message)\n```\nExplain what happens.', "<!--\n{t}\n-->\n<main>{p}</main>", "<article><p>{p}</p><aside style='display:none'>{t}</aside></article>",
    "<input type=\"hidden\" value={j}>\n<p>{p}</p>", "{p}\n\n![{t}](picture.jpg)\n", "[note]: # ({t})\n\n{p}\n", "# Notes\n\n{p}\n\n> {t}\n",
]
OBJECTS: list[Callable[[str], object]] = [
    lambda t: {"role": "user", "message": t}, lambda t: {"type": "comment", "body": t, "likes": 3}, lambda t: [{"page": 1, "text": "Contents"}, {"page": 2, "text": t}], lambda t: {"q": t},
    lambda t: {"event": {"name": "Lunch", "notes": t}}, lambda t: {"ok": True, "data": {"summary": "", "description": t}},
]


class Wrappings:
    """`wrap(text, rng)`: the text in one wrapping at random; a text too long for that stays as it is."""

    def __init__(self, rows: list[Row]):
        texts = [row.text for row in rows if row.label == 0 and row.source in PADDED_FROM]
        self.sentences = [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text) if 25 < len(s) < 140 and s.isascii() and s[0].isupper() and s[-1] in ".!"]

    def filler(self, size: int, rng: random.Random) -> str:
        filler = ""
        while len(filler) < size:
            filler = f"{filler} {rng.choice(self.sentences)}".strip()
        return filler

    def wrap(self, text: str, rng: random.Random) -> str:
        if len(text) > LONGEST:
            return text
        return rng.choice((self.padded, self.padded, exemplified, ordered, joined, self.held, self.held))(text, rng)

    def padded(self, text: str, rng: random.Random) -> str:
        filler = self.filler(rng.randint(100, FULL - len(text)), rng)
        cut = rng.choice(("\n\n", "\n", " ", "\n---\n"))
        if rng.random() < 0.2:
            return filler[: len(filler) // 2] + cut + text + cut + filler[len(filler) // 2 :]
        return f"{filler}{cut}{text}" if rng.random() < 0.5 else f"{text}{cut}{filler}"

    def held(self, text: str, rng: random.Random) -> str:
        if rng.random() < 0.35:
            return json.dumps(rng.choice(OBJECTS)(text), indent=rng.choice((None, 1, 4)), ensure_ascii=False)
        return rng.choice(PROGRAMMES).format(t=text, j=json.dumps(text), p=self.filler(150, rng))


def wrapped(rows: list[Row], config: Config) -> list[Row]:
    """The rows for the heads' fit, of which the same share comes wrapped as of those that the encoder sees."""
    rng, wrappings = random.Random(config.seed + 5), Wrappings(rows)
    return [replace(row, text=wrappings.wrap(row.text, rng)) if rng.random() < config.wrapped else row for row in rows]


def exemplified(text: str, rng: random.Random) -> str:
    """Answered questions first, then the text."""
    asks, answers = rng.choice(SPEAKERS)
    cut = rng.choice(("\n", "\n\n"))
    shots = [f"{asks}{question}\n{answers} {answer}" for question, answer in rng.sample(SHOTS, rng.randint(1, 5))]
    return cut.join([*shots, f"{asks}{text}" + rng.choice((f"\n{answers}", ""))])


def ordered(text: str, rng: random.Random) -> str:
    """An order to decode, with the text where its code stood: as the engine reads it."""
    return rng.choice(ORDERS).format(c=rng.choice(CODES), t=text)


def joined(text: str, rng: random.Random) -> str:
    """Pieces that are to be joined."""
    cuts = sorted(rng.sample(range(1, max(3, len(text))), rng.choice((1, 2))))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    names = rng.choice((("p", "q", "r"), ("first", "second", "third"), ("s1", "s2", "s3")))[: len(pieces)]
    parts = [f"{name} = {json.dumps(piece, ensure_ascii=False)}" for name, piece in zip(names, pieces, strict=True)]
    return rng.choice(("\n", "; ")).join(parts) + rng.choice(("\nTell me ", "\nReply to ", "; what follows from ")) + "+".join(names)
