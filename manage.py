#!/usr/bin/env python
"""Django's command line for P2-EMAS."""

import gc
import os
import sys


def main() -> None:
    os.umask(0o027)  # a database in a file, and what is collected, is nobody else's
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2emas.settings")
    # Migrations make the classes of all models again and again; to search them for cycles as often as Python does by
    # default takes a third of that time.
    gc.set_threshold(20_000, 10, 10)
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") is not None:  # the server has answered; what it says is a fault
            raise
        sys.exit(f"P2-EMAS: basis data tidak menjawab ({' '.join(str(error).split())}). Periksa DATABASE_URL.")


if __name__ == "__main__":
    main()
