"""Coverage-guided fuzzing of what reads strangers' files: `./run fuzz [SECONDS] [--target NAME …]`.

Each target gets SECONDS in a process of its own, which is begun anew after every finding. The bytes of a finding and
what was told of it lie in `APP_VAR/fuzz/TARGET/`; what of the generated files leads further is kept there for the
next time. With `DBF_CORPUS` real small files join the seeds; they are copied nowhere but into that folder.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from config import embedded
from tests.fuzzing.seeds import seeds
from tests.fuzzing.targets import TARGETS

SECONDS = 60
LONGEST_CASE = 60
MOST_MEGABYTES = 1024


def main() -> int:
    """Fuzz the chosen targets one after another and return 1 when anything was found."""
    given = argparse.ArgumentParser(prog="./run fuzz", description="Fuzzes the readers of strangers' files.")
    given.add_argument("seconds", nargs="?", type=int, default=SECONDS, help="for each target")
    given.add_argument("--target", nargs="+", choices=sorted(TARGETS), default=list(TARGETS))
    options = given.parse_args()
    found = [finding for name in options.target for finding in _fuzzed(name, options.seconds)]
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(f"{len(found)} finding(s)\n")
    return 1 if found else 0


def _fuzzed(name: str, seconds: int) -> list[Path]:
    folder = embedded.var_directory(os.environ) / "fuzz" / name
    kept, findings = folder / "kept", folder / "findings"
    for one in (kept, findings):
        one.mkdir(parents=True, exist_ok=True)
    longest = _plant(name, kept)
    before = set(findings.iterdir())
    until = time.monotonic() + seconds
    count = len(before)
    while (left := round(until - time.monotonic())) > 0:
        command = [
            sys.executable, "-m", "tests.fuzzing.guided", name, f"-max_total_time={left}",
            f"-timeout={LONGEST_CASE}", f"-rss_limit_mb={MOST_MEGABYTES}", f"-max_len={2 * longest}",
            f"-artifact_prefix={findings}/", "-print_final_stats=1", str(kept),
        ]  # fmt: skip
        with (folder / "told.txt").open("ab") as told:
            ended = subprocess.run(command, cwd=embedded.ROOT, stdout=told, stderr=told, check=False)
        if ended.returncode == 0:
            break
        if len(list(findings.iterdir())) == count:
            raise RuntimeError(f"{name}: ended with {ended.returncode} and nothing found, see {folder / 'told.txt'}")
        count = len(list(findings.iterdir()))
    return sorted(set(findings.iterdir()) - before)


def _plant(name: str, kept: Path) -> int:
    """Put the seeds where the fuzzer begins and return how long the longest is."""
    corpus = os.environ.get("DBF_CORPUS")
    planted = seeds(Path(corpus) if corpus else None)[name]
    for content in planted:
        (kept / hashlib.sha256(content).hexdigest()[:40]).write_bytes(content)
    return max(map(len, planted))


if __name__ == "__main__":
    sys.exit(main())
