"""A place for installations that another user may pass through, as PostgreSQL needs where root has no namespaces."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_place() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="дом с пробелом "))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place)
