"""Generated rows: every category of attack with its authorised twins, and rows made from the corpora's."""

from __future__ import annotations

from .derived import derived
from .handed_over import handed_over
from .requests import tools
from .twins import made

__all__ = ["derived", "handed_over", "made", "tools"]
