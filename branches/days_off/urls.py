from django.urls import path

from branches.days_off import views

urlpatterns = [
    path("organisations/<int:pk>/days-off/", views.day_off_list, name="day_off_list"),
    path("days-off/<int:pk>/withdraw/", views.day_off_withdraw, name="day_off_withdraw"),
]
