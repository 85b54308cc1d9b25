"""A job that never lets go of the interpreter: no thread and no handler of signals in its process gets a word in."""

import re

from django_tasks import task

from p2emas.models import Import


@task()
def hang(batch_id: int) -> None:
    Import.objects.filter(pk=batch_id).update(total=1)
    re.match(r"(a+)+$", "a" * 64 + "b")
