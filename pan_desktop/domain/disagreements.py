"""Two who changed one thing at the same time: what each wants, until someone chooses."""

from enum import StrEnum


class DisagreementKind(StrEnum):
    """How two changes stand against each other."""

    TEXT = "text"
    """Both changed the same words; the row says what came first, the other is offered."""
    GONE = "gone"
    """One changed what the other had removed; what was written is offered."""
    REMOVED = "removed"
    """One removed what the other had changed; it is still there, its removal is offered."""
    REFUSED = "refused"
    """A rule of the shared office does not let it stand; it is offered with the reason."""
