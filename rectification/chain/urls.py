"""The address of the chain."""

from django.urls import path

from rectification.chain import views

urlpatterns = [path("problems/chain/", views.problem_chain, name="problem_chain")]
