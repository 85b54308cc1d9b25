from django import forms

from p2emas.ui.forms import PlainForm


class SendSummaryForm(PlainForm):
    """``sudah``: how often the quarter had been sent when the page was shown."""

    sudah = forms.IntegerField(min_value=0, max_value=30_000)
