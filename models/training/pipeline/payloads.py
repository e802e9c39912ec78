"""Finds, in a composed indirect injection, the lines that no clean document has: the attack itself."""

from __future__ import annotations

from .corpus import Row


COMPOSED = {"bipia_composed": "bipia", "talks_attacked": "talks_", **{name: name for name in ("written_documents", *(f"written_documents-{i}" for i in range(2, 6)))}}
"""Sets with composed injections, each with (the start of) the name of the sets that hold their clean documents."""


def payloads(rows: list[Row]) -> dict[str, str]:
    """Text → its longest line that stands in no clean document: where a training window must look."""
    found: dict[str, str] = {}
    for source, clean_source in COMPOSED.items():
        clean = {line.strip() for r in rows if r.label == 0 and r.source.startswith(clean_source) for line in r.text.splitlines()}
        for row in rows:
            if row.source != source or row.label == 0:
                continue
            foreign = [line for line in row.text.splitlines() if line.strip() and line.strip() not in clean]
            if foreign:
                found[row.text] = max(foreign, key=len)[:400]
    return found
