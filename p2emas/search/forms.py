from django import forms


class SearchForm(forms.Form):
    """``?cari=ensaid+panjang``"""

    cari = forms.CharField(label="Cari desa, kegiatan, SK, atau nomor", required=False, max_length=100)

    @property
    def text(self) -> str:
        return self.cleaned_data.get("cari", "") if self.is_valid() else ""
