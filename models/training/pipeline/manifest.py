"""The bundle's manifest: the encoder's training and the verifier's each write their part of it and leave the other's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

Manifest = dict[str, Any]


def artifacts(folder: Path, names: list[str]) -> dict[str, dict[str, int | str]]:
    """Size and checksum of each file."""
    contents = {name: (folder / name).read_bytes() for name in names}
    return {name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in contents.items()}


def read(folder: Path) -> Manifest:
    """The manifest that is there; an empty one if there is none."""
    path = folder / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


def with_verifier_of(manifest: Manifest, other: Manifest) -> Manifest:
    """The manifest with the verifier of another one, if that has any: its section, its files, its licence."""
    part = other.get("verifier")
    if part is None:
        return manifest
    files = [*part["graphs"].values(), part["weights"]]
    licences = [*(one for one in manifest["licences"] if one["part"] != "verifier"), *(one for one in other["licences"] if one["part"] == "verifier")]
    found = {**manifest["artifacts"], **{name: other["artifacts"][name] for name in files}}
    return {**{key: value for key, value in manifest.items() if key != "licences"}, "artifacts": found, "verifier": part, "licences": licences}


def write(folder: Path, manifest: Manifest) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"bundle: {sum(one['bytes'] for one in manifest['artifacts'].values()) / 1e6:.2f} MB in {folder.name}/, with all its parts", flush=True)
