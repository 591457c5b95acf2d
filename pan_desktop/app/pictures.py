"""Pictures and pages that the window painted, put in their place on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pan_desktop.documents.saving import save
from pan_desktop.domain.errors import FileVerificationError

if TYPE_CHECKING:
    from pathlib import Path

NOT_AS_MEANT = (
    "L’image relue après écriture diffère de ce qui devait y être\u00a0: elle n’a remplacé aucun "
    "fichier. Vérifiez le disque, puis recommencez."
)


def put_picture(target: Path, content: bytes) -> None:
    """Write a picture whole or not at all.

    Raises FileUnwritableError or FileVerificationError with what was there before kept.
    """

    def check(temporary: Path) -> None:
        if temporary.read_bytes() != content:
            raise FileVerificationError(NOT_AS_MEANT)

    save(content, target, check)
