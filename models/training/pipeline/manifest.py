"""The bundle's manifest: each training writes its part of it and leaves the others'."""

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


PARTS = ("verifier", "trajectory")
"""What is trained after the encoder, each by its own command."""


def encoder_of(manifest: Manifest) -> str:
    """`id@revision`, as parts name the encoder that they were trained on and run on no other."""
    return f"{manifest['encoder']['id']}@{manifest['encoder']['revision']}"


def files(part: Manifest) -> list[str]:
    """That a part names."""
    return [part["artifact"]] if "artifact" in part else [part["graph"], part["weights"], part["tokenizer"]]


def merged(manifest: Manifest, other: Manifest) -> Manifest:
    """The manifest with the parts of another one, as many as that has and as run on this encoder: their sections, files and licences."""
    owner = encoder_of(manifest)
    found = [name for name in PARTS if name in other and other[name].get("encoder", owner) == owner]
    licences = [*(one for one in manifest["licences"] if one["part"] not in found), *(one for one in other.get("licences", []) if one["part"] in found)]
    added = {file: other["artifacts"][file] for name in found for file in files(other[name])}
    rest = {key: value for key, value in manifest.items() if key != "licences"}
    return {**rest, "artifacts": {**manifest["artifacts"], **added}, **{name: other[name] for name in found}, "licences": licences}


def write(folder: Path, manifest: Manifest) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"bundle: {sum(one['bytes'] for one in manifest['artifacts'].values()) / 1e6:.2f} MB in {folder.name}/, with all its parts", flush=True)
