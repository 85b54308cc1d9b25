"""The demo, filled once for the tests of a module and rolled back after them."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    own_files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))  # others leave files without rows
    with django_db_blocker.unblock(), own_files:
        outer = transaction.atomic()
        outer.__enter__()
        try:
            with override_settings(DEMO_TODAY="2019-10-08"):
                call_command("demo", verbosity=0)
            yield
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
