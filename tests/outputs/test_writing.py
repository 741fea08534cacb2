"""Putting a finished file in its place, also where there are no links."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from plannertui.outputs.writing import take_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["links", "no links"])
def stick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system, with links or, as on a memory stick, without."""

    def refused(*_names: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refused)


@pytest.mark.usefixtures("stick")
def test_a_name_is_taken_once(tmp_path: Path) -> None:
    part, path = tmp_path / "part", tmp_path / "out.json"
    part.write_text("whole")
    take_name(str(part), str(path))
    assert path.read_text() == "whole"
    part.unlink(missing_ok=True)
    part.write_text("another")
    with pytest.raises(FileExistsError):
        take_name(str(part), str(path))
    assert path.read_text() == "whole"
