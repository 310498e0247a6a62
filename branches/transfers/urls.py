from django.urls import path

from branches.transfers import views

urlpatterns = [
    path("transfers/", views.transfer_list, name="transfer_list"),
    path("transfers/<int:pk>/", views.transfer_detail, name="transfer_detail"),
    path("transfers/<int:pk>/move/<slug:name>/", views.transfer_move, name="transfer_move"),
]
