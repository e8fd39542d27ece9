"""Which code page the text of a table is in: the layout's setting, the language byte, the letters."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

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
    0x1C: "cp863",
    0x67: "cp861",
    0x6A: "cp737",
    0x6B: "cp857",
    0x7D: "cp1255",
    0x7E: "cp1256",
    0xC8: "cp1250",
    0xCA: "cp1254",
    0xCB: "cp1253",
}
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
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_BESIDE_LATIN = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
SURE_LETTERS = 20
SURE_CONFIDENCE = 60


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the letters of a sample say. `confidence` is a percentage; `letters` is how many spoke."""

    encoding: str
    confidence: int
    letters: int

    @property
    def is_sure(self) -> bool:
        return self.letters >= SURE_LETTERS and self.confidence >= SURE_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Choice:
    """The code page taken, by what (`setting`, `language_byte`, `letters`, `default`), and the doubts."""

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
    counts = {byte: count for byte, count in Counter(sample).items() if byte >= 0x80}
    letters = sum(counts.values())
    if not letters:
        return None
    in_sequences = sum(len(found) for found in _UTF8_SEQUENCE.findall(sample))
    if letters >= 4 and in_sequences * 100 >= letters * 95:
        return Evidence("utf-8", min(99, in_sequences * 100 // letters), letters)
    if len(_BESIDE_LATIN.findall(sample)) * 2 > letters:
        return None
    scores = {
        encoding: sum(count * weights[byte] for byte, count in counts.items()) for encoding, weights in _WEIGHTS.items()
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    strangers = sum(count for byte, count in counts.items() if _WEIGHTS[best][byte] == _STRANGER)
    if scores[best] <= 0 or strangers * 100 > letters * 15:
        return None
    other = max(0, min(scores.values()))
    return Evidence(best, 100 * scores[best] // (scores[best] + other), letters)


def choose_encoding(setting: str, language_byte: int, sample: bytes) -> Choice:
    """Choose the code page: the setting, else a Cyrillic language byte, else the letters.

    The letters are always heard: when they surely say otherwise, the choice stands and a notice
    `encoding_conflict` says so. Raises Refused when the setting names no known code page.
    """
    evidence = weigh_letters(sample)
    stated = known_encoding(setting) if setting != AUTO else CYRILLIC_BYTES.get(language_byte)
    if stated is not None:
        chosen_by = "setting" if setting != AUTO else "language_byte"
        return Choice(stated, chosen_by, _agreement(stated, evidence), _conflict(stated, chosen_by, evidence))
    if evidence is not None and (evidence.is_sure or language_byte not in OTHER_BYTES):
        notices = () if evidence.is_sure else (_unsure(evidence.encoding),)
        return Choice(evidence.encoding, "letters", evidence.confidence, notices)
    if language_byte in OTHER_BYTES:
        return Choice(OTHER_BYTES[language_byte], "language_byte", 0)
    has_text = any(byte >= 0x80 for byte in sample)
    return Choice("cp866", "default", 0, (_unsure("cp866"),) if has_text else ())


def known_encoding(name: str) -> str:
    """Return the usual name of a code page.

    Raises Refused when there is no such page.
    """
    try:
        usual = codecs.lookup(name).name
        "".encode(usual)
    except LookupError as error:
        raise Refused("unknown_encoding", f"Кодировка «{name}» неизвестна.") from error
    return usual


def _agreement(stated: str, evidence: Evidence | None) -> int:
    return evidence.confidence if evidence is not None and evidence.encoding == stated else 0


def _conflict(stated: str, chosen_by: str, evidence: Evidence | None) -> tuple[Notice, ...]:
    if evidence is None or evidence.encoding == stated or not evidence.is_sure:
        return ()
    who = "настройка формата называет" if chosen_by == "setting" else "байт кодировки называет"
    text = f"Кодировка спорная: {who} {stated}, а буквы похожи на {evidence.encoding} ({evidence.confidence} %)."
    return (Notice("encoding_conflict", text),)


def _unsure(encoding: str) -> Notice:
    return Notice("encoding_unsure", f"Кодировка определена неуверенно: взята {encoding}.")


_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХавекмнорстух", "ABEKMHOPCTYXaBeKMHopcTyx")


def field_names(raw_names: tuple[bytes, ...], encoding: str) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    """Decode the names of the columns; Cyrillic letters that look Latin become Latin, with a notice."""
    names: list[str] = []
    notices: list[Notice] = []
    for raw in raw_names:
        read = raw.decode(encoding, "replace")
        name = read.translate(_LOOK_ALIKES)
        if name.isascii():
            if name != read:
                notices.append(
                    Notice("look_alikes", f"Имя поля «{read}» написано с русскими буквами, прочитано как {name}.")
                )
            names.append(name)
        else:
            notices.append(Notice("foreign_name", f"Имя поля «{read}» не латинское."))
            names.append(read)
    repeated = sorted(name for name, count in Counter(names).items() if count > 1)
    if repeated:
        notices.append(Notice("repeated_names", f"Имена полей повторяются: {', '.join(repeated)}."))
    return tuple(names), tuple(notices)
