"""What tests need otherwise, and nothing else."""

from config.embedded import ROOT
from config.settings.base import *  # noqa: F403 - a test runs on the real settings
from config.settings.base import CELERY_BROKER_TRANSPORT_OPTIONS as BROKER_OPTIONS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},  # no collectstatic first
}
STATIC_ROOT = ROOT / "static"  # the web server warns of a directory that is not there
CELERY_TASK_DEFAULT_QUEUE = "test-jobs"  # on a shared broker a working installation must not take them
CELERY_BROKER_TRANSPORT_OPTIONS = {**BROKER_OPTIONS, "socket_timeout": 5}
