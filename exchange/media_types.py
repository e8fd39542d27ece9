"""The media type a file of the exchange is kept under: its layout's, or what the bytes of an unknown one tell."""

from pathlib import Path

from exchange.dbf.archives import is_archive
from exchange.dbf.verdicts import Refused
from exchange.layouts.looking import looks_like
from exchange.layouts.model import Container, Layout
from exchange.layouts.names import ENDINGS
from offices import files

_TYPES = {
    Container.DBF: files.DBF,
    Container.CSV: files.CSV,
    Container.FIXED: files.TEXT,
    Container.XLSX: files.XLSX,
}


def ending_of(layout: Layout, /) -> str:
    """Return how the name of a file written in a layout ends, without the dot."""
    return ENDINGS[layout.container]


def media_type_of(layout: Layout, /) -> str:
    """Return the media type of a file written in a layout."""
    return _TYPES[layout.container]


def media_type_told_by(content: bytes | Path, /, *, name: str) -> str:
    """Return the media type of a brought file: its first bytes tell, and of a text the ending of its name."""
    try:
        if is_archive(content):
            return files.ZIP
        container = looks_like(content)
    except Refused:
        return files.BINARY
    if container is Container.FIXED:
        return files.CSV if name.lower().endswith(".csv") else files.TEXT
    return files.BINARY if container is None else _TYPES[container]
