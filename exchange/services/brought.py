"""Files as people bring them: how large they may be, and what lies in an archive (3.9, 3.4, 3.5)."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from exchange.dbf.archives import MOST_UNPACKED, is_archive, unpacked
from exchange.dbf.verdicts import Refused
from offices.refusals import Refusal
from offices.uploading import FILES_AT_THE_LIMIT

MOST_FILES = 60
"""How many files are brought at once."""
MEGABYTE = 1024 * 1024
UNPACKED_MEGABYTES = MOST_UNPACKED // MEGABYTE
"""How much the files of an archive may take together."""


class FileTooLarge(Refusal):
    """The file is larger than the installation takes."""


class FileEmpty(Refusal):
    """There is not a byte in the file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to be received: its own name and its bytes, in memory or on disk."""

    name: str
    content: bytes | Path


def most_megabytes() -> int:
    """Return how many megabytes a brought file may have."""
    limit: int = settings.BROUGHT_FILE_LIMIT
    return limit // MEGABYTE


def refuse_large(*, name: str, size: int) -> None:
    """Raise FileTooLarge for a file of more bytes than the installation takes, with the way out."""
    if size > settings.BROUGHT_FILE_LIMIT:
        raise FileTooLarge(
            f"Файл «{name}» больше {most_megabytes()} МБ — это предел для одного файла. {_way_out(size)} "
            "Если таких больших файлов быть не должно, проверьте, тот ли файл выбран."
        )


def refuse_together(*, sizes: Iterable[int]) -> None:
    """Raise FileTooLarge for files of one request that take more than the installation takes at once."""
    if sum(sizes) > settings.BROUGHT_FILE_LIMIT * FILES_AT_THE_LIMIT:
        raise FileTooLarge(
            f"Выбранные файлы вместе больше {most_megabytes() * FILES_AT_THE_LIMIT} МБ: загрузите их в несколько приёмов."
        )


def _way_out(size: int) -> str:
    if size > MOST_UNPACKED:
        return "Попросите отправителя разделить его на несколько файлов."
    return f"Сожмите его в архив ZIP и загрузите архив: внутри него файл может занимать до {UNPACKED_MEGABYTES} МБ."


def refuse_empty(*, name: str, content: bytes | Path) -> None:
    """Raise FileEmpty for a file without a byte."""
    if not (len(content) if isinstance(content, bytes) else content.stat().st_size):
        raise FileEmpty(f"Файл «{name}» пустой. Попросите отправителя прислать его заново.")


@contextmanager
def pieces_of(*, content: bytes | Path, name: str) -> Iterator[tuple[Piece, ...]]:
    """Give the files to be received for as long as the block lasts: the members of an archive, or the file itself.

    What an archive may hold is bounded by the codec. One that cannot be unpacked is a file as well: it is received,
    and refused with the reason.
    """
    with ExitStack() as opened:
        try:
            members = opened.enter_context(unpacked(content)) if is_archive(content) else ()
        except Refused:
            members = ()
        yield tuple(Piece(member.file_name, member.path) for member in members) or (Piece(name, content),)
