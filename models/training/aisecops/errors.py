"""What goes wrong in a conversion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ConvertError(Exception):
    """A file that is not converted: its name, and why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")


class RefusedError(Exception):
    """What a file does that none of its kind needs to do."""


@contextmanager
def refusing(path: Path, what: str) -> Iterator[None]:
    """Turns whatever a hostile or damaged file leads to into a ConvertError that begins with `what`."""
    try:
        yield
    except ConvertError:
        raise
    except RefusedError as error:
        raise ConvertError(path, f"refused: {error}") from error
    except Exception as error:
        told = str(error).partition("\n")[0]  # PyTorch adds a stack trace
        raise ConvertError(path, f"{what} ({type(error).__name__}: {told})") from error


def present(path: Path) -> Path:
    """The path itself. Raises ConvertError if no file is there."""
    if not path.is_file():
        raise ConvertError(path, "missing")
    return path
