#!/usr/bin/env python
"""Django's command line for P2-EMAS."""

import os
import sys


def main() -> None:
    os.umask(0o027)  # a database in a file, and what is collected, is nobody else's
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2emas.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
