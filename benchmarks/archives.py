"""How long and in what memory an evil archive is refused."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Measure, Stage
from config.embedded import ROOT

MEGABYTE = 1024 * 1024
SIZE_IN_DIRECTORY = 24
LISTED = b"PK\x01\x02"


REFUSING = """
import re, sys, time
from pathlib import Path
from exchange.dbf.archives import unpacked
from exchange.dbf.verdicts import Refused
began = time.perf_counter()
try:
    with unpacked(Path(sys.argv[1])):
        sys.exit("the archive is taken")
except Refused:
    seconds = time.perf_counter() - began
    peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
    print(seconds, int(peak[1]) / 1024)
"""


def archive_stages(folder: Path) -> list[Stage]:
    return [Stage(f"отказ архиву: {name}", refusal(path)) for name, path in evil_archives(folder)]


def refusal(path: Path) -> Measure:
    """Refuse the archive in a fresh process, which holds the codec alone.

    The kernel's VmHWM is asked: ru_maxrss remembers the process that started this one.
    """
    command = [sys.executable, "-c", REFUSING, str(path)]
    printed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    seconds, peak_mb = map(float, printed.split())
    return Measure(1, seconds, peak_mb)


def evil_archives(folder: Path) -> Iterator[tuple[str, Path]]:
    bomb = packed(folder / "bomb.zip", ("bomb.dbf", 200))
    yield "200 МБ нулей", bomb
    content = bomb.read_bytes()
    place = content.rindex(LISTED) + SIZE_IN_DIRECTORY
    liar = folder / "liar.zip"
    liar.write_bytes(content[:place] + (16 * MEGABYTE).to_bytes(4, "little") + content[place + 4 :])
    yield "200 МБ под видом 16", liar
    yield "10 000 файлов", packed(folder / "many.zip", *((f"{number}.dbf", 0) for number in range(10_000)))
    yield "30 файлов по 16 МБ нулей", packed(folder / "sum.zip", *((f"{number}.dbf", 16) for number in range(30)))
    yield "20 файлов по 16 МБ нулей", packed(folder / "ratio.zip", *((f"{number}.dbf", 16) for number in range(20)))


def packed(path: Path, *files: tuple[str, int]) -> Path:
    """Pack files of zeros, each of so many megabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, megabytes in files:
            with archive.open(name, "w") as file:
                for _ in range(megabytes):
                    file.write(bytes(MEGABYTE))
    return path
