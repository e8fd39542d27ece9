#!/usr/bin/env python3
"""Run one of the project's commands, on embedded servers where the environment names none."""

import os
import sys

# These work without a database; everything else gets the servers of the environment or the embedded ones.
WITHOUT_SERVERS = {
    "calculate_cases",
    "check",
    "collectstatic",
    "compilemessages",
    "findstatic",
    "help",
    "inspect_dbf",
    "makemigrations",
    "makemessages",
    "startapp",
    "version",
}

WITHOUT_APPS = "inspect_dbf"
"""This one is asked for many small files, so it does not wait until the applications are loaded."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "help")
    if sys.argv[1:2] == [WITHOUT_APPS]:
        from exchange.management.commands.inspect_dbf import Command

        Command().run_from_argv(sys.argv)
        return 0
    if command not in WITHOUT_SERVERS and "--help" not in sys.argv:
        from config import embedded

        given = os.environ.get("DATABASE_URL")
        try:
            embedded.prepare_environment()
        except embedded.ServersNotStarted as reason:
            sys.stderr.write(f"{reason}\n")
            return 1
        if not given:
            os.umask(0o077)  # an installation of one machine keeps its documents to itself
    from django.core.management import execute_from_command_line

    import config.celery  # noqa: F401 - tasks sent from a command must go to our broker

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
