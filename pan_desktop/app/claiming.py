"""The claim on a database's file that needs no room on a full disk, as the window takes it."""

from __future__ import annotations

from pan_desktop.store.safety.claim import Claim, claim_on

__all__ = ["Claim", "claim_on"]
