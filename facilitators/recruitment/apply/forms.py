"""The questions of an application, one form a page; each knows what is stored and what was typed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from districts.evidence.models import Commodity
from districts.regions.fields import VillageField
from districts.regions.models import District, Village
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.numbers import tidy_name
from facilitators.recruitment.applications.stated import (
    ask_knowing,
    education_words,
    knowing_field,
    outside_by_education,
)
from facilitators.recruitment.rounds.vacancies import place_words, places_of
from p2emas import clock
from p2emas.naming import named
from p2emas.ui.fields import GroupedKeysField
from p2emas.ui.forms import PlainForm, depend_on_others, field_of
from p2emas.ui.layout import FromTemplate, Rest, drawn_helper

LONG_TEXT = 3000
OUTSIDE = "luar"
MOST_WISHES = 3


class ApplicationForm(PlainForm):
    """One page of the application. ``version`` tells when another device saved in between."""

    helper = drawn_helper(Rest(), FromTemplate("facilitators/recruitment/_buttons.html"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, application: Application) -> None:
        self.application = application
        super().__init__(data, initial={**self.initial_of(application), "version": application.version})

    def initial_of(self, application: Application) -> dict[str, object]:
        return self.stored(application)

    @staticmethod
    def stored(application: Application) -> dict[str, object]:
        """What the application holds, in the shape of ``values``."""
        raise NotImplementedError

    def values(self) -> dict[str, object]:
        """What was typed rightly: also of a form of which another field is wrong or empty."""
        return {name: self.cleaned_data[name] for name in self.names() if name in self.cleaned_data}

    def holds(self, application: Application) -> bool:
        """Whether the application holds already what was typed: the same page, sent twice."""
        stored = self.stored(application)
        return all(stored.get(name) == value for name, value in self.values().items())

    def names(self) -> list[str]:
        return [name for name in self.fields if name != "version"]


class PersonalDetailsForm(ApplicationForm):
    name = forms.CharField(
        label="Nama lengkap",
        max_length=120,
        help_text="Seperti di KTP, tanpa gelar.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    home = forms.ChoiceField(
        label="Kecamatan tempat tinggal sekarang",
        error_messages={"invalid_choice": "Pilih kecamatan dari daftar."},
    )
    village = VillageField(
        label="Desa tempat tinggal sekarang",
        required=False,
        help_text=named("Ketik namanya. Kosongkan bila Anda tinggal di luar {regency}."),
    )
    address = forms.CharField(
        label="Alamat",
        max_length=300,
        help_text=named("Jalan, RT/RW; di luar {regency} tulis juga desa dan kabupaten atau kotanya."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    email = forms.EmailField(
        label="Surel",
        required=False,
        help_text="Surat panggilan dikirim ke sini bila Anda mengisinya.",
        error_messages={"invalid": "Isi surel seperti nama@contoh.id, atau kosongkan."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, application=application)
        districts = [(str(district.pk), district.name) for district in District.objects.order_by("name", "pk")]
        outside = (OUTSIDE, named("Di luar {regency}"))
        field_of(self, "home", forms.ChoiceField).choices = [("", "Pilih kecamatan"), outside, *districts]
        depend_on_others(self, "village")
        chosen = self.data.get("home", "")
        field_of(self, "village", VillageField).district = int(chosen) if chosen in dict(districts) else None

    @staticmethod
    def stored(application: Application) -> dict[str, object]:
        names = ("name", "address", "email", "home_village_id", "home_district_id")
        return {name: getattr(application, name) for name in names}

    def initial_of(self, application: Application) -> dict[str, object]:
        outside = OUTSIDE if application.address else ""
        village = application.home_village
        home = str(village.district_id if village else application.home_district_id or outside)
        return {**self.stored(application), "home": home, "village": application.home_village_id}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("home") == OUTSIDE and data.get("village"):
            self.add_error("village", named("Kosongkan desa, atau pilih kecamatannya di {regency}."))
        elif data.get("home", OUTSIDE) != OUTSIDE and "village" in data and data["village"] is None:
            self.add_error("village", "Isi desa tempat tinggal sekarang.")
        return data

    def clean_name(self) -> str:
        name = tidy_name(self.cleaned_data["name"])
        if not any(char.isalpha() for char in name):
            raise ValidationError("Isi nama lengkap dengan huruf.")
        return name

    def values(self) -> dict[str, object]:
        values = super().values()
        home, village = values.pop("home", ""), values.pop("village", None)
        if home == OUTSIDE or isinstance(village, Village):
            values["home_village_id"] = getattr(village, "pk", None)
            values["home_district_id"] = None
        return values


class EducationForm(ApplicationForm):
    education = forms.ChoiceField(
        label="Pendidikan terakhir yang tamat", choices=Application.Education.choices, widget=forms.RadioSelect
    )
    school = forms.CharField(label="Nama sekolah atau perguruan tinggi", max_length=160)
    major = forms.CharField(label="Jurusan atau program studi", max_length=120, required=False)
    graduated = forms.IntegerField(
        label="Tahun lulus",
        min_value=1960,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-num", "autocomplete": "off"}),
        error_messages={
            "invalid": "Isi tahun lulus dengan empat angka, contoh 2015.",
            "min_value": "Isi tahun lulus dengan empat angka, contoh 2015.",
        },
    )

    knowing = knowing_field()

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, application=application)
        if not self.is_bound and not application.knows_education:
            self.fields.pop("knowing")

    @staticmethod
    def stored(application: Application) -> dict[str, object]:
        names = ("education", "school", "major", "graduated", "knows_education")
        return {name: getattr(application, name) for name in names}

    def initial_of(self, application: Application) -> dict[str, object]:
        return {**self.stored(application), "knowing": application.knows_education}

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        level = str(cleaned.get("education") or "")
        outside = outside_by_education(self.application.round.requirements.all(), level)
        ask_knowing(self, outside, education_words(level) if level else "")
        return cleaned

    def values(self) -> dict[str, object]:
        values = super().values()
        values.pop("knowing", None)
        return values | {"knows_education": bool(self.cleaned_data.get("knowing"))}

    def clean_graduated(self) -> int:
        year = self.cleaned_data["graduated"]
        if year > clock.today().year:
            raise ValidationError("Tahun lulus belum lewat. Isi pendidikan yang sudah tamat.")
        return year


class ExperienceForm(ApplicationForm):
    experience = forms.CharField(
        label="Pengalaman bekerja dengan masyarakat",
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Di mana, berapa lama, dan apa hasilnya. Jangan menulis nama Anda: panel menilai tanpa nama.",
    )
    motivation = forms.CharField(label="Alasan melamar", max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    languages = forms.CharField(
        label="Bahasa daerah yang dikuasai", max_length=200, required=False, help_text="Misalnya Dayak, Melayu."
    )
    skills = GroupedKeysField(
        label="Komoditas atau kerajinan yang dikuasai",
        queryset=Commodity.objects.none(),
        group_by="sector",
        required=False,
        error_messages={"invalid_choice": "Pilih komoditas dari daftar."},
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, application=application)
        field_of(self, "skills", GroupedKeysField).queryset = Commodity.objects.order_by("name")

    @staticmethod
    def stored(application: Application) -> dict[str, object]:
        texts = {name: getattr(application, name) for name in ("experience", "motivation", "languages")}
        return {**texts, "skills": sorted(application.skills.values_list("pk", flat=True))}

    def values(self) -> dict[str, object]:
        values = super().values()
        if "skills" in values:
            values["skills"] = sorted(each.pk for each in self.cleaned_data["skills"])
        return values


class WishesForm(ApplicationForm):
    """Villages in the order in which the applicant would go there."""

    anywhere = forms.BooleanField(
        label="Bersedia ditempatkan di mana saja",
        required=False,
        help_text=named("Bila desa pilihan sudah terisi, {office} boleh menawarkan desa lain."),
    )
    ORDINALS = ("Pilihan pertama", "Pilihan kedua", "Pilihan ketiga")

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, application=application)
        self.places = places_of(application.round)
        offered = [*((str(place.pk), place_words(place)) for place in self.places)]
        anywhere = self.fields.pop("anywhere")
        for position in range(min(MOST_WISHES, len(self.places))):
            self.fields[f"wish{position + 1}"] = forms.ChoiceField(
                label=self.ORDINALS[position],
                choices=[("", "Tidak memilih" if position else "Pilih desa"), *offered],
                required=False,
                error_messages={"invalid_choice": f"{self.ORDINALS[position]}: pilih desa dari daftar."},
                help_text="Desa yang paling Anda inginkan." if position == 0 else "",
            )
        if self.places:  # the page asks for one; the others may stay empty, and say so
            depend_on_others(self, "wish1")
        self.fields["anywhere"] = anywhere

    @staticmethod
    def stored(application: Application) -> dict[str, object]:
        wishes = list(application.wishes.order_by("rank").values_list("place_id", flat=True))
        return {"anywhere": application.anywhere, "wishes": wishes}

    def initial_of(self, application: Application) -> dict[str, object]:
        stored: dict[str, Any] = self.stored(application)
        wishes = {f"wish{rank}": str(place) for rank, place in enumerate(stored["wishes"], start=1)}
        return {"anywhere": stored["anywhere"], **wishes}

    def _wishes(self) -> list[int]:
        chosen = [str(value) for name, value in self.cleaned_data.items() if name.startswith("wish") and value]
        return [int(value) for value in dict.fromkeys(chosen)]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_repeated(cleaned)
        if not self.errors and not self._wishes() and not cleaned.get("anywhere"):
            self.add_error("wish1" if "wish1" in self.fields else "anywhere", "Pilih sedikitnya satu desa.")
        return cleaned

    def _refuse_repeated(self, cleaned: Mapping[str, object]) -> None:
        villages = {str(place.pk): place_words(place) for place in self.places}
        seen: set[object] = set()
        for name in [name for name in self.fields if name.startswith("wish")]:
            value = cleaned.get(name)
            if value and value in seen:
                words = {"which": str(self.fields[name].label), "village": villages[str(value)]}
                sentence = "%(which)s: %(village)s sudah Anda pilih di atas. Pilih desa lain, atau kosongkan."
                self.add_error(name, sentence % words)
            seen.add(value)

    def values(self) -> dict[str, object]:
        return {"anywhere": bool(self.cleaned_data.get("anywhere")), "wishes": self._wishes()}


class DeclarationForm(ApplicationForm):
    declared = forms.BooleanField(
        label="Saya menyatakan semua yang saya isi dan unggah benar.",
        error_messages={"required": "Centang pernyataan ini untuk melanjutkan."},
        help_text="Lamaran gugur bila isinya ternyata tidak benar. Bila diterima, saya bersedia tinggal di desa tugas.",
    )

    @staticmethod
    def stored(application: Application) -> dict[str, object]:
        return {"declared": application.declared_at is not None}
