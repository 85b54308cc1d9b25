from django.urls import path

from programs.treasury import views

app_name = "treasury"
urlpatterns = [path("sp2d/", views.payment_list, name="payment-list")]
