"""What a management command of ours starts from: it knows who we are, and its times go by the regency's zone."""

from typing import Any

from django.core.management.base import BaseCommand

from p2emas import naming


class NamedCommand(BaseCommand):
    def execute(self, *args: Any, **options: Any) -> str | None:
        with naming.held():
            return super().execute(*args, **options)
