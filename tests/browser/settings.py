"""The settings of the installation that is looked at: those of tests, with the static files of production."""

import os
from pathlib import Path

from config.settings.base import STORAGES as REAL_STORAGES
from config.settings.test import *  # noqa: F403 - the rest is as in every test

STORAGES = REAL_STORAGES
STATIC_ROOT = Path(os.environ["STATIC_ROOT"])
