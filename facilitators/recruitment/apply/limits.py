"""How much strangers may begin and send: tries and drafts of a network, bytes of a day, files of a draft."""

import time

from allauth.core.ratelimit import consume
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from facilitators.recruitment.applications.models import Application
from p2emas.accounts.sign_in.addresses import client_address, networks_of
from p2emas.documents.kinds import FileRefused, ReceivedFile
from p2emas.documents.turns import strangers_network
from p2emas.ui.formats import file_size

DAY = 60 * 60 * 24


def may_start(request: HttpRequest) -> bool:
    """Whether a draft more may be begun from this network (/24 or /48), by the minute and by the day."""
    network = networks_of(client_address(request))[1]
    return consume(request, action="application_start") and _spend("drafts", network, 1, settings.DRAFTS_A_DAY)


def may_try_code(request: HttpRequest) -> bool:
    return consume(request, action="application_code")


def check_draft(application: Application, received: ReceivedFile) -> None:
    """Raise ``FileRefused`` when a draft would hold too many files or bytes, or its network sent too much today.

    An application that came back from the office may be completed with any number of files.
    """
    if application.status == Application.Status.DRAFT:
        sizes = list(application.files.exclude(sha256=received.sha256).values_list("size", flat=True))
        most = max(settings.DRAFT_MAX_FILES, application.round.documents.count())
        if len(sizes) >= most:
            raise FileRefused(f"Sudah ada {most} berkas dalam lamaran ini. Hapus yang tidak perlu dahulu.")
        if sum(sizes) + len(received.content) > settings.DRAFT_MAX_BYTES:
            raise FileRefused(
                f"Berkas lamaran ini bersama-sama lebih dari {file_size(settings.DRAFT_MAX_BYTES)}. "
                "Kecilkan atau hapus yang tidak perlu dahulu."
            )
    check_bytes_of_today(received)


def check_bytes_of_today(received: ReceivedFile) -> None:
    """Raise ``FileRefused`` when the network of a stranger sent too much today, by any form."""
    network = strangers_network()
    if network and not _spend("draft-bytes", network, len(received.content), settings.DRAFT_BYTES_A_DAY):
        raise FileRefused("Terlalu banyak berkas dikirim dari jaringan ini hari ini. Kirim lagi besok.")


def _spend(what: str, network: str, amount: int, most: int) -> bool:
    """Whether ``amount`` more fits into what a network may spend today; by the real clock, as all limits."""
    key = f"{what}:{int(time.time()) // DAY}:{network}"
    spent = cache.get(key, 0)
    if spent + amount > most:
        return False
    cache.set(key, spent + amount, DAY)
    return True
