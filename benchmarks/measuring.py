"""Seconds and peak memory of a piece of work, each in a process of its own."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

LONGEST = 3600.0


@dataclass(frozen=True, slots=True)
class Measure:
    """What a piece of work took: rows, seconds, and the most memory its process held."""

    rows: int
    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A line of the result: our way, and the ordinary way beside it where there is one."""

    name: str
    ours: Measure
    ordinary: Measure | None = None

    def as_json(self) -> dict[str, object]:
        ordinary = self.ordinary.seconds if self.ordinary else None
        return {
            "stage": self.name,
            "rows": self.ours.rows,
            "seconds": round(self.ours.seconds, 3),
            "rows_per_second": round(self.ours.rows / self.ours.seconds) if self.ours.seconds else None,
            "peak_mb": round(self.ours.peak_mb, 1),
            "ordinary_seconds": round(ordinary, 3) if ordinary is not None else None,
            "ratio": round(ordinary / self.ours.seconds, 2) if ordinary is not None and self.ours.seconds else None,
        }


def measure(work: Callable[[], int]) -> Measure:
    """Do the work in a fork and return what it took; `work` returns how many rows it did."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, there))
    process.start()
    there.close()
    if not here.poll(LONGEST):
        process.kill()
    try:
        rows, seconds, peak = here.recv()
    except EOFError:
        raise SystemExit(f"{work.__qualname__}: работа не закончена") from None
    process.join()
    return Measure(rows, seconds, peak)


def _work(work: Callable[[], int], answer: Connection) -> None:
    began = time.perf_counter()
    rows = work()
    seconds = time.perf_counter() - began
    answer.send((rows, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
