"""Stand-ins for the classes that a pickle names: they keep what the file says of an object and run nothing of it."""

from __future__ import annotations

from typing import Any, ClassVar

from .errors import RefusedError


class Inert:
    """An object of a file. `arguments`: what it was made with; `state`: what `__setstate__` was given, None without."""

    kind: ClassVar[str] = ""
    """The class or function that it stands for."""
    called: ClassVar[bool] = False
    """Whether objects of the kind are made with arguments; a file that gives arguments to any other is refused."""

    arguments: tuple[Any, ...]
    state: Any

    def __new__(cls, *arguments: Any) -> Any:
        if arguments and not cls.called:
            raise RefusedError(f"calls {cls.kind}")
        self = object.__new__(cls)
        self.arguments, self.state = arguments, None
        return self

    def __setstate__(self, state: Any) -> None:
        self.state = state


def stand_in(name: str, called: bool = False) -> type[Inert]:
    return type(name, (Inert,), {"kind": name, "called": called})


def kind_of(found: Any) -> str:
    """What an object, or a class or function that is referred to, stands for; the Python type of anything else."""
    if isinstance(found, Inert) or (isinstance(found, type) and issubclass(found, Inert)):
        return found.kind
    return type(found).__name__
