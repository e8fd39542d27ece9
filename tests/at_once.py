"""Several people who press their buttons at the same moment, each on a connection of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from offices.refusals import Refusal

WAIT = 60


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Do the actions at the same moment; give what each returned, or the refusal it met. Other errors are raised."""
    start = threading.Barrier(len(actions), timeout=WAIT)

    def press(action: Callable[[], object]) -> object:
        try:
            start.wait()
            return action()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        pressed = [pool.submit(press, action) for action in actions]
    return [one.result() for one in pressed]


def twice(action: Callable[[], object]) -> list[object]:
    """Do one action by two people at the same moment."""
    return at_once(action, action)


def refusals(answers: list[object]) -> list[Refusal]:
    """Keep the refusals of those who came too late."""
    return [answer for answer in answers if isinstance(answer, Refusal)]
