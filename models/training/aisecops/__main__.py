"""`python -m aisecops --files DIR --out DIR`: AISecOps' published model files as ONNX graphs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .convert import Options, convert
from .errors import ConvertError


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="aisecops", description=__doc__)
    parser.add_argument("--files", type=Path, required=True, help="folder of the published files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the graphs and their manifest")
    parser.add_argument("--percentiles", type=float, nargs=2, metavar=("LOW", "HIGH"), help="raw scores that anomaly calls 0 and 1, in place of the stats file's")
    parser.add_argument("--reversed", action="store_true", help="turns the fusion's probability p to 1 - p, and its threshold t to 1 - t")
    given = parser.parse_args(arguments)
    try:
        notes = convert(given.files, given.out, Options(tuple(given.percentiles) if given.percentiles else None, given.reversed))
    except ConvertError as error:
        print(f"aisecops: {error}", file=sys.stderr)
        return 1
    for note in notes:
        print(note)
    return 0


if __name__ == "__main__":
    sys.exit(main())
