from django.urls import path

from programs.obstacles import views

app_name = "obstacles"
urlpatterns = [
    path("kendala/", views.obstacle_list, name="obstacle-list"),
    path("kendala/<int:pk>/", views.obstacle_detail, name="obstacle-detail"),
    path("kendala/<int:pk>/penanggung-jawab/", views.obstacle_assign, name="obstacle-assign"),
    path("kendala/<int:pk>/langkah/<str:name>/", views.obstacle_step, name="obstacle-step"),
    path("kendala/<int:pk>/riwayat/", views.obstacle_history, name="obstacle-history"),
]
