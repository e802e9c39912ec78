"""What the generated conversations are made of: `lines/` holds frames by label, course and stage, and what their slots are filled with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus import fraction

from ..config import Config

FOLDER = Path(__file__).parent / "lines"
FIELDS = {"subjects": ("s", "f", "act", "det", "safe", "who", "thing"), "secrets": ("what", "where", "else", "part")}


@dataclass(frozen=True)
class Pool:
    """Frames, or fillings of slots, of one kind: those to train on and those held out, which share nothing."""

    fit: tuple
    held: tuple

    def of(self, held: bool) -> tuple:
        return self.held if held else self.fit


def pool(things: list, config: Config) -> Pool:
    """At least two of them are held out."""
    ranked = sorted(things, key=lambda thing: fraction(f"{config.salt}:{thing}"))
    cut = max(2, round(len(things) * config.validation))
    return Pool(tuple(ranked[cut:]), tuple(ranked[:cut]))


def sections(name: str) -> dict[str, list[str]]:
    """The lines under each heading."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            current = found.setdefault(line[2:], [])
        elif line:
            current.append(line)
    return found


def frames(family: str, config: Config) -> dict[str, Pool]:
    """By heading: `both open`, `attack drift 1`, `benign student 3`."""
    return {name: pool(lines, config) for name, lines in sections(family).items()}


def fillings(config: Config) -> list[Pool]:
    """Records of slots; a conversation draws one of each pool."""
    tables = []
    for name, fields in FIELDS.items():
        rows = [[cell.strip() for cell in line.split(" | ")] for lines in sections(name).values() for line in lines]
        tables.append(pool([dict(zip(fields, row, strict=True)) for row in rows], config))
    words = {name: lines[0].split(" | ") for name, lines in sections("people").items()}
    return [*tables, *(pool([{name: word} for word in words[name]], config) for name in ("name", "job", "place"))]


def asides() -> tuple[list[str], list[str]]:
    """What stands before and after a turn in everyday talk, whatever its label."""
    words = sections("people")
    return words["lead"][0].split(" | "), words["tail"][0].split(" | ")
