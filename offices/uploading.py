"""Files of a request go to disk piece by piece, and no further than the installation's limit."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from offices.refusals import Refusal

FILES_AT_THE_LIMIT = 4
"""The files of one request take together at most so many times the limit of one."""


class BeyondTheLimit(Refusal):
    """The file is larger than the installation takes, or the files of the request together are."""


class PlacedFile(TemporaryUploadedFile):
    """A file that stands in the installation's own place while the request lasts."""

    def __init__(self, name: str | None, *facts: Any) -> None:
        place = Path(settings.UPLOADS_ROOT)
        place.mkdir(parents=True, exist_ok=True)
        opened = tempfile.NamedTemporaryFile(suffix=".upload", dir=place)  # noqa: SIM115 - closed with the request
        UploadedFile.__init__(self, opened, name, *facts)


class CutFile(InMemoryUploadedFile):
    """A file of which only the name and the size were kept."""

    def read(self, *_: Any) -> NoReturn:
        """Refuse: what is not there is never an empty file. Raises BeyondTheLimit."""
        most = settings.BROUGHT_FILE_LIMIT // 1024 // 1024
        raise BeyondTheLimit(
            f"Файл «{self.name}» не принят: предел для одного файла {most} МБ. Разделите его на части."
        )

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Refuse as reading does. Raises BeyondTheLimit."""
        yield self.read(chunk_size)


class BoundedUploads(TemporaryFileUploadHandler):
    """Keeps a file on disk; one beyond the limit is let go as soon as it is, and the rest of it is not kept."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._came = 0

    def new_file(self, *args: Any, **named: Any) -> None:
        """Open the place of one file of the request."""
        FileUploadHandler.new_file(self, *args, **named)
        self.file = PlacedFile(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece that comes, as long as the file and the request are within the limit."""
        limit = settings.BROUGHT_FILE_LIMIT
        self._came += len(raw_data)
        if start + len(raw_data) > limit or self._came > FILES_AT_THE_LIMIT * limit:
            self.file.close()
        if not self.file.closed:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Give the file, or what is known of one that was let go."""
        if self.file.closed:
            return CutFile(BytesIO(), self.field_name, self.file_name, self.content_type, file_size, self.charset)
        return super().file_complete(file_size)
