"""Every kind of work that is killed, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.soak.kind_files import Exporting, Importing
from tests.soak.kind_moving import Moving
from tests.soak.kind_protecting import Protecting
from tests.soak.kind_safety import BackingUp, Migrating, Restoring
from tests.soak.kind_shared import Sharing
from tests.soak.kind_shared_files import SharingFiles
from tests.soak.kind_typing import Typing
from tests.soak.kind_upgrading import Upgrading

if TYPE_CHECKING:
    from tests.soak.kind import Kind

_ALL: tuple[Kind, ...] = (
    Typing(),
    Importing(),
    Exporting(),
    BackingUp(),
    Restoring(),
    Migrating(),
    Protecting(),
    Sharing(),
    Moving(),
    SharingFiles(),
    Upgrading(),
)
KINDS = {kind.name: kind for kind in _ALL}
