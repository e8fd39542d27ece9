"""What is wrong with how a target took a case: its time and its memory. An exception tells itself."""

from __future__ import annotations

import resource
from time import process_time

from tests.fuzzing.targets import Target

MOST_SECONDS = 1.0
MOST_BYTES = 200 * 1024 * 1024


class TooSlow(AssertionError):
    """The case took more time than any file so small may take."""


class TooLarge(AssertionError):
    """The case took more memory than any file so small may take."""


def judge(target: Target, content: bytes) -> None:
    """Run one case. Raises TooSlow, TooLarge, or what the target lets out beside our refusal.

    Seconds are those of the processor; memory is by how much the case raised the most this process ever took.
    """
    peak, begun = _peak(), process_time()
    target(content)
    seconds, taken = process_time() - begun, _peak() - peak
    if seconds > MOST_SECONDS:
        raise TooSlow(f"{seconds:.2f} s")
    if taken > MOST_BYTES:
        raise TooLarge(f"{taken // 1024 // 1024} MB")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
