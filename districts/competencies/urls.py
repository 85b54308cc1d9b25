from django.urls import path

from districts.competencies import views

app_name = "competencies"
urlpatterns = [
    path("keputusan/kompetensi/", views.determination_list, name="determination-list"),
    path("keputusan/kompetensi/baru/", views.determination_create, name="determination-create"),
    path("keputusan/kompetensi/<int:pk>/", views.determination_detail, name="determination-detail"),
    path("keputusan/kompetensi/<int:pk>/ubah/", views.determination_edit, name="determination-edit"),
    path("keputusan/kompetensi/<int:pk>/langkah/<slug:step>/", views.determination_step, name="determination-step"),
]
