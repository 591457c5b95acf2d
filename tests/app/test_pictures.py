"""Pictures are put in their place whole, or not at all."""

from pathlib import Path

import pytest

from pan_desktop.app.pictures import put_picture
from pan_desktop.domain.errors import FileUnwritableError


def test_picture_takes_the_place_of_another(tmp_path: Path) -> None:
    target = tmp_path / "image.png"
    target.write_bytes(b"before")
    put_picture(target, b"after")
    assert target.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [target]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritableError):
        put_picture(tmp_path / "absent" / "image.png", b"after")
    assert list(tmp_path.iterdir()) == []
