"""Back office of commodities and community groups."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from districts.evidence.models import Commodity, CommunityGroup, commodity_tree, descendants
from districts.regions.admin import VillageChoices, VillageDistrictFilter
from p2emas.accounts.admin_site import ActivationActions, ScopedAdmin


class CommodityForm(forms.ModelForm):
    def clean_parent(self) -> Commodity | None:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.pk in descendants(self.instance.pk, commodity_tree()):
            raise forms.ValidationError(_("Pilih komoditas lain: yang ini bagian dari komoditas yang Anda ubah."))
        return parent


@admin.register(Commodity)
class CommodityAdmin(ScopedAdmin):
    district_admin_may = frozenset({"view"})
    form = CommodityForm
    list_display = ["name", "parent", "sector", "unit"]
    list_filter = ["sector"]
    list_select_related = ["parent"]
    search_fields = ["name", "sector"]
    autocomplete_fields = ["parent"]


@admin.register(CommunityGroup)
class CommunityGroupAdmin(VillageChoices, ActivationActions, ScopedAdmin):
    district_admin_may = frozenset({"view", "add", "change"})
    list_display = ["name", "village", "kind", "commodity", "members", "contact_name", "active_word"]
    list_filter = [VillageDistrictFilter, "kind", "active"]
    list_select_related = ["village", "commodity"]
    search_fields = ["name", "registration_no", "village__name", "commodity__name"]
    search_help_text = _("Cari nama kelompok, nomor registrasi, desa, atau komoditas.")
    autocomplete_fields = ["village", "commodity"]
    fieldsets = [
        (None, {"fields": ["village", "name", "kind", "registration_no", "commodity", "active"]}),
        (_("Anggota"), {"fields": ["members_m", "members_f", "active_since"]}),
        (_("Kontak"), {"fields": ["contact_name", "contact_phone"]}),
        (_("Keterangan data"), {"fields": ["is_sample"]}),
    ]

    @admin.display(description=_("anggota"), empty_value=_("belum ada data"))
    def members(self, group: CommunityGroup) -> int | None:
        if group.members_m is None and group.members_f is None:
            return None
        return (group.members_m or 0) + (group.members_f or 0)
