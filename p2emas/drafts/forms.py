"""What a page says of itself when it sends what is typed."""

from django import forms

LARGEST_NUMBER = 2**31 - 1


class KeptForm(forms.Form):
    """Key and version of the page, the row that has the form, and whether the page is about to close."""

    isian = forms.UUIDField()
    version = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)
    bagian = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_NUMBER)
    pergi = forms.BooleanField(required=False)
