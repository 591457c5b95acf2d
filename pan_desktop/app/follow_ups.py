"""Use cases on what is to become of a decision or an action: who, by when, and when it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pan_desktop.domain.model import FollowUp
    from pan_desktop.store.unit_of_work import UnitOfWork


def set_follow_up(
    work: UnitOfWork, *, point_id: str, follow_up: FollowUp, seen: FollowUp | None = None
) -> None:
    """Keep who answers for a point and by when, as somebody confirmed it.

    Of what ``seen`` says it was before, only what differs is written.
    """
    known = _columns(seen) if seen is not None else None
    work.update("conclusion", point_id, seen=known, **_columns(follow_up))


def _columns(follow_up: FollowUp) -> dict[str, Any]:
    due = follow_up.deadline
    return {
        "owner": follow_up.owner.strip(),
        "owner_id": follow_up.owner_id,
        "due_first": due.first if due else None,
        "due_last": due.last if due else None,
        "due_precision": due.precision.value if due else None,
        "due_said": due.said if due else "",
    }
