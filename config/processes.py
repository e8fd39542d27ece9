"""Locks, private files and child processes, as the kernel gives them. Knows neither Django nor a server."""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

LOG_LIMIT = 10_000_000
STOP_TIMEOUT = 60.0
PR_SET_PDEATHSIG = 1


class NotPrivate(RuntimeError):
    """A directory that must be ours alone belongs to somebody else."""


class StillLocked(RuntimeError):
    """A lock was not released in time."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a program runs as: through `prefix` (a user namespace) or as another `user`."""

    uid: int
    prefix: tuple[str, ...] = ()
    user: str | None = None


def wait_for(condition: Callable[[], bool], timeout: float, pause: float = 0.02) -> bool:
    """Return whether the condition became true within `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(pause)
    return True


# --- locks and files -------------------------------------------------------------------------------------------


@contextmanager
def locked(path: Path, *, timeout: float) -> Iterator[IO[bytes]]:
    """Hold an exclusive lock on the file. Raises StillLocked when it is not ours within `timeout` seconds."""
    with path.open("ab") as file:
        if not wait_for(lambda: _try_lock(file, fcntl.LOCK_EX), timeout, pause=0.05):
            raise StillLocked(f"занято другим процессом: {path}")
        yield file


def share_until_exit(path: Path) -> None:
    """Hold a shared lock on the file until this process ends, in whatever way; waits for an exclusive holder."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)  # never closed by us
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def take_until_exit(path: Path) -> bool:
    """Take an exclusive lock until this process ends, if nobody holds one. Return whether it is ours."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    return True


def is_locked(path: Path) -> bool:
    """Return whether another process holds any lock on the file."""
    with path.open("ab") as file:
        return not _try_lock(file, fcntl.LOCK_EX)


def _try_lock(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def private_directory(path: Path, uid: int | None = None) -> Path:
    """Make the directory, or check that it is a real one, ours (or `uid`'s) and closed to others."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.lstat()
    if path.is_symlink() or status.st_uid not in {os.geteuid(), uid}:
        raise NotPrivate(f"каталог принадлежит другому пользователю: {path}")
    if status.st_mode & 0o066:
        path.chmod(0o700)
    return path


def can_enter(path: Path, account: Account) -> bool:
    """Return whether the account may pass to the directory and see it."""
    return (
        subprocess.run(["ls", "-d", f"{path}/."], user=account.user, capture_output=True, check=False).returncode == 0
    )


def give_to(path: Path, uid: int) -> None:
    """Make the tree belong to `uid`, if it does not."""
    if path.stat().st_uid == uid:
        return
    for directory, _, names in os.walk(path):
        for name in [".", *names]:
            os.chown(Path(directory, name), uid, -1, follow_symlinks=False)


def write_private(path: Path, text: str, *, flags: int = os.O_TRUNC) -> None:
    """Write a file that only its owner may read. `flags` may be O_EXCL: FileExistsError if it is there."""
    with open(path, "w", opener=lambda name, mode: os.open(name, os.O_WRONLY | os.O_CREAT | flags, 0o600)) as file:
        file.write(text)


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to; one that has grown too long starts anew."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.unlink()
    return path.open("ab")


# --- child processes -------------------------------------------------------------------------------------------


def start(
    command: Sequence[str],
    *,
    death_signal: signal.Signals,
    output: IO[bytes] | None = None,
    account: Account | None = None,
    keep_open: Sequence[int] = (),
    environ: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program that the kernel ends with `death_signal` when we die, even by SIGKILL."""
    parent = os.getpid()

    def follow_parent() -> None:
        os.setpgid(0, 0)  # Ctrl-C reaches us only; we end the children in order
        die_with_parent(death_signal)
        if os.getppid() != parent:  # we died before the request was made
            os._exit(1)

    prefix: tuple[str, ...] = ()
    if account and account.prefix:  # a new user namespace forgets the request: repeat it inside
        prefix = (*account.prefix, "setpriv", "--pdeathsig", death_signal.name.removeprefix("SIG"))
    user = account.user if account else None
    return subprocess.Popen(
        [*prefix, *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        user=user,
        extra_groups=[] if user else None,
        pass_fds=keep_open,
        preexec_fn=follow_parent,  # noqa: PLW1509 - the supervisors have one thread
        env=environ,
    )


def die_with_parent(death_signal: signal.Signals) -> None:
    """Ask the kernel for the signal when the parent of this process dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal))


def stop(process: subprocess.Popen[bytes], gentle: signal.Signals) -> None:
    """End the program gently; by force when it does not listen."""
    if process.poll() is None:
        process.send_signal(gentle)
    try:
        process.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_TIMEOUT)


def stop_request() -> Callable[[], bool]:
    """Return a question whether this process has been asked to end (SIGTERM, SIGINT or SIGHUP)."""
    received: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda caught, _frame: received.append(caught))
    return lambda: bool(received)


@cache
def unprivileged_account() -> Account:
    """Return an account for a program that refuses to run as root: ourselves, a namespace of ours, or `nobody`."""
    if os.geteuid():
        return Account(os.geteuid())
    prefix = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
    if shutil.which("unshare") and shutil.which("setpriv"):
        trial = subprocess.run([*prefix, "setpriv", "--pdeathsig", "INT", "true"], capture_output=True, check=False)
        if trial.returncode == 0:
            return Account(0, prefix=prefix)
    import pwd

    return Account(pwd.getpwnam("nobody").pw_uid, user="nobody")
