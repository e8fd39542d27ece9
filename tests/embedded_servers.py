"""Start the servers before pytest-django reads the settings: `-p tests.embedded_servers`.

Tests have servers of their own under `APP_VAR/test`, so a running installation's broker never sees their tasks.
"""

import os

from config import embedded

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
if not os.environ.get("DATABASE_URL"):
    os.environ["APP_VAR"] = str(embedded.var_directory(os.environ) / "test")
# What a power cut could take from a test is not worth the wait; a killed process loses nothing either way.
# The vacuum would note tables as empty whose rows a test takes back, and plans of the next large test go astray.
embedded.prepare_environment(
    postgres_settings=("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
)
