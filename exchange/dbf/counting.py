"""Counting the bytes of a sample of text, megabytes at once."""

from __future__ import annotations

import numpy as np


def high_bytes(sample: bytes) -> dict[int, int]:
    """Return how often each byte above 0x7F stands in the sample."""
    found = np.bincount(np.frombuffer(sample, dtype=np.uint8), minlength=0x100).tolist()
    return {byte: found[byte] for byte in range(0x80, 0x100) if found[byte]}


def bytes_in_sequences(sample: bytes) -> int:
    """Return how many bytes stand in UTF-8 sequences of two and three; what continues one never starts another."""
    signs = np.frombuffer(sample, dtype=np.uint8)
    continues = (signs & 0xC0) == 0x80
    of_two = (signs[:-1] >= 0xC2) & (signs[:-1] <= 0xDF) & continues[1:]
    of_three = ((signs[:-2] & 0xF0) == 0xE0) & continues[1:-1] & continues[2:]
    return 2 * int(np.count_nonzero(of_two)) + 3 * int(np.count_nonzero(of_three))


def bytes_beside_latin(sample: bytes) -> int:
    """Return how many bytes above 0x7F touch a Latin letter, as accented letters of other languages do."""
    signs = np.frombuffer(sample, dtype=np.uint8)
    small = signs | 0x20
    is_latin = (small >= ord("a")) & (small <= ord("z"))
    touches = np.zeros(len(signs), dtype=np.bool_)
    touches[1:] |= is_latin[:-1]
    touches[:-1] |= is_latin[1:]
    return int(np.count_nonzero(touches & (signs >= 0x80)))
