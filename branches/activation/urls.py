from django.urls import path

from branches.activation import views

urlpatterns = [
    path("activate/", views.activate, name="activate"),
    path("slips/", views.slip_list, name="slip_list"),
    path("slips/print/", views.slip_create, name="slip_create"),
    path("slips/<int:pk>/renew/", views.slip_renew, name="slip_renew"),
    path("slips/qr.svg", views.slip_qr, name="slip_qr"),
]
