from django.urls import path

from facilitators.placements import people_views, placement_views, views

PEOPLE = "pendamping/"
PERSON = f"{PEOPLE}<int:pk>/"
CONTRACT = f"{PERSON}kontrak/<int:contract>/"
PLACEMENT = "penempatan/<int:pk>/"

app_name = "placements"
urlpatterns = [
    path(PEOPLE, views.facilitator_list, name="facilitator-list"),
    path(f"{PEOPLE}beban/", views.load_page, name="load"),
    path(f"{PEOPLE}cocok/", views.match, name="match"),
    path(f"{PEOPLE}tambah/", people_views.facilitator_create, name="facilitator-create"),
    path(PERSON, people_views.facilitator_detail, name="facilitator-detail"),
    path(f"{PERSON}ubah/", people_views.facilitator_edit, name="facilitator-edit"),
    path(f"{PERSON}kode-masuk/", people_views.phone_code_make, name="phone-code-make"),
    path(f"{PERSON}riwayat/", people_views.facilitator_history, name="facilitator-history"),
    path(f"{PERSON}kontrak/buat/", people_views.contract_create, name="contract-create"),
    path(f"{CONTRACT}ubah/", people_views.contract_edit, name="contract-edit"),
    path(f"{CONTRACT}naskah.pdf", people_views.contract_paper, {"form": "pdf"}, name="contract-pdf"),
    path(f"{CONTRACT}naskah.docx", people_views.contract_paper, {"form": "docx"}, name="contract-docx"),
    path(f"{PERSON}tempatkan/", placement_views.placement_create, name="placement-create"),
    path(PLACEMENT, placement_views.placement_detail, name="placement-detail"),
    path(f"{PLACEMENT}riwayat/", placement_views.placement_history, name="placement-history"),
    path(f"{PLACEMENT}akhiri/", placement_views.placement_end, name="placement-end"),
    path(f"{PLACEMENT}ganti/", placement_views.placement_replace, name="placement-replace"),
    path(f"{PLACEMENT}nilai/", placement_views.placement_appraise, name="placement-appraise"),
    path(f"{PLACEMENT}perpanjang/", placement_views.placement_extend, name="placement-extend"),
]
