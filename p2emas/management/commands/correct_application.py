"""Puts a wrong field of an application right, on the request of the applicant."""

from django.core.management.base import CommandError

from facilitators.recruitment.privacy.forms import DataCorrectionForm
from facilitators.recruitment.privacy.own_data import CORRECTABLE, correct_application
from p2emas.management.applications import add_application, application_by_code
from p2emas.management.named_command import NamedCommand
from p2emas.workflow.models import StepNotAllowed


class Command(NamedCommand):
    help = (
        "Memperbaiki data pribadi seorang pelamar: correct_application --application KODE name='Nama baru' "
        "--reason 'Salah ketik'. Jejaknya mencatat nama isian, bukan isinya."
    )

    def add_arguments(self, parser) -> None:
        add_application(parser)
        parser.add_argument("fields", nargs="+", metavar="ISIAN=NILAI", help=", ".join(CORRECTABLE))
        parser.add_argument("--reason", required=True, help="Alasan yang dicatat.")

    def handle(self, *args, application: str, fields: list[str], reason: str, **options) -> None:
        row = application_by_code(application)
        given = dict(field.partition("=")[::2] for field in fields)
        if unknown := set(given) - set(CORRECTABLE):
            raise CommandError(f"Tidak dikenal atau tidak dapat diperbaiki: {', '.join(sorted(unknown))}.")
        form = DataCorrectionForm(
            {**DataCorrectionForm.present(row), **given, "version": row.version, "reason": reason}, application=row
        )
        if not form.is_valid():
            raise CommandError(" ".join(f"{name}: {' '.join(map(str, texts))}" for name, texts in form.errors.items()))
        try:
            changed = correct_application(application=row, values=form.values(), seen=row.version, reason=reason)
        except StepNotAllowed as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Diperbaiki: {', '.join(changed)}." if changed else "Tidak ada yang berbeda.")
