#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

# These neither read nor write a database, so they start none.
WITHOUT_DATABASE = {"help", "version", "collectstatic", "findstatic", "makemessages", "diffsettings"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meetings_portal.settings")
    asked = sys.argv[1:]
    if asked and asked[0] not in WITHOUT_DATABASE and not {"-h", "--help", "--version"}.intersection(asked):
        engines()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def engines() -> None:
    """Find the engines of `make run`, or start them for the time of this command."""
    from meetings_portal.embedded import ensure
    from meetings_portal.state import SetupError

    try:
        ensure()
    except SetupError as error:
        sys.exit(f"manage.py {sys.argv[1]}: {error}")


if __name__ == "__main__":
    main()
