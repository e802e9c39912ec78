"""Finds, in a composed indirect injection, the lines that no clean document has: the attack itself."""

from __future__ import annotations

from .corpus import Row


def payloads(rows: list[Row]) -> dict[str, str]:
    """Text → its longest run of lines that stands in no benign row: where a training window must look."""
    clean = {line.strip() for r in rows if r.label == 0 and r.source.startswith("bipia") for line in r.text.splitlines()}
    found: dict[str, str] = {}
    for row in rows:
        if row.source != "bipia_composed":
            continue
        foreign = [line for line in row.text.splitlines() if line.strip() and line.strip() not in clean]
        if foreign:
            found[row.text] = max(foreign, key=len)[:400]
    return found
