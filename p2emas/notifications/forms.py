"""Which kinds come by mail too: every reader chooses for themselves."""

from django import forms
from django.http import QueryDict

from p2emas.accounts.models import User
from p2emas.notifications.models import NotificationChoice
from p2emas.registry.contributions import notice_kinds
from p2emas.registry.kinds import NoticeKind
from p2emas.ui.forms import PlainForm, field_of
from p2emas.ui.layout import form_helper


def kinds_of(user: User) -> list[NoticeKind]:
    """The kinds that reach somebody with these roles."""
    return [kind for kind in notice_kinds().values() if user.has_role(*kind.readers)]


class MailChoicesForm(PlainForm):
    """A box for each kind; one that is not ticked stays in the product."""

    surel = forms.MultipleChoiceField(
        label="Lewat surel juga",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Yang dimatikan tetap tampil di halaman ini. Surat keamanan akun selalu dikirim.",
    )

    def __init__(self, data: QueryDict | None, user: User) -> None:
        super().__init__(data)
        self.helper = form_helper("Simpan pilihan", look="btn-outline-primary")
        self.user, self.kinds = user, kinds_of(user)
        chosen = NotificationChoice.objects.of_user(user)
        field_of(self, "surel", forms.MultipleChoiceField).choices = [(kind.code, kind.switch) for kind in self.kinds]
        self.initial["surel"] = [kind.code for kind in self.kinds if chosen.get(kind.code, kind.by_mail)]

    def save(self) -> None:
        """Every kind gets a row, so that a new default leaves what readers chose as it is."""
        wanted = self.cleaned_data["surel"]
        NotificationChoice.objects.bulk_create(
            [NotificationChoice(user=self.user, kind=kind.code, by_mail=kind.code in wanted) for kind in self.kinds],
            update_conflicts=True,
            unique_fields=["user", "kind"],
            update_fields=["by_mail"],
        )
