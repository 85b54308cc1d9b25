from django.urls import path

from programs.monthly import views

app_name = "monthly"
urlpatterns = [
    path("bulanan/", views.month_list, name="month-list"),
    path("bulanan/<int:pk>/<int:month>/", views.month_figures, name="month-figures"),
    path("bulanan/<int:pk>/<int:month>/rencana/", views.month_plan, name="month-plan"),
    path("rekap/kurva-s/", views.s_curve, name="s-curve"),
]
