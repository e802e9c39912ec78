"""Rows that the team wrote by hand, a file a subject: `written/NAME.jsonl`."""

from __future__ import annotations

from pathlib import Path

from ..corpus import Row, read_jsonl

FOLDER = Path(__file__).parent / "written"
FRAMINGS = FOLDER / "framings.jsonl"
REPEAT = 3
"""Few and telling: each counts so many times in training."""


def written() -> list[Row]:
    files = [path for path in sorted(FOLDER.glob("*.jsonl")) if path != FRAMINGS]
    return [Row(r["text"], int(r["label"]), r["category"], f"written_{path.stem}", repeat=REPEAT) for path in files for r in read_jsonl(path)]
