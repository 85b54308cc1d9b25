from django.urls import path

from programs.obstacles import notice_views, raise_views, step_views, views

app_name = "obstacles"
urlpatterns = [
    path("kendala/", views.obstacle_list, name="obstacle-list"),
    path("kendala/lapor/", raise_views.obstacle_raise, name="obstacle-raise"),
    path("kendala/<int:pk>/", views.obstacle_detail, name="obstacle-detail"),
    path("kendala/<int:pk>/jawab/", step_views.obstacle_answer, name="obstacle-answer"),
    path("kendala/<int:pk>/penjawab/<str:name>/", step_views.obstacle_send, name="obstacle-send"),
    path("kendala/<int:pk>/langkah/<str:name>/", step_views.obstacle_step, name="obstacle-step"),
    path("kendala/<int:pk>/umum/", notice_views.obstacle_publish, name="obstacle-publish"),
    path("kendala/<int:pk>/riwayat/", views.obstacle_history, name="obstacle-history"),
]
