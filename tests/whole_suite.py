"""The whole suite as two runs side by side, each with servers of its own: the slow parts named here, and the rest.

`python -m tests.whole_suite` ends with 0 when both runs did. Where the servers are given from outside
(`DATABASE_URL`) there is only one test database, and the runs go one after the other.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from config import embedded

NAMED = (
    "tests/browser", "tests/workplace/test_routes.py", "tests/workplace/month", "tests/calculations",
    "tests/exchange/mutated/test_wide_tables.py",
)  # fmt: skip
REST = tuple(f"--ignore={path}" for path in NAMED)


def main() -> int:
    """Run both, tell what each told, and return the worse exit code."""
    environ = dict(os.environ)
    if environ.get("DATABASE_URL"):
        return max(start(chosen, environ).wait() for chosen in (REST, NAMED))
    aside = {**environ, "APP_VAR": str(embedded.var_directory(environ) / "aside")}
    with tempfile.TemporaryFile() as told:
        runs = [start(NAMED, aside, told), start(REST, environ)]
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the runs itself
        signal.signal(signal.SIGTERM, lambda number, _: _end(runs))
        codes = [run.wait() for run in reversed(runs)]
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout.buffer)
        sys.stdout.flush()
    return max(abs(code) for code in codes)


def start(chosen: Sequence[str], environ: Mapping[str, str], told: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start pytest on the chosen part; what it tells goes to `told`, or straight to the terminal."""
    command = [sys.executable, "-m", "pytest", *chosen]
    return subprocess.Popen(command, cwd=Path(embedded.ROOT), env=environ, stdout=told, stderr=told)


def _end(runs: Sequence[subprocess.Popen[bytes]]) -> None:
    for run in runs:
        run.terminate()


if __name__ == "__main__":
    sys.exit(main())
