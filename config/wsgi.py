"""The web application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

application = get_wsgi_application()

import config.celery  # noqa: E402, F401 - tasks sent from the web must go to our broker
