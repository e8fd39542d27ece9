"""The door-bell: Celery rings, the job's row in PostgreSQL knows."""

import logging.config
import os
import signal
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init, worker_ready

from config.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

app = Celery("equivalent")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Keep Celery from installing formatters that know nothing of personal data."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


@worker_process_init.connect
def end_with_the_worker(**_: Any) -> None:
    """Leave no half of a killed worker behind: its job would go on while another takes it."""
    die_with_parent(signal.SIGKILL)


@worker_ready.connect
def ring_what_was_lost(**_: Any) -> None:
    """Look for forgotten jobs at once, not at beat's next minute."""
    app.send_task("offices.tasks.reconcile_jobs")


def restore_unacknowledged() -> None:
    """Give back at once what a killed worker had taken. Only before the first worker of an installation starts.

    Otherwise the broker waits for the visibility time-out (15 minutes).
    """
    with app.connection_for_write(transport_options={"visibility_timeout": 0}) as connection:
        connection.default_channel.qos.restore_visible(num=10_000)
