"""Settings from the environment. No rate, norm or switch of a rule lives here.

Without DATABASE_URL there is no database at all: commands that need none (types, migrations in step, cases) work.
`manage.py` sets it to the embedded server where a command needs one.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.embedded import ROOT, var_directory


def flag(name: str) -> bool:
    """Return whether the variable is switched on."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated values of the variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def megabytes(name: str, *, default: int, least: int, most: int) -> int:
    """Return the bytes of a variable told in whole megabytes; raises ImproperlyConfigured out of its bounds."""
    told = os.environ.get(name) or str(default)
    if not told.isdecimal() or not least <= int(told) <= most:
        raise ImproperlyConfigured(f"{name} is a whole number of megabytes from {least} to {most}")
    return int(told) * 1024 * 1024


def redis_database(number: int) -> str:
    """Return the address of one numbered database of the broker's server."""
    return urlsplit(REDIS_URL)._replace(path=f"/{number}").geturl()


# --- where and who ---------------------------------------------------------------------------------------------

APP_VAR = var_directory(os.environ)
FILES_ROOT = Path(os.environ.get("FILES_ROOT") or APP_VAR / "files")  # documents and exchange files
DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
DEBUG = flag("DEBUG")

if DATABASE_URL and not os.environ.get("SECRET_KEY"):
    raise ImproperlyConfigured("SECRET_KEY is required with DATABASE_URL")
SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(64)  # no database: nothing outlives the process
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

# --- the house -------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "offices.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "offices.apps.OfficesConfig",
    "recipients.apps.RecipientsConfig",
    "housing.apps.HousingConfig",
    "providers.apps.ProvidersConfig",
    "calculations.apps.CalculationsConfig",
    "exchange.apps.ExchangeConfig",
    "payments.apps.PaymentsConfig",
    "workplace.apps.WorkplaceConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workplace.navigation.around",
            ],
        },
    },
]

# --- PostgreSQL knows ------------------------------------------------------------------------------------------

SESSION_LIMITS = {  # of one database session: nothing waits or idles for ever
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": os.environ.get("DB_IDLE_IN_TRANSACTION_TIMEOUT", "10min"),
    "statement_timeout": os.environ.get("DB_STATEMENT_TIMEOUT", "10min"),
}
# Triggers are compiled by the engine even where nothing connects; without an address no connection can be made.
DATABASES: dict[str, object] = {
    "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "none", "HOST": "/nonexistent"}
}
if DATABASE_URL:
    DATABASES["default"] = {
        **dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True),
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"options": " ".join(f"-c {name}={value}" for name, value in SESSION_LIMITS.items())},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery rings ----------------------------------------------------------------------------------------------

CELERY_BROKER_URL = redis_database(0) if REDIS_URL else "memory://"
CELERY_TASK_IGNORE_RESULT = True  # results live in job rows
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_DEFAULT_QUEUE = "jobs"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # the attempts are counted in the job's row
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240  # seconds
CELERY_TASK_TIME_LIMIT = 300
CELERY_VISIBILITY_TIMEOUT = 900  # seconds; more than twice the time limit
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 3, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.5}
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30.0
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
CELERY_WORKER_CONCURRENCY = int(os.environ.get("WORKER_CONCURRENCY", "2"))
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_BEAT_SCHEDULE = {
    "ring again what was lost": {"task": "offices.tasks.reconcile_jobs", "schedule": 60.0, "options": {"expires": 55}},
    "silence about debts counts after its term": {
        "task": "calculations.tasks.record_silence",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(APP_VAR / "beat-schedule")

if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_database(1)}}

# --- people, language, time ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "offices.Staff"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
CSRF_FAILURE_VIEW = "workplace.views.faults.page_expired"
LANGUAGE_CODE = "ru"
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/Moscow")
USE_TZ = True
FIRST_DAY_OF_WEEK = 1

# --- files and the browser -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or APP_VAR / "static")
STATICFILES_DIRS = [ROOT / "static"] if (ROOT / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},
    "staticfiles": {"BACKEND": "config.static_files.GzippedStaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # the widest grid typed by hand: 600 rows of five cells
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of a whole request; the files of a larger one go to disk as they come
UPLOADS_ROOT = APP_VAR / "uploads"  # while a request lasts; the system's own place for such files may be memory
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "offices.uploading.BoundedUploads",
]
BROUGHT_FILE_LIMIT = megabytes("BROUGHT_FILE_MEGABYTES", default=384, least=16, most=384)
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # revocable
SESSION_COOKIE_AGE = 28_800  # seconds: one working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
HTTPS = flag("HTTPS")  # behind a proxy that ends TLS and sets X-Forwarded-Proto
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {  # no inline code, no other site
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- logs without personal data --------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "config.logs.PlainFormatter"},
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if os.environ.get("LOG_FORMAT") == "json" else "plain",
        },
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "weasyprint": {"level": "ERROR"},  # it names CSS it does not know on every page
        "fontTools": {"level": "WARNING"},
    },
}
