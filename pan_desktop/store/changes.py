"""What a unit of work wrote: each row before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after a write; ``before`` is None when it is new, ``after`` when gone."""

    table: str
    before: Row | None
    after: Row | None
