"""Every test runs without a screen, also when pytest is started by hand."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
