"""Fills an empty database with the demo: real backbone of the programme, invented figures marked DATA CONTOH."""

from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from districts.regions.models import Regency
from p2emas import clock
from p2emas.accounts.models import Agency, User
from p2emas.documents.models import Decree
from p2emas.documents.readers.reading import nobody_waits
from p2emas.management.demo.aid import give_aid
from p2emas.management.demo.leave import go_on_leave
from p2emas.management.demo.meeting_records import keep_meetings, make_verdicts
from p2emas.management.demo.meetings import LAUNCH, PROGRESS, record_meeting
from p2emas.management.demo.months import make_months
from p2emas.management.demo.notices import tell_last_days
from p2emas.management.demo.obstacle_steps import carry_on
from p2emas.management.demo.payments import make_payments
from p2emas.management.demo.people import make_people
from p2emas.management.demo.places import make_places
from p2emas.management.demo.plans import make_plans, make_programme
from p2emas.management.demo.postings import hold_workshop, post, train
from p2emas.management.demo.recruits import open_round, recruit
from p2emas.management.demo.renstra import make_renstra
from p2emas.management.demo.reports import make_reports
from p2emas.management.demo.visits import make_notebook, make_visits
from p2emas.management.named_command import NamedCommand
from p2emas.notifications.telling import without_letters
from p2emas.search.keeping import rebuild

FIRST_DAY = datetime(2017, 1, 2, 9)


class Command(NamedCommand):
    help = "Isi basis data kosong dengan data contoh P2-EMAS 2017-2019."

    def handle(self, *args, verbosity: int, **options) -> None:
        if any(model.objects.exists() for model in (User, Agency, Decree)):
            raise CommandError(
                "Basis data ini sudah berisi data. Demo hanya untuk basis data kosong: pakai DATABASE_URL lain, "
                "atau `make demo` untuk mengulang demo."
            )
        if not settings.DEMO_TODAY:
            raise CommandError("DEMO_TODAY belum diisi. Demo berjalan pada hari tetap, misalnya DEMO_TODAY=2019-10-08.")
        with transaction.atomic(), without_letters(), nobody_waits():
            if not Regency.objects.exists():
                call_command("load_regions", verbosity=0)
            with clock.at(FIRST_DAY):  # before anything that they do, in their histories too
                outcome = make_programme()
                cast = make_people()
            locations = make_places(cast)
            selection = recruit(cast, locations)
            hold_workshop(selection, cast)
            train(selection, cast)
            post(selection, locations)
            open_round(cast, locations, selection)
            make_plans(cast, locations, outcome)
            make_renstra()
            make_reports(cast)
            carry_on(cast)
            make_visits(cast)
            make_notebook()
            make_verdicts(cast, locations)
            make_months(cast)
            make_payments(cast)
            give_aid(cast)
            for meeting in (PROGRESS, LAUNCH):
                record_meeting(meeting, cast)
            keep_meetings(cast)
            go_on_leave(cast)
            tell_last_days()
            rebuild()
        if verbosity:
            self.stdout.write("Demo siap.")
