"""Which code page the text of a table is in: the layout's setting, the language byte, the letters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from exchange.dbf.counting import bytes_beside_latin, bytes_in_sequences, high_bytes
from exchange.dbf.verdicts import Notice, Refused

AUTO = "auto"
CYRILLIC_BYTES = {0x26: "cp866", 0x65: "cp866", 0xC9: "cp1251", 0x96: "mac_cyrillic"}
OTHER_BYTES = {
    **dict.fromkeys((0x01, 0x09, 0x0B, 0x0D, 0x0F, 0x11, 0x15, 0x18, 0x19, 0x1B), "cp437"),
    **dict.fromkeys((0x02, 0x0A, 0x0E, 0x10, 0x12, 0x14, 0x16, 0x1A, 0x1D, 0x25, 0x37), "cp850"),
    **dict.fromkeys((0x03, 0x57, 0x58, 0x59), "cp1252"),
    **dict.fromkeys((0x1F, 0x22, 0x23, 0x40, 0x64, 0x87), "cp852"),
    **dict.fromkeys((0x08, 0x17, 0x66), "cp865"),
    **dict.fromkeys((0x4D, 0x7A), "gbk"),
    **dict.fromkeys((0x4E, 0x79), "cp949"),
    **dict.fromkeys((0x4F, 0x78), "cp950"),
    **dict.fromkeys((0x13, 0x7B), "cp932"),
    **dict.fromkeys((0x50, 0x7C), "cp874"),
    0x24: "cp860",
    **dict.fromkeys((0x1C, 0x6C), "cp863"),
    0x04: "mac_roman",
    0x97: "mac_latin2",
    0x98: "mac_greek",
    0xCC: "cp1257",
    0x67: "cp861",
    **dict.fromkeys((0x6A, 0x86), "cp737"),
    **dict.fromkeys((0x6B, 0x88), "cp857"),
    0x7D: "cp1255",
    0x7E: "cp1256",
    0xC8: "cp1250",
    0xCA: "cp1254",
    0xCB: "cp1253",
}
DRIVERS = {"ANCYRR": "cp1251", "CYRR": "cp866", "DBWIN": "cp1252"}
"""How names of language drivers begin that name no number of a page, as DB866RU0 does."""
LANGUAGE_BYTE = {"cp866": 0x65, "cp1251": 0xC9}

# How often a letter stands in Russian text, in thousandths (Lyashevskaya and Sharov, 2009, rounded).
_BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ"
_THOUSANDTHS = (
    110,
    84,
    80,
    74,
    67,
    63,
    55,
    47,
    45,
    44,
    35,
    32,
    30,
    28,
    26,
    20,
    19,
    17,
    17,
    16,
    16,
    14,
    12,
    10,
    9,
    7,
    6,
)
_FREQUENCIES = dict(zip(_BY_FREQUENCY, (*_THOUSANDTHS, 5, 4, 3, 3, 2, 1), strict=True))
_NEUTRAL = "№«»–—…“”°§\xa0"
_STRANGER = -60
_NO_PAGES = frozenset({"utf-7", "unicode-escape", "raw-unicode-escape"})
"""Ways of writing letters by other letters, which may name what is no letter at all."""
_DRIVER_PAGE = re.compile(r"DB([0-9]{3})")
_WORD = re.compile("[А-Яа-яЁё]+")
_SHAPED_PERCENT = 75
_WORD_LETTERS = 4
_MOST_SHAPED_BYTES = 256 * 1024
SURE_LETTERS = 20
SURE_IN_WORDS = 8
SURE_CONFIDENCE = 60


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the letters of a sample say.

    `confidence` is a percentage; `letters` is how many spoke, `in_words` how many of them in words of four and more.
    """

    encoding: str
    confidence: int
    letters: int
    in_words: int = 0

    @property
    def is_sure(self) -> bool:
        enough = self.letters >= SURE_LETTERS or self.in_words >= SURE_IN_WORDS
        return enough and self.confidence >= SURE_CONFIDENCE


CHOSEN_BY = {
    "setting": "задана",
    "language_byte": "по байту заголовка",
    "language_driver": "по имени кодировки в заголовке",
    "letters": "по буквам",
    "default": "по умолчанию",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The code page taken, by what (a key of `CHOSEN_BY`), and the doubts."""

    encoding: str
    chosen_by: str
    confidence: int
    notices: tuple[Notice, ...] = ()


def _weights(encoding: str) -> dict[int, int]:
    weights = {}
    for byte in range(0x80, 0x100):
        letter = bytes((byte,)).decode(encoding, "replace")
        weights[byte] = 0 if letter in _NEUTRAL else _FREQUENCIES.get(letter.lower(), _STRANGER)
    return weights


_WEIGHTS = {encoding: _weights(encoding) for encoding in ("cp866", "cp1251")}


def weigh_letters(sample: bytes) -> Evidence | None:
    """Return what the bytes above 0x7F look like, or None when they do not look like Russian text."""
    counts = high_bytes(sample)
    letters = sum(counts.values())
    if not letters:
        return None
    in_sequences = bytes_in_sequences(sample)
    if letters >= 4 and in_sequences * 100 >= letters * 95:
        return Evidence("utf-8", min(99, in_sequences * 100 // letters), letters)
    if bytes_beside_latin(sample) * 2 > letters:
        return None
    scores = {
        encoding: sum(count * weights[byte] for byte, count in counts.items()) for encoding, weights in _WEIGHTS.items()
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    strangers = sum(count for byte, count in counts.items() if _WEIGHTS[best][byte] == _STRANGER)
    if scores[best] <= 0 or strangers * 100 > letters * 15:
        return None
    shaped, spoken, in_words = _shapes(sample, best)
    if shaped * 100 < spoken * _SHAPED_PERCENT:
        return None
    other = max(0, min(scores.values()))
    return Evidence(best, 100 * scores[best] // (scores[best] + other), letters, in_words)


def _shapes(sample: bytes, encoding: str) -> tuple[int, int, int]:
    """Return how many letters stand in words written as people write them, how many there are, and in long words.

    Alien text read as Russian gives words like «ГНйТ»: capitals in their middle.
    """
    shaped = spoken = in_words = 0
    for word in _WORD.findall(sample[:_MOST_SHAPED_BYTES].decode(encoding, "replace")):
        spoken += len(word)
        if word.isupper() or word[1:].islower() or len(word) == 1:
            shaped += len(word)
            in_words += len(word) if len(word) >= _WORD_LETTERS else 0
    return shaped, spoken, in_words


def choose_encoding(setting: str, language_byte: int, sample: bytes, *, driver: str = "") -> Choice:
    """Choose the code page: the setting, else the header if it names a Cyrillic page, else the letters.

    The header has a language byte and, in dBASE 7, the name of a language `driver`. The letters are always heard:
    when they surely say otherwise, the choice stands and a notice `encoding_conflict` says so.
    Raises Refused when the setting names no known code page.
    """
    evidence = weigh_letters(sample)
    page, named_by = _named(language_byte, driver)
    if setting != AUTO:
        page, named_by = known_encoding(setting), "setting"
    if page is not None and (named_by == "setting" or page in CYRILLIC_BYTES.values()):
        return Choice(page, named_by, _agreement(page, evidence), _conflict(page, named_by, evidence))
    if evidence is not None and (evidence.is_sure or page is None):
        notices = () if evidence.is_sure else (_unsure(evidence.encoding),)
        return Choice(evidence.encoding, "letters", evidence.confidence, notices)
    if page is not None:
        return Choice(page, named_by, 0)
    has_text = any(byte >= 0x80 for byte in sample)
    return Choice("cp866", "default", 0, (_unsure("cp866"),) if has_text else ())


def _named(language_byte: int, driver: str) -> tuple[str | None, str]:
    """Return the page that the header names, if any, and where it does."""
    name = driver.upper()
    numbered = _DRIVER_PAGE.match(name)
    if numbered is not None and (page := _page(f"cp{numbered[1]}")) is not None:
        return page, "language_driver"
    for beginning, page in DRIVERS.items():
        if name.startswith(beginning):
            return page, "language_driver"
    return CYRILLIC_BYTES.get(language_byte) or OTHER_BYTES.get(language_byte), "language_byte"


def known_encoding(name: str) -> str:
    """Return the usual name of a code page.

    Raises Refused when there is no such page.
    """
    usual = _page(name)
    if usual is None:
        raise Refused("unknown_encoding", f"Кодировка «{name}» неизвестна.")
    return usual


def _page(name: str) -> str | None:
    try:
        usual = codecs.lookup(name).name
        b"\xff".decode(usual, "replace")
    except (LookupError, ValueError):
        return None
    return None if usual in _NO_PAGES else usual


def _agreement(stated: str, evidence: Evidence | None) -> int:
    return evidence.confidence if evidence is not None and evidence.encoding == stated else 0


def _conflict(stated: str, chosen_by: str, evidence: Evidence | None) -> tuple[Notice, ...]:
    if evidence is None or evidence.encoding == stated or not evidence.is_sure:
        return ()
    who = "настройка формата называет" if chosen_by == "setting" else "заголовок называет"
    text = f"Кодировка спорная: {who} {stated}, а буквы похожи на {evidence.encoding} ({evidence.confidence} %)."
    return (Notice("encoding_conflict", text),)


def _unsure(encoding: str) -> Notice:
    return Notice("encoding_unsure", f"Кодировка определена неуверенно: взята {encoding}.")
