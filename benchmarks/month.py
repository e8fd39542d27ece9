"""`./run bench`: what a month costs, stage by stage, on servers of its own under `APP_VAR/bench`."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from config import embedded

MONTH = "2026-10"
SEED = "7"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench", description="Замеры этапов месяца")
    parser.add_argument("--recipients", type=int, default=2000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--parts", action="store_true", help="только файлы обмена и запись строк, без месяца")
    chosen = parser.parse_args()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # it makes its database anew: never a given one
    os.environ["APP_VAR"] = str(embedded.var_directory(os.environ) / "bench")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.base"
    embedded.prepare_environment()
    stages = parts(chosen.recipients)
    if not chosen.parts:
        stages += whole_month(chosen.recipients)
    report = {"machine": machine(), "recipients": chosen.recipients, "stages": stages}
    if chosen.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        show(report)
    return 0


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} CPU, Python {platform.python_version()}"


def parts(recipients: int) -> list[dict[str, object]]:
    import django

    django.setup()
    from benchmarks.archives import archive_stages
    from benchmarks.dbf_files import ROWS_A_RECIPIENT, dbf_stages
    from benchmarks.returned_files import return_stages
    from benchmarks.storing import storing_stages

    with tempfile.TemporaryDirectory() as folder:
        measured = dbf_stages(recipients, Path(folder))
        measured += return_stages(recipients, Path(folder))
        measured += archive_stages(Path(folder))
    measured += storing_stages(recipients * ROWS_A_RECIPIENT)
    return [stage.as_json() for stage in measured]


def whole_month(recipients: int) -> list[dict[str, object]]:
    """Play a month in a new database and return its stages, each with the seconds the month itself reports."""
    make_database_anew()
    manage("migrate", "--verbosity", "0")
    manage("demo_region", "--recipients", str(recipients), "--seed", SEED, "--month", MONTH)
    played, peak_mb, seconds = manage("run_month", MONTH, "--json")
    report = json.loads(played)
    stages = [month_stage(f"{one['item']} {one['stage']}", one["rows_in"], one["seconds"]) for one in report["stages"]]
    whole = month_stage("месяц целиком", report["recipients"], seconds)
    return [*stages, {**whole, "peak_mb": round(peak_mb, 1)}]


def month_stage(name: str, rows: int, seconds: float | None) -> dict[str, object]:
    speed = round(rows / seconds) if seconds else None
    taken = round(seconds, 3) if seconds is not None else None
    return {
        "stage": name,
        "rows": rows,
        "seconds": taken,
        "rows_per_second": speed,
        "peak_mb": None,
        "ordinary_seconds": None,
        "ratio": None,
    }


def make_database_anew() -> None:
    import psycopg2

    address = os.environ["SUPERUSER_DATABASE_URL"].removesuffix("/app") + "/postgres"
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS app WITH (FORCE)")
        cursor.execute("CREATE DATABASE app OWNER app")


def manage(*arguments: str) -> tuple[str, float, float]:
    """Run a command; return what it printed, the most memory it held in MB, and its seconds."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=embedded.ROOT, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"manage.py {' '.join(arguments)}: код {process.returncode}")
        output.seek(0)
        return output.read(), usage.ru_maxrss / 1024, time.perf_counter() - began


def show(report: dict[str, object]) -> None:
    print(f"{report['machine']}; получателей: {report['recipients']}")
    print(f"{'этап':<52}{'строк':>9}{'с':>9}{'строк/с':>10}{'МБ':>8}{'обычно, с':>11}{'раз':>7}")
    for stage in report["stages"]:
        cells = [stage[name] for name in ("rows", "seconds", "rows_per_second", "peak_mb", "ordinary_seconds", "ratio")]
        shown = ["–" if cell is None else str(cell) for cell in cells]
        widths = (9, 9, 10, 8, 11, 7)
        print(
            f"{stage['stage'][:51]:<52}"
            + "".join(f"{cell:>{width}}" for cell, width in zip(shown, widths, strict=True))
        )


if __name__ == "__main__":
    sys.exit(main())
