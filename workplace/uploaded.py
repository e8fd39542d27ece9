"""The bytes of a file that came with a form, where they are: a large one is on disk and stays there."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile


def content_of(brought: "UploadedFile[Any]", /) -> bytes | Path:
    """Return the bytes of a small file, or the place of a large one for as long as the request lasts."""
    if isinstance(brought, TemporaryUploadedFile):
        return Path(brought.temporary_file_path())
    content: bytes = brought.read()
    return content
