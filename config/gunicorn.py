"""The web server's configuration: `gunicorn -c config/gunicorn.py`."""

import os

os.environ.setdefault("DB_STATEMENT_TIMEOUT", "30s")  # a page that takes longer is a mistake, a job may take longer

from config.settings.base import LOGGING

wsgi_app = "config.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
control_socket_disable = True  # it would stand in the home directory, one for all installations
timeout = 60
accesslog = "-"
access_log_format = "%(h)s %(m)s %(U)s %(s)s %(B)s %(M)s ms"  # the path only: a query may hold a name
logconfig_dict = {
    **LOGGING,
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
